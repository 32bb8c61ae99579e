"""Running both sides of a row side by side, in workers that stay warm between runs."""

from __future__ import annotations

import json
import threading
from concurrent.futures import ThreadPoolExecutor, wait
from dataclasses import dataclass, replace
from functools import partial
from itertools import repeat
from typing import TYPE_CHECKING, Any, TypeVar

from mxcheat.cheatsheet.arrays import Array
from mxcheat.cheatsheet.inputs import describe_input, make_inputs, to_wire
from mxcheat.cheatsheet.sides import SIDES
from mxcheat.live.device import CPU, Device
from mxcheat.live.host.pool import ONE_EACH, WorkerPool
from mxcheat.live.host.process import FrameworkMissingError, WorkerFailedError
from mxcheat.live.host.supervisor import Worker
from mxcheat.live.moved_inputs import is_in_question, move, reconsider
from mxcheat.live.pythons.choose import DEFAULTS
from mxcheat.live.recordings import shipped_recordings
from mxcheat.live.reply import read_reply, why_no_answer
from mxcheat.live.results import AGREEING, Described, Failure, SideResult, TryResult, Verdict
from mxcheat.live.verdict.compare import compare_sides
from mxcheat.live.verdict.tolerance import Terms, terms_of
from mxcheat.live.worker.encode import ELEMENT_LIMIT
from mxcheat.paths import samples_directory

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from concurrent.futures import Future

    from mxcheat.cheatsheet.sides import Side
    from mxcheat.live.host.watch import RunOutcome
    from mxcheat.live.pythons.choose import EngineSettings
    from mxcheat.live.trial import Trial

DEFAULT_TIMEOUT = 30.0
SEED = 0
# In seconds; a Ctrl+C that a wait has missed is seen when it ends.
_LONGEST_WAIT = 0.5

T = TypeVar("T")


class Session:
    """Both workers. Nothing is started before `warm_up` or the first `run`."""

    def __init__(
        self,
        settings: EngineSettings = DEFAULTS,
        *,
        recorded: bool = True,
        once: bool = False,
        counts: Mapping[Side, int] = ONE_EACH,
    ) -> None:
        """Run with the interpreters and the limit of `settings`.

        With `recorded`, a row's recording stands for a framework that cannot be had; with `once`,
        such a framework is not tried again by the next run. `counts`: workers that a side may have.
        """
        self._recorded = recorded
        self.workers: dict[Side, Worker] = {
            side: WorkerPool(side, settings, count, once=once)
            if count > 1
            else Worker(side, settings, once=once)
            for side, count in counts.items()
        }
        # Batches that keep the workers busy: while one is collected another runs.
        self.at_once = 2 * sum(counts.values())
        # Set to cancel all that has begun; what begins later is given another one.
        self._going_on = threading.Event()
        # More threads than run at once: what waits for its turn can be cancelled, too.
        self._pool = ThreadPoolExecutor(2 * self.at_once, thread_name_prefix="mxcheat-side")
        self._one_by_one = ThreadPoolExecutor(max_workers=1, thread_name_prefix="mxcheat-bench")

    def __enter__(self) -> Session:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def warm_up(self) -> dict[Side, dict[str, Any] | Failure]:
        """Import both frameworks side by side; a Failure where one cannot be had."""
        cancelled = self._going_on.is_set
        futures = {side: self._pool.submit(self._start, side, cancelled) for side in SIDES}
        return {side: _wait_for(future) for side, future in futures.items()}

    def devices(self, side: Side, timeout: float = DEFAULT_TIMEOUT) -> list[str]:
        """Names of the devices `side` has. Raises WorkerFailedError without the framework."""
        reply = self._ask(side, {"op": "devices"}, timeout).reply or {}
        return [str(name) for name in reply.get("devices", ())]

    def describe(
        self, side: Side, names: Sequence[str], timeout: float = DEFAULT_TIMEOUT
    ) -> dict[str, Described]:
        """Signature and documentation of public names, by name, from the framework itself.

        Names are spelled as in `Row.answers`. Raises WorkerFailedError without the framework, and
        where it gave no answer.
        """
        outcome = self._ask(side, {"op": "describe", "names": list(names)}, timeout)
        if outcome.reply is None or "names" not in outcome.reply:
            raise WorkerFailedError(why_no_answer(side, outcome, timeout))
        known = (Described(**said) for said in outcome.reply["names"])
        return {described.name: described for described in known}

    def run(  # noqa: PLR0913 - all but the trial have a default
        self,
        trial: Trial,
        device: Device = CPU,
        timeout: float = DEFAULT_TIMEOUT,
        *,
        on_start: Callable[[Side], None] | None = None,
        on_end: Callable[[Side, SideResult], None] | None = None,
        bench: bool = False,
        stop: threading.Event | None = None,
        reconsidered: bool = True,
    ) -> TryResult:
        """Run both sides at once from the same inputs, and judge. Blocks.

        With `bench` one side runs after the other, each timed over many iterations. `stop` cancels
        this run, whenever it is set. A difference that no row promises is `reconsidered` after a
        second run (see moved_inputs.py).

        `on_start` and `on_end` are called from a thread of the side's own, as its clock starts
        and when its result is there; what `on_start` raises ends the run and comes out.
        Raises InputError for inputs that cannot be made.
        """
        inputs = make_inputs(trial.inputs)
        cancelled = _either(self._going_on, stop)
        job = _Job(trial, inputs, device, timeout, cancelled, on_start, on_end, bench)
        pool = self._one_by_one if bench else self._pool  # two benchmarks would share the cores
        return Batch(self, [job], pool).collect(prove=reconsidered)[0]

    def begin(
        self,
        trials: Sequence[Trial],
        device: Device = CPU,
        timeout: float = DEFAULT_TIMEOUT,
        *,
        shared: bool = False,
    ) -> Batch:
        """Have trials run in as few processes as they leave clean, after what was begun before.

        With `shared`, what a side is asked by several trials is run once, and all have its result.
        Raises InputError.
        """
        cancelled = self._going_on.is_set
        made: dict[str, dict[str, Any]] = {}
        jobs = []
        for trial in trials:
            specs = json.dumps(dict(trial.inputs), sort_keys=True)
            if specs not in made:
                made[specs] = make_inputs(trial.inputs)
            jobs.append(_Job(trial, made[specs], device, timeout, cancelled, shared=shared))
        return Batch(self, jobs, self._pool)

    def outcome(
        self, side: Side, trial: Trial, elements: int, timeout: float = DEFAULT_TIMEOUT
    ) -> RunOutcome:
        """What one side's worker answers on the CPU, as it is, with `elements` of each array.

        Raises WorkerFailedError without it.
        """
        job = _Job(trial, make_inputs(trial.inputs), CPU, timeout, self._going_on.is_set)
        return self._ask(side, {**job.request(side), "elements": elements}, timeout)

    def cancel(self) -> None:
        """End whatever has begun; its caller returns with status "cancelled"."""
        going_on, self._going_on = self._going_on, threading.Event()
        going_on.set()

    def stop(self) -> None:
        """End whatever has begun, and begin nothing any more; `close` waits for the end."""
        for worker in self.workers.values():
            worker.begin_close()

    def close(self) -> None:
        """End both workers and everything they started."""
        self.stop()
        for worker in self.workers.values():
            worker.close()
        self._pool.shutdown()
        self._one_by_one.shutdown()

    def _ask(self, side: Side, request: dict[str, Any], timeout: float) -> RunOutcome:
        """What came of a request of ours."""
        run, cancelled = self.workers[side].run, self._going_on.is_set
        return _wait_for(self._pool.submit(run, [request], timeout, None, cancelled))[0]

    def _start(self, side: Side, cancelled: Callable[[], bool]) -> dict[str, Any] | Failure:
        try:
            return self.workers[side].start(cancelled)
        except WorkerFailedError as error:
            return error.failure

    def run_side(
        self, side: Side, jobs: Sequence[_Job], on_start: Callable[[], None]
    ) -> list[SideResult]:
        """What one side of each job gave: the jobs of a batch, or one."""
        asked = [job.asks(side) for job in jobs]
        distinct = {asks: job for asks, job in zip(asked, jobs, strict=True) if asks}
        requests = [job.request(side) for job in distinct.values()]
        outcomes: Iterator[RunOutcome | WorkerFailedError]
        try:
            run = self.workers[side].run
            outcomes = iter(run(requests, jobs[0].timeout, on_start, jobs[0].cancelled))
        except WorkerFailedError as error:
            outcomes = repeat(error)
        read = {
            asks: self._read(job, job.blank(side), outcome)
            for (asks, job), outcome in zip(distinct.items(), outcomes, strict=False)
        }
        results = []
        for job, asks in zip(jobs, asked, strict=True):
            if asks is None:
                results.append(replace(job.blank(side), status="none"))
                continue
            results.append(read[asks])
            if job.on_end:
                job.on_end(side, results[-1])
        return results

    def _read(
        self, job: _Job, blank: SideResult, outcome: RunOutcome | WorkerFailedError
    ) -> SideResult:
        if isinstance(outcome, WorkerFailedError):
            failed = read_reply(blank, outcome.failure, None, job.timeout)
            missing = isinstance(outcome, FrameworkMissingError)
            return (self._recording(job, failed) if missing else None) or failed
        version = self.workers[blank.side].info.get("version")
        blank = replace(blank, alone=outcome.alone, seconds=outcome.seconds)
        return read_reply(blank, outcome, version, job.timeout)

    def _recording(self, job: _Job, failed: SideResult) -> SideResult | None:
        """What was recorded for a side without its framework; why there is none stays with it."""
        if not self._recorded or job.device != CPU:
            return None
        kept = shipped_recordings()
        side = kept and kept.side(job.trial, replace(failed, status="ok", error=None))
        return replace(side, error=failed.error) if side else None


class Batch:
    """Trials that have been begun; `collect` waits for them."""

    def __init__(self, session: Session, jobs: Sequence[_Job], pool: ThreadPoolExecutor) -> None:
        self._session = session
        self._jobs = jobs
        self._pool = pool
        self._futures = [
            pool.submit(session.run_side, side, jobs, partial(jobs[0].started, side))
            for side in SIDES
        ]

    def collect(self, *, prove: bool = True) -> list[TryResult]:
        """What each trial gave. Blocks; a Ctrl+C meanwhile cancels all that was begun.

        With `prove`, as far as it can be believed: see `proved`.
        """
        try:
            pytorch, gluon = map(_wait_for, self._futures)
        except KeyboardInterrupt:
            self._session.cancel()
            raise
        pairs = zip(self._jobs, pytorch, gluon, strict=True)
        results = [job.judge(left, right) for job, left, right in pairs]
        return [self.proved(*each) for each in enumerate(results)] if prove else results

    def proved(self, position: int, result: TryResult) -> TryResult:
        """The result of the trial at `position`, as far as it can be believed.

        From a process in which others ran before, agreement alone is taken: what failed or
        differed there is run again, in a process of its own. And a difference that no row promises
        is reconsidered (see moved_inputs.py).
        """
        job = self._jobs[position]
        if job.needs_proof(result):
            return self._session.run(job.trial, job.device, job.timeout)
        if not job.is_in_question(result):
            return result
        (moved,) = Batch(self._session, [job.moved()], self._pool).collect(prove=False)
        return replace(result, verdict=reconsider(result, moved.sides))


@dataclass(frozen=True)
class _Job:
    """One run of a trial, with its inputs made: what both sides are given."""

    trial: Trial
    inputs: dict[str, Any]
    device: Device
    timeout: float
    cancelled: Callable[[], bool]
    on_start: Callable[[Side], None] | None = None
    on_end: Callable[[Side, SideResult], None] | None = None
    bench: bool = False
    shared: bool = False

    def asks(self, side: Side) -> str | None:
        """What this side is asked, the same where one answer will do; None if it has no snippet."""
        if self.trial.snippets.get(side) is None:
            return None
        if not self.shared:
            return str(id(self))
        asked = [self._code(side), dict(self.trial.inputs), self.trial.gradient]
        return json.dumps(asked, sort_keys=True)

    def blank(self, side: Side) -> SideResult:
        """The result of this side before anything is known of it."""
        snippet = self.trial.snippets.get(side)
        return SideResult(side, "ok", snippet.code if snippet else "", device=str(self.device))

    def request(self, side: Side) -> dict[str, Any]:
        """What the worker is asked (see wire.py)."""
        return {
            "op": "snippet",
            **self._code(side),
            "inputs": {name: to_wire(value) for name, value in self.inputs.items()},
            "device": {"kind": self.device.kind, "index": self.device.index},
            "seed": SEED,
            "samples": str(samples_directory()),
            "elements": ELEMENT_LIMIT,
            "bench": self.bench,
            "gradient": [name for name in self.trial.gradient if _is_real(self.inputs[name])],
        }

    def _code(self, side: Side) -> dict[str, str]:
        snippet = self.trial.snippets[side]
        assert snippet is not None
        if self.trial.hybridized and side == "gluon":
            return {"code": snippet.form, "hybridized": snippet.before}
        return {"code": snippet.code}

    def started(self, side: Side) -> None:
        if self.on_start:
            self.on_start(side)

    def judge(self, pytorch: SideResult, gluon: SideResult) -> TryResult:
        """Both sides together, with the verdict."""
        trial = self.trial
        terms = _terms(trial, self.inputs, (pytorch, gluon))
        verdict = compare_sides(pytorch, gluon, trial.compare, trial.reason, terms)
        if "cancelled" in (pytorch.status, gluon.status):
            verdict = Verdict("not-compared", "cancelled")
        described = {name: describe_input(value) for name, value in self.inputs.items()}
        return TryResult(trial.row, str(self.device), described, pytorch, gluon, verdict, terms)

    def is_in_question(self, result: TryResult) -> bool:
        """Whether a second run on moved inputs could explain the verdict."""
        unforeseen = self.trial.is_to_agree and not self.bench
        return unforeseen and is_in_question(result, self.inputs)

    def moved(self) -> _Job:
        """The same on inputs that are moved a little, without a word to anybody."""
        return replace(self, inputs=move(self.inputs), on_start=None, on_end=None)

    def needs_proof(self, result: TryResult) -> bool:
        """Whether a side failed, or they differ, where something ran before in its process."""
        if all(side.alone for side in result.sides) or result.lacks_a_side:
            return False
        if not all(side.status in ("ok", "none") for side in result.sides):
            return True
        compared = all(side.ok for side in result.sides) and self.trial.compare != "none"
        return compared and result.verdict.status not in AGREEING


def _wait_for(future: Future[T]) -> T:
    """Its result. A signal that comes just before the wait does not end it, so none lasts long."""
    while not future.done():
        wait([future], timeout=_LONGEST_WAIT)
    return future.result()


def _terms(trial: Trial, inputs: Mapping[str, Any], sides: Sequence[SideResult]) -> Terms:
    codes = [snippet.code for snippet in trial.snippets.values() if snippet]
    outputs = [output.array for side in sides for output in side.outputs if output.array]
    return terms_of(codes, inputs.values(), outputs, gradient=bool(trial.gradient))


def _either(one: threading.Event, other: threading.Event | None) -> Callable[[], bool]:
    """Whether one of two events has been set."""
    return one.is_set if other is None else lambda: one.is_set() or other.is_set()


def _is_real(value: Any) -> bool:
    """Whether there can be a gradient: a row may name integer inputs in some of its cases."""
    return isinstance(value, Array) and "float" in value.dtype
