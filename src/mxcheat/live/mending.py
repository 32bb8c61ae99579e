"""What keeps a Python from running a framework, and the line that mends it."""

from __future__ import annotations

import re
import sys
from shlex import quote
from typing import TYPE_CHECKING

from mxcheat.cheatsheet.sides import FRAMEWORKS
from mxcheat.config.table import BY_NAME
from mxcheat.errors import MxcheatError
from mxcheat.live.interpreters import choose, choose_unnamed, has_own
from mxcheat.live.pythons import ask_python
from mxcheat.live.recipes import OLDEST, pip_line

if TYPE_CHECKING:
    from collections.abc import Callable

    from mxcheat.cheatsheet.sides import Side

# What a build of mxnet for CUDA loads, as the loader names what it does not find.
_CUDA_LIBRARY = re.compile(r"\blib(cu[a-z]+|nv[a-z]+|nccl)\.so")
_GET_CUDA = "install CUDA 11.2 and cuDNN 8 and name their folders in LD_LIBRARY_PATH"


def explain_python(
    side: Side, python: str, cancelled: Callable[[], bool]
) -> tuple[str, str] | None:
    """Why a program cannot run a side's worker, and the line that mends it; None if it can.

    This is about the Python alone: no framework is imported.
    """
    if python == sys.executable:
        return None
    try:
        asked = ask_python(python, cancelled)
    except MxcheatError as error:
        return error.message, _take_another(side)
    if asked.version < OLDEST:
        oldest = ".".join(map(str, OLDEST))
        problem = f"{asked.path} is Python {asked.series}, and {oldest} is the oldest that will do"
        return problem, _take_another(side)
    return None


def explain_import(side: Side, error_type: str, message: str) -> tuple[str, str]:
    """What keeps a framework from being imported, in a sentence, and the line that mends it.

    `error_type` and `message` are those of the exception, empty where there was none.
    """
    framework = FRAMEWORKS[side]
    if error_type == "ModuleNotFoundError" and f"'{framework}'" in message:
        return f"{framework} is not installed", _install(side, broken=False)
    what = f"{framework} cannot be imported ({error_type}: {message})" if error_type else ""
    mend = _install(side, broken=True)
    if side == "gluon" and _CUDA_LIBRARY.search(message):
        pip = f"{quote(choose(side).python)} -m pip"
        mend = f"{_GET_CUDA}, or take the build without: {pip} uninstall -y mxnet-cu112 && {mend}"
    return what, mend


def _install(side: Side, *, broken: bool) -> str:
    """The line that installs a framework where it is looked for."""
    chosen = choose(side)
    ours = chosen.python == sys.executable
    if not chosen.origin and not (broken and ours):
        return f"mxcheat setup {FRAMEWORKS[side]}"
    try:
        return pip_line(FRAMEWORKS[side], ask_python(chosen.python), broken=broken)
    except MxcheatError as error:
        return error.hint or _take_another(side)


def _take_another(side: Side) -> str:
    """The line after which a side has another Python than the one that will not do."""
    framework, origin = FRAMEWORKS[side], choose(side).origin
    if not origin:
        return f"mxcheat setup {framework}"
    lines = [_take_back(framework, origin)]
    if not has_own(side) and choose_unnamed(side).python == sys.executable:
        lines.append(f"mxcheat setup {framework}")
    return " && ".join(lines)


def _take_back(framework: str, origin: str) -> str:
    """The line that undoes what names a Python: a variable, or an entry of the configuration."""
    variable = BY_NAME[f"python.{framework}"].variable
    if origin == variable:
        return f"unset {variable}"
    path, _, name = origin.rpartition(": ")
    return f"remove {name} from {quote(path)}"
