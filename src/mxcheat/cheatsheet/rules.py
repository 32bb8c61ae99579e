"""What is wrong or odd about a row that can be used, as far as can be seen without running it.

Nothing is reported that a key with a problem of its own, one of `broken`, could change.
"""

from __future__ import annotations

import ast
import re
import sys
from typing import TYPE_CHECKING

from mxcheat.cheatsheet.code import names_in
from mxcheat.cheatsheet.contradictions import CODE, Finding, code_of, is_expression
from mxcheat.cheatsheet.copying import LINE
from mxcheat.cheatsheet.meeting import full_name
from mxcheat.cheatsheet.pairing import exchanged
from mxcheat.cheatsheet.proof import unfounded
from mxcheat.cheatsheet.sides import MODULES, PROVIDED, SIDES, other
from mxcheat.errors import nearest

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from collections.abc import Set as AbstractSet

    from mxcheat.cheatsheet.row import Difference, Row
    from mxcheat.cheatsheet.sides import Side

# What a template has where its author has to write something.
FILL_IN = "FILL_IN"
MOST_WORDS = 60


def faults(row: Row, broken: AbstractSet[str] = frozenset()) -> Iterator[Finding]:
    """What else is wrong or missing."""
    if FILL_IN in row.function:
        yield Finding("function", "is still to be filled in")
    if not broken & {*CODE, "weights"}:
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
    if not broken & {*CODE, "differences", "inputs", "answers", "arguments"}:
        yield from (Finding(*found) for found in unfounded(row))
        yield from (Finding(*found) for found in exchanged(row))
        yield from _needless_workaround(row)


def _needless_workaround(row: Row) -> Iterator[Finding]:
    """A form that is said to be composed, and is one call of a counterpart."""
    if row.availability == "workaround" and all(_is_one_call(row, side) for side in SIDES):
        what = "says 'workaround', yet each form is one call of a name that the row answers for"
        yield Finding("availability", what, "a direct counterpart is 'equivalent', or 'differs'")


def _is_one_call(row: Row, side: Side) -> bool:
    form = row.form(side) or ""
    names = {full_name(name, side) for name in row.answers.get(side, ())}
    nodes = [*ast.walk(ast.parse(form))] if names else []
    calls = sum(isinstance(node, ast.Call) for node in nodes)
    composes = any(isinstance(node, (ast.BinOp, ast.BoolOp, ast.Compare)) for node in nodes)
    uses = [use for use in names_in(form, side, row.inputs).uses if use.symbol in names]
    return calls == len(uses) == 1 and not composes and "\n" not in form.strip()


def remarks(row: Row, broken: AbstractSet[str] = frozenset()) -> Iterator[Finding]:
    """What is probably a mistake, or could be left out."""
    if not broken & {*CODE, "inputs", "misprint", "differences", "also"}:
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


def _conversions(row: Row) -> Iterator[Finding]:
    """The rules of arguments that nothing proves."""
    for number, argument in enumerate(row.arguments, 1):
        gluon = argument.shown.get("gluon", "")
        if argument.rule and not is_expression(argument.rule):
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


def _unbound(row: Row, *, certain: bool) -> Iterator[Finding]:
    """Names that the code uses, and neither binds nor is given.

    If the inputs are not `certain`, only those that cannot be inputs.
    """
    for side in SIDES:
        for key, code in code_of(row, side):
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
    """What to do about a name that cannot be an input; "" if it may be one."""
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
    code = [(code, side) for side in SIDES for _, code in code_of(row, side)]
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
