"""A difference of a row as a row of its own: it is read, edited and run as every row is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from mxcheat.cheatsheet.row import Difference, Row
from mxcheat.render.facts import by_danger
from mxcheat.render.language import label

if TYPE_CHECKING:
    from mxcheat.cheatsheet.sides import Side


# Between the id of a row and the number of its difference, in the id of this.
IN_ROW = " difference "


@dataclass(frozen=True, kw_only=True)
class DifferenceRow(Row):
    """What shows a difference; `number` counts from 1 in the order in which they are shown."""

    of: Row
    number: int
    difference: Difference

    @property
    def traced(self) -> bool:
        """Whether Gluon's code is run in a hybridized block."""
        return self.difference.shows == "hybridized"


def absence(row: Row, side: Side) -> str:
    """What stands in the place of a side without code: a difference may concern one side only."""
    has_form = isinstance(row, DifferenceRow) and row.of.form(side) is not None
    return label("not run here" if has_form else "no counterpart")


def difference_row(row: Row, number: int) -> DifferenceRow:
    """The row that shows difference `number` of `row`."""
    from mxcheat.live.claims import difference_trial  # noqa: PLC0415 - after the first paint

    difference = by_danger(row.differences)[number - 1]
    trial = difference_trial(row, difference)
    snippets = {side: snippet for side, snippet in trial.snippets.items() if snippet}
    forms: dict[Side, str] = {side: snippet.form for side, snippet in snippets.items()}
    return DifferenceRow(
        id=f"{row.id}{IN_ROW}{number}",
        section=row.section,
        function=row.function,
        chinese=row.chinese,
        availability=row.availability,
        answers=row.answers,
        pytorch=forms.get("pytorch"),
        gluon=forms.get("gluon"),
        before={side: snippet.before for side, snippet in snippets.items()},
        after={side: snippet.after for side, snippet in snippets.items()},
        inputs=trial.inputs,
        gradient=trial.gradient,
        of=row,
        number=number,
        difference=difference,
    )
