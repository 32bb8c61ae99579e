"""Waiting on one run: its reply, its text, its end, the deadline and a cancel, all at once."""

from __future__ import annotations

import os
import selectors
import signal
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from mxcheat.live import wire

if TYPE_CHECKING:
    import socket

    from mxcheat.live.supervisor import Worker

# What a stopped or dying process may still take before it is given up, in seconds.
GRACE = 1.0
# Bytes of stdout and of stderr that are kept.
TEXT_LIMIT = 256 * 1024
_CHUNK = 64 * 1024


@dataclass
class RunOutcome:
    """What one run gave: the reply if one came, how the child ended, and its text.

    `ended` is "reply", "exit", "timeout" or "cancelled"; `exit_code` is negative for a
    signal, None when the child had to be killed.
    """

    ended: str
    reply: dict[str, Any] | None = None
    exit_code: int | None = None
    stdout: str = ""
    stderr: str = ""
    truncated: bool = False


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
    """Waits on one child: its reply, its text, its end, the deadline, a cancel."""

    def __init__(
        self, worker: Worker, run: socket.socket, pipes: tuple[int, int], deadline: float
    ) -> None:
        self.worker = worker
        self.run_socket = run
        self.deadline = deadline
        self.texts = {pipe: _Text() for pipe in pipes}
        self.frames = wire.FrameBuffer()
        self.reply: dict[str, Any] | None = None
        self.exit_code: int | None = None
        self.exited = False
        self.selector = selectors.DefaultSelector()
        for fd in (*pipes, run.fileno()):
            os.set_blocking(fd, False)
            self.selector.register(fd, selectors.EVENT_READ)

    def go(self, request: dict[str, Any]) -> RunOutcome:
        """Send the request and wait; whatever happens, the child is gone afterwards."""
        with self.selector:
            ended = self._watch(memoryview(wire.pack(request)))
            if not self.exited:
                self.worker.send_kill()
                self._finish(time.monotonic() + GRACE)
            self._drain()
        stdout, stderr = self.texts.values()
        return RunOutcome(
            ended,
            self.reply,
            self.exit_code,
            stdout.decode(),
            stderr.decode(),
            stdout.dropped or stderr.dropped,
        )

    def _watch(self, unsent: memoryview) -> str:
        """Until the child has replied and gone, or will not; say how it ended."""
        linger = None
        while True:
            now = time.monotonic()
            if self.exited:
                self._drain()
                return "reply" if self.reply else "exit"
            if self.reply:
                linger = linger or now + GRACE
                if now > linger:
                    return "reply"
            elif self.worker.cancelled:
                return "cancelled"
            elif now > self.deadline:
                return "timeout"
            elif self.worker.control is None:
                return "exit"
            unsent = self._send_some(unsent)
            self._step(0.02)

    def _send_some(self, unsent: memoryview) -> memoryview:
        if unsent:
            try:
                return unsent[self.run_socket.send(unsent) :]
            except BlockingIOError:
                return unsent
            except OSError:
                return memoryview(b"")
        return unsent

    def _step(self, wait: float) -> None:
        control = self.worker.control
        if control is not None:
            self.selector.register(control, selectors.EVENT_READ)
        try:
            ready = {key.fd for key, _ in self.selector.select(wait)}
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
        for event in self.worker.read_events(0):
            if event.get("event") == "exited" and event.get("id") == self.worker.run_id:
                self.exited, self.exit_code = True, event.get("code")

    def _read_reply(self) -> None:
        try:
            data = self.run_socket.recv(1 << 20)
            messages = self.frames.feed(data)
        except BlockingIOError:
            return
        except (OSError, wire.WireError) as error:
            data, messages = b"", []
            self.reply = self.reply or {"status": "garbled", "message": str(error)}
        if messages and self.reply is None:
            self.reply = messages[0]
        if not data:
            self._forget(self.run_socket.fileno())

    def _read_text(self, fd: int) -> None:
        try:
            data = os.read(fd, _CHUNK)
        except BlockingIOError:
            return
        if data:
            self.texts[fd].add(data)
        else:
            self._forget(fd)

    def _forget(self, fd: int) -> None:
        self.selector.unregister(fd)

    def _finish(self, deadline: float) -> None:
        """Wait for the killed child to be reported; a worker that cannot is killed too."""
        while not self.exited and self.worker.control is not None:
            if time.monotonic() > deadline:
                self.worker.kill_process()
                return
            self._step(0.02)

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


def describe_exit(code: int) -> str:
    """A return code in words: the signal's name, or the number."""
    if code < 0:
        try:
            return signal.Signals(-code).name
        except ValueError:
            return f"signal {-code}"
    return f"exit code {code}"
