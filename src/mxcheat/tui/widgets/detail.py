"""Everything about one row: availability, forms or editors, outputs, documentation, facts."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.containers import VerticalScroll
from textual.content import Content

from mxcheat.render.language import label, said, title
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
    from textual.widget import Widget

    from mxcheat.cheatsheet.row import Row
    from mxcheat.tui.drafts import Draft
    from mxcheat.tui.keymap import KeyMap
    from mxcheat.tui.shown import Scope, Shown
    from mxcheat.tui.widgets.documentation import Documentation
    from mxcheat.tui.widgets.editors import Editors


# The class of the foot while it stands at the bottom.
DOCKED = "-docked"


class Detail(Guarded, Titled, VerticalScroll):
    """The pane of the highlighted row; with the focus in it, the arrow keys scroll."""

    SCOPE: ClassVar[Scope] = "row"
    virtual_size = settled_size()

    def __init__(self, keymap: KeyMap, foot: Widget) -> None:
        """`foot` says how the run stands, and is always in view."""
        super().__init__(id="detail")
        self._foot = foot
        self._foot.add_class(DOCKED)
        self._keymap = keymap
        self._row: Row | None = None
        self._shown: Shown | None = None
        self._before_documentation = 0
        self.availability = Flow(id="availability")
        self.forms = Forms()
        self.outputs = Outputs()
        self.facts = Facts()
        self.editors: Editors | None = None
        self.documentation: Documentation | None = None

    def compose(self) -> ComposeResult:
        """What one looks for first comes first.

        Outputs are added by `complete`. Editors and documentation are added when they are first
        wanted: importing them takes time.
        """
        yield self.availability
        yield self.forms
        yield self._foot
        yield self.facts

    def complete(self) -> None:
        """Add what is hidden until the row has been run."""
        if not self.outputs.is_attached:
            self.mount(self.outputs, before=self._foot)

    def show(self, shown: Shown) -> None:
        """Draw the record; another row is shown from its top."""
        row, is_new = shown.row, shown.row is not self._row
        was_documented = self._shown is not None and self._shown.documented
        self._row, self._shown = row, shown
        if is_new or row is None:
            self.entitle(foreign_line(title(row.function, row.chinese), "bold") if row else "")
            self.availability.flow(partial(_headline, row, shown) if row else no_lines)
        self._show_code(shown)
        self.outputs.show(shown)
        opens = self._show_documentation(shown)
        self.facts.show(shown)
        if opens:
            self._before_documentation = self.scroll_offset.y
        if (is_new and row is not None) or opens:
            self.scroll_home(animate=False, immediate=True)
        elif was_documented and not shown.documented:  # back to where one was
            self.scroll_to(y=self._before_documentation, animate=False, immediate=True)
        self._place_foot()

    def on_resize(self) -> None:
        """Draw the facts again: what comes first depends on the height."""
        if self._shown is not None:
            self.facts.show(self._shown)
        self._place_foot()

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        """What is scrolled out of view may be the place of the verdict."""
        super().watch_scroll_y(old_value, new_value)
        self._place_foot()

    def _place_foot(self) -> None:
        """Let the foot stand below the outputs while it is seen there; else at the bottom."""
        if self.outputs.display and self.screen.has_class("-tall"):
            self.call_after_refresh(self._place_foot_below)
        else:
            self._foot.add_class(DOCKED)

    def _place_foot_below(self) -> None:
        bottom = self.outputs.virtual_region.bottom - self.scroll_offset.y
        is_seen = 0 < bottom <= self.size.height - self._foot.outer_size.height
        self._foot.set_class(not (self.outputs.display and is_seen), DOCKED)

    def _show_code(self, shown: Shown) -> None:
        if shown.editing and self.editors is None:
            from mxcheat.tui.widgets.editors import Editors  # noqa: PLC0415 - seldom needed

            self.editors = Editors(self._keymap)
            self.mount(self.editors, after=self.forms)
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

    def put_in_editors(self, row: Row, draft: Draft) -> None:
        """Let the editors hold `draft`, if `row` is the one that they hold."""
        if self.editors is not None:
            self.editors.put(row, draft)

    def scroll_lines(self, by: int) -> None:
        """Scroll by so many lines."""
        self.scroll_relative(y=by, animate=False)

    @on(Pair.Filled)
    def _pair_filled(self, event: Pair.Filled) -> None:
        self.call_after_refresh(self._bring_into_view, event.pair)

    def _bring_into_view(self, pair: Pair) -> None:
        """Let a pair have its share of the view; the forms stay if they can."""
        region, top = pair.virtual_region, self.scroll_offset.y
        view = self.size.height - self._foot.outer_size.height
        if not region:  # it has been put out of view meanwhile
            return
        fits = region.height <= view
        wanted = region.bottom if fits else region.y + int(view * pair.share)
        if self.editors is not None and self.editors.display:  # the cursor stays in view
            wanted = min(wanted, self.editors.virtual_region.y + view)
        if region.bottom <= top:
            self.scroll_to(y=region.y, animate=False, immediate=True)
        elif wanted > top + view:
            self.scroll_to(y=wanted - view, animate=False, immediate=True)


def _headline(row: Row, shown: Shown, width: int) -> list[Content]:
    """Availability and what it means; to the right, if there is room, id and section.

    Of a difference, how one meets it, and its sentence below.
    """
    if isinstance(row, DifferenceRow):
        return _difference_lines(row, width)
    if shown.is_scratch:
        saves = said(
            "in no sheet; {key} saves it as a row of your own", key=shown.key("copy.choose")
        )
        return [cut(Content.styled(saves, MUTED), width)]
    head = sign(AVAILABILITY[row.availability])
    if row.silent:
        head += Content.styled(f" · {label(silent_differences(row.silent))}", TONES["bad"])
    meaning = Content.styled(f"  {label(_meaning(row, shown))}", MUTED)
    section = label(shown.sheet.sections.get(row.section, row.section))
    whose = f"{label('your own')} · " if row.id in shown.own else ""
    place = foreign_line(f"{whose}{row.id} · {section}", MUTED)
    for left, right in ((head + meaning, place), (head, place)):
        gap = width - left.cell_length - right.cell_length
        if gap >= 2:
            return [left + Content(" " * gap) + right]
    return [cut(head + meaning, width)]


def _meaning(row: Row, shown: Shown) -> str:
    """What the availability of a row means, as far as it can be known."""
    if row.id in shown.own and row.availability == "equivalent":
        return "says its author; a run shows it"
    if row.availability == "equivalent" and row.compare == "distribution":
        return "random numbers of the same distribution"
    if row.availability == "equivalent" and row.compare == "none":
        return "does the same"
    return MEANING[row.availability]


def _difference_lines(row: DifferenceRow, width: int) -> list[Content]:
    mark, kind = how_loud(row.difference.loud), label(SHOWS[row.difference.shows])
    of = {"number": row.number, "all": len(row.of.differences), "row": row.of.id}
    place = said("difference {number} of {all} · {row}", **of)
    met = Content.styled(f"{mark.glyph} {kind}", f"bold {TONES[mark.tone]}")
    head = cut(met + Content.styled(f"  {place}", MUTED), width)
    return [head, *wrap(foreign_line(row.difference.says), width)]
