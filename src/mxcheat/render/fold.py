"""Lines of code and of values, folded where a reader would fold them: never inside a number."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from mxcheat.render.page import cut_line, width_of

if TYPE_CHECKING:
    from mxcheat.render.page import Line, Span

# Where a line may be folded: after spaces, after a parenthesis, before the name of a method.
_FOLDS = re.compile(r"(?<=\s)(?=\S)|(?<=\()(?=[^)\s])|(?<=[\w)\]])(?=\.[A-Za-z_])")
_NUMBER = re.compile(r"[\[({]*[-+≠]*(?:\d[\d.,]*(?:e[-+]?\d+)?j?|inf|nan)[\])},;]*")
_HANG = 2
# A fold at a space is better than another one, if so much of the line is used.
_ENOUGH = 0.6


def fold(line: Line, width: int) -> list[Line]:
    """One line in pieces of at most `width` columns, those after the first indented.

    A number stays whole, though it be wider.
    """
    text = _text(line)
    if width_of(text) <= width:
        return [line]
    own = len(text) - len(text.lstrip())
    margin = " " * min(own + _HANG, width // 3)
    pieces: list[Line] = []
    while line:
        room = width - len(margin) * bool(pieces)
        first, line = _split(line, _end(_text(line), room, own if not pieces else 0))
        pieces.append([(margin, ""), *first] if pieces else first)
    return pieces


def _end(text: str, room: int, own: int) -> int:
    """How many characters go on a line that has so much room; `own` indent it."""
    if width_of(text) <= room:
        return len(text)
    fits = len(_text(cut_line([(text, "")], room)[0]))
    folds = [found.start() for found in _FOLDS.finditer(text) if found.start() > own]
    before = [at for at in folds if at <= fits or not text[fits:at].strip()]
    if before:
        spaces = [at for at in before if text[at - 1].isspace() and at >= _ENOUGH * room]
        return (spaces or before)[-1]
    word = text[: folds[0]] if folds else text
    return len(word) if _NUMBER.fullmatch(word.strip()) else fits


def _split(line: Line, at: int) -> tuple[Line, Line]:
    """What of a line stands before a position, and what after, without the spaces between."""
    first: list[Span] = []
    rest: list[Span] = []
    for text, tone in line:
        head, tail = text[: max(0, at)], text[max(0, at) :]
        at -= len(text)
        if head:
            first.append((head, tone))
        if tail and (rest or tail.lstrip()):
            rest.append((tail if rest else tail.lstrip(), tone))
    if first:
        first[-1] = (first[-1][0].rstrip() or " ", first[-1][1])
    return first, rest


def _text(line: Line) -> str:
    return "".join(text for text, _ in line)
