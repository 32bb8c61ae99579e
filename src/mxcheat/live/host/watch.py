"""Waiting on one run: its reply, its text, its end, the deadline and a cancel, all at once."""

from __future__ import annotations

import os
import secrets
import selectors
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from mxcheat.live.host.process import WorkerDiedError, WorkerFailedError
from mxcheat.live.results import Failure
from mxcheat.live.worker import wire

if TYPE_CHECKING:
    from collections.abc import Callable

    from mxcheat.live.host.process import WorkerProcess
    from mxcheat.live.host.run_place import RunPlace

# What a stopped or dying process may still take before it is given up, in seconds.
GRACE = 0.8
# Until a child has taken the run: the import of a slow module, or of the whole framework.
START_DEADLINE = 120.0
# Bytes of stdout and of stderr that are kept.
TEXT_LIMIT = 256 * 1024
_CHUNK = 64 * 1024
# A cancel is looked for this often, in seconds.
_TICK = 0.02


@dataclass
class RunOutcome:
    """What one run gave: the reply if one came, how the child ended, and its text.

    `ended` is "reply", "garbled", "exit", "timeout", "cancelled", or "lost" when the worker
    itself died (then `failure` says how); `exit_code` is negative for a signal, None when the
    child had to be killed; `alone` is false if other runs were in that child before; `seconds` is
    wall-clock time from when the child was asked.
    """

    ended: str
    reply: dict[str, Any] | None = None
    exit_code: int | None = None
    stdout: str = ""
    stderr: str = ""
    truncated: bool = False
    failure: Failure | None = None
    alone: bool = True
    seconds: float = 0.0


@dataclass
class _Text:
    """Output of a child, kept up to TEXT_LIMIT bytes; the rest is read and dropped."""

    kept: bytearray = field(default_factory=bytearray)
    dropped: bool = False

    def add(self, data: bytes) -> None:
        room = TEXT_LIMIT - len(self.kept)
        self.kept += data[:room]
        self.dropped = self.dropped or len(data) > room

    def decode(self) -> str:
        return self.kept.decode("utf-8", "replace")


class Watch:
    """Waits on one child: `go` until it has answered, perhaps again, `finish` until it is gone."""

    def __init__(
        self, process: WorkerProcess, place: RunPlace, run_id: int, cancelled: Callable[[], bool]
    ) -> None:
        self.process = process
        self.run_id = run_id
        self.cancelled = cancelled
        self.run_socket = place.socket
        self.token = secrets.token_hex(8)
        self.texts = {place.stdout: _Text(), place.stderr: _Text()}
        self.frames = wire.FrameBuffer()
        self.reply: dict[str, Any] | None = None
        self.started = self.exited = self.garbled = self.takes_more = False
        self.exit_code: int | None = None
        self.selector = selectors.DefaultSelector()
        for fd in (*self.texts, self.run_socket.fileno()):
            os.set_blocking(fd, False)
            self.selector.register(fd, selectors.EVENT_READ)

    def go(
        self,
        request: dict[str, Any],
        timeout: float,
        on_start: Callable[[], None] | None = None,
        *,
        more: bool = False,
    ) -> RunOutcome:
        """Send the request and wait, `timeout` seconds from when a child has taken the run.

        With `more` the child waits for another, if `takes_more` afterwards. A child that has
        replied is left to go by itself: `finish` waits for that, and must follow. Raises
        WorkerFailedError when no child could take the run.
        """
        first = not self.started
        ended = self._start() if first else ""
        self.takes_more, self.reply = False, None
        self.texts = {fd: _Text() for fd in self.texts}
        asked = time.monotonic()
        if not ended:
            if on_start:
                on_start()
            frame = wire.pack({**request, "token": self.token, "more": more})
            ended = self._watch(memoryview(frame), time.monotonic() + timeout)
        seconds = time.monotonic() - asked
        if ended not in ("reply", "garbled"):
            self._kill()
        self._drain()
        clean = self.reply is not None and not self.reply.get("left")
        self.takes_more = ended == "reply" and more and clean
        stdout, stderr = self.texts.values()
        return RunOutcome(
            ended,
            self.reply,
            self.exit_code,
            stdout.decode(),
            stderr.decode(),
            stdout.dropped or stderr.dropped,
            self._loss("while the snippet ran") if ended == "lost" else None,
            first,
            seconds,
        )

    def _loss(self, when: str) -> Failure:
        framework = self.process.chosen.framework
        how = f"the {framework} process ended with {self.process.how_it_ended()}"
        return Failure("crashed", f"{how} {when}")

    def finish(self) -> None:
        """See to it that the child is gone: it is given a moment, then killed."""
        linger = time.monotonic() + (0 if self.reply is None else GRACE)
        while not self.exited and not self.process.gone and time.monotonic() < linger:
            self._step()
        self._kill()
        self.selector.close()

    def _start(self) -> str:
        """Until a child has taken the run; says how it ended if that is not to be."""
        deadline = time.monotonic() + START_DEADLINE
        while not self.started:
            if self.cancelled():
                return "cancelled"
            if self.exited:
                return "exit"
            if self.process.gone:
                raise WorkerDiedError(self._loss("before it could run anything"))
            if time.monotonic() > deadline:
                raise WorkerFailedError(Failure("crashed", "no child was ready to run it in time"))
            self._step()
        return ""

    def _watch(self, unsent: memoryview, deadline: float) -> str:
        """Until the child has replied, or will not; say how it ended."""
        while True:
            if self.exited or self.process.gone:
                self._drain()
            if self.garbled:
                return "garbled"
            if self.reply is not None:
                return "reply"
            if self.exited or self.process.gone:
                lost = "exit" if self.exited else "lost"
                return "garbled" if self.frames.incomplete else lost
            if self.cancelled():
                return "cancelled"
            if time.monotonic() > deadline:
                return "timeout"
            unsent = self._send_some(unsent)
            self._step()

    def _send_some(self, unsent: memoryview) -> memoryview:
        if unsent:
            try:
                return unsent[self.run_socket.send(unsent) :]
            except BlockingIOError:
                return unsent
            except OSError:
                return memoryview(b"")
        return unsent

    def _step(self) -> None:
        """Wait a moment for whatever comes, and take it in."""
        control = None if self.process.gone else self.process.control
        if control is not None:
            self.selector.register(control, selectors.EVENT_READ)
        try:
            ready = {key.fd for key, _ in self.selector.select(_TICK)}
        finally:
            if control is not None:
                self.selector.unregister(control)
        for fd in ready:
            if control is not None and fd == control.fileno():
                self._read_control()
            elif fd == self.run_socket.fileno():
                self._read_reply()
            else:
                self._read_text(fd)

    def _read_control(self) -> None:
        for event in self.process.events(0):
            if event.get("id") != self.run_id:
                continue  # of a run that was given up before
            if event.get("event") == "started":
                self.started = True
            elif event.get("event") == "exited":
                self.exited, self.exit_code = True, event.get("code")

    def _read_reply(self) -> None:
        try:
            data = self.run_socket.recv(1 << 20)
            messages = self.frames.feed(data)
        except BlockingIOError:
            return
        except (OSError, wire.WireError):
            data, messages = b"", []
            self.garbled = self.reply is None
        for message in messages:
            if self.reply is None and not self.garbled:
                self._take(message)
        if not data:
            self.selector.unregister(self.run_socket)

    def _take(self, message: dict[str, Any]) -> None:
        """The reply, if it is from our own code in the child: only that was told the token."""
        self.garbled = message.pop("token", None) != self.token
        self.reply = None if self.garbled else message

    def _read_text(self, fd: int) -> None:
        try:
            data = os.read(fd, _CHUNK)
        except BlockingIOError:
            return
        if data:
            self.texts[fd].add(data)
        else:
            self.selector.unregister(fd)

    def _kill(self) -> None:
        """Have the child killed and wait for that; a worker that cannot is killed too."""
        if self.exited:
            return
        self.process.send({"op": "kill", "id": self.run_id})
        deadline = time.monotonic() + GRACE
        while not self.exited and not self.process.gone:
            if time.monotonic() > deadline:
                break
            self._step()
        if not self.exited:
            self.process.kill()

    def _drain(self) -> None:
        """Read what is left in the pipes without waiting for whoever still holds them."""
        for fd in self.texts:
            for _ in range(2 * TEXT_LIMIT // _CHUNK):
                if fd not in self.selector.get_map():
                    break
                before = len(self.texts[fd].kept)
                self._read_text(fd)
                if len(self.texts[fd].kept) == before:
                    break
        if self.run_socket.fileno() in self.selector.get_map():
            self._read_reply()
