"""The cheatsheet: rows, and how they get from YAML into memory."""

from __future__ import annotations

from mxcheat.cheatsheet.compiled import Compiled
from mxcheat.paths import calls_file, mappings_file

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Sequence
    from pathlib import Path

    from mxcheat.cheatsheet.problems import DataFileError
    from mxcheat.cheatsheet.row import Cheatsheet


def load(
    overlays: Sequence[Path] = (),
    tolerated: Collection[Path] = (),
    tell: Callable[[DataFileError], None] | None = None,
) -> Cheatsheet:
    """The shipped rows, with the rows of `overlays` added or replacing in that order.

    Of a `tolerated` file with problems the sound rows are used, and `tell` is told.
    Raises DataFileError for another file with problems, and for one that cannot be read.
    """
    sheet = _load_shipped()
    if overlays:
        from mxcheat.cheatsheet.loader import overlay, read_overlay  # noqa: PLC0415

        for path in overlays:
            sheet = overlay(sheet, read_overlay(path, sheet, tolerated, tell))
    return sheet


def _load_shipped() -> Cheatsheet:
    from mxcheat.cheatsheet.plain import from_plain, to_plain  # noqa: PLC0415

    compiled = Compiled("rows", "cheatsheet")
    if plain := compiled.read():
        return from_plain(plain)
    sheet = _read_shipped()
    compiled.keep(lambda: to_plain(sheet))
    return sheet


def _read_shipped() -> Cheatsheet:
    from dataclasses import replace  # noqa: PLC0415

    from mxcheat.cheatsheet.loader import load_file  # noqa: PLC0415

    return replace(load_file(mappings_file()), calls=_read_calls(calls_file()))


def _read_calls(path: Path) -> dict[str, int]:
    lines = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
    pairs = (line.split("\t") for line in lines if not line.startswith("#"))
    return {symbol: int(sites) for symbol, sites in pairs}
