"""What can only be said of a row as a whole: whether its keys fit each other."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from mxcheat.cheatsheet.code import names_in, uses
from mxcheat.cheatsheet.inputs import InputError, make_inputs
from mxcheat.cheatsheet.row import SIDES
from mxcheat.errors import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Set as AbstractSet

    import yaml

    from mxcheat.cheatsheet.nodes import Checker, Entries
    from mxcheat.cheatsheet.row import Row

_LACKS = {"pytorch-only": "gluon", "gluon-only": "pytorch"}


class Whole(NamedTuple):
    """A row with the nodes it was read from, and the keys of which nothing can be said."""

    check: Checker
    node: yaml.Node
    entries: Entries
    row: Row
    broken: AbstractSet[str]

    def report(self, key: str, message: str, hint: str = "") -> None:
        """Note a problem at a key, or at the row where it has no such key."""
        node = self.entries[key][1] if key in self.entries else self.node
        self.check.report(node, f"row {self.row.id}: {message}", hint)


def check_whole(whole: Whole) -> None:
    """Report what does not fit, as far as the keys it takes are sound."""
    for needs, check in _CHECKS:
        if not whole.broken & needs:
            check(whole)


def _check_sides(whole: Whole) -> None:
    row = whole.row
    one_sided = _LACKS.get(row.availability)
    for side, other in (SIDES, SIDES[::-1]):
        if row.form(side) is None and side != one_sided:
            hint = f"without one it is {other}-only" if row.form(other) is not None else ""
            what = f"has no {side} form, yet availability is {row.availability!r}"
            whole.report("", what, hint)
        elif row.form(side) is not None and side == one_sided:
            what = f"has a {side} form, yet is {row.availability!r}"
            whole.report(side, what, "leave the form out, or change the availability")


def _check_apis(whole: Whole) -> None:
    for side in SIDES:
        apis = whole.row.apis.get(side, ())
        snippet = whole.row.snippet(side)
        reading = names_in(snippet.code if snippet and apis else "", side, whole.row.inputs)
        for name in apis:
            if not uses(reading, name, side):
                what = f"the {side} code does not use {name}"
                whole.report("apis", what, "name only what it calls")


def _check_misprint(whole: Whole) -> None:
    if whole.row.misprint and not whole.row.erratum:
        whole.report("misprint", "a misprint needs an 'erratum'")


def _check_comparison(whole: Whole) -> None:
    if (whole.row.compare == "none") != bool(whole.row.reason):
        key = "compare" if "compare" in whole.entries else "reason"
        whole.report(key, "'compare: none' and a 'reason' go together")


def _check_gradient(whole: Whole) -> None:
    inputs = whole.row.inputs
    for name in whole.row.gradient:
        if name not in inputs:
            hint = did_you_mean(name, inputs) if inputs else "the row has no inputs"
            whole.report("gradient", f"no input {name!r}", hint)


def _check_inputs(whole: Whole) -> None:
    for case in range(whole.row.case_count):
        try:
            make_inputs(whole.row.inputs_of_case(case))
        except InputError as error:
            whole.report("cases" if case else "inputs", error.message, error.hint)


_CHECKS = (
    ({"availability", "pytorch", "gluon"}, _check_sides),
    ({"apis", "pytorch", "gluon", "before", "after"}, _check_apis),
    ({"misprint", "erratum"}, _check_misprint),
    ({"compare", "reason"}, _check_comparison),
    ({"gradient", "inputs"}, _check_gradient),
    ({"inputs", "cases"}, _check_inputs),
)
