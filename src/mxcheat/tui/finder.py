"""From what is typed to the lines of the result list."""

from __future__ import annotations

import re
import threading
from typing import TYPE_CHECKING, NamedTuple

from mxcheat.render.inert import inert_line
from mxcheat.render.language import label, said
from mxcheat.tui.filters import Filter, split

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from mxcheat.cheatsheet.row import Row
    from mxcheat.cheatsheet.sheet import Cheatsheet
    from mxcheat.search import Hit, Index

LIMIT = 50
# Of pasted code, so many statements are looked up: each takes its time.
_MOST_STATEMENTS = 8
# A typo, words with one, a line of code and an error: together they need all tables of the index.
_EVERY_KIND = ("unsqeeze", "limit valeus", "y = net(x)", "RuntimeError: sizes do not match")
_WORD = re.compile(r"\w+")


class Found(NamedTuple):
    """Rows under headings (plain text), the words to mark in them, and how many there are."""

    entries: Sequence[Row | str]
    words: tuple[str, ...]
    title: str


class Finder:
    """Answers queries over one cheatsheet."""

    def __init__(self, sheet: Cheatsheet) -> None:
        self._sheet = sheet
        self._index: Index | None = None
        self._making = threading.Lock()

    @property
    def index(self) -> Index:
        """The tables of the sheet, made when something is first looked for."""
        from mxcheat.search import Index  # noqa: PLC0415 - after the first paint

        with self._making:
            if self._index is None:
                self._index = Index(self._sheet.rows, self._sheet.calls)
            return self._index

    def prepare(self) -> None:
        """Make the tables of the index, so that the first key need not wait for them."""
        from mxcheat.search import find  # noqa: PLC0415 - after the first paint

        for query in _EVERY_KIND:
            find(self.index, query)

    def find(self, query: str, recent: Sequence[str] = ()) -> Found:
        """The rows for a query, best first; without one all rows, those used lately before."""
        searched, filtered = split(query)
        rows = [row for row in self._sheet.rows if filtered.passes(row)]
        all_rows = len(rows if searched else self._sheet.rows)
        of = all_rows if filtered != Filter() else None
        if not searched:
            lately = () if filtered != Filter() else self._lately(recent)
            return Found([*lately, *self._under_headings(rows)], (), _count(rows, of, "row"))
        # With a filter the best rows may all be among those that do not pass.
        limit = LIMIT if of is None else len(self._sheet.rows)
        hits = [hit for hit in self._hits(searched, limit) if filtered.passes(hit.row)][:LIMIT]
        words = tuple(_WORD.findall(searched))
        title = _count(hits, of, "result")
        if hits and not hits[0].sure:
            title = said("no exact match · {count} nearest", count=len(hits))
        return Found([hit.row for hit in hits], words, title)

    def _hits(self, searched: str, limit: int) -> list[Hit]:
        """The rows for each statement of a query, best first; each row once."""
        from mxcheat.search import find  # noqa: PLC0415 - after the first paint
        from mxcheat.search.pasted import asked_in  # noqa: PLC0415 - after the first paint

        asked = asked_in(self.index, searched)[:_MOST_STATEMENTS]
        if len(asked) == 1:
            return find(self.index, asked[0], limit)
        found: dict[str, Hit] = {}
        for statement in asked:
            for hit in find(self.index, statement, limit):
                known = found.get(hit.row.id)
                if known is None or hit.score > known.score:
                    found[hit.row.id] = hit
        return sorted(found.values(), key=lambda hit: -hit.score)[:limit]

    def why_nothing(self, query: str) -> str:
        """Why there is no row for a query, and what to try."""
        searched, filtered = split(query)
        if not self._sheet.rows:
            return label("The cheatsheet has no rows.")
        unknown = filtered.unknown({row.section: "" for row in self._sheet.rows})
        if unknown:
            return said("Nothing found: {why}.", why=unknown)
        if not searched:
            return said("No row passes the filter {words}.", words=query.strip())
        from mxcheat.search.nothing import nothing_found  # noqa: PLC0415 - after the first paint

        nothing = nothing_found(self.index, searched, is_filtered=filtered != Filter(), say=said)
        why = "; ".join(filter(None, (nothing.said, nothing.hint)))
        # A name that stands first stays as it is spelled.
        why = why if nothing.names else f"{why[:1].upper()}{why[1:]}"
        return why if why.endswith(("?", "？")) else f"{why}."

    def _lately(self, recent: Sequence[str]) -> list[Row | str]:
        known = {row.id: row for row in self._sheet.rows}
        rows = [known[row_id] for row_id in recent if row_id in known]
        return [label("Recent"), *rows] if rows else []

    def _under_headings(self, rows: Iterable[Row]) -> list[Row | str]:
        entries: list[Row | str] = []
        section = None
        for row in rows:
            if row.section != section:
                section = row.section
                entries.append(inert_line(label(self._sheet.sections.get(section, section))))
            entries.append(row)
        return entries


def _count(rows: Sequence[object], of: int | None, noun: str) -> str:
    if of is not None:
        return said("{count} of {all} rows", count=len(rows), all=of)
    return label(f"{len(rows)} {noun}{'' if len(rows) == 1 else 's'}")
