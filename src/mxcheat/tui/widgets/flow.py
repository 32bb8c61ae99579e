"""A widget whose lines depend on its width."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from textual.content import Content
from textual.geometry import Region, Size
from textual.reactive import Reactive, reactive
from textual.widget import Widget

from mxcheat.tui.text.marks import MUTED
from mxcheat.tui.text.strips import alike, strip_of
from mxcheat.tui.trouble import Guarded
from mxcheat.tui.widgets.titled import Titled

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from textual.strip import Strip

    # Given a width in cells: the lines, none of them wider.
    Layout = Callable[[int], list[Content]]


def settled_size() -> Reactive[Size]:
    """A `virtual_size` that does not have the screen arranged once more when it has been set."""
    return Reactive(Size(0, 0), repaint=False)


class Flow(Guarded, Titled, Widget):
    """Shows the lines that a layout makes for its width, and is as high as they are."""

    auto_links = False  # what can be clicked brings its own style
    virtual_size = settled_size()
    # Stale lines are all drawn as asides are, which every theme lets one read.
    stale: reactive[bool] = reactive(False, toggle_class="-stale")

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id, classes=classes)
        self._layout: Layout = _nothing
        self._made: tuple[int, list[Content]] | None = None

    def flow(self, layout: Layout) -> None:
        """Show what `layout` makes, drawing only lines that are not there already.

        The rest of the screen moves only if the height changes.
        """
        before, self._layout, self._made = self._made, layout, None
        if before is None or not self.display:
            self.refresh(layout=self.display and self.styles.auto_dimensions)
            return
        width, old = before
        new = self.lines(width)
        if len(old) != len(new):
            self.refresh(layout=self.styles.auto_dimensions)
        elif changed := list(_changed(old, new, width)):
            self.refresh(*changed)

    def lines(self, width: int) -> list[Content]:
        """The lines for a width, made once."""
        if self._made is None or self._made[0] != width:
            self._made = (width, self._layout(width) if width > 0 else [])
        return self._made[1]

    @property
    def text(self) -> str:
        """What is shown, as plain text."""
        return "\n".join(line.plain for line in self.lines(self.content_size.width))

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:  # noqa: ARG002
        """As many lines as there are."""
        return len(self.lines(width))

    def render(self) -> Content:
        """The lines as one text."""
        return self._toned(Content("\n").join(self.lines(self.content_size.width)))

    def render_line(self, y: int) -> Strip:
        """One line: most of a long text is out of view, and need not be drawn."""
        lines = self.lines(self.size.width)
        if self.text_selection is not None or not 0 <= y < len(lines):
            return super().render_line(y)
        return strip_of(self, self._toned(lines[y]), self.size.width, self.visual_style, y)

    def _toned(self, line: Content) -> Content:
        return line.stylize(MUTED) if self.stale else line


def _changed(old: Sequence[Content], new: Sequence[Content], width: int) -> Iterator[Region]:
    """Where lines differ, each run of them as one region."""
    places = (y for y, pair in enumerate(zip(old, new, strict=True)) if not alike(*pair))
    for _, run in groupby(enumerate(places), lambda item: item[1] - item[0]):
        ys = [y for _, y in run]
        yield Region(0, ys[0], width, len(ys))


def _nothing(width: int) -> list[Content]:  # noqa: ARG001
    return []
