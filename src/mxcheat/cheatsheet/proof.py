"""Whether the rules of a row hold for its own code: what shows a difference must meet its rule.

What to write instead must not, unless it is the same call and the code around it was changed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from mxcheat.cheatsheet.code import names_in
from mxcheat.cheatsheet.meeting import Call, arguments_of, full_name
from mxcheat.cheatsheet.parameters import ways_of
from mxcheat.cheatsheet.sides import SIDES
from mxcheat.cheatsheet.when import names_called_in, parameters_in
from mxcheat.errors import did_you_mean, nearest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mxcheat.cheatsheet.row import Difference, Row
    from mxcheat.cheatsheet.sides import Side
    from mxcheat.cheatsheet.when import Rule
    from mxcheat.names.uses import Use

    # A key of the row, what is wrong with it, and what to do.
    Found = tuple[str, str, str]


def unfounded(row: Row) -> Iterator[Found]:
    """What is wrong with the rules of a row, each with its key."""
    for number, difference in enumerate(row.differences, 1):
        for side in _sides(row, difference):
            for what, hint in _of_rule(row, difference, side):
                yield f"differences {number}, when", f"{side}: {what}", hint


def _sides(row: Row, difference: Difference) -> list[Side]:
    """The sides that a rule is for; a rule for both is for those that answer for names."""
    sides = [side for side in SIDES if side in difference.when]
    if difference.when.get("pytorch") == difference.when.get("gluon"):
        return [side for side in sides if row.answers.get(side)] or sides
    return sides


def _of_rule(row: Row, difference: Difference, side: Side) -> Iterator[tuple[str, str]]:
    names = [full_name(name, side) for name in row.answers.get(side, ())]
    rule = difference.when[side]
    if not names:
        yield f"the row answers for no {side} name", "a rule speaks of calls of those"
        return
    unknown = [*_unknown_names(rule, side, names), *_unknown_parameters(rule, row, side, names)]
    yield from unknown
    if not unknown:
        yield from _unproved(rule, row, difference, side)


def _unknown_names(rule: Rule, side: Side, names: list[str]) -> Iterator[tuple[str, str]]:
    for name in names_called_in(rule):
        if full_name(name, side) not in names:
            yield f"the row does not answer for {name!r}", did_you_mean(name, names)


def _unknown_parameters(
    rule: Rule, row: Row, side: Side, names: list[str]
) -> Iterator[tuple[str, str]]:
    ways = [way for name in names for way in ways_of(name)]
    known = arguments_of(row, side)
    known |= {each for way in ways for each in (*way.positional, way.rest, *way.named) if each}
    for parameter in dict.fromkeys(parameters_in(rule)):
        if parameter not in known:
            close = nearest(parameter, sorted(known))
            hint = f"did you mean {close}?" if close else "if one has it, list it in 'arguments'"
            yield f"none of these names is known to have an argument {parameter!r}", hint


def _unproved(
    rule: Rule, row: Row, difference: Difference, side: Side
) -> Iterator[tuple[str, str]]:
    shown = _uses(row, difference, side)
    if not any(Call(use, row, side).meets(rule) for _, use in shown):
        calls = ", ".join(dict.fromkeys(text for text, _ in shown))
        what = f"of what shows it, {calls}, nothing meets the rule" if calls else ""
        hint = "the difference's own code is the first that has to"
        yield what or "what shows it uses no name that the row answers for", hint
    same = {(text, use.symbol) for text, use in shown}
    for text, use in _uses(row, difference, side, instead=True):
        if (text, use.symbol) not in same and Call(use, row, side).meets(rule):
            yield f"what is written instead meets it too: {text}", "say what tells them apart"


def _uses(
    row: Row, difference: Difference, side: Side, *, instead: bool = False
) -> list[tuple[str, Use]]:
    """The uses of answered names, with their code, in what shows a difference or its `instead`."""
    form = difference.instead.get(side) if instead else None
    snippet = row.snippet_of(difference, side, form)
    if snippet is None or (instead and form is None):
        return []
    code = snippet.code
    names = {full_name(name, side) for name in row.answers.get(side, ())}
    uses = names_in(code, side, row.inputs_of(difference)).uses
    set_up = len(row.before.get(side, "").splitlines())
    return [(_text(code, use), use) for use in uses if use.symbol in names and use.line > set_up]


def _text(code: str, use: Use) -> str:
    """The code of a use, on one line."""
    return " ".join(" ".join(use.piece(code.splitlines())).split())
