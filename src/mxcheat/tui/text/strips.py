"""Single lines of text as strips: what Textual does for any text, without what wrapping takes."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from rich.segment import Segment
from textual.strip import Strip

if TYPE_CHECKING:
    from rich.style import Style as RichStyle
    from textual.content import Content
    from textual.style import Style
    from textual.widget import Widget


def strip_of(widget: Widget, line: Content, width: int, style: Style, y: int = 0) -> Strip:
    """A line of at most `width` cells as it is drawn in a widget, filled up with spaces.

    `y` is its place in the text, by which Textual knows what the mouse selects.
    """
    parse = widget.app.stylesheet.parse_style
    segments = []
    x = 0
    for text, own in line.render(style, end="", parse_style=parse):
        segments.append(Segment(text, _rich(style, own, x, y)))
        x += len(text)
    return Strip(segments, line.cell_length).extend_cell_length(width, style.rich_style)


def alike(one: Content, other: Content) -> bool:
    """Whether two texts look the same: Textual compares words only."""
    return one.plain == other.plain and one.spans == other.spans


@lru_cache(8192)
def _rich(style: Style, own: Style, x: int, y: int) -> RichStyle:
    return (style + own).rich_style_with_offset(x, y)
