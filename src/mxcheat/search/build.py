"""What the rows say, as tables: names, lines of code, words, notes."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from mxcheat.cheatsheet.sides import SIDES
from mxcheat.search.fields import CODE, TITLE, codes, entries, is_code, loss_among, phrases
from mxcheat.search.names import squeeze
from mxcheat.search.words import stems

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from mxcheat.cheatsheet.row import Row
    from mxcheat.search.fields import Entry

# Patterns are compiled when used: not where the tables were kept.
_IDENTIFIER = r"(?a)(?<=\.)[A-Za-z_]\w*|\b[A-Za-z_]\w*\b(?!\.)"
_ASSIGNED = r"^[\w,]+=(?!=)"
_RUN = r"[^\W_]+"


def names(rows: Sequence[Row]) -> dict[str, list[Entry]]:
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


def lines(rows: Sequence[Row]) -> dict[str, dict[int, float]]:
    """Bare lines of forms, today's and printed -> {row number: what else is there}."""
    held: dict[str, dict[int, float]] = {}
    for number, row in enumerate(rows):
        for _, code, _ in codes(row):
            bare = set(map(bare_line, code.splitlines()))
            for line in filter(None, bare):
                losses = held.setdefault(line, {})
                losses[number] = min(losses.get(number, 5.0), loss_among(len(bare)))
    return held


def words(rows: Sequence[Row]) -> dict[str, dict[int, float]]:
    """Stems of words -> {row number: how much the word says about that row}."""
    held: dict[str, dict[int, float]] = {}
    for number, row in enumerate(rows):
        code = [*apis(row), *(text for _, text, _ in codes(row)), *filter(is_code, titles(row))]
        # What is read later prevails.
        for weight, texts in ((CODE, code), (TITLE, prose(row))):
            for root in set(stems("\n".join(texts))):
                held.setdefault(root, {})[number] = weight
    return held


def notes(rows: Sequence[Row]) -> dict[str, list[int]]:
    """Words of notes, as they are written -> numbers of the rows."""
    held: dict[str, list[int]] = {}
    for number, row in enumerate(rows):
        for word in set(re.findall(_RUN, f"{row.section} {row.notes}".lower())):
            held.setdefault(word, []).append(number)
    return held


def roots(row: Row) -> Iterator[frozenset[str]]:
    """Yield the stems of each thing a row is called in words."""
    return (frozenset(stems(title)) for title in prose(row))


def apis(row: Row) -> list[str]:
    """The public names a row answers for, of both sides."""
    return [api for side in SIDES for api in row.answers.get(side, ())]


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
