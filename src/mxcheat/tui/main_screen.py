"""The main screen: a query, its results, the highlighted row, and what running it gave."""

from __future__ import annotations

import gc
from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar

from textual import events, on
from textual.actions import parse
from textual.containers import Container, Horizontal
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Static

from mxcheat.errors import MxcheatError
from mxcheat.live.device import parse_device
from mxcheat.render.language import label, said, told
from mxcheat.scan.findings import name_of
from mxcheat.tui.actions import BY_ID, bindings
from mxcheat.tui.differences import DifferenceRow
from mxcheat.tui.filters import WORD
from mxcheat.tui.finder import Finder
from mxcheat.tui.queries import Earlier
from mxcheat.tui.runner import FrameworksKnown
from mxcheat.tui.scratch import scratch_row
from mxcheat.tui.shown import in_order
from mxcheat.tui.survival import Guarded
from mxcheat.tui.widgets.frame import DeviceBar, FrameworkStatus, KeyBar, Notice
from mxcheat.tui.widgets.results import ResultList
from mxcheat.tui.widgets.row import RowPane
from mxcheat.tui.widgets.search import SearchField

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from textual.app import ComposeResult
    from textual.binding import BindingType
    from textual.geometry import Size

    from mxcheat.cheatsheet.row import Row
    from mxcheat.state import State
    from mxcheat.tui.keymap import KeyMap
    from mxcheat.tui.runner import Runner
    from mxcheat.tui.shown import Shown

GREETING = "New here? Type what you remember; {run} runs both sides; {help} is help."


class MainScreen(Guarded, Screen[None]):
    """Does what keys ask for, and passes on what one widget says to those that must know."""

    BINDINGS: ClassVar[list[BindingType]] = [*bindings("main")]
    AUTO_FOCUS = "#search"
    HORIZONTAL_BREAKPOINTS = [(0, "-tiny-width"), (60, "-narrow"), (110, "-wide")]  # noqa: RUF012
    VERTICAL_BREAKPOINTS = [(0, "-tiny-height"), (20, "-short"), (32, "-tall")]  # noqa: RUF012

    def __init__(self, shown: Shown, keymap: KeyMap, runner: Runner, state: State) -> None:
        super().__init__()
        self.sheet = shown.sheet
        self.runner = runner
        self.state = state
        self.keymap = keymap
        self.finder = Finder(self.sheet)
        self.search = SearchField(keymap)
        self.device = DeviceBar()
        self.results = ResultList(id="results", own=shown.own)
        self.row = RowPane(shown, keymap, runner, leave=self.search.focus)
        self.status = FrameworkStatus()
        self.notice = Notice()
        self.scratch: list[Row] = []
        self._earlier = Earlier()

    def compose(self) -> ComposeResult:
        """Search and device above, results and row below, keys and versions at the foot."""
        # Textual would arrange for the size after a first paint.
        self.add_class(*_classes(self.app.size))
        with Horizontal(id="top"):
            yield Static(Content("mxcheat"), id="name")
            yield self.search
            yield self.device
        with Container(id="body"):
            yield self.results
            yield self.row
        yield Static(Content(label("mxcheat needs 60x20 to show everything")), id="hint")
        with Horizontal(id="foot"):
            yield KeyBar()
            yield self.status

    def on_mount(self) -> None:
        """Answer the query typed at the start; the frameworks come after the first paint."""
        if query := self.row.shown.query:
            with self.prevent(SearchField.Changed):
                self.search.put(query)
        self.device.show(self.row.shown)
        self._find(self.search.value)
        self.call_after_refresh(self._begin)
        if self.row.shown.scanned is not None:
            self.call_after_refresh(self.go_through)

    def _begin(self) -> None:
        """Add what is hidden at first, which the first paint need not wait for; look about."""
        self.mount(self.notice, after="#body")
        self.row.complete()
        self.run_worker(self._prepare, thread=True, exit_on_error=False)
        self.runner.warm_up(self)
        # Who cannot keep a state would be greeted every time.
        if self.state.is_new and self.state.save():
            key = self.keymap.shown
            self.notice.greet(said(GREETING, run=key("row.run"), help=key("app.help")))

    def _prepare(self) -> None:
        """Prepare in a thread what the first keys would otherwise wait for."""
        import mxcheat.tui.text.outcome  # noqa: F401, PLC0415 - the first run will want it
        from mxcheat.search.related import Related  # noqa: PLC0415 - after the first paint

        self.finder.prepare()
        self.row.post_message(RowPane.RelatedKnown(Related(self.sheet.rows)))
        # It stays: looking through it for garbage would cost a key 100 ms now and then.
        gc.freeze()

    def on_unmount(self) -> None:
        """Make every thread end soon."""
        self.runner.stop()

    # From a key to what it does.

    def on_key(self, event: events.Key) -> None:
        """Letters go to the search from the row too, and any key where nothing has the focus.

        A click beside the window, which has just become smaller, leaves it nowhere.
        """
        if self.focused is None or (self.focused is self.row.detail and event.is_printable):
            event.stop()
            self.search.focus()
            self.search._forward_event(events.Key(event.key, event.character))

    def on_paste(self, event: events.Paste) -> None:
        """Search for pasted text that no other widget takes."""
        event.stop()
        self.search.focus()
        self.search._forward_event(events.Paste(event.text))

    @on(SearchField.Pressed)
    def _key_pressed(self, event: SearchField.Pressed) -> None:
        self.show_choice()
        for action in self.keymap.actions(event.key, "search", "main"):
            if self.check_action("do", (action,)):
                self.action_do(action)
                return

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Whether an action makes sense now; of those on one key, one does."""
        return action != "do" or BY_ID[str(parameters[0])].when(self.row.shown)

    def action_do(self, action: str) -> None:
        """Do what the table says of the action of this id."""
        self.show_choice()
        self.results.fit()
        row = self.row.shown.whole
        if BY_ID[action].uses_row and row is not None and row not in self.scratch:
            self.state.used(row.id, self.search.value.strip())
        owner, method, arguments = parse(BY_ID[action].call)
        parts = {"screen": self, "search": self.search, "results": self.results}
        parts |= {"row": self.row, "detail": self.row.detail}
        getattr(parts[owner], method)(*arguments)

    def action_go_to(self, row_id: str) -> None:
        """Show another row: highlight it if it is in the list, else search for it."""
        row = next(row for row in self.sheet.rows if row.id == row_id)
        if not self.results.go_to(row):
            self.search.value = row_id
        self.search.focus()

    def action_show_difference(self, number: int) -> None:
        """Show a difference of the row in view, by its number."""
        self.row.show_difference(number)

    def action_use_device(self, name: str = "") -> None:
        """Run on the device of this name from now on; without a name, on the next one."""
        devices = self.row.shown.devices
        names = list(map(str, devices))
        after = (devices.index(self.row.shown.device) + 1) % len(devices)
        self.row.change(device=devices[names.index(name) if name else after])
        self.device.show(self.row.shown)

    def next_pane(self) -> None:
        """Go from the search to the row, and back."""
        (self.row.detail if self.search.has_focus else self.search).focus()

    def recall(self, step: int) -> None:
        """Put an earlier query into the search, or with -1 a later one."""
        queries = self.state.remembered.queries
        self.search.value = self._earlier.step(step, self.search.value, queries)
        self.search.cursor_position = len(self.search.value)

    def begin_scratch(self) -> None:
        """Begin a pair of the user's own, and edit it."""
        self.scratch = [scratch_row(len(self.scratch) + 1), *self.scratch]
        self._search_at_once("")
        self.results.go_to(self.scratch[0])
        self.show_choice()
        self.row.edit()

    def edit_outside(self) -> None:
        """Let the user's own editor change what the cursor is in."""
        editors = self.row.detail.editors
        editor = editors.focused if editors is not None else None
        if editors is None or editor is None:
            return
        from mxcheat.tui.outside import edited_outside  # noqa: PLC0415 - seldom needed

        suffix = ".txt" if editor is editors.inputs else ".py"
        try:
            text = edited_outside(self.app, editor.text, suffix)
        except MxcheatError as error:
            self.notify(told(str(error)), severity="error", markup=False)
            return
        if text != editor.text:
            editor.put(text)

    def offer(self, what: str) -> None:
        """Open a list from which a filter, a device, another row or what to copy is chosen."""
        from mxcheat.tui.choices import LISTS  # noqa: PLC0415 - seldom needed
        from mxcheat.tui.chooser import Chooser  # noqa: PLC0415 - seldom needed

        takes: dict[str, Callable[[str], None]] = {
            "filter": self.search.toggle_filter,
            "device": self.action_use_device,
            "related": self.action_go_to,
            "difference": lambda number: self.row.show_difference(int(number)),
            "copy": self.action_do,
            "files": self._open_file,
            "calls": self._go_to_call,
            "runs": self._go_back_to,
        }
        title, choices = LISTS[what]
        chooser = Chooser(title, list(choices(self.row.shown)))

        def take(choice: str | None) -> None:
            if choice is not None:
                takes[what](choice)
            elif what == "calls":  # back to where it was opened from
                self.offer("files")

        self.app.push_screen(chooser, take)

    def go_through(self) -> None:
        """Open the list of what was scanned: the calls where one was chosen, else the files."""
        scanned = self.row.shown.scanned
        if scanned is not None:
            self.offer("files" if scanned.call < 0 else "calls")

    def _open_file(self, number: str) -> None:
        scanned = self.row.shown.scanned
        if scanned is not None:
            opened = replace(scanned, file=int(number), call=-1)
            self.row.change(scanned=opened)
            if opened.calls:
                self.offer("calls")
            else:
                path, told = opened.files[opened.file]
                self.notify(f"{path}: {told.why}", markup=False)

    def _go_to_call(self, number: str) -> None:
        """Show the row of a call; where there is none, what is near its name."""
        scanned = self.row.shown.scanned
        if scanned is not None:
            self.row.change(scanned=replace(scanned, call=int(number)))
            call = scanned.calls[int(number)]
            if call.row:
                self.action_go_to(call.row)
            else:
                self.search.value = name_of(call)

    def _go_back_to(self, number: str) -> None:
        run = next((run for run in self.row.shown.runs if str(run.number) == number), None)
        if run is not None:
            whole = run.row.of if isinstance(run.row, DifferenceRow) else run.row
            if not self.results.go_to(whole):
                self._search_at_once("" if whole in self.scratch else whole.id)
                self.results.go_to(whole)
            self.show_choice()
            self.row.go_back_to(run.number)

    # From a change to what is shown.

    @on(SearchField.Changed, "#search")
    def _query_changed(self, event: SearchField.Changed) -> None:
        self.notice.greet("")
        self._find(event.value)

    def _search_at_once(self, query: str) -> None:
        """Put a query into the search and answer it now.

        Were it answered again when the field reports the change, the first result would be chosen.
        """
        with self.prevent(SearchField.Changed):
            self.search.value = query
        self._find(query)

    def _find(self, query: str) -> None:
        found = self.finder.find(query, self.state.remembered.recent)
        entries = list(found.entries)
        if self.scratch and not query:
            entries = [label("Your own, in no sheet"), *self.scratch, *entries]
        self.results.show(entries, found.words)
        self.results.entitle(found.title)
        why = "" if self.results.row else self._why_nothing(query)
        self.row.look_at(self.results.row, query=query, why_nothing=why)

    def _why_nothing(self, query: str) -> str:
        """Why there is nothing to show, and what to press."""
        key, why = self.keymap.shown, self.finder.why_nothing(query)
        if self.row.shown.is_filtered or WORD.search(query):
            keys = {"key": key("filter.clear"), "clear": key("query.clear")}
            return f"{why}\n{said('{key} shows all rows, {clear} clears.', **keys)}"
        clears = said("{key} clears the search.", key=key("query.clear"))
        return f"{why}\n{clears}" if query else why

    @on(ResultList.Highlighted)
    def show_choice(self) -> None:
        """Show the row that is highlighted now; keys come faster than messages."""
        if self.results.row is not self.row.shown.whole:
            self.row.look_at(self.results.row)

    @on(RowPane.Edited)
    def _edited(self, event: RowPane.Edited) -> None:
        self.results.mark(event.rows)

    @on(FrameworksKnown)
    def _frameworks_known(self, event: FrameworksKnown) -> None:
        known = event.frameworks
        found = (parse_device(name) for each in known for name in each.devices)
        devices = in_order((*self.row.shown.devices, *found))
        self.row.change(frameworks=known, devices=devices)
        self.status.show(self.row.shown)
        self.notice.show(self.row.shown)
        self.device.show(self.row.shown)


def _classes(size: Size) -> Iterator[str]:
    """The classes of a size, by the breakpoints of the screen."""
    breakpoints = (MainScreen.HORIZONTAL_BREAKPOINTS, MainScreen.VERTICAL_BREAKPOINTS)
    for length, points in zip(size, breakpoints, strict=True):
        yield max(point for point in points if point[0] <= length)[1]
