"""Which Python runs which framework."""

from __future__ import annotations

import sys
from importlib.util import find_spec
from shutil import which
from typing import TYPE_CHECKING, NamedTuple

from mxcheat.config.reader import read_settings
from mxcheat.live.environments import made_python

if TYPE_CHECKING:
    from mxcheat.cheatsheet.row import Side

FRAMEWORKS: dict[Side, str] = {"pytorch": "torch", "gluon": "mxnet"}

_NAMED = "named by"


class Chosen(NamedTuple):
    """The Python that runs a side, and why it is that one."""

    python: str
    why: str


def interpreter(side: Side) -> str:
    """Path of the Python that runs `side` (see `choose`)."""
    return choose(side).python


def choose(side: Side) -> Chosen:
    """The Python that the settings name; else our own, or the one that `mxcheat setup` made.

    Raises MxcheatError when the settings name something that cannot be started.
    """
    settings = read_settings()
    framework = FRAMEWORKS[side]
    name = f"python.{framework}"
    if settings[name] is not None:
        found = which(str(settings[name]))
        if found is None:
            raise settings.refuse(name, "name a Python interpreter", "which is no program")
        return Chosen(found, f"{_NAMED} {settings.origin(name)}")
    if find_spec(framework) is None and (made := made_python(framework)):
        return Chosen(made, "made by mxcheat setup")
    return Chosen(sys.executable, "mxcheat's own")


def explain_import(side: Side, error_type: str, message: str) -> tuple[str, str]:
    """What keeps a framework from being imported, in a sentence, and the line that mends it.

    `error_type` and `message` are those of the exception, empty where there was none.
    """
    framework = FRAMEWORKS[side]
    if error_type == "ModuleNotFoundError" and f"'{framework}'" in message:
        return f"{framework} is not installed", _mend(side)
    what = f"{framework} cannot be imported ({error_type}: {message})" if error_type else ""
    return what, _mend(side, " --force-reinstall")


def _mend(side: Side, option: str = "") -> str:
    """The line that installs a framework where it is looked for."""
    python, why = choose(side)
    framework = FRAMEWORKS[side]
    if why.startswith(_NAMED):
        return f"{python} -m pip install{option} {framework}"
    return f"mxcheat setup {framework}"
