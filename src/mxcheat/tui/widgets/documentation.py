"""What the installed frameworks say of a row's names, side by side."""

from __future__ import annotations

from functools import partial
from operator import is_
from typing import TYPE_CHECKING

from textual import on
from textual.cache import LRUCache
from textual.content import Content

from mxcheat.cheatsheet.sides import FRAMEWORKS, LABELS, SIDES
from mxcheat.live.results import Described
from mxcheat.tui.documents import Documented, look_up
from mxcheat.tui.text.marks import MUTED, TONES, foreign_line
from mxcheat.tui.text.reference import blocks_of_names
from mxcheat.tui.text.wrap import wrap
from mxcheat.tui.widgets.pair import Pair

if TYPE_CHECKING:
    from mxcheat.cheatsheet.row import Row
    from mxcheat.cheatsheet.sides import Side
    from mxcheat.tui.runner import Runner

    # What has been answered so far.
    _Answers = dict[Side, Documented]

# The documentation of so many rows is kept.
_MOST_ROWS = 200


class Documentation(Pair):
    """Signatures and documentation; asked for once a row, again only where that failed."""

    SHARE = 0.75

    def __init__(self, runner: Runner) -> None:
        super().__init__(id="documentation")
        self._runner = runner
        self._row: Row | None = None
        self._drawn: tuple[object, ...] = ()
        self._known: LRUCache[str, _Answers] = LRUCache(_MOST_ROWS)

    def show_row(self, row: Row) -> None:
        """Show what is known of the names of `row`, and ask for what is not."""
        self._row = row
        answers = self._known.get(row.id)
        if answers is None or any(answer.problem for answer in answers.values()):
            self._known[row.id] = {}
            self._runner.ask(self, partial(look_up, row, self.post_message))
        self._draw(row)

    @on(Documented)
    def _documented(self, event: Documented) -> None:
        answers = self._known.get(event.row.id)
        if answers is not None:
            answers[event.side] = event
        if event.row is self._row:
            self._draw(event.row)

    def _draw(self, row: Row) -> None:
        answers = self._known[row.id]
        drawn = (row, *answers.values())
        self.post_message(self.Shown(self))
        if len(drawn) == len(self._drawn) and all(map(is_, drawn, self._drawn)):
            return
        self._drawn = drawn
        said = [_in_order(row, answers.get(side)) for side in SIDES]
        blocks = list(blocks_of_names(*said))
        for place, side in enumerate(SIDES):
            self.panes[place].entitle(f"{LABELS[side]} · documentation")
            if not said[place]:
                blocks[place] = [partial(wrap, _instead(row, side, answers))]
        self.show(*blocks)


def _in_order(row: Row, answer: Documented | None) -> list[Described]:
    """What was said of each name, as the row names them; [] if nothing was."""
    if answer is None or answer.problem is not None:
        return []
    nothing = (Described(name, "", "") for name in row.answers[answer.side])
    return [answer.said.get(each.name, each) for each in nothing]


def _instead(row: Row, side: Side, answers: _Answers) -> Content:
    """What stands where there is no documentation, or none yet."""
    if side in answers and answers[side].problem is not None:
        problem = answers[side].problem
        fix = foreign_line(f" → {problem.fix}" if problem and problem.fix else "", "bold")
        return Content.assemble(("○ ", TONES["fair"]), foreign_line(str(problem)), fix)
    if row.answers.get(side):
        said = f"waiting for {FRAMEWORKS[side]}…"
    else:
        said = "no counterpart" if row.form(side) is None else "no name to look up"
    return Content.styled(said, f"italic {MUTED}")
