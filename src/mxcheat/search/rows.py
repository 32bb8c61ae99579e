"""What rows say, and how much each place says about its row: names, lines of code, words, notes."""

from __future__ import annotations

import re
from collections import Counter
from enum import Enum
from functools import cache
from itertools import pairwise
from math import log2
from typing import TYPE_CHECKING, NamedTuple

from mxcheat.cheatsheet.sides import SIDES
from mxcheat.names.written import Name, names_in, squeeze
from mxcheat.paths import other_libraries_file
from mxcheat.search.words import split_words, stems

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from mxcheat.cheatsheet.row import Row
    from mxcheat.cheatsheet.sides import Side

    # The row that answers for a public name, that name in full, and how often real code calls it.
    Answer = tuple[int, str, int]

# How much a word says about a row (0..1), by where it stands.
TITLE, CODE, NOTE = 1.0, 0.7, 0.7

_ONCE = 0.1  # what it says less that stands in one title or keyword only
# Patterns are compiled when used: not where the tables were kept.
_IDENTIFIER = r"(?a)(?<=\.)[A-Za-z_]\w*|\b[A-Za-z_]\w*\b(?!\.)"
_ASSIGNED = r"^[\w,]+=(?!=)"


class Place(Enum):
    """Where a row holds a name."""

    ID = "id"
    API = "apis"
    FORM = "form"
    PRINTED = "printed"
    PHRASE = "title or keyword"


# How much a name says about a row (0..96), by where it stands.
BEST = 96.0
_BASE = {Place.ID: BEST, Place.API: BEST, Place.FORM: 94.0, Place.PRINTED: 93.0, Place.PHRASE: 95.5}

_PROGRAM = 15  # lines of a form
_CODE_SIGNS = frozenset("._([=")
_DEEPEST = 2
_LATER = 0.02  # what each keyword loses to the one before it: the most telling stand first


class Entry(NamedTuple):
    """One place where a row holds a name: `base` is how much it says there (0..96)."""

    row: int
    name: Name
    place: Place
    base: float
    side: str = ""


def phrases(row: Row) -> Iterator[str]:
    """Yield what a row is called: its titles, also those printed, keywords, names elsewhere."""
    yield from (row.function, row.chinese, *row.keywords)
    yield from names_elsewhere(row)
    yield from (printed.function for printed in row.printed)


def names_elsewhere(row: Row) -> list[str]:
    """What other libraries call what a row answers for: np.clip of torch.clamp."""
    return [name for api in apis(row) for name in _elsewhere().get(api, ())]


@cache
def _elsewhere() -> dict[str, list[str]]:
    """Public names of both frameworks -> the names of their counterparts in other libraries."""
    found: dict[str, list[str]] = {}
    for line in other_libraries_file().read_text("utf-8").splitlines():
        if not line.startswith("#"):
            name, _, api = line.partition("\t")
            found.setdefault(api, []).append(name)
    return found


def is_code(phrase: str) -> bool:
    """Whether a keyword is a name or code, as np.clip, grad_req, MXBoard and x.size() are."""
    if not _CODE_SIGNS.isdisjoint(phrase):
        return True
    # A hump needs a capital that is not the first letter, and few phrases have one.
    return not phrase[1:].islower() and any(
        a.islower() and b.isupper() for a, b in pairwise(phrase)
    )


def codes(row: Row) -> Iterator[tuple[Side, str, Place]]:
    """Yield each form of a row, today's and printed: its side, code and place."""
    for side in SIDES:
        form = row.form(side)
        if form and not _is_program(row):
            yield side, form, Place.FORM
        for printed in row.printed:
            old = printed.pytorch if side == "pytorch" else printed.gluon
            if old and old != row.form(side):
                yield side, old, Place.PRINTED


def _is_program(row: Row) -> bool:
    """Whether a row is a whole program: found by what it is called, not by all that it uses."""
    longest = max((row.form(side) or "").count("\n") for side in SIDES)
    return longest >= _PROGRAM and not apis(row)


def entries(number: int, row: Row) -> Iterator[Entry]:
    """Yield every place where a row holds a name; a phrase as a whole counts as one."""
    yield Entry(number, Name((row.id,)), Place.ID, _BASE[Place.ID])
    for at, phrase in enumerate(phrases(row)):
        yield Entry(number, Name((phrase,)), Place.PHRASE, _BASE[Place.PHRASE] - _LATER * at)
        if is_code(phrase):
            yield from _names(number, phrase, Place.PHRASE)
    for side, code, place in codes(row):
        yield from _names(number, code, place, side)
    for side in SIDES:
        yield from _apis(number, row, side)


def _names(number: int, code: str, place: Place, side: str = "") -> Iterator[Entry]:
    names = names_in(code)[0]
    loss = loss_among(len({name.tail for name in names}))
    for name in names:
        # What only prepares the outermost call is not what the code is about.
        deep = min(name.depth, _DEEPEST)
        yield Entry(number, name, place, _BASE[place] - loss - deep, side)


def _apis(number: int, row: Row, side: Side) -> Iterator[Entry]:
    """The first name is what the row is about."""
    shown = {name.tail for name in names_in(row.form(side) or "")[0]}
    for place, api in enumerate(row.answers.get(side, ()), 1):
        path = tuple(api.split("."))
        loss = (loss_among(place) + loss_among(len(shown))) / 2
        yield Entry(number, Name(path), Place.API, _BASE[Place.API] - loss, side)


def loss_among(several: int) -> float:
    """What one of several names or lines loses: the code is about none of them alone."""
    return min(5.0, 1.5 * log2(max(1, several)))


def held_names(rows: Sequence[Row]) -> dict[str, list[Entry]]:
    """Squeezed names, and other words of code -> where rows hold a name so spelled."""
    held: dict[str, list[Entry]] = {}
    for number, row in enumerate(rows):
        keys = _keys(row)
        for key in keys:
            held.setdefault(key, [])
        for entry in entries(number, row):
            key = squeeze(entry.name.tail)
            if key in keys:
                held[key].append(entry)
    return held


def _keys(row: Row) -> set[str]:
    """The squeezed words of a row's code, its id and phrases."""
    code = [text for _, text, _ in codes(row)]
    code += [phrase for phrase in phrases(row) if is_code(phrase)]
    words = re.findall(_IDENTIFIER, "\n".join(code))
    words += [api.rpartition(".")[2] for api in apis(row)]
    return set(squeeze("\n".join((*titles(row), *words))).split("\n")) - {""}


def held_answers(rows: Sequence[Row], calls: Mapping[str, int]) -> dict[str, list[Answer]]:
    """Last parts of public names, squeezed -> the rows that answer for a name that ends so."""
    held: dict[str, list[Answer]] = {}
    for number, row in enumerate(rows):
        for api in apis(row):
            key = squeeze(api.rpartition(".")[2])
            held.setdefault(key, []).append((number, api, calls.get(api, 0)))
    return held


def held_lines(rows: Sequence[Row]) -> dict[str, dict[int, float]]:
    """Bare lines of forms, today's and printed -> {row number: what else is there}."""
    held: dict[str, dict[int, float]] = {}
    for number, row in enumerate(rows):
        for _, code, _ in codes(row):
            bare = set(map(bare_line, code.splitlines()))
            for line in filter(None, bare):
                losses = held.setdefault(line, {})
                losses[number] = min(losses.get(number, 5.0), loss_among(len(bare)))
    return held


def held_words(rows: Sequence[Row]) -> dict[str, dict[int, float]]:
    """Stems of words -> {row number: how much the word says about that row}."""
    held: dict[str, dict[int, float]] = {}
    for number, row in enumerate(rows):
        code = [*apis(row), *(text for _, text, _ in codes(row)), *filter(is_code, titles(row))]
        for root in set(stems("\n".join(code))):
            held.setdefault(root, {})[number] = CODE
        said = Counter(root for title in prose(row) for root in {*stems(title)})
        for root, several in said.items():  # prevails
            held.setdefault(root, {})[number] = TITLE - _ONCE / several
    return held


def held_spellings(rows: Sequence[Row]) -> list[str]:
    """The words that `held_words` has the stems of, as they are written; of Latin letters."""
    texts = {text for row in rows for text in (*apis(row), *titles(row))}
    texts.update(text for row in rows for _, text, _ in codes(row))
    return sorted({word for text in texts for word in split_words(text) if word.isascii()})


def held_notes(rows: Sequence[Row]) -> dict[str, list[int]]:
    """Stems of words of notes and sections -> numbers of the rows."""
    held: dict[str, list[int]] = {}
    for number, row in enumerate(rows):
        for root in dict.fromkeys(stems(f"{row.section}\n{row.notes}")):
            held.setdefault(root, []).append(number)
    return held


def phrase_roots(row: Row) -> Iterator[frozenset[str]]:
    """Yield the stems of each thing a row is called in words."""
    return (frozenset(stems(title)) for title in prose(row))


def apis(row: Row) -> list[str]:
    """The public names a row answers for, of both sides."""
    return [api for side in SIDES for api in row.answers.get(side, ())]


def asked_by(row: Row) -> Iterator[str]:
    """Yield the id, and every public name with and without what it belongs to."""
    yield row.id
    for name in apis(row):
        yield from (name, name.rpartition(".")[2])


def titles(row: Row) -> Iterator[str]:
    """Yield what a row is called: its id, titles and keywords."""
    yield row.id
    yield from phrases(row)


def prose(row: Row) -> Iterator[str]:
    """Yield what a row is called in words: not the names and code among its keywords."""
    return (title for title in titles(row) if not is_code(title))


def bare_line(line: str) -> str:
    """Return a line of code as lines are compared: without white space and what it assigns."""
    return re.sub(_ASSIGNED, "", "".join(line.split()))
