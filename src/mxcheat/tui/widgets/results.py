"""The ranked results: a list that draws only the lines in view."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import takewhile
from typing import TYPE_CHECKING, ClassVar

from textual.cache import LRUCache
from textual.content import Content
from textual.geometry import Region, Size
from textual.message import Message
from textual.reactive import reactive
from textual.scroll_view import ScrollView

from mxcheat.render.language import label, title
from mxcheat.render.page import width_of
from mxcheat.render.words import AVAILABILITY, silent_differences
from mxcheat.tui.survival import Guarded
from mxcheat.tui.text.lines import MUTED, TONES, cut, foreign_line
from mxcheat.tui.widgets.flow import Titled, settled_size, strip_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from textual import events
    from textual.strip import Strip
    from textual.style import Style

    from mxcheat.cheatsheet.row import Row

# Words and the parts of joined ones: `as_in_context`, `BatchNorm2d`.
_PART = re.compile(r"[A-Z]?[a-z]+|[A-Z]+|\d+|[^\W\d_A-Za-z]+")
# Of a word in another form (multiply, multiplication) at least so much has to be the same.
_SAME_LETTERS = 4
_SAME_SHARE = 0.6
_MATCHED = "bold $text-accent"
# On the ground of the highlighted row, no colour of a theme is sure to be read.
_LIT = ("", "", "underline")
_BETWEEN = 2
# Below this width a line has no room for the id beside the function.
ID_FROM = 44


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

    def __init__(self, *, id: str) -> None:  # noqa: A002
        super().__init__(id=id)
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
        for y, (old, new) in enumerate(zip(before, self._lines_in_view(), strict=True)):
            if old != new:
                self.refresh(Region(0, y, self.size.width, 1))

    def _lines_in_view(self) -> list[Strip]:
        return [self.render_line(y) for y in range(self.scrollable_content_region.height)]

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
        index = self.scroll_offset.y + y
        entry = self._entries[index] if index < len(self._entries) else ""
        kind = self._kind(index, entry)
        width = self.scrollable_content_region.width
        style = self.get_visual_style(f"results--{kind}")
        key = (entry if isinstance(entry, str) else entry.id, kind, width, style, self._words)
        strip = self._drawn.get(key)
        if strip is None:
            strip = self._drawn[key] = self._draw(entry, kind, width, style)
        return strip

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
            line = _line_of(entry, width, self._words, lit=kind == "highlighted")
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
        """A click highlights a row, a second one runs it."""
        index = self._row_under(event)
        if index is None:
            return
        if index != self.highlighted:
            self.highlighted = index
        if event.chain == 2:
            await self.run_action("screen.do('row.run')")


def _line_of(row: Row, width: int, words: Sequence[str], *, lit: bool) -> Content:
    """Marker, availability, function; to the right, where there is room, what is silent, and id."""
    sign = AVAILABILITY[row.availability]
    tone, muted, matched = (TONES[sign.tone], MUTED, _MATCHED) if not lit else _LIT
    start = Content.assemble("› " if lit else "  ", (f"{sign.glyph} ", tone))
    end = foreign_line(f"  {row.id} " if width >= ID_FROM else " ", muted)
    end = _marked(end, words, matched)
    room = max(0, width - start.cell_length - end.cell_length)
    function = _marked(foreign_line(title(row.function, row.chinese)), words, matched)
    said = _what_is_silent(row, room - function.cell_length - _BETWEEN)
    end = Content.styled(said, muted) + end
    room -= width_of(said)
    function = cut(function, room)
    return start + function.pad_right(room - function.cell_length) + end


def _what_is_silent(row: Row, room: int) -> str:
    """How many differences are silent, in as many words as there is room for."""
    if not row.silent:
        return ""
    silent = label(silent_differences(row.silent))
    whole = f"{label(AVAILABILITY[row.availability].word)} · {silent}"
    short = label(f"{row.silent} silent")
    return next((said for said in (whole, short) if width_of(said) <= room), "")


def _marked(line: Content, words: Sequence[str], style: str) -> Content:
    for start, end in matches(line.plain, words):
        line = line.stylize(style, start, end)
    return line


def matches(text: str, words: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Yield start and end of what `text` shares with the words of a query.

    A word counts where it begins a word of the text or a part of one; of a word in another
    form, the letters both begin with; of joined words, each part.
    """
    parts = {part.casefold() for word in words for part in (word, *_PART.findall(word))}
    if len(words) > 1:
        # A lone letter says something only while nothing else has been typed.
        parts = {part for part in parts if len(part) > 1}
    for match in _PART.finditer(text):
        held = match[0].casefold()
        shared = max((_shared(held, part) for part in parts), default=0)
        if shared:
            yield match.start(), match.start() + shared


def _shared(held: str, part: str) -> int:
    """How many letters of `held`, from its first, stand in `part` as well."""
    same = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(held, part, strict=False)))
    enough = same >= _SAME_LETTERS and same >= _SAME_SHARE * min(len(held), len(part))
    return same if same == len(part) or enough or (same == len(held) and same > 1) else 0
