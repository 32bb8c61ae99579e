"""Text in lines of styled spans: one form for a plain pipe and for a terminal with colour."""

from __future__ import annotations

import textwrap
import unicodedata
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

# Tones as SGR parameters: the terminal's own sixteen colours, so that its theme decides.
_SGR = {
    "title": "1",
    "quiet": "2",
    "good": "32",
    "fair": "33",
    "bad": "31",
    "code": "36",
}

Span = tuple[str, str]


def width_of(text: str) -> int:
    """Columns that `text` takes: two for wide characters, none for combining ones."""
    return sum(
        0
        if unicodedata.combining(char)
        else 2
        if unicodedata.east_asian_width(char) in ("W", "F")
        else 1
        for char in text
    )


def pad(text: str, width: int) -> str:
    """`text` filled up with spaces to `width` columns."""
    return text + " " * max(0, width - width_of(text))


def cut(text: str, width: int) -> list[str]:
    """One line of code in pieces of at most `width` columns; nothing is dropped."""
    pieces, current, used = [], "", 0
    for char in text:
        columns = width_of(char)
        if used + columns > width and current:
            pieces.append(current)
            current, used = "", 0
        current += char
        used += columns
    return [*pieces, current]


@dataclass
class Page:
    """Lines being written, at most `width` columns each (words that are longer stay whole)."""

    width: int = 80
    lines: list[list[Span]] = field(default_factory=list)

    def line(self, *spans: Span) -> None:
        """Add a line of (text, tone) spans; tone "" is plain."""
        self.lines.append(list(spans))

    def paragraph(self, text: str, label: str = "", label_tone: str = "quiet") -> None:
        """Add text wrapped to the width, after a label, continued under itself."""
        margin = width_of(label)
        for paragraph in text.split("\n"):
            room = max(20, self.width - margin)
            for piece in textwrap.wrap(paragraph, room, break_on_hyphens=False) or [""]:
                self.line((pad(label, margin), label_tone), (piece, ""))
                label = ""

    def columns(self, left: Sequence[Span], right: Sequence[Span], indent: int = 2) -> None:
        """Two blocks of lines beside each other, or one above the other where it is narrow."""
        half = (self.width - indent - 3) // 2
        rows_left = list(_cut_all(left, half))
        rows_right = list(_cut_all(right, half))
        for i in range(max(len(rows_left), len(rows_right))):
            first = rows_left[i] if i < len(rows_left) else ("", "")
            second = rows_right[i] if i < len(rows_right) else ("", "")
            fill = pad("", half - width_of(first[0]))
            self.line((" " * indent, ""), first, (fill + " │ ", "quiet"), second)

    def text(self, *, colour: bool) -> str:
        """All lines, each ended; with escape sequences for the tones if `colour`."""
        return "".join(_render(spans, colour=colour).rstrip() + "\n" for spans in self.lines)


def _cut_all(block: Iterable[Span], width: int) -> Iterable[Span]:
    for text, tone in block:
        for line in text.split("\n"):
            for piece in cut(line, width):
                yield piece, tone


def _render(spans: Iterable[Span], *, colour: bool) -> str:
    if not colour:
        return "".join(text for text, _ in spans)
    return "".join(
        f"\x1b[{_SGR[tone]}m{text}\x1b[0m" if tone and text.strip() else text
        for text, tone in spans
    )
