"""Environments that mxcheat makes for a framework: where they lie, and whether they are whole."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from mxcheat.errors import MxcheatError
from mxcheat.paths import data_directory

# Written when the framework has been imported: what is without is resumed, not used.
_WHOLE = "mxcheat-whole"


def environment(framework: str) -> Path:
    """The folder of a framework's environment, be it there or not.

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
    return str(python_in(folder)) if (folder / _WHOLE).exists() else None


def call_whole(folder: Path) -> None:
    """Let an environment be used from here on."""
    (folder / _WHOLE).touch()


def call_broken(folder: Path) -> None:
    """Let an environment not be used while it is being changed."""
    (folder / _WHOLE).unlink(missing_ok=True)


def remove(framework: str) -> bool:
    """Remove the environment of a framework; return whether there was one."""
    folder = environment(framework)
    if not folder.exists():
        return False
    call_broken(folder)
    shutil.rmtree(folder)
    return True
