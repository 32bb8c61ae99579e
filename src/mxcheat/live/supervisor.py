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

from mxcheat.config.reader import read_settings
from mxcheat.live.interpreters import interpreter
from mxcheat.live.mending import explain_python
from mxcheat.live.process import (
    FrameworkMissingError,
    WorkerDiedError,
    WorkerFailedError,
    WorkerProcess,
)
from mxcheat.live.results import Failure
from mxcheat.live.run_place import RunPlace
from mxcheat.live.watch import GRACE, RunOutcome, Watch

if TYPE_CHECKING:
    from collections.abc import Callable

    from mxcheat.cheatsheet.sides import Side

IMPORT_DEADLINE = 120.0
# Modules that take a second or two to import, by the word that shows a snippet needs them. The
# worker imports them once, before it forks; torch's optimizers pull in the compiler.
_SLOW_MODULES: dict[Side, dict[str, str]] = {
    "pytorch": {
        "torchvision": "torchvision",
        "tensorboardX": "tensorboardX",
        "optim": "torch._dynamo",
    },
    "gluon": {"mxboard": "mxboard"},
}
# What a snippet on the CPU may allocate, in GiB, where the machine has that much to spare and
# the settings say nothing else; and what counts as no limit.
_MEMORY_LIMIT = 8.0
_MOST_MEMORY = 1e6
_MEMORY_SHARE = 0.75


class Worker:
    """Runs requests one after another. Its methods may be called from any thread."""

    def __init__(self, side: Side) -> None:
        self.side = side
        self._process: WorkerProcess | None = None
        self._busy = threading.Lock()  # one start or run at a time
        self._cancelled = threading.Event()
        self._run_id = 0

    @property
    def info(self) -> dict[str, Any]:
        """What the process said when it was ready; empty before (see WorkerProcess)."""
        process = self._process
        return process.info if process is not None else {}

    def start(self) -> dict[str, Any]:
        """Import the framework if that has not happened; return `info`.

        Raises WorkerFailedError when it cannot be imported, MxcheatError for a wrong setting.
        """
        with self._busy:
            return self._ready().info

    def run(
        self, request: dict[str, Any], timeout: float, on_start: Callable[[], None] | None = None
    ) -> RunOutcome:
        """Run one request in a child of its own, for at most `timeout` seconds.

        `on_start` is called when a child has taken the run and the clock starts; what it
        raises ends the run. Raises WorkerFailedError when there is no worker to run it.
        """
        preload = _slow_modules(self.side, request)
        message = {"op": "run", "preload": preload, "memory": _memory_limit(request)}
        try:
            return self._run(message, request, timeout, on_start)
        except WorkerDiedError:  # since the last run, and nothing has been run in it
            return self._run(message, request, timeout, on_start)

    def _run(
        self,
        message: dict[str, Any],
        request: dict[str, Any],
        timeout: float,
        on_start: Callable[[], None] | None,
    ) -> RunOutcome:
        self._busy.acquire()
        with contextlib.ExitStack() as leaving:
            leaving.callback(self._busy.release)
            if self._cancelled.is_set():
                return RunOutcome("cancelled")
            process = self._ready()
            self._run_id += 1
            watch = self._ask(process, {**message, "id": self._run_id}, leaving)
            outcome = watch.go(request, timeout, on_start)
            if outcome.reply is not None:
                # The answer need not wait until the kernel has taken the child apart.
                threading.Thread(target=leaving.pop_all().close).start()
            return outcome

    def _ask(
        self, process: WorkerProcess, message: dict[str, Any], leaving: contextlib.ExitStack
    ) -> Watch:
        """Ask for a run in a place of its own; `leaving` is what is to be done after it."""
        try:
            place = leaving.enter_context(RunPlace())
        except OSError as error:
            raise WorkerFailedError(_no_place(error)) from error
        place.give_to(process, message)
        watch = Watch(process, place, self._run_id, self._cancelled.is_set)
        leaving.callback(watch.finish)
        return watch

    def rearm(self) -> None:
        """Forget a cancel: something new is to be done."""
        self._cancelled.clear()

    def cancel(self) -> None:
        """End what is going on or waiting, an import included; each caller returns."""
        self._cancelled.set()
        process = self._process
        if process is not None and not process.info:  # still importing: nothing to keep
            process.kill()

    def begin_close(self) -> None:
        """Tell the process to end; `close` waits for it."""
        self._cancelled.set()
        process = self._process
        if process is not None:
            process.hang_up()

    def close(self) -> None:
        """End the process and everything it started."""
        self.begin_close()
        process = self._process
        if process is not None and not process.info:
            process.kill()
        with self._busy:
            self._discard(GRACE if self.info else 0)

    def _ready(self) -> WorkerProcess:
        """The process, with its framework imported; another one if the last is gone."""
        if self._process is not None and self._process.alive:
            return self._process
        self._discard()
        python = self._python()
        try:
            self._process = WorkerProcess(self.side, python)
        except OSError as error:
            raise WorkerFailedError(_no_place(error)) from error
        try:
            self._process.wait_until_ready(IMPORT_DEADLINE, self._cancelled.is_set)
        except WorkerFailedError:
            self._discard()
            raise
        return self._process

    def _python(self) -> str:
        """The interpreter for the next process, once it has said that it will do."""
        python = interpreter(self.side)
        explained = explain_python(self.side, python, self._cancelled.is_set)
        if self._cancelled.is_set():
            raise WorkerFailedError(Failure("cancelled", f"stopped while {python} was asked"))
        if explained:
            raise FrameworkMissingError(Failure("unavailable", explained[0], fix=explained[1]))
        return python

    def _discard(self, grace: float = 0) -> None:
        process, self._process = self._process, None
        if process is not None:
            process.end(grace)


def _no_place(error: OSError) -> Failure:
    message = f"nothing can be run here: {error.strerror or error}"
    return Failure(
        "unavailable", message, fix="free some space, or set TMPDIR to a folder with room"
    )


def _slow_modules(side: Side, request: dict[str, Any]) -> list[str]:
    """What the code of a request needs, or the packages of the names it asks about."""
    packages = [name.partition(".")[0] for name in request.get("names", ())]
    text = request.get("code") or " ".join(packages)
    return [module for word, module in _SLOW_MODULES[side].items() if word in text]


def _memory_limit(request: dict[str, Any]) -> int | None:
    """Bytes a run may allocate; none on a GPU, whose driver reserves address space freely.

    Raises MxcheatError for settings that are wrong.
    """
    device = request.get("device")
    if device is None or device["kind"] != "cpu" or not sys.platform.startswith("linux"):
        return None
    limit = read_settings()["memory_limit"]
    if limit is None:
        machine = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
        return int(min(_MEMORY_LIMIT * 2**30, machine * _MEMORY_SHARE))
    return int(min(limit, _MOST_MEMORY) * 2**30)
