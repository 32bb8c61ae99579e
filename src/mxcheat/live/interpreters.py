"""Which Python runs which framework."""

from __future__ import annotations

import sys
from importlib.util import find_spec
from shutil import which
from typing import TYPE_CHECKING, NamedTuple

from mxcheat.cheatsheet.sides import FRAMEWORKS
from mxcheat.config.reader import read_settings
from mxcheat.config.table import BY_NAME
from mxcheat.live.environments import made_python

if TYPE_CHECKING:
    from mxcheat.cheatsheet.sides import Side


class Chosen(NamedTuple):
    """The Python that runs a side, and why it is that one.

    `origin` is what names it, a variable or an entry of the configuration; "" where nothing does.
    """

    python: str
    why: str
    origin: str = ""


def interpreter(side: Side) -> str:
    """Path of the Python that runs `side` (see `choose`)."""
    return choose(side).python


def choose(side: Side) -> Chosen:
    """The Python that the settings name; else our own, or the one that `mxcheat setup` made.

    Raises MxcheatError when the settings name something that cannot be started.
    """
    settings = read_settings()
    name = f"python.{FRAMEWORKS[side]}"
    if settings[name] is None:
        return choose_unnamed(side)
    found = which(str(settings[name]))
    origin = settings.origin(name)
    if found is None:
        instead = f", or unset {origin}" if origin == BY_NAME[name].variable else ""
        raise settings.refuse(name, f"name a Python interpreter{instead}", "which is no program")
    return Chosen(found, f"named by {origin}", origin)


def choose_unnamed(side: Side) -> Chosen:
    """The Python that runs a side where the settings name none."""
    if not has_own(side) and (made := made_python(FRAMEWORKS[side])):
        return Chosen(made, "made by mxcheat setup")
    return Chosen(sys.executable, "mxcheat's own")


def has_own(side: Side) -> bool:
    """Whether a framework is installed for the Python that runs mxcheat."""
    return find_spec(FRAMEWORKS[side]) is not None
