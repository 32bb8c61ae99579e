"""Running both sides of a row side by side, in workers that stay warm between runs."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from itertools import repeat
from typing import TYPE_CHECKING, Any

from mxcheat.cheatsheet.arrays import Array
from mxcheat.cheatsheet.inputs import describe_input, make_inputs, to_wire
from mxcheat.cheatsheet.row import SIDES, Side, Snippet
from mxcheat.live.compare import compare_sides
from mxcheat.live.device import CPU, Device
from mxcheat.live.process import FrameworkMissingError, WorkerFailedError
from mxcheat.live.recordings import shipped_recordings
from mxcheat.live.reply import read_reply, why_no_answer
from mxcheat.live.results import AGREEING, Described, Failure, SideResult, TryResult, Verdict
from mxcheat.live.supervisor import Worker
from mxcheat.live.worker_values import ELEMENT_LIMIT
from mxcheat.paths import samples_directory

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from mxcheat.live.trial import Trial
    from mxcheat.live.watch import RunOutcome

DEFAULT_TIMEOUT = 30.0
SEED = 0


class Session:
    """Both workers. Nothing is started before `warm_up` or the first `run`."""

    def __init__(self, *, recorded: bool = True) -> None:
        """With `recorded`, a row's recording stands for a framework that cannot be had."""
        self._recorded = recorded
        self.workers: dict[Side, Worker] = {side: Worker(side) for side in SIDES}
        # A thread a side: what is asked of one waits for it, and never for the other.
        self._lanes = {side: ThreadPoolExecutor(1, f"mxcheat-{side}") for side in SIDES}
        self._one_by_one = ThreadPoolExecutor(max_workers=1, thread_name_prefix="mxcheat-bench")

    def __enter__(self) -> Session:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def warm_up(self) -> dict[Side, dict[str, Any] | Failure]:
        """Import both frameworks side by side; a Failure where one cannot be had."""
        self._rearm()
        futures = {side: self._lanes[side].submit(self._start, side) for side in SIDES}
        return {side: future.result() for side, future in futures.items()}

    def devices(self, side: Side, timeout: float = DEFAULT_TIMEOUT) -> list[str]:
        """Names of the devices `side` has. Raises WorkerFailedError without the framework."""
        reply = self._ask(side, {"op": "devices"}, timeout).reply or {}
        return [str(name) for name in reply.get("devices", ())]

    def describe(
        self, side: Side, names: Sequence[str], timeout: float = DEFAULT_TIMEOUT
    ) -> dict[str, Described]:
        """Signature and documentation of public names, by name, from the framework itself.

        Names are spelled as in `Row.apis`. Raises WorkerFailedError without the framework, and
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
    ) -> TryResult:
        """Run both sides at once from the same inputs, and judge. Blocks.

        With `bench` one side runs after the other, each timed over many iterations.

        `on_start` and `on_end` are called from a thread of the side's own, as its clock starts
        and when its result is there; what `on_start` raises ends the run and comes out.
        Raises InputError for inputs that cannot be made.
        """
        inputs = make_inputs(trial.inputs)
        self._rearm()
        job = _Job(trial, inputs, device, timeout, on_start, on_end, bench)
        # Two benchmarks at once would share the cores.
        lanes = dict.fromkeys(SIDES, self._one_by_one) if bench else self._lanes
        return Batch(self, [job], lanes).collect()[0]

    def begin(
        self, trials: Sequence[Trial], device: Device = CPU, timeout: float = DEFAULT_TIMEOUT
    ) -> Batch:
        """Have trials run in as few processes as they leave clean, after what was begun before.

        Raises InputError.
        """
        self._rearm()
        jobs = [_Job(trial, make_inputs(trial.inputs), device, timeout) for trial in trials]
        return Batch(self, jobs, self._lanes)

    def outcome(
        self, side: Side, trial: Trial, elements: int, timeout: float = DEFAULT_TIMEOUT
    ) -> RunOutcome:
        """What one side's worker answers on the CPU, as it is, with `elements` of each array.

        Raises WorkerFailedError without it.
        """
        snippet = trial.snippets[side]
        assert snippet is not None
        job = _Job(trial, make_inputs(trial.inputs), CPU, timeout)
        return self._ask(side, {**job.request(snippet), "elements": elements}, timeout)

    def cancel(self) -> None:
        """End whatever is running; its caller returns with status "cancelled"."""
        for worker in self.workers.values():
            worker.cancel()

    def close(self) -> None:
        """End both workers and everything they started."""
        for worker in self.workers.values():
            worker.begin_close()
        for worker in self.workers.values():
            worker.close()
        for lane in self._lanes.values():
            lane.shutdown()
        self._one_by_one.shutdown()

    def _rearm(self) -> None:
        for worker in self.workers.values():
            worker.rearm()

    def _ask(self, side: Side, request: dict[str, Any], timeout: float) -> RunOutcome:
        """What came of a request of ours."""
        self.workers[side].rearm()
        return self._lanes[side].submit(self.workers[side].run, [request], timeout).result()[0]

    def _start(self, side: Side) -> dict[str, Any] | Failure:
        try:
            return self.workers[side].start()
        except WorkerFailedError as error:
            return error.failure

    def run_side(self, side: Side, jobs: Sequence[_Job]) -> list[SideResult]:
        """What one side of each job gave: the jobs of a batch, or one."""
        worker, timeout = self.workers[side], jobs[0].timeout
        snippets = [job.trial.snippets.get(side) for job in jobs]
        requests = [job.request(code) for job, code in zip(jobs, snippets, strict=True) if code]
        outcomes: Iterator[RunOutcome | WorkerFailedError]
        try:
            outcomes = iter(worker.run(requests, timeout, lambda: jobs[0].started(side)))
        except WorkerFailedError as error:
            outcomes = repeat(error)
        results = []
        for job, snippet in zip(jobs, snippets, strict=True):
            blank = SideResult(side, "ok", snippet.code if snippet else "", device=str(job.device))
            if snippet is None:
                results.append(replace(blank, status="none"))
                continue
            results.append(self._read(job, blank, next(outcomes)))
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
        return read_reply(replace(blank, alone=outcome.alone), outcome, version, job.timeout)

    def _recording(self, job: _Job, failed: SideResult) -> SideResult | None:
        """What was recorded for a side without its framework; why there is none stays with it."""
        if not self._recorded or job.bench or job.device != CPU:
            return None
        kept = shipped_recordings()
        side = kept and kept.side(job.trial, replace(failed, status="ok", error=None))
        return replace(side, error=failed.error) if side else None


class Batch:
    """Trials that have been begun; `collect` waits for them."""

    def __init__(
        self, session: Session, jobs: Sequence[_Job], lanes: Mapping[Side, ThreadPoolExecutor]
    ) -> None:
        self._session = session
        self._jobs = jobs
        self._seconds = dict.fromkeys(SIDES, 0.0)
        self._futures = [lanes[side].submit(self._run, side) for side in SIDES]

    @property
    def seconds(self) -> float:
        """Wall-clock time that the slower side took; 0 before it is done."""
        return max(self._seconds.values())

    def collect(self) -> list[TryResult]:
        """What each trial gave. Blocks; a Ctrl+C meanwhile cancels all that was begun.

        From a process in which others ran before, agreement alone is taken: what failed or
        differed there is run again, in a process of its own.
        """
        try:
            pytorch, gluon = [future.result() for future in self._futures]
        except KeyboardInterrupt:
            self._session.cancel()
            raise
        pairs = zip(self._jobs, pytorch, gluon, strict=True)
        results = [(job, job.judge(left, right)) for job, left, right in pairs]
        return [
            self._session.run(job.trial, job.device, job.timeout)
            if job.needs_proof(result)
            else result
            for job, result in results
        ]

    def _run(self, side: Side) -> list[SideResult]:
        began = time.perf_counter()
        results = self._session.run_side(side, self._jobs)
        self._seconds[side] = time.perf_counter() - began
        return results


@dataclass(frozen=True)
class _Job:
    """One run of a trial, with its inputs made: what both sides are given."""

    trial: Trial
    inputs: dict[str, Any]
    device: Device
    timeout: float
    on_start: Callable[[Side], None] | None = None
    on_end: Callable[[Side, SideResult], None] | None = None
    bench: bool = False

    def request(self, snippet: Snippet) -> dict[str, Any]:
        """What the worker is asked (see wire.py)."""
        return {
            "op": "snippet",
            "code": snippet.code,
            "inputs": {name: to_wire(value) for name, value in self.inputs.items()},
            "device": {"kind": self.device.kind, "index": self.device.index},
            "seed": SEED,
            "samples": str(samples_directory()),
            "elements": ELEMENT_LIMIT,
            "bench": self.bench,
            "gradient": [name for name in self.trial.gradient if _is_real(self.inputs[name])],
        }

    def started(self, side: Side) -> None:
        if self.on_start:
            self.on_start(side)

    def judge(self, pytorch: SideResult, gluon: SideResult) -> TryResult:
        """Both sides together, with the verdict."""
        trial = self.trial
        verdict = compare_sides(pytorch, gluon, trial.compare, trial.reason)
        if "cancelled" in (pytorch.status, gluon.status):
            verdict = Verdict("not-compared", "cancelled")
        described = {name: describe_input(value) for name, value in self.inputs.items()}
        return TryResult(trial.row, str(self.device), described, pytorch, gluon, verdict)

    def needs_proof(self, result: TryResult) -> bool:
        """Whether a side failed, or they differ, where something ran before in its process."""
        if all(side.alone for side in result.sides):
            return False
        if not all(side.status in ("ok", "none") for side in result.sides):
            return True
        compared = all(side.ok for side in result.sides) and self.trial.compare != "none"
        return compared and result.verdict.status not in AGREEING


def _is_real(value: Any) -> bool:
    """Whether there can be a gradient: a row may name integer inputs in some of its cases."""
    return isinstance(value, Array) and "float" in value.dtype
