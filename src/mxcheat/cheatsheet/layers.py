"""Files of rows laid over each other, and which file each row is from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mxcheat.cheatsheet.loader import overlay
from mxcheat.cheatsheet.row import Cheatsheet

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from mxcheat.cheatsheet.row import Row


class Layers:
    """A sheet that the sheets of files are laid over one by one; it begins empty."""

    def __init__(self) -> None:
        self.sheet = Cheatsheet((), {}, {})
        self._from: dict[str, Path] = {}

    def lay(self, path: Path, added: Cheatsheet) -> None:
        """Lay the sheet of a file on top."""
        self.sheet = overlay(self.sheet, added)
        self._from.update(dict.fromkeys((row.id for row in added.rows), path))

    def replaced(self, rows: Iterable[Row]) -> dict[str, Path]:
        """The rows that these would replace, by id, and the file each of them is from."""
        return {row.id: self._from[row.id] for row in rows if row.id in self._from}
