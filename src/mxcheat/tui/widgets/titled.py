"""Titles in borders, with a space on either side."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.content import Content
from textual.geometry import Region

from mxcheat.tui.text.strips import alike

if TYPE_CHECKING:
    from textual.widget import Widget as _Widget
    from typing_extensions import Self
else:
    _Widget = object  # of several bases, Textual takes the styles of the first widget


class Titled(_Widget):
    """For widgets: a title keeps clear of its border. Textual sees to that in a box only."""

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
        """Another style may be another border."""
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
        """Draw again; for another title only the border, not all that is inside."""
        if self._draws_title:
            inside = self.content_offset
            regions = (Region(-inside.x, -inside.y, self.outer_size.width, 1),)
        return super().refresh(*regions, **how)


def _is_boxed(widget: _Widget) -> bool:
    return bool(widget.styles.border_left[0])
