"""Which Python runs which framework."""

from __future__ import annotations

import sys
from shutil import which
from typing import TYPE_CHECKING

from mxcheat.config.reader import read_settings

if TYPE_CHECKING:
    from mxcheat.cheatsheet.row import Side

FRAMEWORKS: dict[Side, str] = {"pytorch": "torch", "gluon": "mxnet"}

INSTALL = "pip install 'mxcheat[live]'"


def interpreter(side: Side) -> str:
    """Path of the Python that runs `side`: the one the settings name, or our own.

    Raises MxcheatError when they name something that cannot be started.
    """
    settings = read_settings()
    name = f"python.{FRAMEWORKS[side]}"
    if settings[name] is None:
        return sys.executable
    found = which(str(settings[name]))
    if found is None:
        raise settings.refuse(name, "name a Python interpreter", "which is no program")
    return found


def explain_import(side: Side, error_type: str, message: str) -> tuple[str, str]:
    """What keeps a framework from being imported, in a sentence, and the line that mends it.

    `error_type` and `message` are those of the exception, empty where there was none.
    """
    framework = FRAMEWORKS[side]
    if error_type == "ModuleNotFoundError" and f"'{framework}'" in message:
        return f"{framework} is not installed", INSTALL
    what = f"{framework} cannot be imported ({error_type}: {message})" if error_type else ""
    return what, f"reinstall {framework}: {INSTALL} --force-reinstall"
