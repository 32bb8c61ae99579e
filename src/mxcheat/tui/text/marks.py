"""Tones as theme colours, and the small pieces of text that several widgets share."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.content import Content

from mxcheat.render.inert import inert, inert_line, overwritten

if TYPE_CHECKING:
    from mxcheat.render.words import Sign

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


def sign(mark: Sign) -> Content:
    """Return a state's glyph and word, in its tone."""
    return Content.styled(f"{mark.glyph} {mark.word}", f"bold {TONES[mark.tone]}")


def foreign(text: str, style: str = "") -> Content:
    """Return text from outside as it is: nothing in it is markup or acts."""
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
    gap = f"… {len(lines) - _HEAD - _TAIL:,} more lines, {left:,} characters …"
    head, tail = map(_bounded_line, lines[:_HEAD]), map(_bounded_line, lines[-_TAIL:])
    return Content("\n").join([*head, Content.styled(gap, MUTED), *tail])


def _bounded_line(line: str) -> Content:
    line = overwritten(line)
    left = len(line) - _LINE_LENGTH
    if left <= 0:
        return foreign(line)
    return foreign(line[:_LINE_LENGTH]) + Content.styled(f" … {left:,} more characters", MUTED)
