"""What a row can be told before it is run, beyond what it needs to be read."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, NamedTuple

from mxcheat.cheatsheet.code import MODULES, PROVIDED, names_in
from mxcheat.cheatsheet.row import SIDES
from mxcheat.errors import nearest

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from collections.abc import Set as AbstractSet

    from mxcheat.cheatsheet.row import Row, Side

# Stands in a template where its author has to write something.
FILL_IN = "FILL_IN"
_CODE = {"pytorch", "gluon", "before", "after"}


class Finding(NamedTuple):
    """Something about one key of a row, and what to do about it."""

    key: str
    message: str
    hint: str = ""


def faults(row: Row, broken: AbstractSet[str] = frozenset()) -> Iterator[Finding]:
    """What is not right, or not there; nothing is said that a broken key could change."""
    if FILL_IN in row.function:
        yield Finding("function", "is still to be filled in")
    if not broken & _CODE:
        for side in SIDES:
            yield from _unbound(row, side, certain="inputs" not in broken)
    if not broken & {"availability", "notes"} and not row.notes:
        if row.availability == "differs":
            yield Finding("availability", "says 'differs'", "add 'notes' that say how")
        elif row.availability.endswith("-only"):
            yield Finding("availability", f"says {row.availability!r}", "add 'notes' that say why")


def remarks(row: Row, broken: AbstractSet[str] = frozenset()) -> Iterator[Finding]:
    """What is probably not meant, or could be left out."""
    if not broken & {*_CODE, "inputs", "misprint"}:
        yield from _unused_inputs(row)
    if not broken & {"inputs", "cases"}:
        yield from _odd_cases(row)
    yield from _idle_keywords(row)
    yield from _short_names(row)


def _unbound(row: Row, side: Side, *, certain: bool) -> Iterator[Finding]:
    """Names that neither the snippet binds nor anything gives it.

    Where it is not `certain` what the inputs are, only those that can be none.
    """
    snippet = row.snippet(side)
    known = [*row.inputs, *PROVIDED[side]]
    for name in sorted(names_in(snippet.code, side).free - {*known} if snippet else ()):
        hint = _source_of(name, side)
        if name == FILL_IN:
            yield Finding(side, "is still to be filled in")
        elif hint or certain:
            close = _near(name, known) if len(name) > 2 else ""  # x is near to anything
            yield Finding(side, f"{name!r} is not defined", hint or close or "give it in 'inputs'")


def _source_of(name: str, side: Side) -> str:
    """What to do about a name that is none of the inputs; "" where it may be one."""
    other = SIDES[1 - SIDES.index(side)]
    if name in PROVIDED[other]:
        return f"only the {other} side has it; this one has {', '.join(PROVIDED[side])}"
    return f"import it in 'before', {side}" if name in sys.stdlib_module_names else ""


def _unused_inputs(row: Row) -> Iterator[Finding]:
    snippets = [(snippet.code, side) for side in SIDES if (snippet := row.snippet(side))]
    used = set[str]().union(*(names_in(code, side).read for code, side in snippets))
    for name in row.inputs:
        if name not in used:
            yield Finding("inputs", f"no code uses the input {name!r}", "leave it out")


def _odd_cases(row: Row) -> Iterator[Finding]:
    for name in dict.fromkeys(name for case in row.cases for name in case):
        if name not in row.inputs:
            yield Finding("cases", f"{name!r} is none of the inputs", _near(name, row.inputs))
    if row.inputs and not row.cases and row.compare == "values":
        yield Finding("inputs", "the claim is checked on these alone", "add 'cases'")


def _idle_keywords(row: Row) -> Iterator[Finding]:
    names = {row.id, row.function.lower(), row.chinese}
    for keyword in dict.fromkeys(row.keywords):
        if keyword.lower() in names:
            yield Finding("keywords", f"{keyword!r} is what the row is called", "leave it out")
        if row.keywords.count(keyword) > 1:
            yield Finding("keywords", f"{keyword!r} stands there more than once", "once will do")


def _short_names(row: Row) -> Iterator[Finding]:
    for side in SIDES:
        for api in row.apis.get(side, ()):
            head, _, rest = api.partition(".")
            module = MODULES[side].get(head, head)
            if module != head:
                yield Finding("apis", f"{api!r} is a short name", f"write {module}.{rest}")


def _near(name: str, known: Iterable[str]) -> str:
    close = nearest(name, known)
    return f"did you mean {close}?" if close else ""
