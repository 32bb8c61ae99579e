"""Runs rows in threads and reports by messages; touches no widget."""

from __future__ import annotations

import contextlib
import threading
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from textual.message import Message

from mxcheat.cheatsheet.sides import FRAMEWORKS
from mxcheat.errors import MxcheatError
from mxcheat.tui.differences import DifferenceRow
from mxcheat.tui.drafts import trial_of_draft

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from textual.widget import Widget

    from mxcheat.cheatsheet.sides import Side
    from mxcheat.live.claims import Shown
    from mxcheat.live.results import Failure, SideResult, TryResult
    from mxcheat.live.trial import Trial
    from mxcheat.tui.engine import Engine
    from mxcheat.tui.runs import Run

TIMEOUT = 30.0


@dataclass
class Framework:
    """What is known of one framework: its version, or what keeps it from being used."""

    name: str
    version: str = ""
    problem: str = ""
    fix: str = ""
    devices: list[str] = field(default_factory=list)


@dataclass
class FrameworksKnown(Message):
    """Both frameworks have been started, or have failed to."""

    frameworks: list[Framework]


@dataclass
class SideStarted(Message):
    """A side's framework is there, and its clock is running."""

    number: int
    side: Side


@dataclass
class SideEnded(Message):
    """A side has come to its end; the other may still be running."""

    number: int
    result: SideResult


@dataclass
class RunEnded(Message):
    """A run is over: with a result, or an error; with neither if it was given up.

    Of a difference, `claim` says whether it shows.
    """

    number: int
    result: TryResult | None = None
    error: MxcheatError | None = None
    claim: Shown | None = None


class _AbandonedError(Exception):
    """The run was given up before any side had a framework to run on."""


class _StoppedError(Exception):
    """The app is about to end: there is no engine any more."""


@dataclass
class _Job:
    """A run on its way through the engine, whom to tell, and what cancels it."""

    target: Widget
    run: Run
    abandoned: bool = False
    started: bool = False
    stop: threading.Event = field(default_factory=threading.Event)


class Runner:
    """Owns the session. `warm_up` and `start` return at once and report to `target`."""

    def __init__(self, engine: Callable[[], Engine], timeout: float = TIMEOUT) -> None:
        self._make = engine
        self._timeout = timeout
        self._made: Engine | None = None
        self._making = threading.Lock()
        self._warm = threading.Event()
        self._stopped = threading.Event()
        self._lock = threading.Lock()
        self._turn = threading.Lock()
        self._job: _Job | None = None
        self._next: _Job | None = None

    @property
    def engine(self) -> Engine:
        """The session, made when first needed (its modules take a while to import).

        Raises _StoppedError once the runner has been stopped, also while it is being made.
        """
        with self._making:
            if self._made is None and not self._stopped.is_set():
                self._made = self._make()
            # Made before this is looked at, and `stop` looks the other way round: one of both sees.
            if self._made is None or self._stopped.is_set():
                raise _StoppedError
            return self._made

    def warm_up(self, target: Widget) -> None:
        """Import both frameworks in the background."""
        self._in_thread(target, lambda: self._warm_up(target), "warm-up")

    def ask(self, target: Widget, question: Callable[[Engine], None]) -> None:
        """Let `question` have the session in a thread, once it is warm and while no run has it."""

        def work() -> None:
            self._warm.wait()
            with self._turn, contextlib.suppress(_StoppedError):
                question(self.engine)

        self._in_thread(target, work, "question")

    def start(self, target: Widget, run: Run) -> None:
        """Run both sides of a row, in place of what is running or waiting to be run."""
        job = _Job(target, run)
        with self._lock:
            if self._job is None:
                self._job = job
                self._in_thread(target, self._work, "runs")
            else:
                self._next = job
                self._abandon(self._job)

    def cancel(self, run: Run) -> None:
        """Stop a run; RunEnded follows."""
        with self._lock:
            for job in (self._job, self._next):
                if job is not None and job.run is run:
                    self._abandon(job)

    def stop(self) -> None:
        """Make every thread come to its end soon."""
        self._stopped.set()
        self._warm.set()
        if self._made is not None:
            self._made.stop()

    def close(self) -> None:
        """End both frameworks and whatever they started."""
        self.stop()
        if self._made is not None:
            self._made.close()

    @staticmethod
    def _in_thread(target: Widget, work: Callable[[], None], name: str) -> None:
        target.run_worker(work, name=name, group="live", thread=True, exit_on_error=False)

    def _abandon(self, job: _Job) -> None:
        """Give a run up; to be called with the lock held."""
        job.abandoned = True
        if job.started:
            job.stop.set()
        else:
            # An import is worth finishing: the next run will want it.
            job.target.post_message(RunEnded(job.run.number))

    def _warm_up(self, target: Widget) -> None:
        try:
            engine = self.engine
            found = engine.warm_up()
        except _StoppedError:
            return
        except MxcheatError as error:
            problem = Framework("live runs", problem=error.message, fix=error.hint)
            target.post_message(FrameworksKnown([problem]))
            return
        finally:
            self._warm.set()
        frameworks = [self._framework(engine, side, info) for side, info in found.items()]
        if not self._stopped.is_set():
            target.post_message(FrameworksKnown(frameworks))

    def _framework(self, engine: Engine, side: Side, info: dict[str, Any] | Failure) -> Framework:
        name = FRAMEWORKS[side]
        if not isinstance(info, dict):
            return Framework(name, problem=info.message, fix=info.fix)
        devices = [] if self._stopped.is_set() else engine.devices(side)
        return Framework(name, str(info.get("version", "")), devices=devices)

    def _work(self) -> None:
        """Run one job after another until none is left; of those that came meanwhile, the last."""
        while (job := self._job) is not None:
            if not job.abandoned:
                job.target.post_message(self._run(job))
            with self._lock:
                self._job, self._next = self._next, None

    def _run(self, job: _Job) -> RunEnded:
        run = job.run
        try:
            results = self._results(job)
        except (_AbandonedError, _StoppedError):
            return RunEnded(run.number)
        except MxcheatError as error:
            return RunEnded(run.number, error=error)
        except Exception as error:  # noqa: BLE001 - shown where the result would have been
            defect = MxcheatError(f"mxcheat failed: {type(error).__name__}: {error}")
            return RunEnded(run.number, error=defect)
        return RunEnded(run.number, results[-1], claim=_claim(run, results))

    def _results(self, job: _Job) -> list[TryResult]:
        """What the run gave; before it, what is run only to judge a difference."""
        from mxcheat.live.claims import with_eager  # noqa: PLC0415 - after the first paint

        run = job.run

        def on_start(side: Side) -> None:
            with self._lock:
                if self._stopped.is_set() or (job.abandoned and not job.started):
                    raise _AbandonedError
                job.started = True
            job.target.post_message(SideStarted(run.number, side))

        def on_end(_: Side, result: SideResult) -> None:
            job.target.post_message(SideEnded(run.number, result))

        trial = _trial(run)
        with self._turn:
            return [
                self.engine.run(
                    each,
                    run.device,
                    self._timeout,
                    on_start=on_start,
                    on_end=on_end if each is trial else _say_nothing,
                    bench=run.bench and each is trial,
                    stop=job.stop,
                )
                for each in with_eager(trial)
            ]


def _trial(run: Run) -> Trial:
    from mxcheat.live.trial import trial_of  # noqa: PLC0415 - after the first paint

    trial = trial_of(run.row) if run.draft is None else trial_of_draft(run.draft, run.row)
    traced = isinstance(run.row, DifferenceRow) and run.row.traced
    return replace(trial, hybridized=True) if traced else trial


def _claim(run: Run, results: Sequence[TryResult]) -> Shown | None:
    """Whether the difference that was run shows; None for a row's own run."""
    if not isinstance(run.row, DifferenceRow):
        return None
    from mxcheat.live.claims import judged  # noqa: PLC0415 - after the first paint

    return judged(run.row.number, run.row.difference, results)


def _say_nothing(side: Side, result: SideResult) -> None:
    """A side has ended that nobody is to see."""
