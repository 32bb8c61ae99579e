"""Rows that compare no gradient although both sides have one.

    .venv/bin/python -m benchmarks.gradients [ROW...]

Runs every row that has both forms, compares values and names no `gradient`, with the gradient of
each input of floats, and lists those for which both sides give one that is not zero throughout.
"""

from __future__ import annotations

import sys
from dataclasses import replace
from typing import TYPE_CHECKING

from mxcheat.cheatsheet.arrays import shown_values
from mxcheat.cheatsheet.inputs import plan_input
from mxcheat.live.session import Session
from mxcheat.live.trial import trial_of
from mxcheat.loading import load

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from mxcheat.cheatsheet.row import Row
    from mxcheat.live.results import SideResult, TryResult


def main(ids: Sequence[str]) -> int:
    """Print a line for each such row: its id, and the inputs. Reports and does not judge: 0."""
    rows = [row for row in load().rows if not ids or row.id in ids]
    asked = [row for row in rows if without_gradient(row)]
    found = 0
    with Session(recorded=False) as session:
        for row, names in lacking(session, asked):
            found += 1
            print(f"{row.id}: {', '.join(names)}", flush=True)
    print(f"{found} of {len(rows)} rows have a gradient that they do not compare")
    return 0


def without_gradient(row: Row) -> bool:
    """Whether a row with both forms compares its values, and no gradient."""
    both = row.pytorch is not None and row.gluon is not None
    return both and row.compare == "values" and not row.gradient


def lacking(session: Session, rows: Sequence[Row]) -> Iterator[tuple[Row, list[str]]]:
    """The rows of which both sides give a gradient, each with the inputs that it is of."""
    for row in rows:
        names = _floats(row)
        if not names:
            continue
        result = session.run(replace(trial_of(row), gradient=tuple(names)), reconsidered=False)
        if given := gradients(result):
            yield row, [name for name in names if name in given]


def gradients(result: TryResult) -> set[str]:
    """The inputs of which both sides give a gradient that is not zero throughout."""
    left, right = map(_gradients, result.sides)
    return left & right


def _gradients(side: SideResult) -> set[str]:
    return {
        output.name.removesuffix(".grad")
        for output in side.outputs
        if output.name.endswith(".grad") and output.array and any(shown_values(output.array))
    }


def _floats(row: Row) -> list[str]:
    """The inputs that are arrays of floats."""
    plans = {name: plan_input(name, spec) for name, spec in row.inputs.items()}
    return [name for name, plan in plans.items() if plan.shape and "float" in plan.dtype]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
