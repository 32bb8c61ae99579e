"""The cheatsheet: rows, and how they get from YAML into memory."""

from __future__ import annotations

from mxcheat.cheatsheet.kept import Kept
from mxcheat.paths import shipped_files, usage_file

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Sequence
    from pathlib import Path

    from mxcheat.cheatsheet.nodes import DataFileError
    from mxcheat.cheatsheet.row import Row
    from mxcheat.cheatsheet.sheet import Cheatsheet

    # Gives rows with what running them found, in the same order.
    WithFound = Callable[[Sequence[Row]], Sequence[Row]]


def load(
    overlays: Sequence[Path] = (),
    tolerated: Collection[Path] = (),
    tell: Callable[[DataFileError], None] | None = None,
    with_found: WithFound | None = None,
) -> Cheatsheet:
    """The shipped rows, with the rows of `overlays` added or replacing in that order.

    If a `tolerated` file has problems, its sound rows are used, and `tell` gets the error.
    `with_found` is called for the shipped rows only when their kept form is made.
    Raises DataFileError for another file with problems, and for one that cannot be read.
    """
    sheet = _shipped(with_found)
    if overlays:
        from mxcheat.cheatsheet.reader import load_file  # noqa: PLC0415
        from mxcheat.cheatsheet.sheet import overlay  # noqa: PLC0415

        for path in overlays:
            added = load_file(path, sheet, tolerated, tell)
            sheet = overlay(sheet, _with(with_found, added) if with_found else added)
    return sheet


def _shipped(with_found: WithFound | None = None) -> Cheatsheet:
    if with_found is None:
        return _kept("rows", _read_shipped)
    return _kept("shown", lambda: _with(with_found, _shipped()))


def _with(with_found: WithFound, sheet: Cheatsheet) -> Cheatsheet:
    from dataclasses import replace  # noqa: PLC0415

    return replace(sheet, rows=tuple(with_found(sheet.rows)))


def _kept(part: str, make: Callable[[], Cheatsheet]) -> Cheatsheet:
    """A sheet from the cache, or made now and put there."""
    from mxcheat.cheatsheet.sheet import from_plain, to_plain  # noqa: PLC0415

    kept = Kept()
    if plain := kept.read(part):
        return from_plain(plain)
    sheet = make()
    kept.keep(part, lambda: to_plain(sheet))
    return sheet


def _read_shipped() -> Cheatsheet:
    """The rows of every shipped file, read one after the other as one sheet."""
    from dataclasses import replace  # noqa: PLC0415

    from mxcheat.cheatsheet.reader import load_files  # noqa: PLC0415
    from mxcheat.cheatsheet.usage import read_usage  # noqa: PLC0415

    calls = {used.name: used.sites for used in read_usage(usage_file())}
    return replace(load_files(shipped_files()), calls=calls)
