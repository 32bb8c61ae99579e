"""One framework's worker process, from the side that starts it: start, run, cancel, close.

A Worker is in one of four states: cold (no process), starting (the framework is being
imported), ready, closed. A run that ends badly costs only the child that was forked for it;
if the worker itself dies, the next run starts another.
"""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from mxcheat.errors import MxcheatError
from mxcheat.live import wire
from mxcheat.live.interpreters import FRAMEWORKS, explain_import, interpreter
from mxcheat.live.results import Failure
from mxcheat.live.watch import GRACE, RunOutcome, Watch, describe_exit

if TYPE_CHECKING:
    from collections.abc import Callable

    from mxcheat.cheatsheet.row import Side

IMPORT_DEADLINE = 120.0
_CHUNK = 64 * 1024
# MXNet announces its subgraph backend on stderr otherwise.
_ENVIRONMENT = {"MXNET_SUBGRAPH_VERBOSE": "0"}
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
# What a snippet on the CPU may allocate, in GiB; MXCHEAT_MEMORY_LIMIT sets another.
_MEMORY_LIMIT = 8.0
_WORKER = Path(__file__).with_name("worker.py")


class WorkerFailedError(Exception):
    """The worker could not be started, or died; `failure` says why."""

    def __init__(self, failure: Failure) -> None:
        super().__init__(str(failure))
        self.failure = failure


class Worker:
    """The process that holds one framework. Its methods may be called from any thread."""

    def __init__(self, side: Side) -> None:
        self.side = side
        self.info: dict[str, Any] = {}
        self._process: subprocess.Popen[bytes] | None = None
        self._control: socket.socket | None = None
        self._log: IO[bytes] | None = None
        self._events = wire.FrameBuffer()
        self._busy = threading.Lock()  # one start or run at a time
        self._cancelled = threading.Event()
        self._run_id = 0

    def start(self) -> dict[str, Any]:
        """Import the framework if that has not happened; return versions.

        Raises WorkerFailedError when it cannot be imported, MxcheatError for a wrong setting.
        """
        with self._busy:
            return self._start()

    def run(
        self, request: dict[str, Any], timeout: float, on_start: Callable[[], None] | None = None
    ) -> RunOutcome:
        """Run one request in a child of its own, for at most `timeout` seconds.

        `on_start` is called when the framework is there and the clock starts.
        Raises WorkerFailedError when there is no worker to run it.
        """
        preload = _slow_modules(self.side, str(request.get("code", "")))
        options = {"preload": preload, "memory": _memory_limit(request)}
        with self._busy:
            if self.cancelled:
                return RunOutcome("cancelled")
            self._start()
            if on_start:
                on_start()
            return self._run(request, options, timeout)

    def rearm(self) -> None:
        """Forget a cancel: what is asked from now on is to be done."""
        self._cancelled.clear()

    def cancel(self) -> None:
        """End what is going on or waiting, an import included; each caller returns."""
        self._cancelled.set()
        if not self.info:  # still importing: nothing to keep
            self.kill_process()

    def begin_close(self) -> None:
        """Tell the process to end; `close` waits for it."""
        self._cancelled.set()
        self._close_control()

    def close(self) -> None:
        """End the process and everything it started."""
        self.begin_close()
        process = self._process
        if process is not None:
            try:
                process.wait(GRACE if self.info else 0)
            except subprocess.TimeoutExpired:
                self.kill_process()
        with self._busy:
            self._discard()

    def _start(self) -> dict[str, Any]:
        if self._process is not None and self._process.poll() is None and self.info:
            return self.info
        self._discard()
        python = interpreter(self.side)
        ours, theirs = socket.socketpair()
        self._log = tempfile.TemporaryFile()  # noqa: SIM115 - closed by _discard
        command = [python, str(_WORKER), FRAMEWORKS[self.side], str(theirs.fileno())]
        environment = {**os.environ, **_ENVIRONMENT}
        with theirs:
            self._process = subprocess.Popen(
                command,
                stdin=subprocess.DEVNULL,
                stdout=self._log,
                stderr=self._log,
                pass_fds=[theirs.fileno()],
                env=environment,
                start_new_session=True,
            )
        self._control = ours
        self._events = wire.FrameBuffer()
        event = self._wait_for(("ready", "failed"), time.monotonic() + IMPORT_DEADLINE)
        if event is None or event["event"] == "failed":
            failure = self._start_failure(event)
            self._discard()
            raise WorkerFailedError(failure)
        self.info = {**event, "python_path": python}
        return self.info

    def _start_failure(self, event: dict[str, Any] | None) -> Failure:
        framework = FRAMEWORKS[self.side]
        if event is not None:
            problem, fix = explain_import(self.side, event["type"], event["message"])
            return Failure("unavailable", problem, fix=fix)
        if self._cancelled.is_set():
            return Failure("cancelled", f"stopped while {framework} was being imported")
        assert self._process is not None
        code = self._process.poll()
        how = "took too long" if code is None else f"ended with {describe_exit(code)}"
        message = f"importing {framework} {how}{self._log_tail()}"
        return Failure("unavailable", message, fix=explain_import(self.side, "", "")[1])

    def _log_tail(self) -> str:
        assert self._log is not None
        self._log.seek(0)
        lines = self._log.read()[-4000:].decode("utf-8", "replace").strip().splitlines()
        return f": {lines[-1]}" if lines else ""

    def _run(self, request: dict[str, Any], options: dict[str, Any], timeout: float) -> RunOutcome:
        self._run_id += 1
        directory = tempfile.mkdtemp(prefix="mxcheat-run-")
        ours, theirs = socket.socketpair()
        out_read, out_write = os.pipe()
        err_read, err_write = os.pipe()
        try:
            message = {"op": "fork", "id": self._run_id, "cwd": directory, **options}
            assert self._control is not None
            try:
                wire.send(self._control, message, (theirs.fileno(), out_write, err_write))
            except OSError as error:
                raise self._died() from error
            finally:
                theirs.close()
                os.close(out_write)
                os.close(err_write)
            deadline = time.monotonic() + timeout
            return Watch(self, ours, (out_read, err_read), deadline).go(request)
        finally:
            ours.close()
            os.close(out_read)
            os.close(err_read)
            shutil.rmtree(directory, ignore_errors=True)

    def _died(self) -> WorkerFailedError:
        framework = FRAMEWORKS[self.side]
        code = self._process.poll() if self._process else None
        how = f" with {describe_exit(code)}" if code is not None else ""
        self._discard()
        return WorkerFailedError(Failure("crashed", f"the {framework} process ended{how}"))

    def _wait_for(self, kinds: tuple[str, ...], deadline: float) -> dict[str, Any] | None:
        """Next control event of one of `kinds`; None at the end, the deadline or on cancel."""
        while not self._cancelled.is_set() or self.info:
            for event in self.read_events(min(deadline - time.monotonic(), 0.1)):
                if event.get("event") in kinds:
                    return event
            if self._control is None or time.monotonic() > deadline:
                return None
        return None

    def read_events(self, wait: float) -> list[dict[str, Any]]:
        """Control events that arrive within `wait` seconds; drops the socket at its end."""
        control = self._control
        if control is None:
            return []
        try:
            control.settimeout(max(wait, 0.001))
            data = control.recv(_CHUNK)
        except TimeoutError:
            return []
        except OSError:
            data = b""
        finally:
            if control.fileno() >= 0:
                control.settimeout(None)
        if not data:
            self._close_control()
            return []
        try:
            return self._events.feed(data)
        except wire.WireError:  # whoever speaks there is no worker of ours any more
            self._close_control()
            return []

    def send_kill(self) -> None:
        """Ask the worker to kill the current run."""
        if self._control is not None:
            try:
                wire.send(self._control, {"op": "kill", "id": self._run_id})
            except OSError:
                self._close_control()

    @property
    def control(self) -> socket.socket | None:
        """The socket the worker reports on; None when the worker is gone."""
        return self._control

    @property
    def run_id(self) -> int:
        """Number of the current run."""
        return self._run_id

    @property
    def cancelled(self) -> bool:
        """Whether the current run is to end."""
        return self._cancelled.is_set()

    def kill_process(self) -> None:
        """Kill the worker and its process group."""
        process = self._process
        if process is not None and process.poll() is None:
            try:
                os.killpg(process.pid, signal.SIGKILL)
            except ProcessLookupError:
                process.kill()
            process.wait()

    def _close_control(self) -> None:
        control, self._control = self._control, None
        if control is not None:
            control.close()

    def _discard(self) -> None:
        """Forget the process, ending it if it lives."""
        self._close_control()
        self.kill_process()
        if self._process is not None:
            self._process.wait()
        if self._log is not None:
            self._log.close()
        self._process, self._log, self.info = None, None, {}


def _slow_modules(side: Side, code: str) -> list[str]:
    return [module for word, module in _SLOW_MODULES[side].items() if word in code]


def _memory_limit(request: dict[str, Any]) -> int | None:
    """Bytes a run may allocate; none on a GPU, whose driver reserves address space freely.

    Raises MxcheatError for a setting that is no number of GiB above zero.
    """
    device = request.get("device")
    if device is None or device["kind"] != "cpu" or not sys.platform.startswith("linux"):
        return None
    text = os.environ.get("MXCHEAT_MEMORY_LIMIT", "")
    try:
        limit = float(text) if text else _MEMORY_LIMIT
    except ValueError:
        limit = 0.0
    if not 0 < limit < 1e6:
        message = f"MXCHEAT_MEMORY_LIMIT is {text!r}"
        raise MxcheatError(message, hint="give a number of GiB above 0, for example 16")
    return int(limit * 2**30)
