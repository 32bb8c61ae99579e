"""Keys of a row that contradict each other, so that the row cannot be used."""

from __future__ import annotations

import ast
import re
from typing import TYPE_CHECKING, Any, NamedTuple

from mxcheat.cheatsheet.code import names_in, uses
from mxcheat.cheatsheet.inputs import InputError, plan_inputs
from mxcheat.cheatsheet.sides import SIDES, other
from mxcheat.errors import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from collections.abc import Set as AbstractSet

    from mxcheat.cheatsheet.row import Argument, Difference, InputSpec, Row, Unless, Version, Weight
    from mxcheat.cheatsheet.sides import Side

    Check = Callable[[Row], Iterator["Finding"]]
    Odd = tuple[str, str]  # what is wrong, and what to do about it

# The keys that hold a side's code.
CODE = {"pytorch", "gluon", "before", "after"}
_LACKS = {"pytorch-only": "gluon", "gluon-only": "pytorch"}
_SINCE = re.compile(r"(since|until) \d+(\.\d+)*")


class Finding(NamedTuple):
    """Something about one key of a row, such as "differences 2", and what to do about it."""

    key: str
    message: str
    hint: str = ""


def contradictions(row: Row, broken: AbstractSet[str] = frozenset()) -> Iterator[Finding]:
    """What keeps a row from being used at all.

    Nothing is reported that a key with a problem of its own, one of `broken`, could change.
    """
    for needs, check in _CHECKS:
        if not broken & needs:
            yield from check(row)


def _sides(row: Row) -> Iterator[Finding]:
    one_sided = _LACKS.get(row.availability)
    for side in SIDES:
        across = other(side)
        if row.form(side) is None and side != one_sided:
            hint = f"without one it is {across}-only" if row.form(across) is not None else ""
            yield Finding("", f"has no {side} form, yet availability is {row.availability!r}", hint)
        elif row.form(side) is not None and side == one_sided:
            hint = "leave the form out, or change the availability"
            yield Finding(side, f"has a {side} form, yet is {row.availability!r}", hint)


def _answers(row: Row) -> Iterator[Finding]:
    for side in SIDES:
        names = row.answers.get(side, ())
        code = code_of(row, side) if names else ()
        readings = [names_in(text, side, row.inputs) for _, text in code]
        for name in names:
            if not any(uses(reading, name, side) for reading in readings):
                what = f"the {side} code does not use {name}"
                yield Finding("answers", what, "name only what it calls")


def _also(row: Row) -> Iterator[Finding]:
    for side in row.also:
        if row.form(side) is None:
            yield Finding("also", f"there is no {side} form that it could agree with")


def _odd_argument(_row: Row, argument: Argument) -> Iterator[Odd]:
    if argument.pytorch is None and argument.gluon is None:
        yield "names an argument of neither side", 'write {pytorch: "dim=0", gluon: "dim=1"}'
    for side in SIDES:
        text = argument.form(side)
        if text is not None and not _is_argument(text):
            yield f"{side}: {text!r} is no argument", "write a name, or name=default"


def _is_argument(text: str) -> bool:
    name, equals, default = text.partition("=")
    return name.strip().lstrip("*").isidentifier() and (not equals or is_expression(default))


def is_expression(code: str) -> bool:
    """Whether a text is one expression of Python."""
    try:
        return bool(ast.parse(code.strip(), mode="eval"))
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return False


def _odd_weight(_row: Row, weight: Weight) -> Iterator[Odd]:
    names = [name for name in (weight.pytorch, weight.gluon) if name is not None]
    if not names:
        yield "names a parameter of neither side", ""
    if weight.rule and not is_expression(weight.rule):
        yield f"rule: {weight.rule!r} is no expression", "write what x becomes, as x.T"
    if not weight.value:
        return
    if len(names) == 1:
        yield "has a value, and a parameter of one side", "name both parameters"
    for name in names:
        if not all(part.isidentifier() for part in name.split(".")):
            what = f"{name!r} is no parameter that can be written"
            yield what, "write it as after the layer's dot"


def _odd_version(_row: Row, version: Version) -> Iterator[Odd]:
    hint = "write 'since 1.5' or 'until 1.5'"
    if version.pytorch is None and version.gluon is None:
        yield "has a version of neither side", f"{hint} for pytorch or gluon"
    for side in SIDES:
        text = version.form(side)
        if text is not None and not _SINCE.fullmatch(text):
            yield f"{side}: {text!r} is no version", hint


def _odd_unless(_row: Row, unless: Unless) -> Iterator[Odd]:
    name, equals, _ = unless.setting.partition("=")
    if not (name.isidentifier() and equals):
        yield f"{unless.setting!r} sets no variable of the environment", "write NAME=value"


def _hybridized(row: Row) -> Iterator[Finding]:
    given = row.hybridized
    if given is None:
        return
    if row.gluon is None:
        yield Finding("hybridized", "there is no gluon form")
    if (given.form is None) != bool(given.reason):
        yield Finding("hybridized", "takes a form, or a 'reason' why there is none")


def _odd_difference(row: Row, difference: Difference) -> Iterator[Odd]:
    if difference.pytorch is None and difference.gluon is None:
        yield "has no code that shows it", "give pytorch, gluon, or both"
    inputs = row.inputs_of(difference)
    for name in difference.gradient:
        if name not in inputs:
            yield f"gradient: no input {name!r}", _expected(name, inputs)
    try:
        plan_inputs(inputs)
    except InputError as error:
        yield error.message, error.hint


def _misprint(row: Row) -> Iterator[Finding]:
    if row.misprint and not row.erratum:
        yield Finding("misprint", "a misprint needs an 'erratum'")


def _comparison(row: Row) -> Iterator[Finding]:
    if (row.compare == "none") != bool(row.reason):
        key = "compare" if row.compare == "none" else "reason"
        yield Finding(key, "'compare: none' and a 'reason' go together")


def _gradient(row: Row) -> Iterator[Finding]:
    for name in row.gradient:
        if name not in row.inputs:
            yield Finding("gradient", f"no input {name!r}", _expected(name, row.inputs))


def _expected(name: str, inputs: Mapping[str, InputSpec]) -> str:
    return did_you_mean(name, inputs) if inputs else "the row has no inputs"


def _inputs(row: Row) -> Iterator[Finding]:
    for case in range(row.case_count):
        try:
            plan_inputs(row.inputs_of_case(case))
        except InputError as error:
            yield Finding(f"cases {case}" if case else "inputs", error.message, error.hint)


def code_of(row: Row, side: Side) -> Iterator[tuple[str, str]]:
    """Each piece of a side's code that is run, with its key."""
    before, after = row.before.get(side, ""), row.after_of(side)
    spellings: list[tuple[str, str]] = [(side, row.form(side) or "")]
    also = enumerate(row.also.get(side, ()), 1)
    spellings += [(f"also, {side} {number}", code) for number, code in also]
    if side == "gluon" and row.hybridized and row.hybridized.form:
        spellings.append(("hybridized", f"F = nd\n{row.hybridized.form}"))
    for key, code in spellings:
        if code:
            yield key, "\n".join(filter(None, (before, code, after)))
    for number, difference in enumerate(row.differences, 1):
        place, instead = f"differences {number}", difference.instead.get(side)
        for key, form in ((side, difference.form(side)), (f"instead, {side}", instead)):
            snippet = row.snippet_of(difference, side, form) if form else None
            if snippet:
                yield f"{place}, {key}", snippet.code
    for number, argument in enumerate(row.arguments, 1):
        snippet = row.snippet_of_rule(argument, side)
        if snippet:
            yield f"arguments {number}", snippet.code


def _each(key: str, odd: Callable[[Row, Any], Iterator[Odd]]) -> Check:
    """A check of each record of a list: `odd` says what is wrong with one, and what to do."""

    def check(row: Row) -> Iterator[Finding]:
        for number, record in enumerate(getattr(row, key), 1):
            for what, hint in odd(row, record):
                yield Finding(f"{key} {number}", what, hint)

    return check


# The keys that a check reads, and the check.
_CHECKS: tuple[tuple[set[str], Check], ...] = (
    ({"availability", "pytorch", "gluon"}, _sides),
    ({"answers", "also", "differences", *CODE}, _answers),
    ({"also", "pytorch", "gluon"}, _also),
    ({"arguments"}, _each("arguments", _odd_argument)),
    ({"weights"}, _each("weights", _odd_weight)),
    ({"versions"}, _each("versions", _odd_version)),
    ({"unless"}, _each("unless", _odd_unless)),
    ({"hybridized", "gluon"}, _hybridized),
    ({"differences", "inputs"}, _each("differences", _odd_difference)),
    ({"misprint", "erratum"}, _misprint),
    ({"compare", "reason"}, _comparison),
    ({"gradient", "inputs"}, _gradient),
    ({"inputs", "cases"}, _inputs),
)
