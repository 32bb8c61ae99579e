"""The tables that search reads: which row a name or a word leads to, and how surely.

Those of the shipped rows are kept from one start to the next.
"""

from __future__ import annotations

import marshal
from bisect import bisect_left
from functools import cached_property
from math import log
from typing import TYPE_CHECKING

from mxcheat.cheatsheet.kept import Kept
from mxcheat.names.written import squeeze
from mxcheat.search.arguments import held_arguments
from mxcheat.search.messages import Messages, held_messages
from mxcheat.search.public import FULL, LIKELY, also_spelled, fit
from mxcheat.search.rows import (
    Place,
    apis,
    bare_line,
    held_answers,
    held_lines,
    held_names,
    held_notes,
    held_spellings,
    held_words,
    phrase_roots,
)
from mxcheat.search.tables import Table, pack_entries, unpack_entries
from mxcheat.search.words import NOISE, by_length, stem

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from typing import Any

    from mxcheat.cheatsheet.row import Row
    from mxcheat.cheatsheet.sheet import Cheatsheet
    from mxcheat.names.written import Name
    from mxcheat.search.rows import Answer, Entry

    Phrase = tuple[frozenset[str], float]

_WORSE = 1.5  # a name that fits so much better is the one that is asked for
_NOISE = frozenset(map(stem, NOISE))


class Names:
    """Squeezed names and the places where rows hold them; each order is made when first used."""

    def __init__(self, table: Table[str, list[Entry]]) -> None:
        self.table = table

    def entries(self, key: str) -> list[Entry]:
        """Return the places where rows hold a name that is spelled `key` when squeezed."""
        return self.table.get(key, [])

    def holders(self, key: str) -> set[int]:
        """Return the rows that hold a name, in code or as their id, spelled `key`."""
        return {entry.row for entry in self.entries(key) if entry.place is not Place.PHRASE}

    def called(self, key: str) -> set[int]:
        """Return the rows whose id, title or keyword is spelled `key`."""
        places = (Place.ID, Place.PHRASE)
        return {
            e.row
            for e in self.entries(key)
            if e.place in places and squeeze(e.name.tail) == key and len(e.name.path) == 1
        }

    @cached_property
    def ordered(self) -> list[str]:
        """The squeezed names in alphabetical order."""
        return sorted(self.table)

    @cached_property
    def by_length(self) -> dict[int, list[str]]:
        """The squeezed names, as `near` takes them."""
        return by_length(self.ordered)

    @cached_property
    def _joined(self) -> str:
        return "\n".join(self.ordered)

    def holding(self, text: str) -> Iterator[str]:
        """Yield the squeezed names that `text` is a part of, in alphabetical order."""
        names = self._joined  # one long text is searched far faster than many short ones
        at = names.find(text) if "\n" not in text else -1
        while at >= 0:
            end = names.find("\n", at)
            end = len(names) if end < 0 else end
            yield names[names.rfind("\n", 0, at) + 1 : end]
            at = names.find(text, end)


class Index:
    """Rows with what search needs to find them; each table is made when first used."""

    def __init__(
        self,
        rows: Sequence[Row],
        calls: Mapping[str, int] | None = None,
        kept: Mapping[str, bytes] | None = None,
    ) -> None:
        """Take rows in their order and, to part ties, how often real code calls each API.

        `kept` is what `tables` gave for the same rows and calls; neither is read then.
        """
        self.rows = tuple(rows)
        self._kept = kept or {}
        self._calls = calls or {}
        self._weights: dict[str, float] = {}

    def tables(self) -> dict[str, bytes]:
        """Every table, in a form that can be kept."""
        return {
            "calls": marshal.dumps(self.calls),
            "answers": self.answers.packed(),
            "names": self.names.table.packed(),
            "lines": self._lines.packed(),
            "words": self.words.packed(),
            "spellings": marshal.dumps(self.spellings),
            "notes": self.notes.packed(),
            "phrases": self._phrases.packed(),
            "messages": marshal.dumps(self.messages.held),
            "arguments": self.arguments.packed(),
        }

    def _read(self, name: str) -> Any:
        """What was kept under this name, or None."""
        return marshal.loads(self._kept[name]) if name in self._kept else None  # noqa: S302

    @cached_property
    def names(self) -> Names:
        """The names that rows hold, and where."""
        table = self._read("names") or held_names(self.rows)
        return Names(Table(table, pack_entries, unpack_entries))

    @cached_property
    def answers(self) -> Table[str, list[Answer]]:
        """Last parts of public names, squeezed -> who answers for a name that ends so."""
        return Table(self._read("answers") or held_answers(self.rows, self._calls))

    def answering(self, name: Name) -> dict[int, tuple[float, int]]:
        """Return the rows that answer for a public name which may be meant: its fit, and its calls.

        A name that is spelled out may also be an older one, or that of an heir.
        """
        found: dict[int, tuple[float, int]] = {}
        for row, api, calls in self.answers.get(squeeze(name.tail), []):
            how = fit(name, api)
            if how > 0:
                found[row] = max(found.get(row, (0.0, 0)), (how, calls))
        best = max(found.values(), default=(0.0, 0))[0]
        if best < LIKELY and name.in_module:
            others = {*also_spelled(name)}
            tails = {squeeze(api.rpartition(".")[2]) for api in others}
            same = (each for tail in tails for each in self.answers.get(tail, []))
            found |= {row: (FULL, calls) for row, api, calls in same if api in others}
            best = max(found.values(), default=(0.0, 0))[0]
        return {row: each for row, each in found.items() if each[0] > best - _WORSE}

    @cached_property
    def calls(self) -> list[int]:
        """How often real code calls what each row is about: all its APIs, hence the rarest."""
        return self._read("calls") or [
            min((self._calls.get(api, 0) for api in apis(row)), default=0) for row in self.rows
        ]

    @cached_property
    def _lines(self) -> Table[str, dict[int, float]]:
        return Table(self._read("lines") or held_lines(self.rows))

    def holding_lines(self, code: str) -> dict[int, float]:
        """Return the rows that hold all lines of `code`, and what is lost by what else is there."""
        bare = map(bare_line, code.splitlines())
        first, *others = [self._lines.get(line, {}) for line in bare] or [{}]
        return {row: loss for row, loss in first.items() if all(row in held for held in others)}

    @cached_property
    def messages(self) -> Messages:
        """The errors that rows raise."""
        return Messages(self._read("messages") or held_messages(self.rows))

    @cached_property
    def arguments(self) -> Table[str, list[int]]:
        """Arguments, with and without a value -> numbers of the rows."""
        return Table(self._read("arguments") or held_arguments(self.rows))

    @cached_property
    def words(self) -> Table[str, dict[int, float]]:
        """Stems of words -> {row number: how much the word says about that row}."""
        return Table(self._read("words") or held_words(self.rows))

    @property
    def sorted_words(self) -> list[str]:
        """The stems in alphabetical order."""
        return sorted(self.words)

    @cached_property
    def spellings(self) -> list[str]:
        """The words that rows hold as they are written, in alphabetical order."""
        return self._read("spellings") or held_spellings(self.rows)

    @cached_property
    def spellings_by_length(self) -> dict[int, list[str]]:
        """The same, as `near` takes them."""
        return by_length(self.spellings)

    @cached_property
    def notes(self) -> Table[str, list[int]]:
        """Stems of words of notes -> numbers of the rows."""
        return Table(self._read("notes") or held_notes(self.rows))

    def noted(self, root: str) -> list[int]:
        """Return the rows that have a word of this stem in their notes."""
        return self.notes.get(root, [])

    @cached_property
    def _phrases(self) -> Table[int, list[Phrase]]:
        return Table(self._read("phrases") or dict(enumerate(map(self._weighed, self.rows))))

    def _weighed(self, row: Row) -> list[Phrase]:
        return [(roots, sum(map(self.weight, roots))) for roots in phrase_roots(row)]

    def phrases(self, number: int) -> list[Phrase]:
        """Return the stems of each title and keyword of a row, and what they weigh together."""
        return self._phrases.get(number, [])

    def weight(self, root: str) -> float:
        """Weight of a stem: rare ones say most."""
        known = self._weights.get(root)
        if known is None:
            rarity = self.rarity(sum(self.words.get(root, {}).values()))
            known = self._weights[root] = rarity * (0.1 if root in _NOISE else 1.0)
        return known

    def rarity(self, holders: float) -> float:
        """Weight of something that `holders` rows hold: 1 for one row, near 0 for all."""
        rows = len(self.calls) + 1
        return log(1 + rows / max(1, holders)) / log(1 + rows)


def beginning_with(text: str, ordered: Sequence[str]) -> Iterator[str]:
    """Yield those of the sorted texts that begin with `text`."""
    for at in range(bisect_left(ordered, text), len(ordered)):
        if not ordered[at].startswith(text):
            return
        yield ordered[at]


def shipped_index(sheet: Callable[[], Cheatsheet], rows: Sequence[Row] = ()) -> Index:
    """The index of the shipped rows; `find` needs these rows given, `ranked` does not.

    `sheet` is asked for all of them, with what was found of them, only when the tables are made.
    """
    kept = Kept()
    tables = kept.read("tables") or kept.keep("tables", lambda: _made(sheet()).tables())
    return Index(rows, kept=tables) if tables else _made(sheet())


def _made(sheet: Cheatsheet) -> Index:
    return Index(sheet.rows, sheet.calls)
