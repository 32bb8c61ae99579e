"""A pseudo-terminal that notes when bytes come; what they drew is worked out afterwards."""

from __future__ import annotations

import fcntl
import os
import pty
import select
import signal
import struct
import subprocess
import termios
import time
from typing import TYPE_CHECKING

import pyte

from benchmarks.figures import CannotMeasureError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from types import TracebackType

COLUMNS, LINES = 120, 36
QUIT = b"\x11"


class Terminal:
    """A command on a terminal. Times are seconds of the monotonic clock."""

    def __init__(self, command: list[str], environment: dict[str, str]) -> None:
        self.master, slave = pty.openpty()
        fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", LINES, COLUMNS, 0, 0))
        self.chunks: list[tuple[float, bytes]] = []
        self.began = time.monotonic()
        self.process = subprocess.Popen(
            command,
            env=environment,
            stdin=slave,
            stdout=slave,
            stderr=slave,
            start_new_session=True,
        )
        os.close(slave)

    def __enter__(self) -> Terminal:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self.process.poll() is None:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()
        os.close(self.master)

    @property
    def output(self) -> bytes:
        """Everything that came."""
        return b"".join(data for _, data in self.chunks)

    def press(self, keys: bytes) -> float:
        """Type keys; return when."""
        now = time.monotonic()
        os.write(self.master, keys)
        return now

    def read(self, seconds: float) -> bool:
        """Note what comes within so many seconds at most; whether anything did."""
        if not select.select([self.master], [], [], max(0.0, seconds))[0]:
            return False
        try:
            data = os.read(self.master, 1 << 16)
        except OSError:  # Linux says so when the other end is closed
            return False
        self.chunks.append((time.monotonic(), data))
        return bool(data)

    def read_for(self, seconds: float) -> None:
        """Note what comes for so long."""
        end = time.monotonic() + seconds
        while (left := end - time.monotonic()) > 0:
            self.read(left)

    def settle(self, quiet: float, at_most: float) -> None:
        """Read until nothing has come for `quiet` seconds."""
        end = time.monotonic() + at_most
        while self.read(quiet) and time.monotonic() < end:
            pass

    def wait_for(self, found: Callable[[bytes], object], what: str, seconds: float = 60) -> None:
        """Read until what has come from here on satisfies `found`."""
        start, end = len(self.chunks), time.monotonic() + seconds
        while not found(b"".join(data for _, data in self.chunks[start:])):
            if time.monotonic() > end or (self.process.poll() is not None and not self.read(0)):
                raise CannotMeasureError(f"no {what} on the terminal:\n{self.last_screen()}")
            self.read(0.1)

    def read_to_end(self) -> float:
        """Read until the command has ended; return the seconds since its start."""
        while self.read(60):
            pass
        self.process.wait(60)
        return time.monotonic() - self.began

    def quit(self) -> None:
        """Leave the app as a user does, and wait until it is gone."""
        self.press(QUIT)
        end = time.monotonic() + 20
        while self.process.poll() is None and time.monotonic() < end:
            self.read(0.05)

    def screens(self, since: float = 0.0) -> Iterator[tuple[float, list[str]]]:
        """Each moment at which bytes came after `since`, and the screen's lines then."""
        screen = pyte.Screen(COLUMNS, LINES)
        stream = pyte.ByteStream(screen)
        for moment, data in self.chunks:
            stream.feed(data)
            if moment > since:
                yield moment, list(screen.display)

    def last_screen(self) -> str:
        """What the screen shows now."""
        *_, (_, lines) = self.screens() if self.chunks else [(0.0, [""])]
        return "\n".join(text.rstrip() for text in lines if text.strip())
