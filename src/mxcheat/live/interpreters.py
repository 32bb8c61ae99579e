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


def fix_for(side: Side, error_type: str, message: str) -> str:
    """What to do about a framework that cannot be imported."""
    framework = FRAMEWORKS[side]
    if error_type == "ModuleNotFoundError" and f"'{framework}'" in message:
        return INSTALL
    return f"reinstall {framework}: {INSTALL} --force-reinstall"
