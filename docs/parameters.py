"""data/measured/parameters.tsv: how the names that rows answer for take their arguments."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mxcheat.cheatsheet.parameters import BETWEEN_WAYS
from mxcheat.cheatsheet.sides import SIDES
from mxcheat.live.signatures import parameters, ways_to_call

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from mxcheat.cheatsheet.row import Row
    from mxcheat.live.results import Described
    from mxcheat.live.session import Session
    from mxcheat.live.signatures import Parameter

HEAD = "# How public names take their arguments, as torch and mxnet tell it: once for each way."
# What MXNet's generated operators take beside their own.
_GENERATED = ["out", "name", "**kwargs"]
_ANY = ["*args", "**kwargs"]


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
        # A method of an array that hands on what it is given to the function of its name.
        handed_on = ways.get(f"mxnet.nd.{name.partition('.')[2]}", []) if found == [_ANY] else []
        known = [" ".join(way) for way in found if way and way != _ANY]
        known += [" ".join(way[1:]) for way in handed_on if len(way) > 1]
        if known:
            yield f"{name}\t{f' {BETWEEN_WAYS} '.join(dict.fromkeys(known))}"


def _ways(described: Described) -> Iterable[list[str]]:
    for way in ways_to_call(described):
        names = _names(way)
        if names == _ANY:
            names = _names(_documented(described) or way)
        yield names[:-3] if names[-3:] == _GENERATED else names


def _names(way: Iterable[Parameter]) -> list[str]:
    names = [parameter.name for parameter in way]
    return names[1:] if names[:1] == ["self"] else names


def _documented(described: Described) -> list[Parameter] | None:
    """The parameters by the first line of the documentation, where that is a signature."""
    first = described.doc.partition("\n")[0]
    called = first.partition("(")[0]
    return parameters(first) if called in ("__init__", described.name.rpartition(".")[2]) else None
