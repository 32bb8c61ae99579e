"""What a scan found, to be gone through: files, the calls of one, the row of the one chosen."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from mxcheat.scan.findings import KINDS, kind_of, name_of, place_of, says

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from mxcheat.cheatsheet.row import Row
    from mxcheat.scan.findings import Told
    from mxcheat.scan.found import Call

# Characters that a line begins with, at most.
_WIDEST = 28


@dataclass(frozen=True)
class Scanned:
    """Files by their paths, each with what is told of it; and where in them one is.

    `file` is the file chosen last, `call` the call of it that was, -1 before one was.
    """

    files: Sequence[tuple[str, Told]]
    file: int = 0
    call: int = -1

    @property
    def calls(self) -> Sequence[Call]:
        """The calls of the file chosen last."""
        return self.files[self.file][1].calls

    def file_lines(self) -> Iterator[tuple[str, str]]:
        """For each file its path, and how many calls of which kind it has."""
        for path, told in self.files:
            counts = Counter(map(kind_of, told.calls))
            kinds = ", ".join(f"{counts[kind]} {kind}" for kind in KINDS if counts[kind])
            # The end of a path tells more than its start.
            short = path if len(path) <= _WIDEST else f"…{path[1 - _WIDEST :]}"
            whole = path if short != path else ""
            yield short, "; ".join(filter(None, (kinds, told.why, whole)))

    def call_lines(self, rows: Sequence[Row]) -> Iterator[tuple[str, str]]:
        """For each call of the file chosen last where it is and its name, and what is said."""
        by_id = {row.id: row for row in rows}
        for call in self.calls:
            where = f"{place_of(call)} {name_of(call)}"
            short = where if len(where) <= _WIDEST else f"{where[: _WIDEST - 1]}…"
            yield short, says(call, by_id.get(call.row or ""))
