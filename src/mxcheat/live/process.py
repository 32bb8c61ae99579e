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

from mxcheat.cheatsheet.sides import FRAMEWORKS
from mxcheat.live import wire
from mxcheat.live.interpreters import interpreter
from mxcheat.live.mending import explain_import
from mxcheat.live.results import Failure
from mxcheat.live.strays import STAMP, kill_stamped

if TYPE_CHECKING:
    from collections.abc import Callable

    from mxcheat.cheatsheet.sides import Side

_CHUNK = 64 * 1024
_ENVIRONMENT = {
    "MXNET_SUBGRAPH_VERBOSE": "0",  # else MXNet announces its subgraph backend on stderr
    "NUMPY_EXPERIMENTAL_ARRAY_FUNCTION": "1",  # NumPy 1.16 lets MXNet's arrays in only with it
}
_WORKER = Path(__file__).with_name("worker.py")


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

    def __init__(self, side: Side, python: str | None = None) -> None:
        """Start it, under `python` if that is given.

        Raises OSError, and MxcheatError for a wrong setting.
        """
        self.side = side
        self.info: dict[str, Any] = {}
        self.gone = False
        self._python = python or interpreter(side)
        self._stamp = secrets.token_hex(8)
        self._frames = wire.FrameBuffer()
        self._log: IO[bytes] = tempfile.TemporaryFile()  # noqa: SIM115 - closed by `end`
        self.control, theirs = socket.socketpair()
        with theirs:
            self._process = subprocess.Popen(
                [self._python, str(_WORKER), FRAMEWORKS[side], str(theirs.fileno())],
                stdin=subprocess.DEVNULL,
                stdout=self._log,
                stderr=self._log,
                pass_fds=[theirs.fileno()],
                env={**os.environ, **_ENVIRONMENT, STAMP: self._stamp},
                start_new_session=True,
            )

    def wait_until_ready(self, seconds: float, cancelled: Callable[[], bool]) -> None:
        """Until the framework is imported. Raises WorkerFailedError if it will not be."""
        deadline = time.monotonic() + seconds
        while not self.info:
            for event in self.events(0.1):
                self._take(event)
            if cancelled():
                message = f"stopped while {FRAMEWORKS[self.side]} was being imported"
                raise WorkerFailedError(Failure("cancelled", message))
            if not self.info and (self.gone or time.monotonic() > deadline):
                raise FrameworkMissingError(self._why_not_ready(seconds))

    def _take(self, event: dict[str, Any]) -> None:
        if event.get("event") == "failed":
            kind, message = str(event.get("type")), str(event.get("message"))
            problem, fix = explain_import(self.side, kind, message)
            raise FrameworkMissingError(Failure("unavailable", problem, fix=fix))
        if event.get("event") == "ready":
            if event.get("protocol") != wire.PROTOCOL:  # an update replaced worker.py meanwhile
                message = "its worker is of another version of mxcheat"
                raise WorkerFailedError(Failure("unavailable", message, fix="start mxcheat again"))
            self.info = {**event, "python_path": self._python}

    def _why_not_ready(self, seconds: float) -> Failure:
        framework = FRAMEWORKS[self.side]
        try:
            how = f"ended with {describe_exit(self._process.wait(0.2 if self.gone else 0))}"
        except subprocess.TimeoutExpired:
            late = f"did not end within {seconds:g} s"
            how = "ended with nothing that mxcheat understands" if self.gone else late
        message = f"importing {framework} {how}{self._last_words()}"
        return Failure("unavailable", message, fix=explain_import(self.side, "", "")[1])

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
        kill_stamped(self._stamp)
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


def describe_exit(code: int) -> str:
    """A return code in words: the signal's name, or the number."""
    if code < 0:
        try:
            return signal.Signals(-code).name
        except ValueError:
            return f"signal {-code}"
    return f"exit code {code}"
