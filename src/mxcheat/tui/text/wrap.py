"""Lines broken where it hurts least, so that they fit a width counted in terminal cells."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.cells import cell_len
from textual.content import Content

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

CODE_HANG = 4
# Where a line of code may end, and what share of the width a better place may cost.
_BREAKS = {", ": 0.0, " ": 0.1, "(": 0.15, "[": 0.15, ",": 0.2, ".": 0.25, "_": 0.5}


def wrap(content: Content, width: int) -> list[Content]:
    """Return the lines of prose, broken between words, each at most `width` cells."""
    return _wrap(content, width, 0, _end_of_prose)


def wrap_code(content: Content, width: int, hang: int = CODE_HANG) -> list[Content]:
    """Return the lines of code or values, each at most `width` cells.

    What continues a line is indented like it, and by `hang` cells more.
    """
    return _wrap(content, width, hang, _end_of_code)


def cut(content: Content, width: int) -> Content:
    """Return one line, shortened by an ellipsis to `width` cells."""
    return content.truncate(max(width, 0), ellipsis=True)


def labelled(label: Content, body: Iterable[Content], gutter: int) -> list[Content]:
    """Return lines with `label` to the left of the first, all indented by `gutter` cells."""
    indent = Content(" " * gutter)
    lines = [indent + line for line in body]
    if lines:
        lines[0] = label + Content(" " * (gutter - label.cell_length)) + lines[0][gutter:]
    return lines


def _wrap(
    content: Content, width: int, hang: int, end_of_line: Callable[[str, int], int]
) -> list[Content]:
    width = max(width, 4)
    lines: list[Content] = []
    for line in content.split("\n", allow_blank=True):
        if line.cell_length <= width:
            lines.append(line)
        else:
            lines += _wrap_line(line, width, hang, end_of_line)
    return lines


def _wrap_line(
    line: Content, width: int, hang: int, end_of_line: Callable[[str, int], int]
) -> list[Content]:
    text = line.plain
    own = len(text) - len(text.lstrip(" "))
    indent = min(own + hang, width // 3)
    lines = []
    start, room, margin = 0, width, ""
    while start < len(text):
        # Only so much is looked at as a line can hold, for long lines are costly to slice.
        end = start + end_of_line(text[start : start + 4 * width], room)
        lines.append(_part(line, margin, start, start + len(text[start:end].rstrip())))
        start = end + len(text[end:]) - len(text[end:].lstrip(" "))
        room, margin = width - indent, " " * indent
    return lines


def _part(line: Content, margin: str, start: int, end: int) -> Content:
    """Part of a line behind a margin; slicing a Content is slow, and most have no style."""
    if line.spans:
        return Content(margin) + line[start:end]
    return Content(margin + line.plain[start:end])


def _end_of_prose(text: str, width: int) -> int:
    """How many characters of prose go on a line of `width` cells."""
    fits = _fitting(text, width)
    if fits >= len(text) or text[fits] == " ":
        return fits
    space = text.rfind(" ", 0, fits)
    return space if space > fits // 4 else fits


def _end_of_code(text: str, width: int) -> int:
    """How many characters of code go on a line of `width` cells."""
    fits = _fitting(text, width)
    if fits >= len(text):
        return len(text)
    places = ((text.rfind(mark, 0, fits), mark) for mark in _BREAKS)
    worth = [
        (at - _BREAKS[mark] * width, at if mark == "." else at + 1)
        for at, mark in places
        if at > fits // 4
    ]
    return max(worth)[1] if worth else fits


def _fitting(text: str, width: int) -> int:
    if text.isascii():
        return min(len(text), width)
    cells = 0
    for position, char in enumerate(text):
        cells += cell_len(char)
        if cells > width:
            return max(position, 1)
    return len(text)
