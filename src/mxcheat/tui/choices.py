"""What is offered in lists: filters, devices, differences, rows, calls, copies, runs, themes."""

from __future__ import annotations

import time
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from mxcheat.cheatsheet.row import AVAILABILITIES
from mxcheat.render.facts import by_danger
from mxcheat.render.language import label, said, title
from mxcheat.render.words import AVAILABILITY, SHOWS, how_loud
from mxcheat.tui.actions import BY_ID
from mxcheat.tui.drafts import edited
from mxcheat.tui.filters import ALL, WORD
from mxcheat.tui.widgets.verdict import sign_of_run

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from textual.theme import Theme

    from mxcheat.live.device import Device
    from mxcheat.tui.shown import Framework, Shown

# Numbers below this are chosen by their digit.
_DIGITS = 10
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


def filter_choices(shown: Shown) -> Iterator[Choice]:
    """Sections and availabilities, each as the filter word for it."""
    active = [match[0] for match in WORD.finditer(shown.query)]
    if active:
        yield Choice(ALL, label("All rows"), said("without {words}", words=" ".join(active)))
    rows = shown.sheet.rows
    yield Choice("", label("Section"))
    counts = Counter(row.section for row in rows)
    tops = Counter(row.section.split("/")[0] for row in rows)
    for section, count in counts.items():
        top = section.split("/")[0]
        if top != section and tops[top]:
            yield _filter(f"in:{top}", said("All of {name}", name=top), tops[top], active)
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
        why = "; ".join(map(_why_not, shown.frameworks))
        yield Choice("", said("No GPU: {why}", why=why))


def _who_has(shown: Shown, device: Device) -> str:
    if not shown.frameworks:
        return label("not known yet")
    have = [each.name for each in shown.frameworks if each.has(device)]
    lack = map(_why_not, shown.lacking(device))
    return "; ".join(filter(None, [f" {label('and')} ".join(have), *lack]))


def _why_not(framework: Framework) -> str:
    if framework.problem:
        return framework.problem + (f" → {framework.fix}" if framework.fix else "")
    devices = ", ".join(framework.devices)
    return said("{framework} finds only {devices}", framework=framework.name, devices=devices)


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
            yield Choice(name, label(BY_ID[name].tooltip), digit=str(digit))


def run_choices(shown: Shown) -> Iterator[Choice]:
    """What has been run, latest first, by number: the row, how it came out, when."""
    now = time.monotonic()
    for run in shown.runs:
        if run.result is not None:
            mark = sign_of_run(run, run.result.verdict)
            came_out = said(
                "{verdict} on {device}, {ago}",
                verdict=f"{mark.glyph} {label(mark.word)}",
                device=run.device,
                ago=_ago(now - run.began),
            )
            detail = came_out + edited(is_so=run.draft is not None)
            yield Choice(str(run.number), run.row.id, detail, chosen=run is shown.run)


def _ago(seconds: float) -> str:
    minutes = int(seconds // 60)
    if not minutes:
        return label("just now")
    if minutes < 60:
        return said("{count} min ago", count=minutes)
    return said("{count} h ago", count=minutes // 60)


def theme_choices(themes: Iterable[Theme], chosen: str) -> Iterator[Choice]:
    """Every theme by name."""
    known = sorted(themes, key=lambda theme: theme.name)
    groups = (
        ("Dark", [theme for theme in known if theme.dark and not theme.ansi]),
        ("Light", [theme for theme in known if not theme.dark and not theme.ansi]),
        ("The terminal's own colours", [theme for theme in known if theme.ansi]),
    )
    for heading, members in groups:
        yield Choice("", label(heading))
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
