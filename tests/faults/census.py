"""What this test process holds and has started: processes, descriptors, files."""

from __future__ import annotations

import os
import time
from collections import Counter
from typing import TYPE_CHECKING

import psutil

if TYPE_CHECKING:
    from collections.abc import Callable

# A warm session: two workers, and the child that each may have standing ready.
WARM = Counter(
    {"worker torch": 1, "spare of worker torch": 1, "worker mxnet": 1, "spare of worker mxnet": 1}
)


def started_by_us() -> list[psutil.Process]:
    """Processes below this one, and those that left it: they have inherited its HOME."""
    below = set(psutil.Process().children(recursive=True))
    return [process for process in psutil.process_iter() if process in below or _has_home(process)]


def kinds() -> Counter[str]:
    """What runs now, by what it is."""
    found: Counter[str] = Counter()
    for process in started_by_us():
        try:
            found[_kind(process)] += 1
        except (psutil.NoSuchProcess, OSError):  # gone, or deeper than a path can say
            continue
    return found


def surplus(seconds: float = 10.0) -> Counter[str]:
    """What runs besides a warm session, by what it is, once `seconds` have not made it go.

    A slow machine takes seconds to give back the memory of a hundred processes that were killed.
    """
    return _until_empty(lambda: kinds() - WARM, seconds)


def end_strays() -> None:
    """End what should have been gone, lest it be counted against the next test."""
    for process in started_by_us():
        try:
            if _kind(process) not in WARM:
                process.kill()
        except psutil.NoSuchProcess:
            continue


def descriptors() -> Counter[str]:
    """The open descriptors of this process, by kind."""
    return Counter(_target(number) for number in os.listdir("/proc/self/fd"))


def more_descriptors(than: Counter[str], seconds: float = 1.0) -> Counter[str]:
    """Descriptors that are open besides those counted before."""
    return _until_empty(lambda: descriptors() - than, seconds)


def files_in(folder: str, seconds: float = 1.0) -> Counter[str]:
    """Names that stay in a folder."""
    return _until_empty(lambda: Counter(os.listdir(folder)), seconds)


def _until_empty(count: Callable[[], Counter[str]], seconds: float) -> Counter[str]:
    deadline = time.monotonic() + seconds
    while (left := count()) and time.monotonic() < deadline:
        time.sleep(0.01)
    return left


def _has_home(process: psutil.Process) -> bool:
    try:
        return process.pid != os.getpid() and process.environ().get("HOME") == os.environ["HOME"]
    except psutil.Error:
        return False


def _kind(process: psutil.Process) -> str:
    """A worker, the child it has ready (which has not moved to a run's folder), or a stray."""
    if process.status() == psutil.STATUS_ZOMBIE:
        return "zombie"
    command = process.cmdline()
    parent = process.parent()
    if parent is None or len(command) < 3 or os.path.basename(command[1]) != "serve.py":
        return " ".join(command)
    if parent.pid == os.getpid():
        return f"worker {command[2]}"
    of_worker = parent.ppid() == os.getpid() and parent.cmdline() == command
    return ("spare of" if of_worker and process.cwd() == parent.cwd() else "stray of") + (
        f" worker {command[2]}"
    )


def _target(number: str) -> str:
    try:
        target = os.readlink(f"/proc/self/fd/{number}").partition(":")[0]
    except OSError:  # the listing itself, which has been closed
        return ""
    # The log of a worker, which may have been replaced by another's.
    return "unnamed file" if target.endswith("(deleted)") else target
