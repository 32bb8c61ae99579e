"""Environments that mxcheat makes for a framework: where they lie, and whether they are whole."""

from __future__ import annotations

import contextlib
import os
import shutil
import time
from pathlib import Path
from typing import IO, TYPE_CHECKING

from mxcheat.errors import MissingError, MxcheatError
from mxcheat.paths import data_directory

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

# Written when the framework has been imported: what is without is resumed, not used.
_WHOLE = "mxcheat-whole"
# Written when venv is through: half of an environment has a Python, and no pip.
_MADE = "mxcheat-made"
# Seconds that one setup waits for another.
_PATIENCE = 1800.0


def environment(framework: str) -> Path:
    """The folder of a framework's environment, whether or not it exists.

    Raises MxcheatError without a home.
    """
    directory = data_directory()
    if directory is None:
        message = "there is no home to make an environment in"
        raise MxcheatError(message, hint="set HOME or XDG_DATA_HOME")
    return Path(directory, "environments", framework)


def python_in(folder: Path) -> Path:
    """The interpreter of an environment."""
    return folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def made_python(framework: str) -> str | None:
    """The interpreter that has the framework in an environment of ours, if there is one."""
    if data_directory() is None:
        return None
    folder = environment(framework)
    return str(python_in(folder)) if is_whole(folder) else None


def is_made(folder: Path) -> bool:
    """Whether there is an environment to install into."""
    return (folder / _MADE).exists() and python_in(folder).exists()


def call_made(folder: Path) -> None:
    """Let packages be installed into an environment from here on."""
    (folder / _MADE).touch()


def is_whole(folder: Path) -> bool:
    """Whether the framework has been imported in an environment."""
    return (folder / _WHOLE).exists()


def call_whole(folder: Path) -> None:
    """Let an environment be used from here on."""
    (folder / _WHOLE).touch()


def call_broken(folder: Path) -> None:
    """Let an environment not be used while it is being changed."""
    (folder / _WHOLE).unlink(missing_ok=True)


def remove(folder: Path) -> bool:
    """Remove an environment; return whether there was one. Raises OSError."""
    if not folder.exists():
        return False
    call_broken(folder)
    shutil.rmtree(folder)
    return True


@contextlib.contextmanager
def alone(folder: Path, say: Callable[[str], None]) -> Iterator[int]:
    """Be the only one that changes an environment; another one is waited for.

    Gives a descriptor: whoever inherits it keeps others waiting, even when we are gone.
    Raises MissingError where nothing can be written.
    """
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        lock = (folder.parent / f"{folder.name}.lock").open("w")
    except OSError as error:
        raise cannot_write(folder.parent, error) from None
    with lock:
        _wait_for(lock, f"another setup of {folder.name} is at work", say)
        yield lock.fileno()


def cannot_write(path: Path, error: OSError) -> MissingError:
    """The error for a place where an environment was to be."""
    hint = "set XDG_DATA_HOME to a folder that can be, with some GB of room"
    return MissingError(f"{path} cannot be written ({error.strerror})", hint=hint)


def _wait_for(lock: IO[str], why: str, say: Callable[[str], None]) -> None:
    import fcntl  # noqa: PLC0415 - where it is missing there is no worker either

    deadline, told = time.monotonic() + _PATIENCE, False
    while True:
        try:
            return fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() > deadline:
                raise MissingError(why, hint="try again when it has ended") from None
        if not told:
            told = True
            say(f"{why}: waiting for it to end")
        time.sleep(0.2)
