"""Tones as theme colours, and the small pieces of text that several widgets share."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.content import Content

from mxcheat.render.inert import inert, inert_line

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
_LINE_LIMIT = 120
_TEXT_LIMIT = 12_000


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
    """Return the start of a long text, and how much more there is."""
    shown = "\n".join(text[:_TEXT_LIMIT].split("\n")[:_LINE_LIMIT])
    left = len(text) - len(shown)
    content = foreign(shown.rstrip("\n"))
    if left > 1:
        content += Content.styled(f"\n… {left:,} more characters", MUTED)
    return content
