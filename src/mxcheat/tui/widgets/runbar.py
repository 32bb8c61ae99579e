"""Running the row in view: from the key to the verdict and the bars of a benchmark."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual import on
from textual.containers import Vertical
from textual.message import Message

from mxcheat.live.device import CPU
from mxcheat.tui.runner import RunEnded, SideEnded, SideStarted
from mxcheat.tui.runs import Runs, sides_of
from mxcheat.tui.trouble import Guarded
from mxcheat.tui.widgets.bars import Bars
from mxcheat.tui.widgets.verdict import VerdictBar

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from mxcheat.cheatsheet.row import Row
    from mxcheat.tui.drafts import Draft
    from mxcheat.tui.keys import Scope
    from mxcheat.tui.runner import Runner
    from mxcheat.tui.runs import Run

TICK = 0.1


class RunBar(Guarded, Vertical):
    """Starts runs and keeps what each row gave; shows the verdict of the row in view."""

    @dataclass
    class Changed(Message):
        """A run stands differently: one a tick while it goes on, and one at its end."""

        run: Run

    def __init__(self, runner: Runner) -> None:
        super().__init__(id="run")
        self.verdict = VerdictBar(id="verdict")
        self.bars = Bars()
        self.runs = Runs()
        self.device = CPU
        self._runner = runner
        self._row: Row | None = None
        self._draft: Draft | None = None
        self._scope: Scope = "search"

    def compose(self) -> ComposeResult:
        """Bars only after a benchmark."""
        yield self.verdict
        yield self.bars

    def on_mount(self) -> None:
        """The clock ticks only while something runs."""
        self._ticker = self.set_interval(TICK, self._tick, pause=True)

    def show(self, row: Row | None, draft: Draft | None, scope: Scope) -> None:
        """Show how the latest run of `row` stands; `draft` is what would be run now.

        Where there is none, say what the keys of `scope` do.
        """
        self._row, self._draft, self._scope = row, draft, scope
        self.judge()

    def start(self, *, bench: bool = False) -> None:
        """Run both sides of the row in view, in place of what is running."""
        if self._row is not None:
            now = time.monotonic()
            run = self.runs.begin(self._row, self.device, now, self._draft, bench=bench)
            self._runner.start(self, run)
            self._ticker.resume()
            self.judge()
            self.screen.refresh_bindings()

    def cancel(self) -> None:
        """Stop the run that is going on."""
        run = self.runs.current
        if run is not None and not run.cancelling:
            run.cancelling = True
            self._runner.cancel(run)
            self.judge()

    def judge(self) -> None:
        """Draw the verdict: of this row's run, or what Enter would do."""
        run, current = self.runs.of(self._row), self.runs.current
        stale = run is not None and run.draft != self._draft
        self.bars.show(run.result or run.before if run else None, stale=stale or _runs(run))
        if self._row is None:
            self.verdict.show_nothing()
        elif run is not None:
            self.verdict.show_run(run, stale=stale)
        elif current is not None:
            self.verdict.show_busy(current)
        else:
            sides = sides_of(self._draft or self._row)
            self.verdict.show_idle(sides, self.device, self._scope)

    def _tick(self) -> None:
        if self.runs.current is not None:
            self._changed(self.runs.current)

    # A tick draws these two: to draw them at once would hold up the end of a short run.

    @on(SideStarted)
    def _side_started(self, event: SideStarted) -> None:
        self.runs.started(event.number, event.side, time.monotonic())

    @on(SideEnded)
    def _side_ended(self, event: SideEnded) -> None:
        self.runs.ended(event.number, event.result)

    @on(RunEnded)
    def _run_ended(self, event: RunEnded) -> None:
        run = self.runs.end(event.number, event.result, event.error, event.claim)
        if run is not None:
            self._ticker.pause()
            self.screen.refresh_bindings()
        self._changed(run)

    def _changed(self, run: Run | None) -> None:
        """Draw, and tell, unless the run has been replaced meanwhile."""
        if run is not None:
            self.judge()
            self.post_message(self.Changed(run))


def _runs(run: Run | None) -> bool:
    return run is not None and run.running
