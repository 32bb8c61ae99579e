"""The cheatsheet: rows, and how they get from YAML into memory."""

from __future__ import annotations

from mxcheat.cheatsheet.kept import Kept
from mxcheat.paths import calls_file, shipped_files

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Sequence
    from pathlib import Path

    from mxcheat.cheatsheet.nodes import DataFileError
    from mxcheat.cheatsheet.sheet import Cheatsheet


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
        from mxcheat.cheatsheet.reader import read_overlay  # noqa: PLC0415
        from mxcheat.cheatsheet.sheet import overlay  # noqa: PLC0415

        for path in overlays:
            sheet = overlay(sheet, read_overlay(path, sheet, tolerated, tell))
    return sheet


def _load_shipped() -> Cheatsheet:
    from mxcheat.cheatsheet.sheet import from_plain, to_plain  # noqa: PLC0415

    kept = Kept()
    if plain := kept.read("rows"):
        return from_plain(plain)
    sheet = _read_shipped()
    kept.keep("rows", lambda: to_plain(sheet))
    return sheet


def _read_shipped() -> Cheatsheet:
    """The rows of every shipped file, read one after the other as one sheet."""
    from dataclasses import replace  # noqa: PLC0415

    from mxcheat.cheatsheet.reader import load_files  # noqa: PLC0415

    return replace(load_files(shipped_files()), calls=_read_calls(calls_file()))


def _read_calls(path: Path) -> dict[str, int]:
    lines = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
    pairs = (line.split("\t") for line in lines if not line.startswith("#"))
    return {symbol: int(sites) for symbol, sites in pairs}
