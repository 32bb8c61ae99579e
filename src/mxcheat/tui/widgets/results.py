"""The ranked results: a list that draws only the lines in view."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, ClassVar

from textual.cache import LRUCache
from textual.content import Content
from textual.geometry import Region, Size
from textual.message import Message
from textual.reactive import reactive
from textual.scroll_view import ScrollView

from mxcheat.tui.drafts import CHANGED
from mxcheat.tui.survival import Guarded
from mxcheat.tui.text.lines import cut
from mxcheat.tui.text.listing import line_of
from mxcheat.tui.widgets.flow import Titled, settled_size, strip_of

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from textual import events
    from textual.strip import Strip
    from textual.style import Style
    from textual.timer import Timer

    from mxcheat.cheatsheet.row import Row

# In a window where the list lies above the row: lines it may take, the rule above it included.
_MOST_ABOVE = 6
_MOST_IF_LOW = 4
_LOW = 24
# Seconds without another key before the list shrinks.
_PATIENCE = 0.6


class ResultList(Guarded, Titled, ScrollView, can_focus=False):
    """Rows, one a line, under headings (plain text); one row is highlighted."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "results--row",
        "results--heading",
        "results--hover",
        "results--highlighted",
    }

    virtual_size = settled_size()
    highlighted: reactive[int | None] = reactive(None, repaint=False)
    hovered: reactive[int | None] = reactive(None, repaint=False)

    @dataclass
    class Highlighted(Message):
        """Another row is highlighted, or none."""

        row: Row | None

    def __init__(self, *, id: str, own: Collection[str] = ()) -> None:  # noqa: A002
        """Of the rows with ids in `own` it is said that they are the user's own."""
        super().__init__(id=id)
        self._own = own
        self._edited: frozenset[str] = frozenset()
        self._height: int | None = None
        self._shrinks: Timer | None = None
        self._entries: tuple[Row | str, ...] = ()
        self._words: tuple[str, ...] = ()
        # Strips by what they depend on: a keystroke redraws few lines that are new.
        self._drawn: LRUCache[tuple[object, ...], Strip] = LRUCache(2048)

    @property
    def row(self) -> Row | None:
        """The highlighted row."""
        entry = None if self.highlighted is None else self._entries[self.highlighted]
        return None if isinstance(entry, str) else entry

    @property
    def rows(self) -> list[Row]:
        """All rows shown."""
        return [entry for entry in self._entries if not isinstance(entry, str)]

    def show(self, entries: Sequence[Row | str], words: tuple[str, ...] = ()) -> None:
        """Show other entries and highlight the first row, without a message.

        What they share with `words` is marked; lines that stay as they are are not drawn again.
        """
        before = self._lines_in_view()
        if (tuple(entries), words) != (self._entries, self._words):
            self._entries, self._words = tuple(entries), words
            self.virtual_size = Size(self.scrollable_content_region.width, len(self._entries))
            self.vertical_scrollbar.window_virtual_size = len(self._entries)
            self.scroll_to(y=0, animate=False, force=True)
        with self.prevent(self.Highlighted):
            self.highlighted = self._nearest_row(0, 1)
        self._fit_in_time()
        self._draw_changed(before)

    def mark(self, edited: frozenset[str]) -> None:
        """Mark the rows with these ids as edited, and no others."""
        before, self._edited = self._lines_in_view(), edited
        self._draw_changed(before)

    def on_resize(self) -> None:
        """Take the height that there is a use for."""
        self.fit()

    def fit(self) -> None:
        """Above the row, be as high as the rows; beside it, there is nothing to be gained."""
        wanted = self._wanted()
        if wanted != self._height:
            self._height = wanted
            self.styles.height = wanted

    def _wanted(self) -> int | None:
        above = not self.screen.has_class("-wide")
        most = _MOST_ABOVE if self.app.size.height >= _LOW else _MOST_IF_LOW
        return min(most, 1 + max(1, len(self._entries))) if above else None

    def _fit_in_time(self) -> None:
        """Grow at once; shrink, which moves all that is below, once nobody types."""
        if self._shrinks is not None:
            self._shrinks.stop()
            self._shrinks = None
        wanted = self._wanted()
        if wanted is None or self._height is None or wanted > self._height:
            self.fit()
        elif wanted < self._height:
            self._shrinks = self.set_timer(_PATIENCE, self.fit)

    def _draw_changed(self, before: Sequence[Strip]) -> None:
        """Draw the lines that are not what they were."""
        for y, (old, new) in enumerate(zip(before, self._lines_in_view(), strict=False)):
            if old != new:
                self.refresh(Region(0, y, self.size.width, 1))

    def _lines_in_view(self) -> list[Strip]:
        return self._lines(self.scroll_offset.y, self.scrollable_content_region.height)

    def go_to(self, row: Row) -> bool:
        """Highlight a row; False if it is not among those shown."""
        place = next((place for place, entry in enumerate(self._entries) if entry is row), None)
        if place is not None:
            self.highlighted = place
        return place is not None

    def move(self, by: int) -> None:
        """Move the highlight by so many rows, and stop at either end."""
        if self.highlighted is None:
            return
        step = 1 if by > 0 else -1
        target = max(0, min(len(self._entries) - 1, self.highlighted + by))
        found = self._nearest_row(target, step)
        if found is None:
            found = self._nearest_row(target, -step)
        if found != self.highlighted:
            self.highlighted = found

    def move_pages(self, by: int) -> None:
        """Move the highlight by so many pages."""
        self.move(by * max(1, self.scrollable_content_region.height - 1))

    def _nearest_row(self, index: int, step: int) -> int | None:
        while 0 <= index < len(self._entries):
            if not isinstance(self._entries[index], str):
                return index
            index += step
        return None

    def watch_highlighted(self, before: int | None, index: int | None) -> None:
        """Bring the row into view, with its heading if that is just above; tell."""
        if index is not None:
            above = index > 0 and isinstance(self._entries[index - 1], str)
            region = Region(0, index - above, 1, 1 + above)
            self.scroll_to_region(region, animate=False, force=True, immediate=True)
        self._redraw(before, index)
        self.post_message(self.Highlighted(self.row))

    def watch_hovered(self, before: int | None, index: int | None) -> None:
        """Show what a click would take."""
        self._redraw(before, index)

    def _redraw(self, *indexes: int | None) -> None:
        for index in indexes:
            if index is not None:
                self.refresh_line(index)

    def render_line(self, y: int) -> Strip:
        """One line of the list, `y` lines below its top edge."""
        return self._lines(self.scroll_offset.y + y, 1)[0]

    def _lines(self, first: int, count: int) -> list[Strip]:
        """So many lines, the first of them that of an entry, or of none below the last."""
        width = self.scrollable_content_region.width
        style_of = cache(lambda kind: self.get_visual_style(f"results--{kind}"))
        strips = []
        for index in range(first, first + count):
            entry = self._entries[index] if index < len(self._entries) else ""
            kind = self._kind(index, entry)
            style = style_of(kind)
            key: tuple[object, ...] = (entry, kind, width, style)
            if not isinstance(entry, str):
                key = (entry.id, kind, width, style, self._words, entry.id in self._edited)
            strip = self._drawn.get(key)
            if strip is None:
                strip = self._drawn[key] = self._draw(entry, kind, width, style)
            strips.append(strip)
        return strips

    def _kind(self, index: int, entry: Row | str) -> str:
        if isinstance(entry, str):
            return "heading"
        if index == self.highlighted:
            return "highlighted"
        return "hover" if index == self.hovered else "row"

    def _draw(self, entry: Row | str, kind: str, width: int, style: Style) -> Strip:
        if isinstance(entry, str):
            line = cut(Content(entry), width)
        else:
            marks = CHANGED if entry.id in self._edited else "", entry.id in self._own
            line = line_of(entry, width, self._words, marks, lit=kind == "highlighted")
        return strip_of(self, line, width, style)

    def _row_under(self, event: events.MouseEvent) -> int | None:
        offset = event.get_content_offset(self)
        index = self.scroll_offset.y + offset.y if offset else -1
        inside = 0 <= index < len(self._entries)
        return index if inside and not isinstance(self._entries[index], str) else None

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """Follow the pointer."""
        self.hovered = self._row_under(event)

    def on_leave(self) -> None:
        """Nothing is under the pointer any more."""
        self.hovered = None

    async def on_click(self, event: events.Click) -> None:
        """A click highlights a row, a double click runs it."""
        index = self._row_under(event)
        if index is None:
            return
        if index != self.highlighted:
            self.highlighted = index
        if event.chain == 2:
            await self.run_action("screen.do('row.run')")
