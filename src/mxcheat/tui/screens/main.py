"""The main screen: a query, its results, the highlighted row, and what running it gave."""

from __future__ import annotations

import gc
from typing import TYPE_CHECKING, ClassVar

from textual import events, on
from textual.containers import Container, Horizontal
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Static

from mxcheat.tui.commands import Commands
from mxcheat.tui.finder import Finder
from mxcheat.tui.keymap import key_of, keymap_in
from mxcheat.tui.keys import bindings
from mxcheat.tui.runner import FrameworksKnown
from mxcheat.tui.trouble import Guarded
from mxcheat.tui.widgets.device import DeviceSelector
from mxcheat.tui.widgets.facts import Facts
from mxcheat.tui.widgets.keybar import KeyBar
from mxcheat.tui.widgets.results import ResultList
from mxcheat.tui.widgets.row import RowPane
from mxcheat.tui.widgets.search import SearchField
from mxcheat.tui.widgets.status import FrameworkStatus, Notice

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.binding import BindingType
    from textual.geometry import Size

    from mxcheat.cheatsheet.sheet import Cheatsheet
    from mxcheat.live.device import Device
    from mxcheat.state import State
    from mxcheat.tui.runner import Runner

GREETING = "New here? Type what you remember; {} runs both sides; {} shows every key."


class MainScreen(Guarded, Screen[None]):
    """Passes on what one widget says to those that must know; draws nothing itself."""

    BINDINGS: ClassVar[list[BindingType]] = [*bindings("main")]
    AUTO_FOCUS = "#search"
    HORIZONTAL_BREAKPOINTS = [(0, "-tiny-width"), (60, "-narrow"), (110, "-wide")]  # noqa: RUF012
    VERTICAL_BREAKPOINTS = [(0, "-tiny-height"), (20, "-short"), (32, "-tall")]  # noqa: RUF012

    def __init__(
        self, sheet: Cheatsheet, runner: Runner, state: State, device: Device, query: str
    ) -> None:
        super().__init__()
        self.sheet = sheet
        self.runner = runner
        self.state = state
        self.finder = Finder(sheet)
        self.search = SearchField()
        self.device = DeviceSelector(device)
        self.results = ResultList(id="results")
        self.row = RowPane(sheet, runner)
        self.row.use(device)
        self.status = FrameworkStatus()
        self.notice = Notice()
        self.commands = Commands(self)
        self._query_at_start = query

    def compose(self) -> ComposeResult:
        """Search and device above, results and row below, keys and versions at the foot."""
        self._fit(self.app.size)
        with Horizontal(id="top"):
            yield Static(Content("mxcheat"), id="name")
            yield self.search
            yield self.device
        with Container(id="body"):
            yield self.results
            yield self.row
        yield self.notice
        yield Static(Content("mxcheat needs 60x20 to show everything"), id="hint")
        with Horizontal(id="foot"):
            yield KeyBar()
            yield self.status

    def _fit(self, size: Size) -> None:
        """Arrange for the size at once: Textual would do so after a first paint."""
        breakpoints = (self.HORIZONTAL_BREAKPOINTS, self.VERTICAL_BREAKPOINTS)
        for length, points in zip(size, breakpoints, strict=True):
            self.add_class(max(point for point in points if point[0] <= length)[1])

    def on_mount(self) -> None:
        """Answer the query typed at the start; the frameworks come after the first paint."""
        with self.prevent(SearchField.Changed):
            self.search.value = self._query_at_start
        self._find(self._query_at_start)
        self.call_after_refresh(self._begin)

    def _begin(self) -> None:
        self.run_worker(self._prepare, thread=True, exit_on_error=False)
        self.runner.warm_up(self)
        # Who cannot keep a state would be greeted every time.
        if self.state.is_new and self.state.save():
            keys = (key_of(self, action) for action in ("row.run", "app.help"))
            self.notice.greet(GREETING.format(*keys))

    def _prepare(self) -> None:
        """Make in a thread what the first keys would have to wait for."""
        self.finder.prepare()
        self.row.detail.facts.prepare()
        # It stays: looking through it for garbage would cost a key 100 ms now and then.
        gc.freeze()

    def on_unmount(self) -> None:
        """Let no thread hold up the end."""
        self.runner.stop()

    # What widgets say.

    @on(SearchField.Changed, "#search")
    def _query_changed(self, event: SearchField.Changed) -> None:
        self.notice.greet("")
        self._find(event.value)

    def _find(self, query: str) -> None:
        found = self.finder.find(query, self.state.remembered.recent)
        self.results.show(found.entries, found.words)
        self.results.entitle(found.title)
        self.show_choice()
        self.refresh_bindings()

    @on(ResultList.Highlighted)
    @on(DeviceSelector.Changed)
    def show_choice(self) -> None:
        """Show the highlighted row on the chosen device, or why there is no row."""
        self.row.use(self.device.chosen)
        if self.results.row is not None:
            self.row.show(self.results.row)
        else:
            self.row.show_nothing(self.finder.why_nothing(self.search.value))

    @on(ResultList.Chosen)
    def _row_chosen(self) -> None:
        self.commands.do("row.run")

    @on(Facts.Wanted)
    def _row_wanted(self, event: Facts.Wanted) -> None:
        if not self.results.go_to(event.row):
            self.search.value = event.row.id
        self.search.focus()

    @on(FrameworksKnown)
    def _frameworks_known(self, event: FrameworksKnown) -> None:
        self.status.show(event.frameworks)
        self.notice.show(event.frameworks)
        self.device.offer(event.frameworks)

    # What keys do.

    def on_key(self, event: events.Key) -> None:
        """Letters go to the search from the row too, and any key where nothing has the focus.

        A click beside the window, which has just become smaller, leaves it nowhere.
        """
        if self.focused is None or (self.focused is self.row.detail and event.is_printable):
            event.stop()
            self.search.focus()
            self.search._forward_event(events.Key(event.key, event.character))

    def on_paste(self, event: events.Paste) -> None:
        """What nobody else takes is searched for."""
        event.stop()
        self.search.focus()
        self.search._forward_event(events.Paste(event.text))

    @on(SearchField.Pressed)
    def _key_pressed(self, event: SearchField.Pressed) -> None:
        for action in keymap_in(self).actions(event.key, "search", "main"):
            if self.commands.possible(action):
                self.commands.do(action)
                return

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Whether an action makes sense now."""
        return action != "do" or self.commands.possible(str(parameters[0]))

    def action_do(self, action: str) -> None:
        """Do what the action of this id does."""
        self.commands.do(action)
