"""A worker's process as mxcheat holds it: started, listened to, spoken to, ended."""

from __future__ import annotations

import contextlib
import os
import secrets
import signal
import socket
import subprocess
import tempfile
import time
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from mxcheat.live.pythons.ask import environment_of
from mxcheat.live.pythons.diagnose import explain_import
from mxcheat.live.results import Failure, describe_exit
from mxcheat.live.worker import wire

if TYPE_CHECKING:
    from collections.abc import Callable

    from mxcheat.live.pythons.choose import Chosen

_CHUNK = 64 * 1024
_ENVIRONMENT = {
    "MXNET_SUBGRAPH_VERBOSE": "0",  # else MXNet announces its subgraph backend on stderr
    "NUMPY_EXPERIMENTAL_ARRAY_FUNCTION": "1",  # NumPy 1.16 lets MXNet's arrays in only with it
}
_WORKER = Path(__file__).parents[1] / "worker" / "serve.py"
# A worker's environment carries this name with a value of its own; whatever is forked below it
# inherits both, wherever it moves to.
_STAMP = "MXCHEAT_WORKER"


class WorkerFailedError(Exception):
    """There is no worker to run anything; `failure` says why."""

    def __init__(self, failure: Failure) -> None:
        super().__init__(str(failure))
        self.failure = failure


class FrameworkMissingError(WorkerFailedError):
    """The framework is not there, or cannot be imported."""


class WorkerDiedError(WorkerFailedError):
    """The process was gone before a child took the run: another process may have more luck."""


class WorkerProcess:
    """One process, from its start to its end. It is not started a second time.

    `info` is what it said when its framework was there ("version", "numpy", "python",
    "seconds"), and "python_path"; empty before. `gone` is set when it will say no more.
    """

    def __init__(self, chosen: Chosen) -> None:
        """Start it under the Python that was chosen. Raises OSError."""
        self.chosen = chosen
        self.info: dict[str, Any] = {}
        self.gone = False
        self._stamp = secrets.token_hex(8)
        self._frames = wire.FrameBuffer()
        self._log: IO[bytes] = tempfile.TemporaryFile()  # noqa: SIM115 - closed by `end`
        self.control, theirs = socket.socketpair()
        with theirs:
            self._process = subprocess.Popen(
                [chosen.python, str(_WORKER), chosen.framework, str(theirs.fileno())],
                stdin=subprocess.DEVNULL,
                stdout=self._log,
                stderr=self._log,
                pass_fds=[theirs.fileno()],
                env={**environment_of(chosen.python), **_ENVIRONMENT, _STAMP: self._stamp},
                start_new_session=True,
            )

    def wait_until_ready(self, seconds: float, cancelled: Callable[[], bool]) -> None:
        """Until the framework is imported. Raises WorkerFailedError if it will not be."""
        deadline = time.monotonic() + seconds
        while not self.info:
            for event in self.events(0.1):
                self._take(event)
            if cancelled():
                message = f"stopped while {self.chosen.framework} was being imported"
                raise WorkerFailedError(Failure("cancelled", message))
            if not self.info and (self.gone or time.monotonic() > deadline):
                raise FrameworkMissingError(self._why_not_ready(seconds))

    def _take(self, event: dict[str, Any]) -> None:
        if event.get("event") == "failed":
            kind, message = str(event.get("type")), str(event.get("message"))
            problem, fix = explain_import(self.chosen, kind, message)
            raise FrameworkMissingError(Failure("unavailable", problem, fix=fix))
        if event.get("event") == "ready":
            if event.get("protocol") != wire.PROTOCOL:  # an update replaced serve.py meanwhile
                message = "its worker is of another version of mxcheat"
                raise WorkerFailedError(Failure("unavailable", message, fix="start mxcheat again"))
            self.info = {**event, "python_path": self.chosen.python}

    def _why_not_ready(self, seconds: float) -> Failure:
        try:
            how = f"ended with {describe_exit(self._process.wait(0.2 if self.gone else 0))}"
        except subprocess.TimeoutExpired:
            late = f"did not end within {seconds:g} s"
            how = "ended with nothing that mxcheat understands" if self.gone else late
        message = f"importing {self.chosen.framework} {how}{self._last_words()}"
        return Failure("unavailable", message, fix=explain_import(self.chosen, "", "")[1])

    def _last_words(self) -> str:
        self._log.seek(0)
        lines = self._log.read()[-4000:].decode("utf-8", "replace").strip().splitlines()
        return f": {lines[-1]}" if lines else ""

    @property
    def alive(self) -> bool:
        """Whether it can be asked for something."""
        return not self.gone and self._process.poll() is None

    def send(self, message: dict[str, Any], fds: tuple[int, ...] = ()) -> None:
        """Send a message; if it cannot be sent, the process is `gone`."""
        try:
            wire.send(self.control, message, fds)
        except OSError:
            self.gone = True

    def events(self, wait: float) -> list[dict[str, Any]]:
        """What it reports within `wait` seconds; whoever sends garbage is `gone` too."""
        if self.gone:
            return []
        try:
            self.control.settimeout(max(wait, 0.001))
            data = self.control.recv(_CHUNK)
            self.gone = not data
            return self._frames.feed(data)
        except TimeoutError:
            return []
        except (OSError, wire.WireError):
            self.gone = True
            return []
        finally:
            if self.control.fileno() >= 0:
                self.control.settimeout(None)

    def how_it_ended(self) -> str:
        """Its exit code in words, once it is gone."""
        self.kill()
        return describe_exit(self._process.wait())

    def hang_up(self) -> None:
        """Make it come to its end by itself. May be called from any thread."""
        with contextlib.suppress(OSError):
            self.control.shutdown(socket.SHUT_RDWR)

    def kill(self) -> None:
        """Kill it and all that came of it. May be called from any thread."""
        self._process.kill()
        self._process.wait()
        _kill_orphans(self._stamp)
        self.gone = True

    def end(self, grace: float = 0) -> None:
        """Give it `grace` seconds to clean up, kill it, and let go of everything held."""
        self.hang_up()
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._process.wait(grace)
        if self._process.poll() != 0:
            self.kill()
        self.gone = True
        self.control.close()
        self._log.close()


def _kill_orphans(value: str) -> None:
    """Kill every process that outlived the worker of a stamp; only Linux can say which those are.

    Two rounds: what forks while the first goes through is found by the second.
    """
    mark = f"{_STAMP}={value}".encode()
    for _ in range(2):
        for name in os.listdir("/proc") if os.path.isdir("/proc/self") else ():
            if name.isdigit() and mark in _environment_of(name):
                with contextlib.suppress(OSError):
                    os.kill(int(name), signal.SIGKILL)


def _environment_of(process: str) -> bytes:
    try:
        with open(f"/proc/{process}/environ", "rb") as environment:
            return environment.read()
    except OSError:  # it has ended, or is somebody else's
        return b""
