"""Both forms of a row, side by side."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from textual.content import Content
from textual.style import Style

from mxcheat.cheatsheet.sides import LABELS, SIDES
from mxcheat.render.inert import inert
from mxcheat.tui.drafts import EDITED, draft_of
from mxcheat.tui.keymap import key_of
from mxcheat.tui.text.highlight import highlight
from mxcheat.tui.text.marks import MUTED
from mxcheat.tui.text.wrap import wrap, wrap_code
from mxcheat.tui.widgets.pair import Pair

if TYPE_CHECKING:
    from mxcheat.cheatsheet.row import Row
    from mxcheat.cheatsheet.sides import Side
    from mxcheat.tui.drafts import Draft
    from mxcheat.tui.widgets.flow import Layout

_UNFOLDS = Style.from_meta({"@click": "screen.do('row.setup')"})
# A set-up this short is shown; a longer one is folded.
SHORT_SETUP = 3


class Forms(Pair):
    """The code that is run: set-up (folded where it is long), the form, what follows it."""

    def __init__(self) -> None:
        super().__init__(id="forms")
        self._row: Row | None = None
        self._draft: Draft | None = None
        self.unfolded = False

    def show_row(self, row: Row, draft: Draft | None = None) -> None:
        """Show the forms of `row`, or the code it has been changed to."""
        self._row, self._draft = row, draft
        own = draft_of(row)
        for pane, side in zip(self.panes, SIDES, strict=True):
            edited = draft is not None and draft.text(side) != own.text(side)
            pane.entitle(LABELS[side] + (EDITED if edited else ""))
        left, right = (self._blocks_of(row, side) for side in SIDES)
        self.show(left, right)

    @property
    def can_fold(self) -> bool:
        """Whether there is a set-up long enough to be folded."""
        if self._row is None or self._draft is not None:
            return False
        return any(map(_is_long, self._row.before.values()))

    def toggle(self) -> None:
        """Show or fold long set-ups."""
        self.unfolded = not self.unfolded
        if self._row is not None:
            self.show_row(self._row, self._draft)

    def _blocks_of(self, row: Row, side: Side) -> list[Layout]:
        snippet = (self._draft or row).snippet(side)
        if snippet is None:
            return [_empty, partial(wrap, Content.styled("no counterpart", f"italic {MUTED}"))]
        parts = (
            self._setup(snippet.before),
            highlight(inert(snippet.form.rstrip())),
            highlight(inert(snippet.after.rstrip())),
        )
        return [partial(wrap_code, part) if part else _empty for part in parts]

    def _setup(self, before: str) -> Content:
        if _is_long(before) and not self.unfolded:
            lines = before.strip("\n").count("\n") + 1
            key = key_of(self, "row.setup")
            said = f"⋯ {lines} lines of set-up, {key} shows them"
            return Content.styled(said, MUTED).stylize(_UNFOLDS)
        return highlight(inert(before.rstrip()))


def _is_long(before: str) -> bool:
    return before.strip("\n").count("\n") >= SHORT_SETUP


def _empty(width: int) -> list[Content]:  # noqa: ARG001
    return []
