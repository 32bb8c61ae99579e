"""Widgets whose lines depend on their width, with titles in their borders."""

from __future__ import annotations

from functools import lru_cache
from itertools import groupby
from operator import is_
from typing import TYPE_CHECKING

from rich.segment import Segment
from textual.content import Content
from textual.geometry import Region, Size
from textual.reactive import Reactive, reactive
from textual.strip import Strip
from textual.widget import Widget

from mxcheat.tui.survival import Guarded
from mxcheat.tui.text.lines import MUTED

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rich.style import Style as RichStyle
    from textual.style import Style
    from textual.widget import Widget as _Widget
    from typing_extensions import Self

    from mxcheat.tui.text.lines import Layout
else:
    _Widget = object  # of several bases, Textual takes the styles of the first widget


def settled_size() -> Reactive[Size]:
    """A `virtual_size` that can be set without another layout of the screen."""
    return Reactive(Size(0, 0), repaint=False)


def no_lines(_: int) -> list[Content]:
    """The layout of nothing."""
    return []


class Drawn:
    """What a widget was last drawn from, so that it is drawn again only for something else."""

    def __init__(self) -> None:
        self._parts: tuple[object, ...] = ()

    def is_new(self, *parts: object) -> bool:
        """Whether any part is another object than the last time; these are kept."""
        same = len(parts) == len(self._parts) and all(map(is_, parts, self._parts))
        self._parts = parts
        return not same


class Titled(_Widget):
    """For widgets: a space on either side of a title. Textual adds it in a box only."""

    _in_border = Content("")
    _boxed = False
    _draws_title = False

    def entitle(self, title: Content | str) -> None:
        """Put a title in the upper border; a string is text as it is."""
        content = Content(title) if isinstance(title, str) else title
        if not alike(content, self._in_border):
            self._in_border = content
            self._draw_title()

    def notify_style_update(self) -> None:
        """Draw the title again if the border has changed."""
        super().notify_style_update()
        if self._boxed != _is_boxed(self):
            self._draw_title()

    def _draw_title(self) -> None:
        self._boxed = _is_boxed(self)
        title = self._in_border
        self._draws_title = True
        self.border_title = title if self._boxed or not title else title.pad(1, 1)
        self._draws_title = False

    def refresh(self, *regions: Region, **how: bool) -> Self:
        """Draw again; for a new title only the border, not what is inside."""
        if self._draws_title:
            inside = self.content_offset
            regions = (Region(-inside.x, -inside.y, self.outer_size.width, 1),)
        return super().refresh(*regions, **how)


def _is_boxed(widget: _Widget) -> bool:
    return bool(widget.styles.border_left[0])


class Flow(Guarded, Titled, Widget):
    """Shows the lines that a layout makes for its width, and is as high as they are."""

    auto_links = False  # what can be clicked brings its own style
    virtual_size = settled_size()
    # Stale lines are all drawn as asides are, which every theme lets one read.
    stale: reactive[bool] = reactive(False, toggle_class="-stale")

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id, classes=classes)
        self._layout: Layout = no_lines
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
        """Draw one line: most of a long text is out of view."""
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


def strip_of(
    widget: Widget, line: Content, width: int, style: Style, y: int | None = None
) -> Strip:
    """A line of at most `width` cells as it is drawn in a widget, filled up with spaces.

    `y` is its place in the text, by which Textual knows what the mouse selects; None where nothing
    can be selected, which is quicker: equal styles are one.
    """
    parse = widget.app.stylesheet.parse_style
    segments = []
    x = 0
    for text, own in line.render(style, end="", parse_style=parse):
        rich = _rich(style, own) if y is None else _placed(style, own, x, y)
        segments.append(Segment(text, rich))
        x += len(text)
    return Strip(segments, line.cell_length).extend_cell_length(width, style.rich_style)


def alike(one: Content, other: Content) -> bool:
    """Whether two texts look the same: Textual compares words only."""
    return one.plain == other.plain and one.spans == other.spans


@lru_cache(1024)
def _rich(style: Style, own: Style) -> RichStyle:
    return (style + own).rich_style


@lru_cache(8192)
def _placed(style: Style, own: Style, x: int, y: int) -> RichStyle:
    return (style + own).rich_style_with_offset(x, y)
