"""What can be said of a row as a whole without running it: whether its keys fit each other.

Nothing is said that a key with a problem of its own, one of `broken`, could change.
"""

from __future__ import annotations

import ast
import re
import sys
from typing import TYPE_CHECKING, NamedTuple

from mxcheat.cheatsheet.code import names_in, uses
from mxcheat.cheatsheet.copying import LINE
from mxcheat.cheatsheet.inputs import InputError, plan_inputs
from mxcheat.cheatsheet.proof import unfounded
from mxcheat.cheatsheet.sides import MODULES, PROVIDED, SIDES, other
from mxcheat.errors import did_you_mean, nearest

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from collections.abc import Set as AbstractSet

    from mxcheat.cheatsheet.row import Argument, Difference, InputSpec, Row, Version, Weight
    from mxcheat.cheatsheet.sides import Side

# Stands in a template where its author has to write something.
FILL_IN = "FILL_IN"
MOST_WORDS = 60
_CODE = {"pytorch", "gluon", "before", "after"}
_LACKS = {"pytorch-only": "gluon", "gluon-only": "pytorch"}
_SINCE = re.compile(r"(since|until) \d+(\.\d+)*")


class Finding(NamedTuple):
    """Something about one key of a row, such as "differences 2", and what to do about it."""

    key: str
    message: str
    hint: str = ""


def contradictions(row: Row, broken: AbstractSet[str] = frozenset()) -> Iterator[Finding]:
    """What keeps a row from being used at all."""
    for needs, check in _CHECKS:
        if not broken & needs:
            yield from check(row)


def faults(row: Row, broken: AbstractSet[str] = frozenset()) -> Iterator[Finding]:
    """What else is not right, or not there."""
    if FILL_IN in row.function:
        yield Finding("function", "is still to be filled in")
    if not broken & {*_CODE, "weights"}:
        yield from _unbound(row, certain="inputs" not in broken)
        yield from _not_copied(row)
    if not broken & {"availability", "notes", "differences"} and not (row.notes or row.differences):
        if row.availability == "differs":
            yield Finding("availability", "says 'differs'", "add 'notes' that say how")
        elif row.availability.endswith("-only"):
            yield Finding("availability", f"says {row.availability!r}", "add 'notes' that say why")
    if "arguments" not in broken:
        yield from _conversions(row)
    if row.differences:
        yield from _too_long(row)
    if not broken & {*_CODE, "differences", "inputs", "answers", "arguments"}:
        for key, what, hint in unfounded(row):
            yield Finding(key, what, hint)


def remarks(row: Row, broken: AbstractSet[str] = frozenset()) -> Iterator[Finding]:
    """What is probably not meant, or could be left out."""
    if not broken & {*_CODE, "inputs", "misprint", "differences", "also"}:
        yield from _unused_inputs(row)
    if not broken & {"inputs", "cases"}:
        yield from _odd_cases(row)
    yield from _idle_keywords(row)
    yield from _short_names(row)


def answered_twice(rows: Iterable[Row]) -> Iterator[tuple[Row, Finding]]:
    """Names that two rows answer for, at the second; rows without `differences` may for now."""
    first: dict[str, str] = {}
    for row in rows:
        for name in (name for side in SIDES for name in row.answers.get(side, ())):
            if row.differences and first.setdefault(name, row.id) != row.id:
                hint = "a name is answered by one row; others may use it"
                yield row, Finding("answers", f"{first[name]} answers for {name} already", hint)


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
        code = _code_of(row, side) if names else ()
        readings = [names_in(text, side, row.inputs) for _, text in code]
        for name in names:
            if not any(uses(reading, name, side) for reading in readings):
                what = f"the {side} code does not use {name}"
                yield Finding("answers", what, "name only what it calls")


def _also(row: Row) -> Iterator[Finding]:
    for side in row.also:
        if row.form(side) is None:
            yield Finding("also", f"there is no {side} form that it could agree with")


def _arguments(row: Row) -> Iterator[Finding]:
    for number, argument in enumerate(row.arguments, 1):
        for what, hint in _odd_argument(argument):
            yield Finding(f"arguments {number}", what, hint)


def _odd_argument(argument: Argument) -> Iterator[tuple[str, str]]:
    if argument.pytorch is None and argument.gluon is None:
        yield "names an argument of neither side", 'write {pytorch: "dim=0", gluon: "dim=1"}'
    for side in SIDES:
        text = argument.text(side)
        if text is not None and not _is_argument(text):
            yield f"{side}: {text!r} is no argument", "write a name, or name=default"


def _conversions(row: Row) -> Iterator[Finding]:
    """The rules of arguments that nothing proves."""
    for number, argument in enumerate(row.arguments, 1):
        gluon = argument.shown.get("gluon", "")
        if argument.rule and not _is_expression(argument.rule):
            what, hint = (
                f"rule: {argument.rule!r} is no expression",
                "write what x becomes, as 1 - x",
            )
        elif argument.rule and not ("pytorch" in argument.shown and "rule(" in gluon):
            what = f"no code runs the rule {argument.rule!r}"
            hint = "add 'shown': with 0.3 in PyTorch, rule(0.3) in Gluon"
        elif argument.shown and not argument.rule:
            what, hint = "has 'shown', and no rule to show", "add 'rule', or leave it out"
        else:
            continue
        yield Finding(f"arguments {number}", what, hint)


def _is_argument(text: str) -> bool:
    name, equals, default = text.partition("=")
    return name.strip().lstrip("*").isidentifier() and (not equals or _is_expression(default))


def _is_expression(code: str) -> bool:
    try:
        return bool(ast.parse(code.strip(), mode="eval"))
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return False


def _weights(row: Row) -> Iterator[Finding]:
    for number, weight in enumerate(row.weights, 1):
        for what, hint in _odd_weight(weight):
            yield Finding(f"weights {number}", what, hint)


def _odd_weight(weight: Weight) -> Iterator[tuple[str, str]]:
    names = [name for name in (weight.pytorch, weight.gluon) if name is not None]
    if not names:
        yield "names a parameter of neither side", ""
    if weight.rule and not _is_expression(weight.rule):
        yield f"rule: {weight.rule!r} is no expression", "write what x becomes, as x.T"
    if not weight.value:
        return
    if len(names) == 1:
        yield "has a value, and a parameter of one side", "name both parameters"
    for name in names:
        if not all(part.isidentifier() for part in name.split(".")):
            yield (
                f"{name!r} is no parameter that can be written",
                "write it as after the layer's dot",
            )


def _versions(row: Row) -> Iterator[Finding]:
    for number, version in enumerate(row.versions, 1):
        for what, hint in _odd_version(version):
            yield Finding(f"versions {number}", what, hint)


def _unless(row: Row) -> Iterator[Finding]:
    for number, unless in enumerate(row.unless, 1):
        name, equals, _ = unless.setting.partition("=")
        if not (name.isidentifier() and equals):
            what = f"{unless.setting!r} sets no variable of the environment"
            yield Finding(f"unless {number}", what, "write NAME=value")


def _odd_version(version: Version) -> Iterator[tuple[str, str]]:
    hint = "write 'since 1.5' or 'until 1.5'"
    if version.pytorch is None and version.gluon is None:
        yield "has a version of neither side", f"{hint} for pytorch or gluon"
    for side, text in zip(SIDES, (version.pytorch, version.gluon), strict=True):
        if text is not None and not _SINCE.fullmatch(text):
            yield f"{side}: {text!r} is no version", hint


def _hybridized(row: Row) -> Iterator[Finding]:
    given = row.hybridized
    if given is None:
        return
    if row.gluon is None:
        yield Finding("hybridized", "there is no gluon form")
    if (given.form is None) != bool(given.reason):
        yield Finding("hybridized", "takes a form, or a 'reason' why there is none")


def _differences(row: Row) -> Iterator[Finding]:
    for number, difference in enumerate(row.differences, 1):
        for what, hint in _odd_difference(row, difference):
            yield Finding(f"differences {number}", what, hint)


def _odd_difference(row: Row, difference: Difference) -> Iterator[tuple[str, str]]:
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


_CHECKS = (
    ({"availability", "pytorch", "gluon"}, _sides),
    ({"answers", "also", "differences", *_CODE}, _answers),
    ({"also", "pytorch", "gluon"}, _also),
    ({"arguments"}, _arguments),
    ({"weights"}, _weights),
    ({"versions"}, _versions),
    ({"unless"}, _unless),
    ({"hybridized", "gluon"}, _hybridized),
    ({"differences", "inputs"}, _differences),
    ({"misprint", "erratum"}, _misprint),
    ({"compare", "reason"}, _comparison),
    ({"gradient", "inputs"}, _gradient),
    ({"inputs", "cases"}, _inputs),
)


def _code_of(row: Row, side: Side) -> Iterator[tuple[str, str]]:
    """Each piece of code of a side that is run, and the key it stands under."""
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


def _unbound(row: Row, *, certain: bool) -> Iterator[Finding]:
    """Names that neither the code binds nor anything gives it.

    Where it is not `certain` what the inputs are, only those that can be none.
    """
    for side in SIDES:
        for key, code in _code_of(row, side):
            own = _difference_at(row, key)
            known = [*(row.inputs_of(own) if own else row.inputs), *PROVIDED[side]]
            for name in sorted(names_in(code, side).free - {*known}):
                hint = _source_of(name, side)
                if name == FILL_IN:
                    yield Finding(key, "is still to be filled in")
                elif hint or certain:
                    close = _near(name, known) if len(name) > 2 else ""  # x is near to anything
                    what = f"{name!r} is not defined"
                    yield Finding(key, what, hint or close or "give it in 'inputs'")


def _difference_at(row: Row, key: str) -> Difference | None:
    number = re.match(r"differences (\d+)", key)
    return row.differences[int(number[1]) - 1] if number else None


def _source_of(name: str, side: Side) -> str:
    """What to do about a name that is none of the inputs; "" where it may be one."""
    if name in PROVIDED[other(side)]:
        has = ", ".join(PROVIDED[side])
        return f"only the {other(side)} side has it; this one has {has}"
    return f"import it in 'before', {side}" if name in sys.stdlib_module_names else ""


def _not_copied(row: Row) -> Iterator[Finding]:
    """What a table of weights says that no copy by it shows."""
    copied = [weight for weight in row.weights if weight.value]
    for number, weight in enumerate(row.weights, 1):
        if weight.pytorch and weight.gluon and not weight.value:
            hint = "give the input that is put there as 'value'"
            yield Finding(f"weights {number}", "is not copied, so that nothing shows it", hint)
    for side in SIDES:
        asked = LINE.search(row.after.get(side, ""))
        if copied and row.form(side) and not asked:
            hint = "write copy_weights(layer) in 'after', where the layer is ready"
            yield Finding("weights", f"are not copied on the {side} side", hint)
        elif asked and not copied:
            yield Finding("after", f"{side}: copies weights, and none has a 'value'")


def _too_long(row: Row) -> Iterator[Finding]:
    words = len(row.notes.split())
    if words > MOST_WORDS:
        hint = "say the rest by differences, which are run"
        yield Finding("notes", f"has {words} words, {MOST_WORDS} at most", hint)


def _unused_inputs(row: Row) -> Iterator[Finding]:
    code = [(code, side) for side in SIDES for _, code in _code_of(row, side)]
    used = set[str]().union(*(names_in(text, side).read for text, side in code))
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
        for name in row.answers.get(side, ()):
            head, _, rest = name.partition(".")
            module = MODULES[side].get(head, head)
            if module != head:
                yield Finding("answers", f"{name!r} is a short name", f"write {module}.{rest}")


def _near(name: str, known: Iterable[str]) -> str:
    close = nearest(name, known)
    return f"did you mean {close}?" if close else ""
