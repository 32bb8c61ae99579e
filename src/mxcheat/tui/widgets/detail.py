"""Everything about one row: availability, forms, outputs, facts."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from textual import on
from textual.containers import VerticalScroll
from textual.content import Content

from mxcheat.render.words import AVAILABILITY, SHOWS, how_loud, silent_differences
from mxcheat.tui.differences import DifferenceRow
from mxcheat.tui.text.marks import MEANING, MUTED, TONES, foreign_line, sign
from mxcheat.tui.text.wrap import cut, wrap
from mxcheat.tui.trouble import Guarded
from mxcheat.tui.widgets.code import Code
from mxcheat.tui.widgets.facts import Facts
from mxcheat.tui.widgets.flow import Flow, settled_size
from mxcheat.tui.widgets.outputs import Outputs
from mxcheat.tui.widgets.pair import Pair
from mxcheat.tui.widgets.titled import Titled

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from mxcheat.cheatsheet.row import Row
    from mxcheat.cheatsheet.sheet import Cheatsheet
    from mxcheat.tui.drafts import Draft
    from mxcheat.tui.keys import Scope
    from mxcheat.tui.runner import Runner
    from mxcheat.tui.runs import Run
    from mxcheat.tui.widgets.documentation import Documentation


class Detail(Guarded, Titled, VerticalScroll):
    """The pane of the highlighted row; with the focus in it, the arrow keys scroll."""

    SCOPE: Scope = "row"
    virtual_size = settled_size()

    def __init__(self, sheet: Cheatsheet, runner: Runner) -> None:
        super().__init__(id="detail")
        self._sheet = sheet
        self._runner = runner
        self._row: Row | None = None
        self.availability = Flow(id="availability")
        self.code = Code()
        self.outputs = Outputs()
        self.facts = Facts(sheet)
        self._documentation: Documentation | None = None

    def compose(self) -> ComposeResult:
        """From what one looks for first to what one reads last.

        The documentation comes when it is first wanted, above the facts.
        """
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
        self.entitle(foreign_line(row.function, "bold"))
        self.availability.flow(partial(_headline, row, self._sheet))
        self.code.display = True
        self.code.show(row, draft)
        self._row = row
        self.fold_documentation()
        self.show_run(run, draft)
        self.scroll_home(animate=False, immediate=True)

    def show_run(self, run: Run | None, draft: Draft | None) -> None:
        """Show how the row's run stands; `draft` is what would be run now."""
        stale = run is not None and run.draft != draft
        self.outputs.show_run(run, stale=stale)
        if run is not None:
            self.code.show_problems(run)
        if self._row is not None:
            known = run.result or run.before if run and not stale else None
            self.facts.show_row(self._row, known, draft, editing=self.code.editing)

    def on_resize(self) -> None:
        """What comes first depends on the height."""
        self.facts.fit()

    @property
    def documented(self) -> bool:
        """Whether the documentation is in view."""
        return self._documentation is not None and self._documentation.display

    def show_documentation(self) -> None:
        """Show what the frameworks say of the names of the row in view."""
        if self._row is None:
            return
        if self._documentation is None:
            from mxcheat.tui.widgets.documentation import Documentation  # noqa: PLC0415 - see above

            self._documentation = Documentation(self._runner)
            self.mount(self._documentation, before=self.facts)
        self._documentation.display = True
        self._documentation.show_row(self._row)
        self.scroll_home(animate=False, immediate=True)  # and from there as far as need be
        self.refresh_bindings()

    def fold_documentation(self) -> None:
        """Put the documentation out of view."""
        if self._documentation is not None and self._documentation.display:
            self._documentation.display = False
            self.refresh_bindings()

    @on(Pair.Shown)
    def _pair_shown(self, event: Pair.Shown) -> None:
        self.call_after_refresh(self._bring_into_view, event.pair)

    def _bring_into_view(self, pair: Pair) -> None:
        """Let a pair have its share of the view; the forms stay if they can."""
        region, top, view = pair.virtual_region, self.scroll_offset.y, self.size.height
        if not region:  # it has been put out of view meanwhile
            return
        wanted = region.y + min(region.height, int(view * pair.SHARE))
        if self.code.editing:  # the cursor stays in view
            wanted = min(wanted, self.code.virtual_region.y + view)
        if region.bottom <= top:
            self.scroll_to(y=region.y, animate=False, immediate=True)
        elif wanted > top + view:
            self.scroll_to(y=wanted - view, animate=False, immediate=True)

    def show_nothing(self, said: str) -> None:
        """There is no row to show; `said` tells why and what to try."""
        self._row = None
        self.fold_documentation()
        self.entitle("")
        self.availability.flow(lambda _: [])
        self.code.display = self.outputs.display = False
        self.facts.say(said)


def _headline(row: Row, sheet: Cheatsheet, width: int) -> list[Content]:
    """Availability and what it means; to the right, if there is room, id and section.

    Of a difference, how one meets it, and its sentence below.
    """
    if isinstance(row, DifferenceRow):
        return _difference_lines(row, width)
    said = sign(AVAILABILITY[row.availability])
    if row.silent:
        said += Content.styled(f" · {silent_differences(row.silent)}", TONES["bad"])
    meaning = Content.styled(f"  {MEANING[row.availability]}", MUTED)
    section = sheet.sections.get(row.section, row.section)
    place = foreign_line(f"{row.id} · {section}", MUTED)
    for left, right in ((said + meaning, place), (said, place)):
        gap = width - left.cell_length - right.cell_length
        if gap >= 2:
            return [left + Content(" " * gap) + right]
    return [cut(said + meaning, width)]


def _difference_lines(row: DifferenceRow, width: int) -> list[Content]:
    mark, kind = how_loud(row.difference.loud), SHOWS[row.difference.shows]
    place = f"difference {row.number} of {len(row.of.differences)} · {row.of.id}"
    said = Content.styled(f"{mark.glyph} {kind}", f"bold {TONES[mark.tone]}")
    head = cut(said + Content.styled(f"  {place}", MUTED), width)
    return [head, *wrap(foreign_line(row.difference.says), width)]
