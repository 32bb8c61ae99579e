"""What one run is given of this machine: a folder, a socket, two pipes; all taken back."""

from __future__ import annotations

import contextlib
import os
import shutil
import socket
import subprocess
import tempfile
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from mxcheat.live.host.process import WorkerProcess


class RunPlace:
    """The folder a run works in, and our ends of its socket, stdout and stderr.

    Used as a context manager. Raises OSError where there is no room or no descriptor left.
    """

    def __init__(self) -> None:
        with contextlib.ExitStack() as stack:
            self.folder = tempfile.mkdtemp(prefix="mxcheat-run-")
            stack.callback(_remove, self.folder)
            self.socket, theirs = socket.socketpair()
            stack.enter_context(self.socket)
            stack.enter_context(theirs)
            self.stdout, their_stdout = _pipe(stack)
            self.stderr, their_stderr = _pipe(stack)
            self._theirs = (theirs, their_stdout, their_stderr)
            self._release = stack.pop_all()

    def __enter__(self) -> RunPlace:
        return self

    def __exit__(self, *_: object) -> None:
        self._release.close()

    def give_to(self, process: WorkerProcess, message: dict[str, Any]) -> None:
        """Ask for a run in this place; the other ends are the child's alone from then on."""
        fds = [end.fileno() for end in self._theirs]
        process.send({**message, "cwd": self.folder}, tuple(fds))
        for end in self._theirs:
            end.close()


def _pipe(stack: contextlib.ExitStack) -> tuple[int, Any]:
    """A pipe's reading end, closed with `stack`, and its writing end as a file."""
    reading, writing = os.pipe()
    stack.callback(os.close, reading)
    return reading, stack.enter_context(os.fdopen(writing, "wb", buffering=0))


def _remove(folder: str) -> None:
    """Remove a folder, whatever a snippet made of it: a link, very deep, without permissions."""
    if os.path.islink(folder):
        os.unlink(folder)
    with contextlib.suppress(RecursionError):
        shutil.rmtree(folder, ignore_errors=True)
    for command in (["rm", "-rf"], ["chmod", "-R", "u+rwx"], ["rm", "-rf"]):
        if os.path.lexists(folder):
            subprocess.run([*command, "--", folder], check=False, stderr=subprocess.DEVNULL)
