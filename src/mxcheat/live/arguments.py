"""Whether the arguments that a row lists are those of the installed frameworks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from mxcheat.cheatsheet.code import names_in
from mxcheat.cheatsheet.meeting import full_name
from mxcheat.cheatsheet.sides import SIDES
from mxcheat.errors import did_you_mean
from mxcheat.live.signatures import NOT_GIVEN, same_default, ways_to_call
from mxcheat.live.told_names import told_names

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from mxcheat.cheatsheet.row import Row
    from mxcheat.cheatsheet.sides import Side
    from mxcheat.live.results import Described
    from mxcheat.live.signatures import Parameter

# What stands for arguments that a signature does not name.
_ANY = frozenset(("*args", "**kwargs"))
# MXNet's generated operators end in these; their documentation lists the others.
_GENERATED = frozenset(("out", "name"))


@dataclass(frozen=True)
class Checked:
    """What is wrong with the arguments of a row, and those of which nothing could be said."""

    problems: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()


def names_to_describe(rows: Iterable[Row]) -> dict[Side, list[str]]:
    """The names of which the frameworks are asked to check these rows, by side."""
    wanted: dict[Side, list[str]] = {side: [] for side in SIDES}
    for row in rows:
        for side in SIDES if row.arguments else ():
            wanted[side] += row.answers.get(side, ())
        for told in told_names(row):
            wanted[told.side].append(told.name)
    return {side: list(dict.fromkeys(names)) for side, names in wanted.items()}


def check_arguments(row: Row, described: Mapping[Side, Mapping[str, Described]]) -> Checked:
    """Hold each argument against the ways to call the names that the row answers for.

    What the form calls comes first; the other names are asked for what it does not have.
    """
    problems: list[str] = []
    unknown: list[str] = []
    for side in SIDES:
        known = described.get(side, {})
        names = [name for name in row.answers.get(side, ()) if name in known]
        ways = {name: ways_to_call(known[name]) for name in names}
        of_form = [way for name in _in_form(row, side, names) for way in ways[name]]
        of_all = [way for name in names for way in ways[name]]
        for argument in row.arguments:
            written = argument.form(side)
            if written is None:
                continue
            problem = _problem(written, of_form if _takes(of_form, written) else of_all)
            if problem is None:
                unknown.append(f"{side} {written}")
            elif problem:
                problems.append(f"{side}: {problem}")
    return Checked(tuple(problems), tuple(unknown))


def _in_form(row: Row, side: Side, names: Sequence[str]) -> list[str]:
    """Those of the names that the row's form uses."""
    form = row.form(side)
    used = {use.symbol for use in names_in(form, side, row.inputs).uses} if form and names else ()
    return [name for name in names if full_name(name, side) in used]


def _takes(ways: Sequence[Sequence[Parameter]], written: str) -> bool:
    name = written.partition("=")[0].strip()
    return any(parameter.name == name for way in ways for parameter in way)


def _problem(written: str, ways: Sequence[Sequence[Parameter]]) -> str | None:
    """What is wrong with `name=default`; "" if nothing is, None if that cannot be said."""
    name, equals, default = (part.strip() for part in written.partition("="))
    found = [parameter for way in ways for parameter in way if parameter.name == name]
    if not found:
        telling = [names for way in ways if (names := {one.name for one in way} - {"self"}) - _ANY]
        if not telling or any(names & _ANY and not names >= _GENERATED for names in telling):
            return None
        names = set().union(*telling)
        hint = did_you_mean(name, sorted(names))
        return f"there is no argument {name!r}" + (f" ({hint})" if hint else "")
    defaults = [parameter.default for parameter in found]
    if "" in defaults and not all(_takes([way], name) for way in ways):
        defaults.append("None")  # another way to call it does without
    if any(_same(default, given) for given in defaults):
        return ""
    if equals and all(given == NOT_GIVEN for given in defaults):
        return None
    real = " or ".join(dict.fromkeys(given or "required" for given in defaults))
    return f"{name} has the default {default or 'none'} here, and {real} in the framework"


def _same(written: str, given: str) -> bool:
    """Whether a default as the row has it is the one given; MXNet gives required arrays None."""
    if not written:
        return given in ("", "None", NOT_GIVEN)
    return bool(given) and given != NOT_GIVEN and same_default(written, given)
