"""The row in view: it keeps the record of what is shown, runs the row, and has both drawn."""

from __future__ import annotations

import time
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from textual import on
from textual.containers import Vertical
from textual.message import Message

from mxcheat.errors import MxcheatError
from mxcheat.render.language import told
from mxcheat.tui.actions import ACTIONS
from mxcheat.tui.drafts import Typed, draft_of
from mxcheat.tui.history import History
from mxcheat.tui.runner import Answered, RunEnded, SideEnded, SideStarted
from mxcheat.tui.survival import Guarded
from mxcheat.tui.takeaway import copy_of, saved
from mxcheat.tui.widgets.detail import Detail
from mxcheat.tui.widgets.verdict import Bars, VerdictBar

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.app import ComposeResult
    from textual.widget import Widget

    from mxcheat.cheatsheet.row import Row
    from mxcheat.search.related import Related
    from mxcheat.tui.keymap import KeyMap
    from mxcheat.tui.runner import Runner
    from mxcheat.tui.shown import Shown

TICK = 0.1
_MOST_RELATED = 5


class RowPane(Guarded, Vertical):
    """One row in detail with the verdict below. `leave` puts the focus elsewhere."""

    @dataclass
    class RelatedKnown(Message):
        """It is known which rows are near each other."""

        related: Related

    @dataclass
    class Edited(Message):
        """What was typed has been kept; `rows` has the ids of all rows that are edited now."""

        rows: frozenset[str]

    def __init__(
        self, shown: Shown, keymap: KeyMap, runner: Runner, leave: Callable[[], object]
    ) -> None:
        super().__init__(id="row")
        self.shown = shown
        self.history = History()
        self.verdict = VerdictBar(id="verdict")
        self.bars = Bars()
        self._foot = Vertical(self.verdict, id="run")
        self.detail = Detail(keymap, self._foot)
        self._runner = runner
        self._leave = leave
        self._related: Related | None = None
        self._possible: list[bool] = []

    def compose(self) -> ComposeResult:
        """One pane; it keeps the verdict in view, however far it is scrolled."""
        yield self.detail

    def on_mount(self) -> None:
        """The clock ticks only while something runs."""
        self._ticker = self.set_interval(TICK, self._draw, pause=True)
        self.watch(self.screen, "focused", self._focus_moved, init=False)

    def complete(self) -> None:
        """Add the parts that are hidden until a row has been run."""
        self.detail.complete()
        if not self.bars.is_attached:
            self._foot.mount(self.bars)

    def change(self, **changes: Any) -> None:
        """Show something else: the record is replaced, and drawn."""
        self.shown = replace(self.shown, **changes)
        self._draw()
        possible = [action.when(self.shown) for action in ACTIONS]
        if possible != self._possible:
            self._possible = possible
            self.refresh_bindings()

    def look_at(self, row: Row | None, **changes: Any) -> None:
        """Show a row with what has been done with it; None where there is none.

        If one of its differences is in view, that stays.
        """
        if row is not self.shown.whole:
            changes.update(self.history.known(row), documented=False)
            changes.update(related=_near(row, self._related))
        self.change(**changes)

    def show_difference(self, number: int) -> None:
        """Show a difference of the row by its number, as a row; 0 is the row itself."""
        row = self.shown.whole
        if row is not None:
            wanted = self.history.difference(row, number) if number else row
            self.change(**self.history.known(wanted), documented=False)

    def _draw(self) -> None:
        self.screen.set_class(self.shown.editing, "-editing")
        self.screen.set_class(self.shown.documented, "-reading")
        self.detail.show(self.shown)
        self.verdict.show(self.shown)
        self.bars.show(self.shown)

    # What actions do.

    def run(self, bench: bool = False) -> None:
        """Run both sides of the row in view, in place of what is running."""
        row = self.shown.row
        if row is not None:
            now = time.monotonic()
            run = self.history.begin(row, self.shown.device, now, self.shown.draft, bench=bench)
            self.complete()
            self._runner.start(self, run)
            self._ticker.resume()
            self._follow_runs()

    def cancel(self) -> None:
        """Stop the run that is going on."""
        run = self.history.current
        if run is not None and not run.cancelling:
            self._runner.cancel(run.number)
            self.history.change(run.number, cancelling=True)
            self._follow_runs()

    def edit(self) -> None:
        """Change the code and the inputs of the row; from one editor, go to the next."""
        if self.shown.editing:
            self.detail.enter_editor()  # at once: what is typed next is for that editor
        elif self.shown.row is not None:
            self.change(editing=True)
            self.call_after_refresh(self.detail.enter_editor)

    def restore(self) -> None:
        """Take back what was changed in the row; in the editors, undo brings it back again."""
        row = self.shown.row
        if row is not None:
            self.detail.put_in_editors(row, draft_of(row))
            self.history.keep_draft(row, draft_of(row))
            self.change(draft=None)
            self.post_message(self.Edited(self.history.edited))

    def toggle_documentation(self) -> None:
        """Show the documentation where the arrow keys scroll it, or fold it and go back."""
        row, documented = self.shown.row, not self.shown.documented
        if row is None:
            return
        if documented and self.history.needs_documents(row):
            self._runner.document(self, row)
        self.change(documented=documented, documents=self.history.documents(row))
        if not self.shown.editing:
            (self.detail.focus if documented else self._leave)()

    def toggle_setup(self) -> None:
        """Show or fold code before the forms."""
        self.change(unfolded=not self.shown.unfolded)

    def take(self, kind: str) -> None:
        """Copy pytorch, gluon, a script, output or link; save "page" or "row" to a new file."""
        try:
            if kind in ("page", "row"):
                self.notify(saved(self.shown, kind), markup=False)
            elif copy := copy_of(self.shown, kind):
                self.app.post_message(copy)
        except MxcheatError as error:
            self.notify(told(str(error)), severity="error", markup=False)

    def go_back_to(self, number: int) -> None:
        """Show what was run under this number: its row, its code and what it gave."""
        run = self.history.recall(number)
        if run is not None:
            self.change(**self.history.known(run.row), documented=False)
            self.detail.put_in_editors(run.row, run.draft or draft_of(run.row))
            self.post_message(self.Edited(self.history.edited))

    # What the runner, the editors and the screen report.

    @on(SideStarted)
    @on(SideEnded)
    def _side_changed(self, event: SideStarted | SideEnded) -> None:
        """A tick draws it: to draw it at once would hold up the end of a short run."""
        run = self.history.current
        if run is None:
            return
        if isinstance(event, SideStarted):
            started = {**run.started, event.side: time.monotonic()}
            self.history.change(event.number, started=started)
        else:
            ended = {**run.ended, event.result.side: event.result}
            self.history.change(event.number, ended=ended)
        self._follow_runs(draw=False)

    @on(RunEnded)
    def _run_ended(self, event: RunEnded) -> None:
        outcome = {"result": event.result, "error": event.error, "claim": event.claim}
        if self.history.end(event.number, **outcome):
            self._ticker.pause()
            self._follow_runs()
            self.change(runs=self.history.ended)

    def _follow_runs(self, *, draw: bool = True) -> None:
        """Bring into the record how the runs stand."""
        run, current = self.history.run(self.shown.row), self.history.current
        if draw:
            self.change(run=run, current=current)
        else:
            self.shown = replace(self.shown, run=run, current=current)

    @on(Answered)
    def _answered(self, event: Answered) -> None:
        self.history.keep_document(event.row, event.side, event.answer)
        if event.row is self.shown.row:
            self.change(documents=self.history.documents(event.row))

    @on(Typed)
    def _typed(self, event: Typed) -> None:
        """Keep what was typed; what ran before is not what would run now."""
        self.history.keep_draft(event.row, event.draft)
        self.post_message(self.Edited(self.history.edited))
        if event.row is self.shown.row:
            self.change(draft=self.history.draft(event.row))

    @on(RelatedKnown)
    def _related_known(self, event: RelatedKnown) -> None:
        self._related = event.related
        self.change(related=_near(self.shown.whole, self._related))

    def _focus_moved(self, focused: Widget | None) -> None:
        """Leaving the pane ends the editing."""
        in_row = focused is not None and self in focused.ancestors
        editing = self.shown.editing and (in_row or focused is None)
        self.change(in_row=in_row, editing=editing)


def _near(row: Row | None, related: Related | None) -> tuple[Row, ...]:
    return tuple(related.to(row, _MOST_RELATED)) if row and related else ()
