"""A short list over the screen, from which one thing is chosen; and what is offered in it."""

from __future__ import annotations

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
from mxcheat.render.language import label, title
from mxcheat.render.page import width_of
from mxcheat.render.words import AVAILABILITY, SHOWS, how_loud
from mxcheat.tui.actions import BY_ID
from mxcheat.tui.filters import ALL, WORD
from mxcheat.tui.help import Over, with_way_out
from mxcheat.tui.survival import Guarded
from mxcheat.tui.text.lines import MUTED, foreign_line, labelled, wrap

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from textual import events
    from textual.app import ComposeResult
    from textual.binding import BindingType
    from textual.geometry import Size
    from textual.theme import Theme

    from mxcheat.live.device import Device
    from mxcheat.tui.shown import Framework, Shown

_LETTER = 3
_GAP = 2
_WIDEST_TEXT = 28
_WIDTH = 72
# Numbers below this are chosen by their digit.
_LETTERED = 10
# The letter by which each is chosen.
_LETTERS = {
    "copy.pytorch": "p",
    "copy.gluon": "g",
    "copy.output": "o",
    "copy.link": "l",
    "row.save": "m",
}


@dataclass(frozen=True)
class Choice:
    """A line of the list.

    `id` is what choosing it gives, "" for a heading; `letter` chooses it at once; `chosen` says
    that it is what holds now.
    """

    id: str
    text: str
    detail: str = ""
    letter: str = ""
    chosen: bool = False


class _Lines(OptionList):
    """The list itself; it works even in a window that has no room for it."""

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """The lines it takes, even in a window too narrow for any text."""
        return super().get_content_height(container, viewport, max(width, _LETTER))

    def _move_page(self, direction: Literal[-1, 1]) -> None:
        if self.scrollable_content_region:
            super()._move_page(direction)


class Chooser(Guarded, Over, ModalScreen[str]):
    """Returns the id that was chosen, or None; calls `on_look` for every highlighted line."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "dismiss", "Close", id="choice.leave"),
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

    def compose(self) -> ComposeResult:
        """The list, with the current choice highlighted."""
        options = _Lines(*self._options(), id="choices", compact=True)
        options.border_title = label(self._title)
        options.border_subtitle = with_way_out("↑ ↓ Enter chooses", "Esc leaves")
        places = [place for place, choice in enumerate(self._choices) if choice.chosen]
        first = next((place for place, choice in enumerate(self._choices) if choice.id), None)
        options.highlighted = places[0] if places else first
        yield options

    @on(OptionList.OptionSelected)
    def _take(self, event: OptionList.OptionSelected) -> None:
        self._choose(event.option_id)

    @on(OptionList.OptionHighlighted)
    def _look(self, event: OptionList.OptionHighlighted) -> None:
        if self._on_look is not None and event.option_id:
            self._on_look(event.option_id)

    def on_key(self, event: events.Key) -> None:
        """A letter chooses the line it stands on."""
        for choice in self._choices:
            if choice.letter and choice.letter == event.character:
                event.stop()
                self._choose(choice.id)
                return

    def _choose(self, choice: str | None) -> None:
        if self.is_current:  # of keys that come at once, the first has closed it
            self.dismiss(choice)

    def _options(self) -> list[Option]:
        texts = [width_of(choice.text) for choice in self._choices if choice.id]
        gutter = min(max(texts, default=0), _WIDEST_TEXT) + _GAP
        return [
            Option(self._prompt(choice, gutter), id=choice.id or None, disabled=not choice.id)
            for choice in self._choices
        ]

    def _prompt(self, choice: Choice, gutter: int) -> Content:
        if not choice.id:
            return Content.styled(choice.text, f"italic {MUTED}")
        mark = choice.letter or ("●" if choice.chosen else "○")
        lit = choice.letter or choice.chosen
        start = Content.styled(f"{mark:<{_LETTER - 1}} ", "bold $text-primary" if lit else MUTED)
        text = foreign_line(choice.text, "bold" if choice.chosen else "")
        detail = wrap(foreign_line(choice.detail, MUTED), _WIDTH - gutter - _LETTER)
        return Content("\n").join(labelled(start + text, detail, gutter + _LETTER))


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
    rows = "row" if count == 1 else "rows"
    return Choice(word, title, f"{word} · {count} {rows}", chosen=word in active)


def device_choices(shown: Shown) -> Iterator[Choice]:
    """Every device, with the frameworks that have it, and why another does not."""
    for device in shown.devices:
        who = _who_has(shown.frameworks, device)
        yield Choice(str(device), str(device), who, chosen=device == shown.device)


def _who_has(frameworks: Sequence[Framework], device: Device) -> str:
    if not frameworks:
        return "not known yet"
    have = [each.name for each in frameworks if str(device) in each.devices]
    lack = [_why_not(each) for each in frameworks if str(device) not in each.devices]
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
            letter=str(number) if number < _LETTERED else "",
            chosen=current is not None and current.number == number,
        )


def related_choices(shown: Shown) -> Iterator[Choice]:
    """The rows that are near the one in view."""
    for row in shown.related:
        yield Choice(row.id, row.id, title(row.function, row.chinese))


def copy_choices(shown: Shown) -> Iterator[Choice]:
    """What can be copied or saved of the row in view, as ids of actions."""
    for name, letter in _LETTERS.items():
        if BY_ID[name].when(shown):
            yield Choice(name, BY_ID[name].tooltip, letter=letter)


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
    "copy": ("Take away", copy_choices),
}
