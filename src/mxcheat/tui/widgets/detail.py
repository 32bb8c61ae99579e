"""Everything about one row: availability, forms, outputs, facts."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from textual import on
from textual.containers import VerticalScroll
from textual.content import Content

from mxcheat.render.words import AVAILABILITY
from mxcheat.tui.text.marks import MEANING, MUTED, foreign_line, sign
from mxcheat.tui.text.wrap import cut
from mxcheat.tui.trouble import Guarded
from mxcheat.tui.widgets.code import Code
from mxcheat.tui.widgets.facts import Facts
from mxcheat.tui.widgets.flow import Flow
from mxcheat.tui.widgets.outputs import Outputs

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from mxcheat.cheatsheet.row import Cheatsheet, Row
    from mxcheat.tui.drafts import Draft
    from mxcheat.tui.keys import Scope
    from mxcheat.tui.runs import Run


class Detail(Guarded, VerticalScroll):
    """The pane of the highlighted row; with the focus in it, the arrow keys scroll."""

    SCOPE: Scope = "row"

    def __init__(self, sheet: Cheatsheet) -> None:
        super().__init__(id="detail")
        self._sheet = sheet
        self._row: Row | None = None
        self.availability = Flow(id="availability")
        self.code = Code()
        self.outputs = Outputs()
        self.facts = Facts(sheet)

    def compose(self) -> ComposeResult:
        """From what one looks for first to what one reads last."""
        yield self.availability
        yield self.code
        yield self.outputs
        yield self.facts

    def show_row(self, row: Row, run: Run | None, draft: Draft | None = None) -> None:
        """Show a row from its top, with what its latest run gave; the one in view stays.

        `draft` is what the row has been changed to.
        """
        if row is self._row:
            return
        self.border_title = foreign_line(f" {row.function} ", "bold")
        self.availability.flow(partial(_headline, row, self._sheet))
        self.code.display = True
        self.code.show(row, draft)
        self._row = row
        self.show_run(run, draft)
        self.scroll_home(animate=False, immediate=True)

    def show_run(self, run: Run | None, draft: Draft | None) -> None:
        """Show how the row's run stands; `draft` is what would be run now."""
        stale = run is not None and run.draft != draft
        self.outputs.show_run(run, stale=stale)
        if run is not None:
            self.code.show_problems(run)
        if self._row is not None:
            self.facts.show_row(self._row, run.result if run and not stale else None, draft)

    @on(Outputs.Shown)
    def _outputs_shown(self) -> None:
        self.call_after_refresh(self._show_outputs)

    def _show_outputs(self) -> None:
        """Bring the outputs, or the start of long ones, into view; the forms stay if they can."""
        outputs, view = self.outputs.virtual_region, self.size.height
        wanted = outputs.y + min(outputs.height, view // 2)
        if self.code.editing:  # the cursor stays in view
            wanted = min(wanted, self.code.virtual_region.y + view)
        if wanted > self.scroll_offset.y + view:
            self.scroll_to(y=wanted - view, animate=False, immediate=True)

    def show_nothing(self, said: str) -> None:
        """There is no row to show; `said` tells why and what to try."""
        self._row = None
        self.border_title = ""
        self.availability.flow(lambda _: [])
        self.code.display = self.outputs.display = False
        self.facts.say(said)


def _headline(row: Row, sheet: Cheatsheet, width: int) -> list[Content]:
    """Availability and what it means; to the right, if there is room, id and section."""
    said = sign(AVAILABILITY[row.availability])
    meaning = Content.styled(f"  {MEANING[row.availability]}", MUTED)
    section = sheet.sections.get(row.section, row.section)
    place = foreign_line(f"{row.id} · {section}", MUTED)
    for left, right in ((said + meaning, place), (said, place)):
        gap = width - left.cell_length - right.cell_length
        if gap >= 2:
            return [left + Content(" " * gap) + right]
    return [cut(said + meaning, width)]
