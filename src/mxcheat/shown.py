"""The sheet as every front end shows it: with which of its differences are silent.

That of the shipped rows is worked out once and kept with them, as it takes a while.
"""

from __future__ import annotations

from mxcheat.cheatsheet import load

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Sequence
    from pathlib import Path

    from mxcheat.cheatsheet.nodes import DataFileError
    from mxcheat.cheatsheet.row import Row
    from mxcheat.cheatsheet.sheet import Cheatsheet


def load_shown(
    overlays: Sequence[Path] = (),
    tolerated: Collection[Path] = (),
    tell: Callable[[DataFileError], None] | None = None,
) -> Cheatsheet:
    """What `cheatsheet.load` gives, and of each difference whether it was found silent or loud."""
    return load(overlays, tolerated, tell, _with_found)


def _with_found(rows: Sequence[Row]) -> Sequence[Row]:
    if not any(row.differences for row in rows):
        return rows
    from mxcheat.live.outcomes import all_with_found  # noqa: PLC0415 - seldom needed

    return all_with_found(rows)
