"""The cheatsheet: rows, and how they get from YAML into memory."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mxcheat.cheatsheet.compiled import read_compiled, write_compiled
from mxcheat.paths import mappings_file

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from mxcheat.cheatsheet.row import Cheatsheet


def load(overlays: Sequence[Path] = ()) -> Cheatsheet:
    """The shipped rows, with the rows of `overlays` added or replacing in that order.

    Raises DataFileError for a file with problems.
    """
    sheet = _load_shipped(mappings_file())
    if overlays:
        from mxcheat.cheatsheet.loader import load_file, overlay  # noqa: PLC0415

        for path in overlays:
            sheet = overlay(sheet, load_file(path, sheet))
    return sheet


def _load_shipped(path: Path) -> Cheatsheet:
    data = path.read_bytes() if path.exists() else b""
    sheet = read_compiled(data)
    if sheet is None:
        from mxcheat.cheatsheet.loader import load_file  # noqa: PLC0415

        sheet = load_file(path)
        write_compiled(data, sheet)
    return sheet
