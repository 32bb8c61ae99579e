"""Everything about one row: availability, forms or editors, outputs, documentation, facts."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.containers import VerticalScroll
from textual.content import Content

from mxcheat.render.language import label, title
from mxcheat.render.words import AVAILABILITY, SHOWS, how_loud, silent_differences
from mxcheat.tui.differences import DifferenceRow
from mxcheat.tui.survival import Guarded
from mxcheat.tui.text.lines import MEANING, MUTED, TONES, cut, foreign_line, sign, wrap
from mxcheat.tui.widgets.facts import Facts
from mxcheat.tui.widgets.flow import Flow, Titled, no_lines, settled_size
from mxcheat.tui.widgets.forms import Forms
from mxcheat.tui.widgets.outputs import Outputs
from mxcheat.tui.widgets.pair import Pair

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from mxcheat.cheatsheet.row import Row
    from mxcheat.cheatsheet.sheet import Cheatsheet
    from mxcheat.tui.keymap import KeyMap
    from mxcheat.tui.shown import Scope, Shown
    from mxcheat.tui.widgets.documentation import Documentation
    from mxcheat.tui.widgets.editors import Editors


class Detail(Guarded, Titled, VerticalScroll):
    """The pane of the highlighted row; with the focus in it, the arrow keys scroll."""

    SCOPE: ClassVar[Scope] = "row"
    virtual_size = settled_size()

    def __init__(self, keymap: KeyMap) -> None:
        super().__init__(id="detail")
        self._keymap = keymap
        self._row: Row | None = None
        self._shown: Shown | None = None
        self.availability = Flow(id="availability")
        self.forms = Forms()
        self.outputs = Outputs()
        self.facts = Facts()
        self.editors: Editors | None = None
        self.documentation: Documentation | None = None

    def compose(self) -> ComposeResult:
        """What one looks for first comes first.

        Editors and documentation are added when they are first wanted: importing them takes time.
        """
        yield self.availability
        yield self.forms
        yield self.outputs
        yield self.facts

    def show(self, shown: Shown) -> None:
        """Draw the record; another row is shown from its top."""
        row, is_new = shown.row, shown.row is not self._row
        self._row, self._shown = row, shown
        if is_new or row is None:
            self.entitle(foreign_line(title(row.function, row.chinese), "bold") if row else "")
            self.availability.flow(partial(_headline, row, shown.sheet) if row else no_lines)
        self._show_code(shown)
        self.outputs.show(shown)
        opens = self._show_documentation(shown)
        self.facts.show(shown)
        if (is_new and row is not None) or opens:
            self.scroll_home(animate=False, immediate=True)

    def on_resize(self) -> None:
        """Draw the facts again: what comes first depends on the height."""
        if self._shown is not None:
            self.facts.show(self._shown)

    def _show_code(self, shown: Shown) -> None:
        if shown.editing and self.editors is None:
            from mxcheat.tui.widgets.editors import Editors  # noqa: PLC0415 - seldom needed

            self.editors = Editors(self._keymap)
            self.mount(self.editors, before=self.outputs)
        if self.editors is not None:
            self.editors.show(shown)
        self.forms.display = shown.row is not None and not shown.editing
        if not shown.editing:
            self.forms.show(shown)

    def _show_documentation(self, shown: Shown) -> bool:
        """Show the documentation if that is wanted; return whether it comes into view."""
        if shown.documented and self.documentation is None:
            from mxcheat.tui.widgets.documentation import Documentation  # noqa: PLC0415 - see above

            self.documentation = Documentation()
            self.mount(self.documentation, before=self.facts)
        if self.documentation is None:
            return False
        before = self.documentation.display
        self.documentation.show(shown)
        return self.documentation.display and not before

    def enter_editor(self) -> None:
        """Put the cursor in the first editor; from one of them, in the next."""
        if self.editors is not None:
            self.editors.enter()

    def reset_editors(self) -> None:
        """Let the editors go back to the row as it is."""
        if self.editors is not None:
            self.editors.reset()

    def scroll_lines(self, by: int) -> None:
        """Scroll by so many lines."""
        self.scroll_relative(y=by, animate=False)

    @on(Pair.Filled)
    def _pair_filled(self, event: Pair.Filled) -> None:
        self.call_after_refresh(self._bring_into_view, event.pair)

    def _bring_into_view(self, pair: Pair) -> None:
        """Let a pair have its share of the view; the forms stay if they can."""
        region, top, view = pair.virtual_region, self.scroll_offset.y, self.size.height
        if not region:  # it has been put out of view meanwhile
            return
        wanted = region.y + min(region.height, int(view * pair.SHARE))
        if self.editors is not None and self.editors.display:  # the cursor stays in view
            wanted = min(wanted, self.editors.virtual_region.y + view)
        if region.bottom <= top:
            self.scroll_to(y=region.y, animate=False, immediate=True)
        elif wanted > top + view:
            self.scroll_to(y=wanted - view, animate=False, immediate=True)


def _headline(row: Row, sheet: Cheatsheet, width: int) -> list[Content]:
    """Availability and what it means; to the right, if there is room, id and section.

    Of a difference, how one meets it, and its sentence below.
    """
    if isinstance(row, DifferenceRow):
        return _difference_lines(row, width)
    said = sign(AVAILABILITY[row.availability])
    if row.silent:
        said += Content.styled(f" · {label(silent_differences(row.silent))}", TONES["bad"])
    meaning = Content.styled(f"  {label(MEANING[row.availability])}", MUTED)
    section = label(sheet.sections.get(row.section, row.section))
    place = foreign_line(f"{row.id} · {section}", MUTED)
    for left, right in ((said + meaning, place), (said, place)):
        gap = width - left.cell_length - right.cell_length
        if gap >= 2:
            return [left + Content(" " * gap) + right]
    return [cut(said + meaning, width)]


def _difference_lines(row: DifferenceRow, width: int) -> list[Content]:
    mark, kind = how_loud(row.difference.loud), label(SHOWS[row.difference.shows])
    place = f"difference {row.number} of {len(row.of.differences)} · {row.of.id}"
    said = Content.styled(f"{mark.glyph} {kind}", f"bold {TONES[mark.tone]}")
    head = cut(said + Content.styled(f"  {place}", MUTED), width)
    return [head, *wrap(foreign_line(row.difference.says), width)]
