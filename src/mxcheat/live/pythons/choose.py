"""Which Python runs which framework."""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass, field
from importlib.machinery import PathFinder
from shutil import which
from typing import TYPE_CHECKING, NamedTuple

from mxcheat.live.pythons.ask import python_path
from mxcheat.live.pythons.environments import made_python

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mxcheat.cheatsheet.sides import Side

FRAMEWORKS: dict[Side, str] = {"pytorch": "torch", "gluon": "mxnet"}


class Named(NamedTuple):
    """A Python that the user names for a framework.

    `program` is a path or a name on the PATH, `origin` what names it (a variable, or a file and a
    key), `undo` the line after which nothing does.
    """

    program: str
    origin: str
    undo: str


@dataclass(frozen=True)
class EngineSettings:
    """What a session is told by whoever read the settings.

    `pythons` are the interpreters that are named; `memory_limit` is in GiB, None for the default.
    """

    pythons: Mapping[Side, Named] = field(default_factory=dict)
    memory_limit: float | None = None


DEFAULTS = EngineSettings()


class Chosen(NamedTuple):
    """The Python that runs a side, and why it is that one.

    `undo` is the line after which it is another; "" where nobody named it.
    """

    side: Side
    python: str
    why: str
    undo: str = ""

    @property
    def framework(self) -> str:
        """What it is to import."""
        return FRAMEWORKS[self.side]


def choose(side: Side, settings: EngineSettings) -> Chosen:
    """The Python that the settings name; else our own, or the one that `mxcheat setup` made.

    Whether the named one can be started is for `diagnose` to say.
    """
    named = settings.pythons.get(side)
    if named is None:
        return choose_unnamed(side)
    found = which(named.program) or named.program
    return Chosen(side, found, f"named by {named.origin}", named.undo)


def choose_unnamed(side: Side) -> Chosen:
    """The Python that runs a side where the settings name none."""
    if not has_own(side) and (made := made_python(FRAMEWORKS[side])):
        return Chosen(side, made, "made by mxcheat setup")
    return Chosen(side, sys.executable, "mxcheat's own")


def is_installed(chosen: Chosen) -> bool:
    """Whether there may be something to import: not where our own Python lacks the framework."""
    return chosen.python != sys.executable or has_own(chosen.side)


def has_own(side: Side) -> bool:
    """Whether a framework is installed for the Python that runs mxcheat.

    What has its name in the current directory is not one.
    """
    path = _installed_path()
    for finder in sys.meta_path:
        spec = finder.find_spec(FRAMEWORKS[side], path if finder is PathFinder else None)
        if spec is not None and spec.origin is not None:  # a folder without __init__.py has none
            return True
    return False


def _installed_path() -> list[str]:
    """`sys.path` without the current directory, unless PYTHONPATH names that in full."""
    try:
        here = os.getcwd()
    except FileNotFoundError:
        here = ""
    named = python_path()
    return [entry for entry in sys.path if entry and (entry != here or entry in named)]
