"""One framework's worker, whatever process it has just now: start, run, cancel, close.

A worker is cold (no process), starting (its framework is being imported), ready, or running.
A run that ends badly costs only the child that took it; if the process itself dies, the next
run starts another.
"""

from __future__ import annotations

import contextlib
import os
import sys
import threading
from typing import TYPE_CHECKING, Any

from mxcheat.live.host.process import (
    FrameworkMissingError,
    WorkerDiedError,
    WorkerFailedError,
    WorkerProcess,
)
from mxcheat.live.host.run_place import RunPlace
from mxcheat.live.host.watch import GRACE, RunOutcome, Watch
from mxcheat.live.pythons.choose import DEFAULTS, choose
from mxcheat.live.pythons.diagnose import explain_python
from mxcheat.live.results import Failure

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from mxcheat.cheatsheet.sides import Side
    from mxcheat.live.pythons.choose import EngineSettings

IMPORT_DEADLINE = 120.0
# Modules that take a second or two to import, by the word that shows a snippet needs them. The
# worker imports them once, before it forks; torch's optimizers pull in the compiler.
_SLOW_MODULES: dict[Side, dict[str, str]] = {
    "pytorch": {
        "torchvision": "torchvision",
        "tensorboardX": "tensorboardX",
        "optim": "torch._dynamo",
        "compile(": "torch._dynamo",
        "onnx": "onnx",
    },
    "gluon": {"mxboard": "mxboard", "onnx": "onnx"},
}
# What a snippet on the CPU may allocate, in GiB, where the machine has that much to spare and
# the settings say nothing else; and what counts as no limit.
_MEMORY_LIMIT = 8.0
_MOST_MEMORY = 1e6
_MEMORY_SHARE = 0.75
# A cancel is looked for this often while a run waits for its turn, in seconds.
_TICK = 0.02


class Worker:
    """Runs requests one after another. Its methods may be called from any thread.

    What starts or runs something is told by `cancelled` when it is not wanted any more: a cancel
    belongs to one call, and no other call can take it back. With `once`, a framework that could
    not be had is not tried again.
    """

    def __init__(
        self, side: Side, settings: EngineSettings = DEFAULTS, *, once: bool = False
    ) -> None:
        self.side = side
        self._settings = settings
        self._once = once
        self._missing: FrameworkMissingError | None = None
        self._process: WorkerProcess | None = None
        self._busy = threading.Lock()  # one start or run at a time
        self._closing = threading.Event()
        self._run_id = 0

    @property
    def info(self) -> dict[str, Any]:
        """What the process said when it was ready; empty before (see WorkerProcess)."""
        process = self._process
        return process.info if process is not None else {}

    def start(self, cancelled: Callable[[], bool] = lambda: False) -> dict[str, Any]:
        """Import the framework if that has not happened; return `info`.

        Raises WorkerFailedError when it cannot be imported.
        """
        unwanted = self._unwanted(cancelled)
        if not self._take_turn(unwanted):
            raise WorkerFailedError(Failure("cancelled", "stopped before it was imported"))
        try:
            return self._ready(unwanted).info
        finally:
            self._busy.release()

    def run(
        self,
        requests: Sequence[dict[str, Any]],
        timeout: float,
        on_start: Callable[[], None] | None = None,
        cancelled: Callable[[], bool] = lambda: False,
    ) -> list[RunOutcome]:
        """Run requests one after another in a child, each for at most `timeout` seconds.

        What follows one that did not answer, or left something behind in the process, is run in
        another child. `on_start` is called when a child has taken a run and its clock starts;
        what it raises ends the run. Raises WorkerFailedError without a worker to run them.
        """
        unwanted = self._unwanted(cancelled)
        outcomes: list[RunOutcome] = []
        while len(outcomes) < len(requests):
            left = requests[len(outcomes) :]
            try:
                outcomes += self._in_one_child(left, timeout, on_start, unwanted)
            except WorkerDiedError:  # since the last run, and nothing has been run in it
                outcomes += self._in_one_child(left, timeout, on_start, unwanted)
        return outcomes

    def _in_one_child(
        self,
        requests: Sequence[dict[str, Any]],
        timeout: float,
        on_start: Callable[[], None] | None,
        unwanted: Callable[[], bool],
    ) -> list[RunOutcome]:
        """Outcomes of the leading requests, as many as one child takes; at least one."""
        preload = _slow_modules(self.side, requests)
        memory = _memory_limit(requests[0], self._settings.memory_limit)
        message = {"op": "run", "preload": preload, "memory": memory}
        if not self._take_turn(unwanted):
            return [RunOutcome("cancelled")]
        with contextlib.ExitStack() as leaving:
            leaving.callback(self._busy.release)
            process = self._ready(unwanted)
            self._run_id += 1
            watch = self._ask(process, {**message, "id": self._run_id}, leaving, unwanted)
            outcomes = []
            for left, request in zip(range(len(requests))[::-1], requests, strict=True):
                outcomes.append(watch.go(request, timeout, on_start, more=left > 0))
                if not watch.takes_more:
                    break
            if outcomes[-1].reply is not None:
                # The answer need not wait until the kernel has taken the child apart.
                threading.Thread(target=leaving.pop_all().close).start()
            return outcomes

    def _ask(
        self,
        process: WorkerProcess,
        message: dict[str, Any],
        leaving: contextlib.ExitStack,
        unwanted: Callable[[], bool],
    ) -> Watch:
        """Ask for a run in a place of its own; `leaving` is what is to be done after it."""
        try:
            place = leaving.enter_context(RunPlace())
        except OSError as error:
            raise WorkerFailedError(_no_place(error)) from error
        place.give_to(process, message)
        watch = Watch(process, place, self._run_id, unwanted)
        leaving.callback(watch.finish)
        return watch

    def begin_close(self) -> None:
        """End what is going on, for good, and tell the process to end; `close` waits for it."""
        self._closing.set()
        process = self._process
        if process is not None:
            process.hang_up()
            if not process.info:  # still importing: nothing to keep
                process.kill()

    def close(self) -> None:
        """End the process and everything it started."""
        self.begin_close()
        with self._busy:
            self._discard(GRACE if self.info else 0)

    def _unwanted(self, cancelled: Callable[[], bool]) -> Callable[[], bool]:
        return lambda: self._closing.is_set() or cancelled()

    def _take_turn(self, unwanted: Callable[[], bool]) -> bool:
        """Wait until nothing else is started or run; False once this is not wanted."""
        while not unwanted():
            if self._busy.acquire(timeout=_TICK):
                return True
        return False

    def _ready(self, unwanted: Callable[[], bool]) -> WorkerProcess:
        """The process, with its framework imported; another one if the last is gone."""
        if self._process is not None and self._process.alive:
            return self._process
        if self._missing is not None:
            raise self._missing
        self._discard()
        try:
            self._process = self._start_process(unwanted)
            self._process.wait_until_ready(IMPORT_DEADLINE, unwanted)
        except WorkerFailedError as error:
            if self._once and isinstance(error, FrameworkMissingError):
                self._missing = error
            self._discard()
            raise
        return self._process

    def _start_process(self, unwanted: Callable[[], bool]) -> WorkerProcess:
        """A process under the chosen interpreter, once that has said that it will do."""
        chosen = choose(self.side, self._settings)
        explained = explain_python(chosen, unwanted)
        if unwanted():
            message = f"stopped while {chosen.python} was asked"
            raise WorkerFailedError(Failure("cancelled", message))
        if explained:
            raise FrameworkMissingError(Failure("unavailable", explained[0], fix=explained[1]))
        try:
            return WorkerProcess(chosen)
        except OSError as error:
            raise WorkerFailedError(_no_place(error)) from error

    def _discard(self, grace: float = 0) -> None:
        process, self._process = self._process, None
        if process is not None:
            process.end(grace)


def _no_place(error: OSError) -> Failure:
    message = f"nothing can be run here: {error.strerror or error}"
    return Failure(
        "unavailable", message, fix="free some space, or set TMPDIR to a folder with room"
    )


def _slow_modules(side: Side, requests: Sequence[dict[str, Any]]) -> list[str]:
    """What the code of requests needs, or the packages of the names they ask about."""
    packages = [name.partition(".")[0] for each in requests for name in each.get("names", ())]
    text = "\n".join([*(each.get("code", "") for each in requests), *packages])
    return [module for word, module in _SLOW_MODULES[side].items() if word in text]


def _memory_limit(request: dict[str, Any], limit: float | None) -> int | None:
    """Bytes a run may allocate; none on a GPU, whose driver reserves address space freely.

    `limit` is in GiB, None for the default.
    """
    device = request.get("device")
    if device is None or device["kind"] != "cpu" or not sys.platform.startswith("linux"):
        return None
    if limit is None:
        machine = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
        return int(min(_MEMORY_LIMIT * 2**30, machine * _MEMORY_SHARE))
    return int(min(limit, _MOST_MEMORY) * 2**30)
