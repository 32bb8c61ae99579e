"""A short list over the screen, from which one thing is chosen; and what is offered in it."""

from __future__ import annotations

import time
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, Literal

from textual import on
from textual.binding import Binding
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from mxcheat.cheatsheet.row import AVAILABILITIES
from mxcheat.render.facts import by_danger
from mxcheat.render.inert import inert_line
from mxcheat.render.language import label, title
from mxcheat.render.page import width_of
from mxcheat.render.words import AVAILABILITY, SHOWS, how_loud
from mxcheat.tui.actions import BY_ID
from mxcheat.tui.drafts import EDITED
from mxcheat.tui.filters import ALL, WORD
from mxcheat.tui.help import Over, with_way_out
from mxcheat.tui.survival import Guarded
from mxcheat.tui.text.lines import MUTED, foreign_line, labelled, wrap
from mxcheat.tui.widgets.verdict import sign_of_run

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from textual import events
    from textual.app import ComposeResult
    from textual.binding import BindingType
    from textual.geometry import Size
    from textual.theme import Theme

    from mxcheat.live.device import Device
    from mxcheat.tui.shown import Framework, Shown

_LEAST_WIDTH = 3
_GAP = 2
_WIDEST_TEXT = 28
_WIDTH = 72
# Numbers below this are chosen by their digit.
_DIGITS = 10
_CHOSEN = "[x]"
# What "Copy or save" offers.
_TAKEN = (
    *("copy.pytorch", "copy.gluon", "copy.output", "copy.link"),
    *("copy.pytorch_script", "copy.gluon_script", "row.save", "row.keep"),
)


@dataclass(frozen=True)
class Choice:
    """A line of the list.

    `id` is what choosing it gives, "" for a heading; `digit` chooses it at once; `chosen` says
    that it is what holds now.
    """

    id: str
    text: str
    detail: str = ""
    digit: str = ""
    chosen: bool = False

    def fits(self, words: Sequence[str]) -> bool:
        """Whether every one of the words (in small letters) stands in it."""
        said = f"{self.text} {self.detail}".casefold()
        return all(word in said for word in words)


class _Lines(OptionList):
    """The list itself; it works even in a window that has no room for it."""

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """The lines it takes, even in a window too narrow for any text."""
        return super().get_content_height(container, viewport, max(width, _LEAST_WIDTH))

    def _move_page(self, direction: Literal[-1, 1]) -> None:
        if self.scrollable_content_region:
            super()._move_page(direction)


class Chooser(Guarded, Over, ModalScreen[str]):
    """Returns the id that was chosen, or None; calls `on_look` for every highlighted line.

    Digits choose at once where they stand before lines; whatever else is typed filters the list.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", "Close", id="choice.leave"),
    ]

    def __init__(
        self,
        title: str,
        choices: Sequence[Choice],
        on_look: Callable[[str], None] | None = None,
    ) -> None:
        super().__init__()
        self._title = title
        self._choices = choices
        self._on_look = on_look
        self._typed = ""
        self._lines = _Lines(id="choices", compact=True)

    def compose(self) -> ComposeResult:
        """The list, with the current choice highlighted."""
        self._lines.border_title = label(self._title)
        self._lines.add_options(self._options(self._choices))
        places = [place for place, choice in enumerate(self._choices) if choice.chosen]
        first = next((place for place, choice in enumerate(self._choices) if choice.id), None)
        self._lines.highlighted = places[0] if places else first
        self._say_keys()
        yield self._lines

    @on(OptionList.OptionSelected)
    def _take(self, event: OptionList.OptionSelected) -> None:
        self._choose(event.option_id)

    @on(OptionList.OptionHighlighted)
    def _look(self, event: OptionList.OptionHighlighted) -> None:
        if self._on_look is not None and event.option_id:
            self._on_look(event.option_id)

    def on_key(self, event: events.Key) -> None:
        """A digit chooses the line it stands on; anything else that is typed filters."""
        for choice in self._choices:
            if choice.digit and choice.digit == event.character:
                event.stop()
                self._choose(choice.id)
                return
        if event.key == "backspace":
            self._filter(self._typed[:-1])
        elif event.is_printable and event.character:
            self._filter(self._typed + event.character)
        else:
            return
        event.stop()

    def _filter(self, typed: str) -> None:
        """Show the lines that hold every word of what is typed."""
        if typed == self._typed or (typed.isspace() and not self._typed):
            return
        self._typed = typed
        words = typed.casefold().split()
        left = [choice for choice in self._choices if not words or choice.fits(words)]
        left = [choice for choice in left if choice.id or not words]
        width = self._lines.outer_size.width
        self._lines.styles.min_width = width  # it is not to jump about while one types
        self._lines.clear_options()
        self._lines.add_options(
            self._options(left) or [Option("nothing fits; ⌫ takes a letter back", disabled=True)]
        )
        self._lines.highlighted = next((at for at, each in enumerate(left) if each.id), None)
        self._say_keys()

    def _say_keys(self) -> None:
        shown = f"filter: {inert_line(self._typed)}" if self._typed else "type to filter · Enter"
        self._lines.border_subtitle = with_way_out(shown, "Esc closes")

    def action_leave(self) -> None:
        """Show the whole list again if it is filtered; else close it."""
        if self._typed:
            self._filter("")
        else:
            self._choose(None)

    def _choose(self, choice: str | None) -> None:
        if self.is_current:  # of keys that come at once, the first has closed it
            self.dismiss(choice)

    def _options(self, choices: Sequence[Choice]) -> list[Option]:
        texts = [width_of(choice.text) for choice in self._choices if choice.id]
        gutter = min(max(texts, default=0), _WIDEST_TEXT) + _GAP
        return [
            Option(self._prompt(choice, gutter), id=choice.id or None, disabled=not choice.id)
            for choice in choices
        ]

    def _prompt(self, choice: Choice, gutter: int) -> Content:
        """A line: a digit, or a mark on what is chosen; the text, and what is to be known of it."""
        if not choice.id:
            return Content.styled(choice.text, f"italic {MUTED}")
        margin = self._margin
        mark = choice.digit or (_CHOSEN if choice.chosen else "")
        start = Content.styled(mark.ljust(margin), "bold $text-primary")
        text = foreign_line(choice.text, "bold" if choice.chosen else "")
        detail = wrap(foreign_line(choice.detail, MUTED), _WIDTH - gutter - margin)
        return Content("\n").join(labelled(start + text, detail, gutter + margin))

    @property
    def _margin(self) -> int:
        """Cells before each line, for digits or for the mark."""
        if any(choice.chosen for choice in self._choices):
            return len(_CHOSEN) + 1
        return 2 if any(choice.digit for choice in self._choices) else 1


def filter_choices(shown: Shown) -> Iterator[Choice]:
    """Sections and availabilities, each as the filter word for it."""
    active = [match[0] for match in WORD.finditer(shown.query)]
    if active:
        yield Choice(ALL, label("All rows"), f"without {' '.join(active)}")
    rows = shown.sheet.rows
    yield Choice("", label("Section"))
    counts = Counter(row.section for row in rows)
    tops = Counter(row.section.split("/")[0] for row in rows)
    for section, count in counts.items():
        top = section.split("/")[0]
        if top != section and tops[top]:
            yield _filter(f"in:{top}", f"All of {top}", tops[top], active)
        tops[top] = 0
        yield _filter(
            f"in:{section}", label(shown.sheet.sections.get(section, section)), count, active
        )
    yield Choice("", label("Availability"))
    available = Counter(row.availability for row in rows)
    for name in AVAILABILITIES:
        if available[name]:
            yield _filter(f"is:{name}", label(AVAILABILITY[name].word), available[name], active)


def _filter(word: str, title: str, count: int, active: Sequence[str]) -> Choice:
    rows = label(f"{count} row{'' if count == 1 else 's'}")
    return Choice(word, title, f"{word} · {rows}", chosen=word in active)


def device_choices(shown: Shown) -> Iterator[Choice]:
    """Every device, with the frameworks that have it, and why another does not."""
    for device in shown.devices:
        who = _who_has(shown, device)
        yield Choice(str(device), str(device), who, chosen=device == shown.device)
    if shown.frameworks and all(device.kind == "cpu" for device in shown.devices):
        yield Choice("", "No GPU: " + "; ".join(map(_why_not, shown.frameworks)))


def _who_has(shown: Shown, device: Device) -> str:
    if not shown.frameworks:
        return "not known yet"
    have = [each.name for each in shown.frameworks if each.has(device)]
    lack = map(_why_not, shown.lacking(device))
    return "; ".join(filter(None, [" and ".join(have), *lack]))


def _why_not(framework: Framework) -> str:
    if framework.problem:
        return framework.problem + (f" → {framework.fix}" if framework.fix else "")
    return f"{framework.name} finds only {', '.join(framework.devices)}"


def difference_choices(shown: Shown) -> Iterator[Choice]:
    """The differences of the row in view by number, silent ones first."""
    row, current = shown.whole, shown.difference
    for number, each in enumerate(by_danger(row.differences if row else ()), 1):
        yield Choice(
            str(number),
            f"{how_loud(each.loud).glyph} {label(SHOWS[each.shows])}",
            each.says,
            digit=str(number) if number < _DIGITS else "",
            chosen=current is not None and current.number == number,
        )


def related_choices(shown: Shown) -> Iterator[Choice]:
    """The rows that are near the one in view."""
    for row in shown.related:
        yield Choice(row.id, row.id, title(row.function, row.chinese))


def file_choices(shown: Shown) -> Iterator[Choice]:
    """The files in which a scan found something."""
    if shown.scanned is not None:
        for number, (path, what) in enumerate(shown.scanned.file_lines()):
            chosen = shown.scanned.call >= 0 and number == shown.scanned.file
            yield Choice(str(number), path, what, chosen=chosen)


def call_choices(shown: Shown) -> Iterator[Choice]:
    """The calls of the file that was chosen last."""
    if shown.scanned is not None:
        for number, (where, what) in enumerate(shown.scanned.call_lines(shown.sheet.rows)):
            yield Choice(str(number), where, what, chosen=number == shown.scanned.call)


def copy_choices(shown: Shown) -> Iterator[Choice]:
    """What can be copied or saved of the row in view, as ids of actions."""
    for digit, name in enumerate(_TAKEN, 1):  # each keeps its digit, whatever else there is
        if BY_ID[name].when(shown):
            yield Choice(name, BY_ID[name].tooltip, digit=str(digit))


def run_choices(shown: Shown) -> Iterator[Choice]:
    """What has been run, latest first, by number: the row, how it came out, when."""
    now = time.monotonic()
    for run in shown.runs:
        if run.result is not None:
            mark = sign_of_run(run, run.result.verdict)
            edited = EDITED if run.draft is not None else ""
            ago = _ago(now - run.began)
            said = f"{mark.glyph} {label(mark.word)} on {run.device}, {ago}{edited}"
            yield Choice(str(run.number), run.row.id, said, chosen=run is shown.run)


def _ago(seconds: float) -> str:
    minutes = int(seconds // 60)
    if not minutes:
        return "just now"
    return f"{minutes} min ago" if minutes < 60 else f"{minutes // 60} h ago"


def theme_choices(themes: Iterable[Theme], chosen: str) -> Iterator[Choice]:
    """Every theme by name."""
    known = sorted(themes, key=lambda theme: theme.name)
    groups = (
        ("Dark", [theme for theme in known if theme.dark and not theme.ansi]),
        ("Light", [theme for theme in known if not theme.dark and not theme.ansi]),
        ("The terminal's own colours", [theme for theme in known if theme.ansi]),
    )
    for heading, members in groups:
        yield Choice("", heading)
        for theme in members:
            yield Choice(theme.name, theme.name, chosen=theme.name == chosen)


# What the main screen offers: the title and the choices.
LISTS: dict[str, tuple[str, Callable[[Shown], Iterator[Choice]]]] = {
    "filter": ("Show only", filter_choices),
    "device": ("Run on", device_choices),
    "related": ("Go to", related_choices),
    "difference": ("Differences", difference_choices),
    "files": ("Scanned files", file_choices),
    "calls": ("Calls in this file", call_choices),
    "copy": ("Copy or save", copy_choices),
    "runs": ("Earlier runs", run_choices),
}
