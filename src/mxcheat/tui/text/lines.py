"""Lines of text for widgets: safe, in colour, and broken to fit a width in terminal cells."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.cells import cell_len
from textual.content import Content, Span

from mxcheat.render.inert import inert, inert_line, overwritten
from mxcheat.render.language import label, said
from mxcheat.render.tokens import tokens

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from mxcheat.render.words import Sign

    # Given a width in cells: the lines, none of them wider.
    Layout = Callable[[int], list[Content]]

TONES = {
    "good": "$text-success",
    "fair": "$text-warning",
    "bad": "$text-error",
    "quiet": "$foreground-muted",
}
MUTED = "$foreground-muted"
MEANING = {
    "equivalent": "same numbers from the same inputs",
    "differs": "a direct counterpart that behaves differently",
    "workaround": "no direct counterpart; composed from others",
    "pytorch-only": "no way to do it in Gluon",
    "gluon-only": "no way to do it in PyTorch",
}
# Of a longer text, the first and the last lines are shown, and the start of each.
_HEAD = 60
_TAIL = 40
_LINE_LENGTH = 500
_TOKEN_STYLES = {
    "comment": "$foreground-muted italic",
    "string": "$text-success",
    "number": "$text-warning",
    "call": "bold $text-primary",
    "option": "$text-secondary",
    "operator": "$foreground-muted",
    "keyword": "$text-accent",
    "constant": "$text-warning",
}
CODE_HANG = 4
# Before each line of code that belongs to the run and not to the form.
RUN_ONLY = "┊ "
# Where a line of code may end, and what share of the width a better place may cost.
_BREAKS = {", ": 0.0, " ": 0.1, "(": 0.15, "[": 0.15, ",": 0.2, ".": 0.25, "_": 0.5}


def sign(mark: Sign) -> Content:
    """Return a state's glyph and word, in its tone."""
    return Content.styled(f"{mark.glyph} {label(mark.word)}", f"bold {TONES[mark.tone]}")


def foreign(text: str, style: str = "") -> Content:
    """Return text from outside unchanged: markup stays text, and control characters are visible."""
    return Content.styled(inert(text), style) if style else Content(inert(text))


def foreign_line(text: str, style: str = "") -> Content:
    """Return text from outside as one line."""
    return Content.styled(inert_line(text), style) if style else Content(inert_line(text))


def bounded(text: str) -> Content:
    """Return a long text without its middle, and say how much that is."""
    lines = text.rstrip("\n").replace("\r\n", "\n").split("\n")
    if len(lines) <= _HEAD + _TAIL:
        return Content("\n").join(map(_bounded_line, lines))
    left = sum(map(len, lines[_HEAD:-_TAIL]))
    gap = said(
        "… {count} more lines, {characters} characters …",
        count=f"{len(lines) - _HEAD - _TAIL:,}",
        characters=f"{left:,}",
    )
    head, tail = map(_bounded_line, lines[:_HEAD]), map(_bounded_line, lines[-_TAIL:])
    return Content("\n").join([*head, Content.styled(gap, MUTED), *tail])


def _bounded_line(line: str) -> Content:
    line = overwritten(line)
    left = len(line) - _LINE_LENGTH
    if left <= 0:
        return foreign(line)
    more = said("… {count} more characters", count=f"{left:,}")
    return foreign(line[:_LINE_LENGTH]) + Content.styled(f" {more}", MUTED)


def highlight(code: str) -> Content:
    """Return `code` with the styles of Python's tokens; its text is unchanged."""
    styled = ((start, end, _TOKEN_STYLES.get(kind)) for start, end, kind in tokens(code))
    return Content(code, [Span(start, end, style) for start, end, style in styled if style])


def pointer(what: str) -> str:
    """What stands behind a line of code that went wrong."""
    return f"← {inert_line(what)}"


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
