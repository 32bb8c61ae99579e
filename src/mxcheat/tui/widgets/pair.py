"""Two panes side by side whose blocks begin on the same line."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import zip_longest
from typing import TYPE_CHECKING

from textual.containers import Container
from textual.content import Content
from textual.message import Message

from mxcheat.tui.survival import Guarded
from mxcheat.tui.widgets.flow import Flow, settled_size

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual import events
    from textual.app import ComposeResult

    from mxcheat.tui.text.lines import Layout

# Below this width the panes have rules above them, no boxes; below the other they are stacked.
COMPACT_BELOW = 84
STACK_BELOW = 58


class Pair(Guarded, Container):
    """PyTorch on the left, Gluon on the right; stacked where there is no room for both."""

    virtual_size = settled_size()
    # What share of the view around it a pair that does not fit asks for when it comes into view.
    SHARE = 0.5

    @dataclass
    class Filled(Message):
        """There is something new to see."""

        pair: Pair

    def __init__(self, *, id: str) -> None:  # noqa: A002
        super().__init__(id=id, classes="pair")
        self.left = Flow(classes="pane")
        self.right = Flow(classes="pane")
        self._blocks: tuple[Sequence[Layout], Sequence[Layout]] = ((), ())
        self._made: tuple[int, list[list[Content]]] | None = None
        self._stacked = False

    @property
    def share(self) -> float:
        """The share that it asks for as it is laid out now."""
        return 1.0 if self._stacked else self.SHARE

    @property
    def panes(self) -> tuple[Flow, Flow]:
        """PyTorch's, and Gluon's."""
        return self.left, self.right

    def compose(self) -> ComposeResult:
        """The two panes."""
        yield self.left
        yield self.right

    def on_mount(self) -> None:
        """Begin as the width most likely asks for: the first paint is not rearranged."""
        self.set_class(self.app.size.width < COMPACT_BELOW, "-compact")

    def lay_out(self, left: Sequence[Layout], right: Sequence[Layout]) -> None:
        """Show blocks of lines, the n-th of one side level with the n-th of the other."""
        self._blocks, self._made = (left, right), None
        for side, pane in enumerate(self.panes):
            pane.flow(lambda width, side=side: self._lines(side, width))  # type: ignore[misc]

    def on_resize(self, event: events.Resize) -> None:
        """Adapt to the room there is."""
        self.set_class(event.size.width < COMPACT_BELOW, "-compact")
        stacked = event.size.width < STACK_BELOW
        if stacked != self._stacked:
            self._stacked = stacked
            self.set_class(stacked, "-stacked")
            self.lay_out(*self._blocks)

    def _lines(self, side: int, width: int) -> list[Content]:
        """The lines of one side, made for both at once."""
        if self._stacked:
            return [line for block in self._blocks[side] for line in block(width)]
        # One pane may be a cell wider than the other; they are level only if broken alike.
        if self._made is None or not 0 <= width - self._made[0] <= 1:
            self._made = (width, _level(self._blocks, width))
        return self._made[1][side]


def _level(blocks: tuple[Sequence[Layout], Sequence[Layout]], width: int) -> list[list[Content]]:
    """The lines of both sides, each block filled up to the height of its neighbour."""
    sides: list[list[Content]] = [[], []]
    for pair in zip_longest(*blocks):
        made = [block(width) if block else [] for block in pair]
        height = max(map(len, made))
        for lines, part in zip(sides, made, strict=True):
            lines.extend(part)
            lines.extend([Content("")] * (height - len(part)))
    return sides
