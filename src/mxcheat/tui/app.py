"""The app itself: one screen to search and run, one for help; commands for the palette."""

from __future__ import annotations

import gc
from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar

from textual.app import App, SystemCommand

from mxcheat.errors import ExitCode
from mxcheat.tui.keys import ACTIONS, bindings
from mxcheat.tui.runner import Runner
from mxcheat.tui.screens.main import MainScreen

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from textual.binding import BindingType
    from textual.screen import Screen

    from mxcheat.cheatsheet.row import Cheatsheet
    from mxcheat.tui.runner import Engine


class MxcheatApp(App[None]):
    """Search the cheatsheet, and run what is found."""

    TITLE = "mxcheat"
    CSS_PATH = "style.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [*bindings("app")]

    def __init__(
        self, sheet: Cheatsheet, query: str = "", engine: Callable[[], Engine] | None = None
    ) -> None:
        super().__init__()
        self.sheet = sheet
        self.query_at_start = query
        self.runner = Runner(engine or _session)

    def get_default_screen(self) -> Screen[None]:
        """The one screen that is always there."""
        return MainScreen(self.sheet, self.runner, self.query_at_start)

    def on_ready(self) -> None:
        """What is there now stays: looking through it for garbage would cost a key 20 ms."""
        gc.freeze()

    def get_system_commands(self, screen: Screen[Any]) -> Iterable[SystemCommand]:
        """Every action of the registry, and the choice of a theme, for the command palette."""
        for action in ACTIONS:
            if action.title:
                run = partial(screen.run_action, action.call)
                yield SystemCommand(action.title, action.tooltip, run)
        yield SystemCommand("App: Theme", "Choose the colours", self.action_change_theme)

    def action_help(self) -> None:
        """Show every key."""
        from mxcheat.tui.screens.help import HelpScreen  # noqa: PLC0415 - seldom needed

        if not isinstance(self.screen, HelpScreen):
            self.push_screen(HelpScreen())


def open_app(sheet: Cheatsheet, query: str = "") -> ExitCode:
    """Run the app to its end; when this returns, nothing it started is running."""
    app = MxcheatApp(sheet, query)
    try:
        app.run()
    finally:
        app.runner.close()
    return ExitCode(app.return_code or ExitCode.DONE)


def _session() -> Engine:
    from mxcheat.live.session import Session  # noqa: PLC0415 - after the first paint

    return Session()
