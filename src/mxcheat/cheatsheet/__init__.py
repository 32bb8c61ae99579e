"""The cheatsheet: rows, and how they get from YAML into memory."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from mxcheat.cheatsheet.compiled import read_compiled, write_compiled
from mxcheat.paths import calls_file, mappings_file

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from mxcheat.cheatsheet.row import Cheatsheet


def load(overlays: Sequence[Path] = ()) -> Cheatsheet:
    """The shipped rows, with the rows of `overlays` added or replacing in that order.

    Raises DataFileError for a file with problems.
    """
    sheet = _load_shipped(mappings_file(), calls_file())
    if overlays:
        from mxcheat.cheatsheet.loader import load_file, overlay  # noqa: PLC0415

        for path in overlays:
            sheet = overlay(sheet, load_file(path, sheet))
    return sheet


def _load_shipped(path: Path, calls: Path) -> Cheatsheet:
    data = b"".join(each.read_bytes() for each in (path, calls) if each.exists())
    sheet = read_compiled(data)
    if sheet is None:
        from mxcheat.cheatsheet.loader import load_file  # noqa: PLC0415

        sheet = replace(load_file(path), calls=_read_calls(calls))
        write_compiled(data, sheet)
    return sheet


def _read_calls(path: Path) -> dict[str, int]:
    lines = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
    pairs = (line.split("\t") for line in lines if not line.startswith("#"))
    return {symbol: int(sites) for symbol, sites in pairs}
