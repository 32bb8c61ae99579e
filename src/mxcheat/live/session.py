"""Running both sides of a row side by side, in workers that stay warm between runs."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from mxcheat.cheatsheet.arrays import Array
from mxcheat.cheatsheet.inputs import describe_input, make_inputs, to_wire
from mxcheat.cheatsheet.row import SIDES, InputSpec, Row, Side, Snippet
from mxcheat.live.compare import compare_sides
from mxcheat.live.device import CPU, Device
from mxcheat.live.process import FrameworkMissingError, WorkerFailedError
from mxcheat.live.recordings import shipped_recordings
from mxcheat.live.reply import read_reply, why_no_answer
from mxcheat.live.results import Described, Failure, SideResult, TryResult, Verdict
from mxcheat.live.supervisor import Worker
from mxcheat.live.worker_values import ELEMENT_LIMIT
from mxcheat.paths import samples_directory

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from mxcheat.live.watch import RunOutcome

DEFAULT_TIMEOUT = 30.0
SEED = 0


@dataclass(frozen=True)
class Trial:
    """What is to be run: a snippet a side, the inputs, and how outputs are compared.

    With `hybridized` the Gluon form is run inside a hybridized block, without what is done after.
    """

    snippets: Mapping[Side, Snippet | None]
    inputs: Mapping[str, InputSpec] = field(default_factory=dict)
    gradient: tuple[str, ...] = ()
    compare: str = "values"
    reason: str = ""
    row: Row | None = None
    hybridized: bool = False


def trial_of(row: Row, case: int = 0) -> Trial:
    """The trial of a row, on its shown inputs (case 0) or on a further case."""
    snippets = {side: row.snippet(side) for side in SIDES}
    inputs = row.inputs_of_case(case)
    return Trial(snippets, inputs, row.gradient, row.compare, row.reason, row)


def misprint_of(row: Row, case: int = 0) -> Trial:
    """The trial of what was printed, between the row's own set-up and what is done after."""
    snippets: dict[Side, Snippet | None] = {
        side: Snippet(row.before.get(side, ""), row.misprint[side], row.after.get(side, ""))
        if side in row.misprint
        else None
        for side in SIDES
    }
    return Trial(snippets, row.inputs_of_case(case), row.gradient)


class Session:
    """Both workers. Nothing is started before `warm_up` or the first `run`."""

    def __init__(self, *, recorded: bool = True) -> None:
        """With `recorded`, a row's recording stands for a framework that cannot be had."""
        self._recorded = recorded
        self.workers: dict[Side, Worker] = {side: Worker(side) for side in SIDES}
        self._pool = ThreadPoolExecutor(max_workers=2, thread_name_prefix="mxcheat-side")
        self._one_by_one = ThreadPoolExecutor(max_workers=1, thread_name_prefix="mxcheat-bench")

    def __enter__(self) -> Session:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def warm_up(self) -> dict[Side, dict[str, Any] | Failure]:
        """Import both frameworks side by side; a Failure where one cannot be had."""
        self._rearm()
        futures = {side: self._pool.submit(self._start, side) for side in SIDES}
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
        pool = self._one_by_one if bench else self._pool  # two benchmarks would share the cores
        futures = {side: pool.submit(self._run_side, side, job) for side in SIDES}
        try:
            sides = {side: future.result() for side, future in futures.items()}
        except KeyboardInterrupt:
            self.cancel()
            raise
        pytorch, gluon = sides["pytorch"], sides["gluon"]
        verdict = compare_sides(pytorch, gluon, trial.compare, trial.reason)
        if "cancelled" in (pytorch.status, gluon.status):
            verdict = Verdict("not-compared", "cancelled")
        described = {name: describe_input(value) for name, value in inputs.items()}
        return TryResult(trial.row, str(device), described, pytorch, gluon, verdict)

    def outcome(
        self, side: Side, trial: Trial, elements: int, timeout: float = DEFAULT_TIMEOUT
    ) -> RunOutcome:
        """What one side's worker answers on the CPU, as it is, with `elements` of each array.

        Raises WorkerFailedError without it.
        """
        snippet = trial.snippets[side]
        assert snippet is not None
        job = _Job(trial, make_inputs(trial.inputs), CPU, timeout, None, None, bench=False)
        return self._ask(side, {**job.request(side, snippet), "elements": elements}, timeout)

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
        self._pool.shutdown()
        self._one_by_one.shutdown()

    def _rearm(self) -> None:
        for worker in self.workers.values():
            worker.rearm()

    def _ask(self, side: Side, request: dict[str, Any], timeout: float) -> RunOutcome:
        """What came of a request of ours."""
        self.workers[side].rearm()
        return self._pool.submit(self.workers[side].run, request, timeout).result()

    def _start(self, side: Side) -> dict[str, Any] | Failure:
        try:
            return self.workers[side].start()
        except WorkerFailedError as error:
            return error.failure

    def _run_side(self, side: Side, job: _Job) -> SideResult:
        snippet = job.trial.snippets.get(side)
        if snippet is None:
            return SideResult(side, "none", device=str(job.device))
        result = self._run_snippet(side, job, snippet)
        if job.on_end:
            job.on_end(side, result)
        return result

    def _run_snippet(self, side: Side, job: _Job, snippet: Snippet) -> SideResult:
        worker = self.workers[side]
        blank = SideResult(side, "ok", snippet.code, device=str(job.device))
        try:
            outcome = worker.run(job.request(side, snippet), job.timeout, lambda: job.started(side))
        except WorkerFailedError as error:
            failed = read_reply(blank, error.failure, None, job.timeout)
            missing = isinstance(error, FrameworkMissingError)
            return (self._recording(job, failed) if missing else None) or failed
        return read_reply(blank, outcome, worker.info.get("version"), job.timeout)

    def _recording(self, job: _Job, failed: SideResult) -> SideResult | None:
        """What was recorded for a side without its framework; why there is none stays with it."""
        if not self._recorded or job.bench or job.device != CPU:
            return None
        kept = shipped_recordings()
        side = kept and kept.side(job.trial, replace(failed, status="ok", error=None))
        return replace(side, error=failed.error) if side else None


@dataclass(frozen=True)
class _Job:
    """One run of a trial, with its inputs made: what both sides are given."""

    trial: Trial
    inputs: dict[str, Any]
    device: Device
    timeout: float
    on_start: Callable[[Side], None] | None
    on_end: Callable[[Side, SideResult], None] | None
    bench: bool

    def request(self, side: Side, snippet: Snippet) -> dict[str, Any]:
        """What the worker is asked (see wire.py)."""
        code = {"code": snippet.code}
        if self.trial.hybridized and side == "gluon":
            code = {"code": snippet.form, "hybridized": snippet.before}
        return {
            "op": "snippet",
            **code,
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


def _is_real(value: Any) -> bool:
    """Whether there can be a gradient: a row may name integer inputs in some of its cases."""
    return isinstance(value, Array) and "float" in value.dtype
