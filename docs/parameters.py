"""data/measured/parameters.tsv: how the names that rows answer for take their arguments."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mxcheat.cheatsheet.parameters import BETWEEN_WAYS
from mxcheat.cheatsheet.sides import SIDES
from mxcheat.live.signatures import ways_to_call

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from mxcheat.cheatsheet.row import Row
    from mxcheat.live.results import Described
    from mxcheat.live.session import Session

HEAD = "# How public names take their arguments, as torch and mxnet tell it: once for each way."
# What MXNet's generated operators take beside their own.
_GENERATED = ["out", "name", "**kwargs"]
_FLUENT = ["*args", "**kwargs"]


def parameter_lists(session: Session, rows: Sequence[Row]) -> str:
    """A line for each name that a row answers for, if its framework tells how it is called."""
    lines: list[str] = []
    for side in SIDES:
        names = dict.fromkeys(name for row in rows for name in row.answers.get(side, ()))
        described = session.describe(side, [*names], timeout=120)
        lines += _lines(described)
    return "\n".join([HEAD, *sorted(lines)]) + "\n"


def _lines(described: Mapping[str, Described]) -> Iterable[str]:
    ways = {name: [*_ways(each)] for name, each in described.items()}
    for name, found in ways.items():
        if found == [_FLUENT]:
            # A method of an array that hands on what it is given to the function of its name.
            found = [way[1:] for way in ways.get(f"mxnet.nd.{name.partition('.')[2]}", [])]  # noqa: PLW2901
        known = [" ".join(way) for way in found if way]
        if known:
            yield f"{name}\t{f' {BETWEEN_WAYS} '.join(dict.fromkeys(known))}"


def _ways(described: Described) -> Iterable[list[str]]:
    for way in ways_to_call(described):
        names = [parameter.name for parameter in way]
        names = names[1:] if names[:1] == ["self"] else names
        generated = names[-3:] == _GENERATED
        yield names[:-3] if generated else names
