"""A terminal for tests: the command in a pseudo-terminal, its screen kept by an emulator."""

from __future__ import annotations

import os
import sys
import time
from typing import TYPE_CHECKING

import pexpect
import pyte

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path
    from types import TracebackType


class Terminal:
    """`mxcheat` in a terminal of `columns` by `lines`; used as a context manager.

    `program` is run instead where one is given, in `cwd`, with `env` added to the environment.
    """

    def __init__(
        self,
        *arguments: str,
        columns: int = 80,
        lines: int = 24,
        python: str = "",
        program: str = "",
        env: Mapping[str, str] | None = None,
        cwd: Path | None = None,
    ) -> None:
        ours = [python or sys.executable, "-m", "mxcheat"]
        command = [*([program] if program else ours), *arguments]
        self.program = program
        self.screen = pyte.Screen(columns, lines)
        self.stream = pyte.ByteStream(self.screen)
        self.raw = b""
        self.process: pexpect.spawn[bytes] = pexpect.spawn(
            command[0],
            command[1:],
            dimensions=(lines, columns),
            env={**_environment(), **(env or {})},
            cwd=cwd,
            timeout=30,
        )

    def __enter__(self) -> Terminal:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.process.close(force=True)

    @property
    def text(self) -> str:
        """What the screen shows now."""
        return "\n".join(line.rstrip() for line in self.screen.display)

    def type(self, keys: str) -> None:
        """Press keys."""
        self.process.send(keys)

    def wait_for(self, *words: str, seconds: float = 30) -> str:
        """Read until all `words` stand on the screen; return the screen."""
        deadline = time.monotonic() + seconds
        while not all(word in self.text for word in words):
            assert time.monotonic() < deadline, f"{words} not on screen:\n{self.text}"
            self.read(0.1)
        return self.text

    def wait_until_gone(self, word: str, seconds: float = 30) -> None:
        """Read until `word` stands on the screen no more."""
        deadline = time.monotonic() + seconds
        while word in self.text:
            assert time.monotonic() < deadline, f"{word} still on screen:\n{self.text}"
            self.read(0.1)

    def wait_for_end(self, seconds: float = 10) -> int:
        """Read until the process is gone; return its exit code."""
        deadline = time.monotonic() + seconds
        while self.process.isalive():
            assert time.monotonic() < deadline, f"still alive:\n{self.text}"
            self.read(0.1)
        self.read(0)
        assert self.process.exitstatus is not None
        return int(self.process.exitstatus)

    def read(self, wait: float) -> None:
        """Take in what the program writes within `wait` seconds."""
        try:
            data = self.process.read_nonblocking(65536, wait)
        except (pexpect.TIMEOUT, pexpect.EOF):
            time.sleep(0.01)
            return
        self.raw += data
        self.stream.feed(data)


def _environment() -> dict[str, str]:
    return {**os.environ, "TERM": "xterm-256color", "COLORTERM": "truecolor", "LANG": "C.UTF-8"}
