"""What keeps a Python from running a framework, and the line that mends it."""

from __future__ import annotations

import re
import sys
from shlex import quote
from typing import TYPE_CHECKING

from mxcheat.errors import MxcheatError
from mxcheat.live.pythons.ask import ask_python
from mxcheat.live.pythons.choose import choose_unnamed, has_own
from mxcheat.live.pythons.recipes import OLDEST, pip_line

if TYPE_CHECKING:
    from collections.abc import Callable

    from mxcheat.live.pythons.choose import Chosen

# What a build of mxnet for CUDA loads, as the loader names what it does not find.
_CUDA_LIBRARY = re.compile(r"\blib(cu[a-z]+|nv[a-z]+|nccl)\.so")
_GET_CUDA = "install CUDA 11.2 and cuDNN 8 and name their folders in LD_LIBRARY_PATH"


def explain_python(chosen: Chosen, cancelled: Callable[[], bool]) -> tuple[str, str] | None:
    """Why a program cannot run a side's worker, and the line that mends it; None if it can.

    This is about the Python alone: no framework is imported.
    """
    if chosen.python == sys.executable:
        return None
    try:
        asked = ask_python(chosen.python, cancelled)
    except MxcheatError as error:
        return error.message, _take_another(chosen)
    if asked.version < OLDEST:
        oldest = ".".join(map(str, OLDEST))
        problem = f"{asked.path} is Python {asked.series}, and {oldest} is the oldest that will do"
        return problem, _take_another(chosen)
    return None


def explain_import(chosen: Chosen, error_type: str, message: str) -> tuple[str, str]:
    """What keeps a framework from being imported, in a sentence, and the line that mends it.

    `error_type` and `message` are those of the exception, empty where there was none.
    """
    framework = chosen.framework
    if error_type == "ModuleNotFoundError" and f"'{framework}'" in message:
        return f"{framework} is not installed", _install(chosen, broken=False)
    what = f"{framework} cannot be imported ({error_type}: {message})" if error_type else ""
    mend = _install(chosen, broken=True)
    if framework == "mxnet" and _CUDA_LIBRARY.search(message):
        pip = f"{quote(chosen.python)} -m pip"
        mend = f"{_GET_CUDA}, or take the build without: {pip} uninstall -y mxnet-cu112 && {mend}"
    return what, mend


def _install(chosen: Chosen, *, broken: bool) -> str:
    """The line that installs a framework where it is looked for."""
    ours = chosen.python == sys.executable
    if not chosen.undo and not (broken and ours):
        return f"mxcheat setup {chosen.framework}"
    try:
        return pip_line(chosen.framework, ask_python(chosen.python), broken=broken)
    except MxcheatError as error:
        return error.hint or _take_another(chosen)


def _take_another(chosen: Chosen) -> str:
    """The line after which a side has another Python than the one that will not do."""
    set_up = f"mxcheat setup {chosen.framework}"
    if not chosen.undo:
        return set_up
    lines = [chosen.undo]
    if not has_own(chosen.side) and choose_unnamed(chosen.side).python == sys.executable:
        lines.append(set_up)
    return " && ".join(lines)
