"""Processes that outlived the worker which should have ended them."""

from __future__ import annotations

import contextlib
import os
import signal

# A worker's environment carries this name with a value of its own; whatever is forked below it
# inherits both, wherever it moves to.
STAMP = "MXCHEAT_WORKER"


def kill_stamped(value: str) -> None:
    """Kill every process below a worker that is gone; only Linux can say which those are.

    Two rounds: what forks while the first goes through is found by the second.
    """
    mark = f"{STAMP}={value}".encode()
    for _ in range(2):
        for name in os.listdir("/proc") if os.path.isdir("/proc/self") else ():
            if name.isdigit() and mark in _environment(name):
                with contextlib.suppress(OSError):
                    os.kill(int(name), signal.SIGKILL)


def _environment(process: str) -> bytes:
    try:
        with open(f"/proc/{process}/environ", "rb") as environment:
            return environment.read()
    except OSError:  # it has ended, or is somebody else's
        return b""
