"""Where a row's names and words stand, and how much each place says about the row."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING, NamedTuple

from mxcheat.cheatsheet.row import SIDES
from mxcheat.search.names import Name, names_in

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mxcheat.cheatsheet.row import Row, Side

# How much a word says about a row (0..1), by where it stands.
TITLE, NAME_PART, CODE_PART, PRINTED_PART, NOTE = 1.0, 0.8, 0.6, 0.5, 0.45
_LONGEST_PHRASE = 40


class Place(Enum):
    """Where a row holds a name; the first number is how much it says there (0..100)."""

    ID = (99.0, "id")
    API = (99.0, "apis")
    FORM = (97.0, "form")
    PRINTED = (96.0, "printed")
    PHRASE = (95.0, "function, chinese or keyword")


class Entry(NamedTuple):
    """One place where a row holds a name: `base` is how much it says there (0..100)."""

    row: int
    name: Name
    place: Place
    base: float
    side: str = ""


def codes(row: Row) -> Iterator[tuple[Side, str, Place]]:
    """Yield each form of a row, today's and printed: its side, code and place."""
    for side in SIDES:
        if form := row.form(side):
            yield side, form, Place.FORM
        for printed in row.printed:
            old = printed.pytorch if side == "pytorch" else printed.gluon
            if old and old != row.form(side):
                yield side, old, Place.PRINTED


def entries(number: int, row: Row) -> Iterator[Entry]:
    """Yield every place where a row holds a name; short phrases count as names."""
    yield from _held(number, Place.ID, "", [Name((row.id,))])
    for side in SIDES:
        apis = [Name(tuple(api.split("."))) for api in row.apis.get(side, ())]
        yield from _held(number, Place.API, side, apis)
    for phrase in (row.function, row.chinese, *row.keywords):
        if len(phrase) <= _LONGEST_PHRASE:
            yield from _held(number, Place.PHRASE, "", [Name((phrase,))])
    for side, code, place in codes(row):
        yield from _held(number, place, side, names_in(code)[0])


def _held(number: int, place: Place, side: str, names: list[Name]) -> Iterator[Entry]:
    # A long example is about none of its many names in particular.
    spread = 0.0 if len(names) <= 3 else 1.0 if len(names) <= 8 else 2.0
    base = place.value[0] - spread
    return (Entry(number, name, place, base, side) for name in names)


def texts(row: Row) -> Iterator[tuple[float, list[str]]]:
    """What a row says, the least telling first, so that what is read later prevails."""
    in_code = [(code, place) for _, code, place in codes(row)]
    yield NOTE, [row.notes, row.section]
    yield PRINTED_PART, [code for code, place in in_code if place is Place.PRINTED]
    yield CODE_PART, [code for code, place in in_code if place is Place.FORM]
    yield NAME_PART, [api for side in SIDES for api in row.apis.get(side, ())]
    printed = [printed.function for printed in row.printed]
    yield TITLE, [row.function, row.chinese, row.id, *row.keywords, *printed]
