"""The full-screen app. Nothing of Textual is imported before `run_app` is called."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from mxcheat.cheatsheet.row import Row
    from mxcheat.cheatsheet.sheet import Cheatsheet
    from mxcheat.cheatsheet.sides import Side
    from mxcheat.config.reader import Settings
    from mxcheat.errors import ExitCode
    from mxcheat.tui.scanned import Scanned


def run_app(
    sheet: Cheatsheet,
    query: str,
    settings: Settings,
    *,
    scanned: Scanned | None = None,
    choose: Callable[[Row, Mapping[Side, str | None]], None] | None = None,
) -> ExitCode:
    """Open the app on `sheet` with `query` typed, and go through what was `scanned`; return when
    the user quits.

    `choose` is then called with the row in view, and its forms as they stand in the app.
    Raises MxcheatError for settings that are wrong.
    """
    # Textual reads this when it is imported. It draws only what has changed, and then waits for so
    # long: at its own 60 times a second, for the half of what a key takes.
    os.environ.setdefault("TEXTUAL_FPS", "250")
    from mxcheat.tui.app import open_app  # noqa: PLC0415 - the setting has to come first

    return open_app(sheet, query, settings, scanned=scanned, choose=choose)
