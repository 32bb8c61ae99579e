"""Runs rows in threads and reports by messages; touches no widget."""

from __future__ import annotations

import contextlib
import threading
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from textual.message import Message

from mxcheat.cheatsheet.sides import FRAMEWORKS, SIDES
from mxcheat.errors import MxcheatError
from mxcheat.tui.differences import DifferenceRow
from mxcheat.tui.drafts import trial_of_draft
from mxcheat.tui.shown import Documented, Framework

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from textual.widget import Widget

    from mxcheat.cheatsheet.row import Row
    from mxcheat.cheatsheet.sides import Side
    from mxcheat.live.claims import Shown as Claim
    from mxcheat.live.results import Failure, SideResult, TryResult
    from mxcheat.live.session import Session
    from mxcheat.live.trial import Trial
    from mxcheat.tui.shown import Run

TIMEOUT = 30.0


@dataclass
class FrameworksKnown(Message):
    """Both frameworks have been started, or have failed to."""

    frameworks: tuple[Framework, ...]


@dataclass
class SideStarted(Message):
    """A side's framework is ready, and its clock is running."""

    number: int
    side: Side


@dataclass
class SideEnded(Message):
    """A side has ended; the other may still be running."""

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
    claim: Claim | None = None


@dataclass
class Answered(Message):
    """What one side's framework says of the names of a row."""

    row: Row
    side: Side
    answer: Documented


class _AbandonedError(Exception):
    """The run was given up before any side had started."""


class _StoppedError(Exception):
    """The app is about to end, and there is no session any more."""


@dataclass
class _Job:
    """A run that waits for the session or has it, whom to tell, and what cancels it."""

    target: Widget
    run: Run
    abandoned: bool = False
    started: bool = False
    stop: threading.Event = field(default_factory=threading.Event)


class Runner:
    """Owns the session. `warm_up` and `start` return at once and report to `target`."""

    def __init__(self, make: Callable[[], Session], timeout: float = TIMEOUT) -> None:
        self._make = make
        self._timeout = timeout
        self._made: Session | None = None
        self._making = threading.Lock()
        self._warm = threading.Event()
        self._stopped = threading.Event()
        self._lock = threading.Lock()
        self._turn = threading.Lock()
        self._job: _Job | None = None
        self._next: _Job | None = None

    @property
    def session(self) -> Session:
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

    def document(self, target: Widget, row: Row) -> None:
        """Ask both frameworks about a row's names, once they are warm and while nothing runs.

        A side without names is not asked.
        """

        def work() -> None:
            self._warm.wait()
            with self._turn, contextlib.suppress(_StoppedError):
                for side in SIDES:
                    if row.answers.get(side):
                        target.post_message(Answered(row, side, _ask(self.session, row, side)))

        self._in_thread(target, work, "documentation")

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

    def cancel(self, number: int) -> None:
        """Stop the run of this number; RunEnded follows."""
        with self._lock:
            for job in (self._job, self._next):
                if job is not None and job.run.number == number:
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
            session = self.session
            found = session.warm_up()
        except _StoppedError:
            return
        except MxcheatError as error:
            problem = Framework("live runs", problem=error.message, fix=error.hint)
            target.post_message(FrameworksKnown((problem,)))
            return
        finally:
            self._warm.set()
        frameworks = [self._framework(session, side, info) for side, info in found.items()]
        if not self._stopped.is_set():
            target.post_message(FrameworksKnown(tuple(frameworks)))

    def _framework(self, session: Session, side: Side, info: dict[str, Any] | Failure) -> Framework:
        name = FRAMEWORKS[side]
        if not isinstance(info, dict):
            return Framework(name, problem=info.message, fix=info.fix)
        devices = [] if self._stopped.is_set() else session.devices(side)
        return Framework(name, str(info.get("version", "")), devices=tuple(devices))

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
        """What the run gave, last; before it, what is run only to judge a difference."""
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
                self.session.run(
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

    trial = trial_of_draft(run.draft, run.row) if run.draft else trial_of(run.row)
    traced = isinstance(run.row, DifferenceRow) and run.row.traced
    return replace(trial, hybridized=True) if traced else trial


def _claim(run: Run, results: Sequence[TryResult]) -> Claim | None:
    """Whether the difference that was run shows; None for a row's own run."""
    if not isinstance(run.row, DifferenceRow):
        return None
    from mxcheat.live.claims import judged  # noqa: PLC0415 - after the first paint

    return judged(run.row.number, run.row.difference, results)


def _say_nothing(side: Side, result: SideResult) -> None:
    """A side has ended that is not shown."""


def _ask(session: Session, row: Row, side: Side) -> Documented:
    from mxcheat.live.host.process import WorkerFailedError  # noqa: PLC0415 - after the first paint
    from mxcheat.live.results import Failure  # noqa: PLC0415 - after the first paint

    try:
        return Documented(session.describe(side, row.answers[side]))
    except WorkerFailedError as error:
        problem = error.failure
    except MxcheatError as error:
        problem = Failure("unavailable", error.message, fix=error.hint)
    except Exception as error:  # noqa: BLE001 - shown where the documentation would have been
        problem = Failure("mxcheat failed", f"{type(error).__name__}: {error}")
    return Documented(problem=problem)
