"""Loads the sheet as every front end shows it: the shipped rows, with rows of one's own over them.

Of each difference it says whether running it found it silent or loud. That of the shipped rows is
worked out once and kept with them, as it takes a while.
"""

from __future__ import annotations

from mxcheat.cheatsheet.kept import Kept
from mxcheat.paths import shipped_files, usage_file

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

    If a `tolerated` file has problems, its sound rows are used, and `tell` gets the error.
    Raises DataFileError for another file with problems, and for one that cannot be read.
    """
    sheet = _shipped()
    if overlays:
        from mxcheat.cheatsheet.reader import load_file  # noqa: PLC0415 - the shipped are kept
        from mxcheat.cheatsheet.sheet import overlay  # noqa: PLC0415

        for path in overlays:
            sheet = overlay(sheet, _with_found(load_file(path, sheet, tolerated, tell)))
    return sheet


def _shipped() -> Cheatsheet:
    """The shipped rows from the cache, or read now and put there."""
    from mxcheat.cheatsheet.sheet import from_plain, to_plain  # noqa: PLC0415

    kept = Kept()
    if plain := kept.read("sheet"):
        return from_plain(plain)
    sheet = _read_shipped()
    kept.keep("sheet", lambda: to_plain(sheet))
    return sheet


def _read_shipped() -> Cheatsheet:
    """The rows of every shipped file, read one after the other as one sheet."""
    from dataclasses import replace  # noqa: PLC0415

    from mxcheat.cheatsheet.reader import load_files  # noqa: PLC0415
    from mxcheat.cheatsheet.usage import read_usage  # noqa: PLC0415

    calls = {used.name: used.sites for used in read_usage(usage_file())}
    return _with_found(replace(load_files(shipped_files()), calls=calls))


def _with_found(sheet: Cheatsheet) -> Cheatsheet:
    if not any(row.differences for row in sheet.rows):
        return sheet
    from dataclasses import replace  # noqa: PLC0415

    from mxcheat.live.outcomes import all_with_found  # noqa: PLC0415 - seldom needed

    return replace(sheet, rows=tuple(all_with_found(sheet.rows)))
