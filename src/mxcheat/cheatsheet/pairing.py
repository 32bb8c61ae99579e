"""Whether each argument of a row stands beside its own counterpart, and not beside another's.

Two pairs are taken for exchanged where the forms give one value to what stands crosswise, or,
where the forms do not tell, where names that are the same stand crosswise.
"""

from __future__ import annotations

import ast
from itertools import combinations
from typing import TYPE_CHECKING, NamedTuple

from mxcheat.cheatsheet.code import names_in
from mxcheat.cheatsheet.meeting import full_name
from mxcheat.cheatsheet.parameters import ways_of
from mxcheat.cheatsheet.sides import SIDES

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from mxcheat.cheatsheet.row import Argument, Row
    from mxcheat.cheatsheet.sides import Side
    from mxcheat.names.uses import Use

    # Of each argument, the names and values that the form gives it.
    Given = Mapping[str, set[str]]


class _Pair(NamedTuple):
    number: int
    pytorch: str
    gluon: str
    to_pytorch: set[str]
    to_gluon: set[str]

    @property
    def fits(self) -> bool:
        return bool(self.to_pytorch & self.to_gluon)


def exchanged(row: Row) -> Iterator[tuple[str, str, str]]:
    """Each argument that stands beside another's counterpart: its key, what is wrong, a hint."""
    both = [each for each in enumerate(row.arguments, 1) if each[1].pytorch and each[1].gluon]
    given = {side: _given(row, side) for side in SIDES} if len(both) > 1 else {}
    pairs = [_pair(number, argument, given) for number, argument in both if given]
    for one, two in combinations(pairs, 2):
        if not (one.fits or two.fits) and (_given_crosswise(one, two) or _named_alike(one, two)):
            what = f"{one.pytorch} stands beside {one.gluon}, and {two.pytorch} beside {two.gluon}"
            yield f"arguments {one.number}", what, f"{one.pytorch} goes with {two.gluon}"


def _pair(number: int, argument: Argument, given: Mapping[Side, Given]) -> _Pair:
    pytorch, gluon = (_name(argument.form(side) or "") for side in SIDES)
    to_pytorch, to_gluon = given["pytorch"].get(pytorch), given["gluon"].get(gluon)
    return _Pair(number, pytorch, gluon, to_pytorch or set(), to_gluon or set())


def _name(argument: str) -> str:
    return argument.partition("=")[0].strip(" *")


def _given_crosswise(one: _Pair, two: _Pair) -> bool:
    return bool(one.to_pytorch & two.to_gluon or two.to_pytorch & one.to_gluon)


def _named_alike(one: _Pair, two: _Pair) -> bool:
    return _plain(one.pytorch) == _plain(two.gluon) or _plain(two.pytorch) == _plain(one.gluon)


def _plain(name: str) -> str:
    return name.lower().replace("_", "").rstrip("s")


def _given(row: Row, side: Side) -> Given:
    """What the row's spellings give to each argument of the names that it answers for."""
    names = {full_name(name, side) for name in row.answers.get(side, ())}
    given: dict[str, set[str]] = {}
    for code in (row.form(side) or "", *row.also.get(side, ())) if names else ():
        for use in names_in(code, side, row.inputs).uses:
            call = _call_at(code, use) if use.is_call and use.symbol in names else None
            for name, value in _bound(call, use.symbol or "") if call else ():
                given.setdefault(name, set()).update(_parts(value))
    return given


def _call_at(code: str, use: Use) -> ast.Call | None:
    """The call of a use: that which ends where it ends, or whose function does."""
    calls = [node for node in ast.walk(ast.parse(code)) if isinstance(node, ast.Call)]
    at = [call for call in calls if (call.lineno, call.col_offset + 1) == (use.line, use.column)]
    end = use.end_line, use.end_column - 1
    whole = [call for call in at if (call.end_lineno, call.end_col_offset) == end]
    called = [call for call in at if (call.func.end_lineno, call.func.end_col_offset) == end]
    return next(iter([*whole, *called]), None)


def _bound(call: ast.Call, symbol: str) -> Iterator[tuple[str, ast.expr]]:
    yield from ((keyword.arg, keyword.value) for keyword in call.keywords if keyword.arg)
    if not any(isinstance(value, ast.Starred) for value in call.args):
        for way in ways_of(symbol):
            yield from zip(way.positional, call.args, strict=False)


def _parts(value: ast.expr) -> Iterator[str]:
    """The names and the written values in an expression."""
    for node in ast.walk(value):
        if isinstance(node, ast.Name):
            yield node.id
        elif isinstance(node, ast.Constant):
            yield repr(node.value)
