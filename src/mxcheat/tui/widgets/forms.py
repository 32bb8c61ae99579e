"""Both forms of a row, side by side."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from textual.content import Content
from textual.style import Style

from mxcheat.cheatsheet.sides import LABELS, SIDES
from mxcheat.render.inert import inert
from mxcheat.render.language import said
from mxcheat.tui.differences import absence
from mxcheat.tui.drafts import edited
from mxcheat.tui.shown import is_long
from mxcheat.tui.text.lines import MUTED, RUN_ONLY, highlight, pointer, wrap, wrap_code
from mxcheat.tui.widgets.flow import Drawn, no_lines
from mxcheat.tui.widgets.pair import Pair

if TYPE_CHECKING:
    from mxcheat.cheatsheet.sides import Side
    from mxcheat.live.results import Failure
    from mxcheat.tui.shown import Shown
    from mxcheat.tui.text.lines import Layout

_WRONG = "underline $text-error"
_UNFOLDS = Style.from_meta({"@click": "screen.do('row.setup')"})


class Forms(Pair):
    """The code that is run: set-up (folded where it is long), the form, what follows it."""

    def __init__(self) -> None:
        super().__init__(id="forms")
        self._drawn = Drawn()

    def show(self, shown: Shown) -> None:
        """Show the forms of the row, or the code it has been changed to."""
        row, draft = shown.row, shown.draft
        result = None if shown.is_stale else shown.result
        if row is None or not self._drawn.is_new(row, draft, shown.unfolded, result):
            return
        for pane, side in zip(self.panes, SIDES, strict=True):
            pane.entitle(LABELS[side] + edited(is_so=shown.edits(side)))
        errors = {side.side: side.error for side in result.sides} if result else {}
        self.lay_out(*(_blocks(shown, side, errors.get(side)) for side in SIDES))


def _blocks(shown: Shown, side: Side, error: Failure | None) -> list[Layout]:
    """Set-up, form and what follows; the line of `error` is marked, if it is in view."""
    snippet = shown.snippet(side)
    if snippet is None:
        absent = absence(shown.row, side) if shown.row else ""
        return [no_lines, partial(wrap, Content.styled(absent, f"italic {MUTED}"))]
    folds = is_long(snippet.before) and not shown.unfolded
    parts = [highlight(inert(part)) for part in (snippet.before, snippet.form, snippet.after)]
    line = error.line - 1 if error is not None and error.line else -1
    for at, part in enumerate(parts):
        height = len(part.plain.split("\n")) if part else 0
        if 0 <= line < height and error is not None:
            parts[at] = _marked(part, line, pointer(error.type))
        line -= height
    before, form, after = (part.rstrip() for part in parts)
    return [
        _run_only(_folded(snippet.before, shown) if folds else before),
        partial(wrap_code, form) if form else no_lines,
        _run_only(after),
    ]


def _marked(code: Content, line: int, said: str) -> Content:
    lines = list(code.split("\n", allow_blank=True))
    lines[line] = lines[line].stylize(_WRONG) + Content.styled(f"  {said}", "italic $text-error")
    return Content("\n").join(lines)


def _run_only(code: Content) -> Layout:
    """Code that belongs to the run and not to the form, each line behind a mark, in one colour."""
    if not code:
        return no_lines
    mark = Content.styled(RUN_ONLY, MUTED)

    def lines(width: int) -> list[Content]:
        room = width - mark.cell_length
        return [mark + line.stylize(MUTED) for line in wrap_code(code, room)]

    return lines


def _folded(before: str, shown: Shown) -> Content:
    lines = before.strip("\n").count("\n") + 1
    key = shown.key("row.setup")
    folded = said("⋯ {count} lines of set-up, {key} shows them", count=lines, key=key)
    return Content.styled(folded, MUTED).stylize(_UNFOLDS)
