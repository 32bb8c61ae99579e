"""The lists from which a filter, a device, a row, a theme and what to take away are chosen."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from mxcheat.cheatsheet.row import AVAILABILITIES
from mxcheat.render.facts import by_danger
from mxcheat.render.words import AVAILABILITY, SHOWS, how_loud
from mxcheat.tui.filters import WORD, toggled, without
from mxcheat.tui.keys import ACTIONS
from mxcheat.tui.screens.choose import Choice, Chooser

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from textual.theme import Theme

    from mxcheat.cheatsheet.row import Row
    from mxcheat.tui.app import MxcheatApp
    from mxcheat.tui.screens.main import MainScreen

_ALL = "all"
# Numbers below this are chosen by their digit.
_LETTERED = 10
# The letter by which each is chosen.
_TAKEN = {
    "copy.pytorch": "p",
    "copy.gluon": "g",
    "copy.output": "o",
    "copy.link": "l",
    "row.save": "m",
}


def choose_filter(screen: MainScreen) -> None:
    """Offer sections and availabilities; the choice is put into the query, or taken out."""
    search = screen.search
    active = [match[0] for match in WORD.finditer(search.value)]

    def take(word: str | None) -> None:
        if word is not None:
            query = search.value
            search.value = without(query) if word == _ALL else toggled(query, word)

    choices = [*_section_choices(screen, active), *_availability_choices(screen.sheet.rows, active)]
    if active:
        choices.insert(0, Choice(_ALL, "All rows", f"without {' '.join(active)}"))
    screen.app.push_screen(Chooser("Show only", choices), take)


def choose_device(screen: MainScreen) -> None:
    """Offer every device, each with who has it and why another side has not."""
    devices = {str(device): device for device in screen.device.devices}
    choices = [
        Choice(name, name, screen.device.who_has(device), chosen=device == screen.device.chosen)
        for name, device in devices.items()
    ]

    def take(name: str | None) -> None:
        if name is not None:
            screen.device.chosen = devices[name]

    screen.app.push_screen(Chooser("Run on", choices), take)


def choose_theme(app: MxcheatApp) -> None:
    """Offer every theme, and show each while it is looked at."""
    before = app.theme

    def look(name: str) -> None:
        app.theme = name

    def take(name: str | None) -> None:
        app.theme = before if name is None else name
        if name is not None:
            app.keep_theme(name)

    choices = _theme_choices(list(app.available_themes.values()), before)
    app.push_screen(Chooser("Theme", list(choices), look), take)


def choose_related(screen: MainScreen) -> None:
    """Offer the rows that are near the one in view."""
    facts = screen.row.detail.facts
    rows = {row.id: row for row in facts.near}

    def take(name: str | None) -> None:
        if name is not None:
            facts.post_message(facts.Wanted(rows[name]))

    choices = [Choice(row.id, row.id, row.function) for row in rows.values()]
    screen.app.push_screen(Chooser("Go to", choices), take)


def choose_difference(screen: MainScreen) -> None:
    """Offer the differences of the row in view, silent ones first, by number."""
    row, shown = screen.results.row, screen.row.difference

    def take(number: str | None) -> None:
        if number is not None:
            screen.row.show_difference(int(number))

    choices = [
        Choice(
            str(number),
            f"{how_loud(each.loud).glyph} {SHOWS[each.shows]}",
            each.says,
            letter=str(number) if number < _LETTERED else "",
            chosen=shown is not None and shown.number == number,
        )
        for number, each in enumerate(by_danger(row.differences if row else ()), 1)
    ]
    screen.app.push_screen(Chooser("Differences", choices), take)


def choose_what_to_take(screen: MainScreen) -> None:
    """Offer what can be taken away from the row in view."""
    actions = {action.id: action for action in ACTIONS}
    choices = [
        Choice(name, actions[name].tooltip, letter=letter)
        for name, letter in _TAKEN.items()
        if screen.commands.possible(name)
    ]

    def take(name: str | None) -> None:
        if name is not None:
            screen.commands.do(name)

    screen.app.push_screen(Chooser("Take away", choices), take)


def _section_choices(screen: MainScreen, active: Sequence[str]) -> Iterator[Choice]:
    yield Choice("", "Section")
    counts = Counter(row.section for row in screen.sheet.rows)
    tops = Counter(row.section.split("/")[0] for row in screen.sheet.rows)
    for section, count in counts.items():
        top = section.split("/")[0]
        if top != section and tops[top]:
            yield _filter(f"in:{top}", f"All of {top}", tops[top], active)
        tops[top] = 0
        yield _filter(f"in:{section}", screen.sheet.sections.get(section, section), count, active)


def _availability_choices(rows: Sequence[Row], active: Sequence[str]) -> Iterator[Choice]:
    yield Choice("", "Availability")
    counts = Counter(row.availability for row in rows)
    for name in AVAILABILITIES:
        if counts[name]:
            yield _filter(f"is:{name}", AVAILABILITY[name].word, counts[name], active)


def _filter(word: str, title: str, count: int, active: Sequence[str]) -> Choice:
    rows = "row" if count == 1 else "rows"
    return Choice(word, title, f"{word} · {count} {rows}", chosen=word in active)


def _theme_choices(themes: Sequence[Theme], chosen: str) -> Iterator[Choice]:
    groups = (
        ("Dark", [theme for theme in themes if theme.dark and not theme.ansi]),
        ("Light", [theme for theme in themes if not theme.dark and not theme.ansi]),
        ("The terminal's own colours", [theme for theme in themes if theme.ansi]),
    )
    for heading, members in groups:
        yield Choice("", heading)
        for theme in sorted(members, key=lambda theme: theme.name):
            yield Choice(theme.name, theme.name, chosen=theme.name == chosen)
