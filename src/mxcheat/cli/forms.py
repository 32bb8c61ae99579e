"""The forms that a row begins with: what the frameworks have of a name, in a call that runs."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING, NamedTuple

from mxcheat.cheatsheet.inputs import parse_specs
from mxcheat.cheatsheet.sides import LABELS, SIDES
from mxcheat.cheatsheet.writing import ARRAY
from mxcheat.cli.narrate import say
from mxcheat.cli.skeleton import candidates, skeleton
from mxcheat.live.host.process import WorkerFailedError
from mxcheat.live.trial import trial_of_code

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from mxcheat.cheatsheet.sides import Side
    from mxcheat.cli.skeleton import Skeleton
    from mxcheat.live.results import Described, Failure, TryResult
    from mxcheat.live.session import Session

    Pair = dict[Side, Skeleton]

# What arrays are given in turn, until a call runs: a matrix, images, sequences, indices.
_ARRAYS = (
    *(ARRAY, "normal(1, 3, 8, 8)", "normal(4, 2, 3)", "normal(2, 3, 8)", "normal(1, 3, 6, 6, 6)"),
    *("[0, 2, 1]", "normal(1)"),
)
# How many names of a side are considered, and what a layer beside a function weighs.
_MOST = 3
_MIXED = 2 * _MOST


class Forms(NamedTuple):
    """A form for each side that knows the name, and what is wrong with one that does not run."""

    skeletons: Mapping[Side, Skeleton]
    problems: list[str]


def find_forms(session: Session, name: str) -> Forms:
    """Of the calls that `name` may mean the first that run, both sides on the same inputs.

    Where none does, the likeliest ones, and what they raise.
    """
    likeliest: tuple[Pair, dict[Side, Failure]] = {}, {}
    for number, pair in enumerate(_pairs(_described(session, name), name)):
        for array in _ARRAYS:
            given = {side: each.with_arrays(array) for side, each in pair.items()}
            failures = _failures(_run(session, given), given)
            if not failures:
                return Forms(given, [])
            if not number and (not likeliest[0] or len(failures) < len(likeliest[1])):
                likeliest = given, failures
    return _that_exist(*likeliest)


def _described(session: Session, name: str) -> dict[Side, list[Described]]:
    """What the frameworks that can be had say of the names that `name` may mean."""
    found: dict[Side, list[Described]] = {}
    for side in SIDES:
        try:
            known = session.describe(side, candidates(name, side)).values()
        except WorkerFailedError as error:
            say(f"{error.failure.message}: {name} was not looked up there")
            continue
        found[side] = [said for said in known if said.signature][:_MOST]
    return found


def _pairs(described: Mapping[Side, Sequence[Described]], name: str) -> Iterator[Pair]:
    """A call for each side, the likeliest pair first: two layers, or two functions.

    A name with its module says which of them it is.
    """
    known = {side: said for side, said in described.items() if said}
    pairs = []
    for position, chosen in enumerate(product(*known.values())):
        pair = _pair(dict(zip(known, chosen, strict=True)))
        mixed = "." not in name and len({each.is_layer for each in pair.values()}) > 1
        rank = sum(known[side].index(said) for side, said in zip(known, chosen, strict=True))
        pairs.append((rank + _MIXED * mixed, position, pair))
    yield from (pair for _, _, pair in sorted(pairs, key=lambda each: each[:2]) if pair)


def _pair(said: Mapping[Side, Described]) -> Pair:
    """A skeleton a side; an operator of MXNet takes as many arrays as PyTorch's function."""
    pair: Pair = {}
    for side, each in said.items():
        operands = len(pair["pytorch"].inputs) if pair else None
        pair[side] = skeleton(each, side, operands)
    return pair


def _run(session: Session, pair: Pair) -> TryResult:
    specs = {name: spec for each in pair.values() for name, spec in each.inputs.items()}
    codes: dict[Side, str | None] = {side: each.form for side, each in pair.items()}
    text = "; ".join(f"{name}={spec}" for name, spec in specs.items())
    return session.run(trial_of_code(codes, parse_specs(text)))


def _failures(result: TryResult, pair: Pair) -> dict[Side, Failure]:
    """What each side raises that does not run."""
    errors = {side: result.side(side).error for side in pair}
    return {side: error for side, error in errors.items() if error}


def _that_exist(pair: Pair, failures: Mapping[Side, Failure]) -> Forms:
    """The calls without those of a method that this kind of array does not have."""
    problems, skeletons = [], dict(pair)
    for side, failure in failures.items():
        if failure.type == "AttributeError":
            del skeletons[side]
        else:
            why = str(failure).partition("\n")[0]
            problems.append(f"complete the {LABELS[side]} form, which does not run yet: {why}")
    return Forms(skeletons, problems)
