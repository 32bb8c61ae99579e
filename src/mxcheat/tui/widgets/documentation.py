"""What the installed frameworks say of a row's names, side by side."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from textual.content import Content

from mxcheat.cheatsheet.sides import FRAMEWORKS, LABELS, SIDES
from mxcheat.live.results import Described
from mxcheat.render.language import label, said, told
from mxcheat.render.words import STATUS
from mxcheat.tui.differences import DifferenceRow
from mxcheat.tui.text.lines import MUTED, TONES, foreign_line, wrap
from mxcheat.tui.text.reference import blocks_of_names
from mxcheat.tui.widgets.flow import Drawn
from mxcheat.tui.widgets.pair import Pair

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mxcheat.cheatsheet.row import Row
    from mxcheat.cheatsheet.sides import Side
    from mxcheat.tui.shown import Documented, Shown


class Documentation(Pair):
    """Signatures and documentation of both names."""

    SHARE = 0.75

    def __init__(self) -> None:
        super().__init__(id="documentation")
        self.display = False
        self._drawn = Drawn()

    def show(self, shown: Shown) -> None:
        """Show what is known of the names of the row, if that is wanted."""
        opens = shown.documented and not self.display
        self.display = shown.documented
        if shown.row is None or not shown.documented:
            return
        is_new = self._drawn.is_new(shown.row, *shown.documents.values())
        if is_new:
            self._draw(shown.row, shown.documents)
        if is_new or opens:
            self.post_message(self.Filled(self))

    def _draw(self, row: Row, answers: Mapping[Side, Documented]) -> None:
        described = [_in_order(row, side, answers.get(side)) for side in SIDES]
        blocks = list(blocks_of_names(*described))
        for place, side in enumerate(SIDES):
            self.panes[place].entitle(said("{side} · documentation", side=LABELS[side]))
            if not described[place]:
                blocks[place] = [partial(wrap, _instead(row, side, answers.get(side)))]
        self.lay_out(*blocks)


def _in_order(row: Row, side: Side, answer: Documented | None) -> list[Described]:
    """What was said of each name, as the row names them; [] if nothing was."""
    if answer is None or answer.problem is not None:
        return []
    nothing = (Described(name, "", "") for name in row.answers[side])
    return [answer.said.get(each.name, each) for each in nothing]


def _instead(row: Row, side: Side, answer: Documented | None) -> Content:
    """What stands where there is no documentation, or none yet."""
    if answer is not None and answer.problem is not None:
        problem = answer.problem
        fix = foreign_line(f" → {told(problem.fix)}" if problem.fix else "", "bold")
        return Content.assemble(
            (f"{STATUS['unavailable'].glyph} ", TONES["fair"]),
            foreign_line(told(str(problem))),
            fix,
        )
    if row.answers.get(side):
        instead = said("waiting for {framework}…", framework=FRAMEWORKS[side])
    else:
        whole = row.of if isinstance(row, DifferenceRow) else row
        instead = label("no counterpart" if whole.form(side) is None else "no name to look up")
    return Content.styled(instead, f"italic {MUTED}")
