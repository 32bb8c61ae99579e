"""The app itself: settings, state and screens; an unexpected error is reported, not fatal."""

from __future__ import annotations

import gc
from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar

from textual import on
from textual.app import App, SystemCommand
from textual.command import CommandList, CommandPalette

from mxcheat.cheatsheet.sides import SIDES
from mxcheat.config import language
from mxcheat.config.engine import device_of, engine_settings
from mxcheat.config.reader import Settings
from mxcheat.errors import ExitCode
from mxcheat.live.device import CPU
from mxcheat.paths import shipped_files
from mxcheat.render.inert import inert_line
from mxcheat.render.language import label, said, speak
from mxcheat.state import State
from mxcheat.tui.actions import ACTIONS, bindings
from mxcheat.tui.contrast import legible
from mxcheat.tui.keymap import key_name, keymap_of
from mxcheat.tui.main_screen import MainScreen
from mxcheat.tui.runner import Runner
from mxcheat.tui.shown import Shown, in_order
from mxcheat.tui.survival import Guarded, Troubles, handle_signals, write_down
from mxcheat.tui.takeaway import Copy
from mxcheat.tui.wrong_settings import theme_problem

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from textual import events
    from textual.binding import BindingType
    from textual.geometry import Size
    from textual.screen import Screen

    from mxcheat.cheatsheet.row import Row
    from mxcheat.cheatsheet.sheet import Cheatsheet
    from mxcheat.cheatsheet.sides import Side
    from mxcheat.live.session import Session
    from mxcheat.tui.actions import Action
    from mxcheat.tui.scanned import Scanned

# What is said of a theme that the settings do not let stay.
_FOR_NOW = "{theme} for this session; {origin} is {set}"
# The class of an app that is shown compact.
DENSE = "-dense"
# What the palette takes to show a line.
_LEAST_WIDTH, _LEAST_HEIGHT = 20, 8


class MxcheatApp(Guarded, App[None]):
    """Search the cheatsheet, and run what is found."""

    TITLE = "mxcheat"
    CSS_PATH = "style.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [*bindings("app")]

    def __init__(  # noqa: PLR0913 - all but the sheet have a default
        self,
        sheet: Cheatsheet,
        query: str = "",
        session: Callable[[], Session] | None = None,
        *,
        settings: Settings | None = None,
        state: State | None = None,
        scanned: Scanned | None = None,
    ) -> None:
        super().__init__()
        self._scanned = scanned
        self.troubles = Troubles()
        self._stands = False
        self.last_shown: Shown | None = None
        self.sheet = sheet
        self.query_at_start = query
        self.settings = settings or Settings()
        speak(language(self.settings))
        self.state = state or State()
        self.keymap = keymap_of(self.settings)
        self.set_keymap(self.keymap.for_textual())
        self.runner = Runner(session or self._session, self.settings["timeout"])
        self._device = device_of(self.settings)
        self.theme = self._theme_at_start()
        density = self.settings["density"] or self.state.remembered.density
        self.set_class(density == "compact", DENSE)

    def _session(self) -> Session:
        from mxcheat.live.session import Session  # noqa: PLC0415 - after the first paint

        return Session(engine_settings(self.settings))

    def get_default_screen(self) -> Screen[None]:
        """The one screen that is always there."""
        devices = in_order((CPU, self._device))
        key, query = self.keymap.shown, self.query_at_start
        own = _own_rows(self.sheet)
        shown = Shown(
            self.sheet, key, self._device, devices, query=query, own=own, scanned=self._scanned
        )
        return MainScreen(shown, self.keymap, self.runner, self.state)

    def get_css_variables(self) -> dict[str, str]:
        """The colours of the theme, as far as they can be read."""
        self.theme_variables = legible(super().get_css_variables())
        return self.theme_variables

    def on_ready(self) -> None:
        """The app is ready: from now on an error does not end it."""
        # What is there now stays: looking through it for garbage would cost a key 20 ms.
        gc.freeze()
        gc.enable()
        self._stands = True
        if not self.is_headless:
            handle_signals(self)

    def _handle_exception(self, error: Exception) -> None:
        """Report an unexpected error and go on, unless there are too many."""
        if not (self._stands and self.troubles.bear(error)):
            super()._handle_exception(error)
        elif self.troubles.is_new():
            log = write_down(error)
            what = f"{type(error).__name__}: {inert_line(str(error))}"
            where = "\n" + said("More in {file}", file=log) if log else ""
            unexpected = said("Unexpected: {what}", what=what)
            self.notify(unexpected + where, severity="error", timeout=10, markup=False)

    def get_system_commands(self, screen: Screen[Any]) -> Iterable[SystemCommand]:
        """Every action that makes sense now, for the command palette."""
        for action in ACTIONS:
            if action.title and _possible(screen, action):
                run = partial(screen.run_action, action.command)
                yield SystemCommand(label(action.title), self._keys_of(action), run)

    def _keys_of(self, action: Action) -> str:
        """What the palette shows below an action: its keys, or where else it is found."""
        keys = "  ".join(map(key_name, self.keymap.keys(action.id)))
        if keys or not action.id.startswith(("copy.", "row.")):
            return keys
        return said("{key} lists it", key=self.keymap.shown("copy.choose"))

    def _theme_at_start(self) -> str:
        """The theme that is set, else the one chosen last. Raises MxcheatError for a wrong one."""
        if problem := theme_problem(self.settings):
            raise problem
        wanted: str = self.settings["theme"] or self.state.remembered.theme
        return wanted if wanted in self.available_themes else self.theme

    def action_command_palette(self) -> None:
        """Show the commands, if there is room."""
        if _has_room(self.size) and not isinstance(self.screen, CommandPalette):
            self.push_screen(Palette(placeholder=label("Search for commands…")))

    def on_resize(self, event: events.Resize) -> None:
        """Close the palette if there is no room for it: drawing it would fail."""
        if isinstance(self.screen, CommandPalette) and not _has_room(event.size):
            self.pop_screen()

    def action_help(self) -> None:
        """Show every key."""
        from mxcheat.tui.help import HelpScreen  # noqa: PLC0415 - seldom needed

        if not isinstance(self.screen, HelpScreen):
            self.push_screen(HelpScreen(self.keymap, self.focused))

    def action_change_theme(self) -> None:
        """Choose the colours."""
        from mxcheat.tui.choices import theme_choices  # noqa: PLC0415 - seldom needed
        from mxcheat.tui.chooser import Chooser  # noqa: PLC0415 - seldom needed

        before = self.theme

        def look(name: str) -> None:
            self.theme = name

        def take(name: str | None) -> None:
            self.theme = before if name is None else name
            if name is not None:
                self.keep_theme(name)

        choices = list(theme_choices(self.available_themes.values(), before))
        self.push_screen(Chooser("Theme", choices, look), take)

    def keep_theme(self, name: str) -> None:
        """Remember a theme for the next time, unless the settings say which it is."""
        self.state.chose(theme=name)
        if self.settings["theme"] not in (None, name):
            origin = self.settings.origin("theme")
            self.notify(
                said(_FOR_NOW, theme=name, origin=origin, set=self.settings["theme"]),
                markup=False,
            )

    def action_density(self) -> None:
        """Go between compact and comfortable, and remember it."""
        self.toggle_class(DENSE)
        self.state.chose(density="compact" if self.has_class(DENSE) else "comfortable")

    def copy_to_clipboard(self, text: str) -> None:
        """What a widget of Textual's copies goes the same way as all else."""
        self._copy(Copy(label("Selection"), text))

    @on(Copy)
    def _copy(self, event: Copy) -> None:
        """Put a text on the clipboard, and say which way it went."""

        def work() -> None:
            from mxcheat.tui.clipboard import copy  # noqa: PLC0415 - seldom needed

            how = copy(event.text, self._driver.write if self._driver else str)
            self.call_later(partial(self.notify, f"{event.what} {how}", markup=False))

        self._clipboard = event.text  # what Ctrl+V pastes in a field of ours
        self.run_worker(work, name="copy", thread=True, exit_on_error=False)

    def exit(self, *args: Any, **options: Any) -> None:
        """End the app; what was in view stays known."""
        main = self.screen_stack[0]
        if isinstance(main, MainScreen):
            self.last_shown = main.row.shown
        super().exit(*args, **options)

    def action_help_quit(self) -> None:
        """Ctrl+C with nothing selected: stop what runs, or say how to quit."""
        main = self.screen_stack[0]
        if isinstance(main, MainScreen) and main.check_action("do", ("run.cancel",)):
            main.action_do("run.cancel")
        else:
            self.notify(said("{key} quits", key=self.keymap.shown("app.quit")), markup=False)


class Palette(CommandPalette):
    """Textual's palette; without room for its list, a page key does nothing instead of failing."""

    def _action_command_list(self, action: str) -> None:
        if self.query_one(CommandList).scrollable_content_region:
            super()._action_command_list(action)


def open_app(
    sheet: Cheatsheet,
    query: str,
    settings: Settings,
    *,
    scanned: Scanned | None = None,
    choose: Callable[[Row, Mapping[Side, str | None]], None] | None = None,
) -> ExitCode:
    """Run the app to its end; when this returns, nothing it started is running.

    Quitting calls `choose` with the row that was in view, and its forms as they were edited.
    Raises MxcheatError for settings that are wrong.
    """
    app = MxcheatApp(sheet, query, settings=settings, state=State.of_user(), scanned=scanned)
    try:
        app.run()
    finally:
        app.runner.close()
    shown = app.last_shown
    if choose and not app.return_code and shown and shown.row:
        choose(shown.row, {side: shown.form(side) for side in SIDES})
    return ExitCode(app.return_code or ExitCode.DONE)


def _own_rows(sheet: Cheatsheet) -> frozenset[str]:
    """The ids of the rows that did not come with mxcheat."""
    shipped = set(map(str, shipped_files()))
    return frozenset(row for row, file in sheet.origins.items() if file not in shipped)


def _has_room(size: Size) -> bool:
    return size.width >= _LEAST_WIDTH and size.height >= _LEAST_HEIGHT


def _possible(screen: Screen[Any], action: Action) -> bool:
    return not isinstance(screen, MainScreen) or bool(screen.check_action("do", (action.id,)))
