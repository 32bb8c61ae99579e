"""What is to be run: a snippet a side, on inputs; a row's own, or that of what was printed."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from mxcheat.cheatsheet.row import Snippet
from mxcheat.cheatsheet.sides import SIDES

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mxcheat.cheatsheet.row import InputSpec, Row
    from mxcheat.cheatsheet.sides import Side


@dataclass(frozen=True)
class Trial:
    """What is to be run: a snippet a side, the inputs, and how outputs are compared.

    With `hybridized` the Gluon form is run inside a hybridized block, without what is done after.
    """

    snippets: Mapping[Side, Snippet | None]
    inputs: Mapping[str, InputSpec] = field(default_factory=dict)
    gradient: tuple[str, ...] = ()
    compare: str = "values"
    reason: str = ""
    row: Row | None = None
    hybridized: bool = False

    @property
    def is_to_agree(self) -> bool:
        """Whether a difference would be none that the row promises, or that chance makes."""
        promised = self.row is not None and self.row.availability == "differs"
        return self.compare == "values" and not promised


def trial_of(row: Row, case: int = 0) -> Trial:
    """The trial of a row, on its shown inputs (case 0) or on a further case."""
    snippets = {side: row.snippet(side) for side in SIDES}
    inputs = row.inputs_of_case(case)
    return Trial(snippets, inputs, row.gradient, row.compare, row.reason, row)


def trial_of_code(codes: Mapping[Side, str | None], inputs: Mapping[str, InputSpec]) -> Trial:
    """The trial of code that stands in no row; a side without any is not run."""
    snippets = {
        side: Snippet("", code, "") if code and code.strip() else None
        for side, code in codes.items()
    }
    return Trial(snippets, inputs)


def misprint_of(row: Row, case: int = 0) -> Trial:
    """The trial of what was printed, between the row's own set-up and what is done after."""
    snippets: dict[Side, Snippet | None] = {
        side: Snippet(row.before.get(side, ""), row.misprint[side], row.after_of(side))
        if side in row.misprint
        else None
        for side in SIDES
    }
    return Trial(snippets, row.inputs_of_case(case), row.gradient)
