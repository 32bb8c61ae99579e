"""What can be said about a snippet without running it: whether it compiles, and its names."""

from __future__ import annotations

import warnings
from typing import TYPE_CHECKING

from mxcheat.cheatsheet.sides import ARRAYS, MODULES, PROVIDED
from mxcheat.names.resolve import read
from mxcheat.names.spelling import symbol_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mxcheat.cheatsheet.row import InputSpec
    from mxcheat.cheatsheet.sides import Side
    from mxcheat.names.uses import Reading


def syntax_problem(code: str) -> tuple[int, str] | None:
    """Line and message of what keeps `code` from compiling, or None."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", SyntaxWarning)
            compile(code, "<row>", "exec", dont_inherit=True)
    except SyntaxError as error:
        return error.lineno or 1, f"code does not compile: {error.msg}"
    except (ValueError, RecursionError, MemoryError) as error:
        return 1, f"code does not compile: {str(error) or 'it is nested too deeply'}"
    return None


def names_in(code: str, side: Side, inputs: Mapping[str, InputSpec] | None = None) -> Reading:
    """The public names that a snippet of a side uses, and the names that it reads.

    A name that neither it nor `inputs` binds counts as an array.
    """
    found = {**dict.fromkeys(PROVIDED[side], ""), **MODULES[side]}
    found.update(dict.fromkeys(("ctx", "other_ctx"), "Context") if side == "gluon" else {})
    for name, spec in (inputs or {}).items():
        found[name] = ARRAYS[side] if _is_array(spec) else ""
    return read(code, found, assumed=ARRAYS[side])


def _is_array(spec: InputSpec) -> bool:
    """Whether an input is an array: a list, or what a maker makes."""
    return isinstance(spec, list) or (isinstance(spec, str) and spec.lstrip()[:1] not in "'\"")


def uses(reading: Reading, api: str, side: Side) -> bool:
    """Whether code uses a public name of a framework or another library, however spelled.

    A method also counts if nothing is known about what it is called on.
    """
    head, dot, rest = api.partition(".")
    symbol = symbol_of(f"{MODULES[side].get(head, head)}{dot}{rest}")
    if head[:1].isupper() and rest in reading.untold:
        return True
    return api in reading.others or any(use.symbol == symbol for use in reading.uses)


def short_name(api: str, side: Side) -> str:
    """A public name as a snippet calls it: torch.nn.functional.relu is F.relu."""
    modules = [(full, short) for short, full in MODULES[side].items() if api.startswith(full + ".")]
    full, short = max(modules, default=("", ""))
    return short + api[len(full) :]


def called_names(code: str, side: Side) -> list[str]:
    """The public functions and classes that code calls, else the methods; the outermost first."""
    calls = [use.symbol for use in names_in(code, side).uses if use.is_call and use.symbol]
    reached = [name for name in calls if name.partition(".")[0].islower()]
    return list(dict.fromkeys(reached or calls))
