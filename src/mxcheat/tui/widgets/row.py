"""The highlighted row, and the running of it."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from textual import on
from textual.containers import Vertical
from textual.worker import Worker, WorkerState

from mxcheat.live.device import CPU
from mxcheat.tui.runner import RunEnded, SideStarted
from mxcheat.tui.runs import Runs
from mxcheat.tui.widgets.detail import Detail
from mxcheat.tui.widgets.verdict import VerdictBar

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from mxcheat.cheatsheet.row import Cheatsheet, Row
    from mxcheat.live.device import Device
    from mxcheat.tui.runner import Runner

TICK = 0.1


class RowPane(Vertical):
    """One row in detail with the verdict below; runs it, and keeps what each row gave."""

    def __init__(self, sheet: Cheatsheet, runner: Runner) -> None:
        super().__init__(id="row")
        self.detail = Detail(sheet)
        self.verdict = VerdictBar(id="verdict")
        self.runs = Runs()
        self._runner = runner
        self._row: Row | None = None
        self._device = CPU

    def compose(self) -> ComposeResult:
        """The verdict is always in view, however far the detail is scrolled."""
        yield self.detail
        yield self.verdict

    def on_mount(self) -> None:
        """The clock ticks only while something runs."""
        self._ticker = self.set_interval(TICK, self._judge, pause=True)

    @property
    def running(self) -> bool:
        """Whether a row is being run, in view or not."""
        return self.runs.current is not None

    def show(self, row: Row) -> None:
        """Show a row, with what its latest run gave."""
        self._row = row
        self.detail.show_row(row, self.runs.of(row))
        self._judge()

    def show_nothing(self, said: str) -> None:
        """There is no row to show; `said` tells why."""
        self._row = None
        self.detail.show_nothing(said)
        self._judge()

    def use(self, device: Device) -> None:
        """Run on this device from now on."""
        self._device = device
        self._judge()

    def run(self) -> None:
        """Run both sides of the row in view, unless something is running already."""
        if self._row is None:
            return
        if self.runs.current is not None:
            self.verdict.show_busy(self.runs.current)
            return
        run = self.runs.begin(self._row, self._device, time.monotonic())
        self._runner.start(self, run)
        self._ticker.resume()
        self._changed(run.row)

    def cancel(self) -> None:
        """Stop the run that is going on."""
        run = self.runs.current
        if run is not None and not run.cancelling:
            run.cancelling = True
            self._runner.cancel(self, run)
            self._judge()

    @on(SideStarted)
    def _side_started(self, event: SideStarted) -> None:
        run = self.runs.current
        if run is not None and run.number == event.number:
            run.started[event.side] = time.monotonic()
            self._changed(run.row)

    @on(RunEnded)
    def _run_ended(self, event: RunEnded) -> None:
        run = self.runs.end(event.number, event.result, event.problem, event.hint)
        if run is not None:
            self._ticker.pause()
            self._changed(run.row)

    @on(Worker.StateChanged)
    def _worker_failed(self, event: Worker.StateChanged) -> None:
        """A defect of ours in a thread is shown where its result would have been."""
        if event.state is WorkerState.ERROR and self.runs.current is not None:
            error = event.worker.error
            problem = f"mxcheat failed: {type(error).__name__}: {error}"
            self.post_message(RunEnded(self.runs.current.number, problem=problem))

    def _changed(self, row: Row) -> None:
        """The run of `row` stands differently: draw it if it is in view."""
        if row is self._row:
            self.detail.show_run(self.runs.of(row))
            self.call_after_refresh(self.detail.show_outputs)
        self._judge()
        self.screen.refresh_bindings()

    def _judge(self) -> None:
        """Draw the verdict: of this row's run, or what Enter would do."""
        run, current = self.runs.of(self._row), self.runs.current
        if self._row is None:
            self.verdict.show_nothing()
        elif run is not None:
            self.verdict.show_run(run)
        elif current is not None:
            self.verdict.show_busy(current)
        else:
            self.verdict.show_idle(self._device)
