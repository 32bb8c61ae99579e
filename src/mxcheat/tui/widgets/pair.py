"""Two panes side by side whose blocks begin on the same line."""

from __future__ import annotations

from itertools import zip_longest
from typing import TYPE_CHECKING

from textual.containers import Container
from textual.content import Content

from mxcheat.tui.widgets.flow import Flow

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual import events
    from textual.app import ComposeResult

    from mxcheat.tui.widgets.flow import Layout

# Below this width the panes have rules above them, no boxes; below the other they are stacked.
COMPACT_BELOW = 84
STACK_BELOW = 58


class Pair(Container):
    """PyTorch on the left, Gluon on the right; stacked where there is no room for both."""

    def __init__(self, *, id: str) -> None:  # noqa: A002
        super().__init__(id=id, classes="pair")
        self.left = Flow(classes="pane")
        self.right = Flow(classes="pane")
        self._blocks: tuple[Sequence[Layout], Sequence[Layout]] = ((), ())
        self._stacked = False

    def compose(self) -> ComposeResult:
        """The two panes."""
        yield self.left
        yield self.right

    def show(self, left: Sequence[Layout], right: Sequence[Layout]) -> None:
        """Show blocks of lines, the n-th of one side level with the n-th of the other."""
        self._blocks = (left, right)
        for pane, side in ((self.left, 0), (self.right, 1)):
            pane.flow(lambda width, side=side: self._lines(side, width))  # type: ignore[misc]

    def on_resize(self, event: events.Resize) -> None:
        """Do with less where there is less room."""
        self.set_class(event.size.width < COMPACT_BELOW, "-compact")
        stacked = event.size.width < STACK_BELOW
        if stacked != self._stacked:
            self._stacked = stacked
            self.set_class(stacked, "-stacked")
            self.show(*self._blocks)

    def _lines(self, side: int, width: int) -> list[Content]:
        if self._stacked:
            return [line for block in self._blocks[side] for line in block(width)]
        lines: list[Content] = []
        for blocks in zip_longest(*self._blocks):
            made = [block(width) if block else [] for block in blocks]
            lines += made[side]
            lines += [Content("")] * (max(map(len, made)) - len(made[side]))
        return lines
