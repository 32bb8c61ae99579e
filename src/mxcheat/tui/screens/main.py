"""The main screen: a query, its results, the highlighted row, and what running it gave."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.containers import Container, Horizontal
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Static

from mxcheat.render.inert import inert_line
from mxcheat.search import Index, find, suggest
from mxcheat.tui.keys import bindings
from mxcheat.tui.runner import FrameworksKnown
from mxcheat.tui.widgets.device import DeviceSelector
from mxcheat.tui.widgets.keybar import KeyBar
from mxcheat.tui.widgets.results import ResultList
from mxcheat.tui.widgets.row import RowPane
from mxcheat.tui.widgets.search import SearchField
from mxcheat.tui.widgets.status import FrameworkStatus, Notice

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.binding import BindingType

    from mxcheat.cheatsheet.row import Cheatsheet, Row
    from mxcheat.tui.runner import Runner

RESULT_LIMIT = 50


class MainScreen(Screen[None]):
    """Passes on what one widget says to those that must know; draws nothing itself."""

    BINDINGS: ClassVar[list[BindingType]] = [*bindings("main")]
    AUTO_FOCUS = "#search"
    HORIZONTAL_BREAKPOINTS = [(0, "-tiny-width"), (60, "-narrow"), (110, "-wide")]  # noqa: RUF012
    VERTICAL_BREAKPOINTS = [(0, "-tiny-height"), (20, "-short"), (32, "-tall")]  # noqa: RUF012

    def __init__(self, sheet: Cheatsheet, runner: Runner, query: str) -> None:
        super().__init__()
        self.sheet = sheet
        self.runner = runner
        self.index = Index(sheet.rows, sheet.calls)
        self.search = SearchField()
        self.device = DeviceSelector()
        self.results = ResultList(id="results")
        self.row = RowPane(sheet, runner)
        self.status = FrameworkStatus()
        self.notice = Notice()
        self._query_at_start = query

    def compose(self) -> ComposeResult:
        """Search and device above, results and row below, keys and versions at the foot."""
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

    def on_mount(self) -> None:
        """Answer the query typed at the start; the frameworks come after the first paint."""
        with self.prevent(SearchField.Changed):
            self.search.value = self._query_at_start
        self._find(self._query_at_start)
        self.call_after_refresh(self.runner.warm_up, self)

    def on_unmount(self) -> None:
        """Let no thread hold up the end."""
        self.runner.stop()

    # What widgets say.

    @on(SearchField.Changed, "#search")
    def _query_changed(self, event: SearchField.Changed) -> None:
        self._find(event.value)

    def _find(self, query: str) -> None:
        said = query.strip()
        if said:
            self.results.show([hit.row for hit in find(self.index, said, RESULT_LIMIT)])
        else:
            self.results.show(_under_headings(self.sheet))
        count, noun = len(self.results.rows), "result" if said else "row"
        self.results.border_title = f" {count} {noun}{'' if count == 1 else 's'} "
        self._show_row()
        self.refresh_bindings()

    @on(ResultList.Highlighted)
    def _show_row(self) -> None:
        if self.results.row is not None:
            self.row.show(self.results.row)
        else:
            self.row.show_nothing(self._why_nothing())

    def _why_nothing(self) -> str:
        if not self.sheet.rows:
            return "The cheatsheet has no rows."
        query = self.search.value.strip()
        near = suggest(self.index, query)
        advice = f"try {' or '.join(near)}" if near else "try a name from either side"
        return f"Nothing found for {query!r}; {advice}."

    @on(ResultList.Chosen)
    def _row_chosen(self) -> None:
        self.row.run()

    @on(DeviceSelector.Changed)
    def _device_changed(self, event: DeviceSelector.Changed) -> None:
        self.row.use(event.device)

    @on(FrameworksKnown)
    def _frameworks_known(self, event: FrameworksKnown) -> None:
        self.status.show(event.frameworks)
        self.notice.show(event.frameworks)
        self.device.offer(name for each in event.frameworks for name in each.devices)

    # What keys do.

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002
        """Whether an action makes sense now; of those on one key, one does."""
        running = self.row.running
        in_pane = self.focused is not None and self.focused is not self.search
        possible = {
            "cancel_run": running,
            "leave_pane": in_pane and not running,
            "clear_query": bool(self.search.value) and not in_pane and not running,
            "toggle_setup": self.row.detail.forms.can_fold,
            "run_row": self.results.row is not None,
        }
        return possible.get(action, True)

    def action_run_row(self) -> None:
        """Run both sides of the highlighted row on the selected device."""
        self.row.run()

    def action_cancel_run(self) -> None:
        """Stop the run that is going on."""
        self.row.cancel()

    def action_leave_pane(self) -> None:
        """Go back to the search."""
        self.search.focus()

    def action_clear_query(self) -> None:
        """Clear the search."""
        self.search.value = ""

    def action_next_pane(self) -> None:
        """Go between the search and the row."""
        (self.row.detail if self.search.has_focus else self.search).focus()

    def action_next_device(self) -> None:
        """Choose the next device."""
        self.device.next()

    def action_move(self, by: int) -> None:
        """Move through the results."""
        self.results.move(by)

    def action_page(self, by: int) -> None:
        """Move through the results by pages."""
        self.results.move_pages(by)

    def action_scroll_detail(self, by: int) -> None:
        """Scroll the row without leaving the search."""
        self.row.detail.scroll_relative(y=by, animate=False)

    def action_toggle_setup(self) -> None:
        """Show or fold the set-up of both sides."""
        self.row.detail.forms.toggle()


def _under_headings(sheet: Cheatsheet) -> list[Row | str]:
    """Every row, under the title of its section."""
    entries: list[Row | str] = []
    section = None
    for row in sheet.rows:
        if row.section != section:
            section = row.section
            entries.append(inert_line(sheet.sections.get(section, section)))
        entries.append(row)
    return entries
