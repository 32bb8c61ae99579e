"""Which Python runs which framework."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

from mxcheat.errors import MxcheatError

if TYPE_CHECKING:
    from mxcheat.cheatsheet.row import Side

FRAMEWORKS: dict[Side, str] = {"pytorch": "torch", "gluon": "mxnet"}

INSTALL = "pip install 'mxcheat[live]'"


def interpreter(side: Side) -> str:
    """Path of the Python that runs `side`: the one the environment names, or our own.

    Raises MxcheatError when the environment names something that cannot be started.
    """
    variable = f"MXCHEAT_{FRAMEWORKS[side].upper()}_PYTHON"
    named = os.environ.get(variable)
    if not named:
        return sys.executable
    if not os.access(named, os.X_OK) or os.path.isdir(named):
        raise MxcheatError(
            f"{variable} is {named!r}, which is no program", hint="name a Python interpreter"
        )
    return named


def explain_import(side: Side, error_type: str, message: str) -> tuple[str, str]:
    """What keeps a framework from being imported, in a sentence, and the line that mends it.

    `error_type` and `message` are those of the exception, empty where there was none.
    """
    framework = FRAMEWORKS[side]
    if error_type == "ModuleNotFoundError" and f"'{framework}'" in message:
        return f"{framework} is not installed", INSTALL
    what = f"{framework} cannot be imported ({error_type}: {message})" if error_type else ""
    return what, f"reinstall {framework}: {INSTALL} --force-reinstall"
