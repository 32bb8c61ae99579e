"""Both forms of a row, side by side."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from textual.content import Content
from textual.style import Style

from mxcheat.cheatsheet.sides import LABELS, SIDES
from mxcheat.render.inert import inert
from mxcheat.tui.drafts import EDITED, draft_of
from mxcheat.tui.shown import is_long
from mxcheat.tui.text.lines import MUTED, RUN_ONLY, highlight, wrap, wrap_code
from mxcheat.tui.widgets.flow import Drawn, no_lines
from mxcheat.tui.widgets.pair import Pair

if TYPE_CHECKING:
    from mxcheat.cheatsheet.row import Row
    from mxcheat.cheatsheet.sides import Side
    from mxcheat.tui.drafts import Draft
    from mxcheat.tui.shown import Shown
    from mxcheat.tui.text.lines import Layout

_UNFOLDS = Style.from_meta({"@click": "screen.do('row.setup')"})


class Forms(Pair):
    """The code that is run: set-up (folded where it is long), the form, what follows it."""

    def __init__(self) -> None:
        super().__init__(id="forms")
        self._drawn = Drawn()

    def show(self, shown: Shown) -> None:
        """Show the forms of the row, or the code it has been changed to."""
        row, draft = shown.row, shown.draft
        if row is None or not self._drawn.is_new(row, draft, shown.unfolded):
            return
        own = draft_of(row)
        for pane, side in zip(self.panes, SIDES, strict=True):
            edited = draft is not None and draft.text(side) != own.text(side)
            pane.entitle(LABELS[side] + (EDITED if edited else ""))
        left, right = (_blocks(shown, draft or row, side) for side in SIDES)
        self.lay_out(left, right)


def _blocks(shown: Shown, source: Row | Draft, side: Side) -> list[Layout]:
    snippet = source.snippet(side)
    if snippet is None:
        return [no_lines, partial(wrap, Content.styled("no counterpart", f"italic {MUTED}"))]
    return [
        _run_only(_setup(snippet.before, shown)),
        _code(highlight(inert(snippet.form.rstrip()))),
        _run_only(highlight(inert(snippet.after.rstrip()))),
    ]


def _code(code: Content) -> Layout:
    return partial(wrap_code, code) if code else no_lines


def _run_only(code: Content) -> Layout:
    """Code that belongs to the run and not to the form, each line behind a mark, in one colour."""
    if not code:
        return no_lines
    mark = Content.styled(RUN_ONLY, MUTED)

    def lines(width: int) -> list[Content]:
        room = width - mark.cell_length
        return [mark + line.stylize(MUTED) for line in wrap_code(code, room)]

    return lines


def _setup(before: str, shown: Shown) -> Content:
    if is_long(before) and not shown.unfolded:
        lines = before.strip("\n").count("\n") + 1
        said = f"⋯ {lines} lines of set-up, {shown.key('row.setup')} shows them"
        return Content.styled(said, MUTED).stylize(_UNFOLDS)
    return highlight(inert(before.rstrip()))
