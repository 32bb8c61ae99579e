"""Brackets and quotes that a text leaves open, closed."""

from __future__ import annotations

import re

_UNFINISHED = re.compile(r"[\s.,=+\-*/%@&|^~<>!\\]+$")
_PAIRS = {"(": ")", "[": "]", "{": "}"}


def closed(text: str) -> str:
    """The text with what is open closed, what closes nothing left out, and its block filled.

    Comments are left out, since nothing can be closed in one.
    """
    kept: list[str] = []
    waiting: list[str] = []
    quote = ""
    at = 0
    while at < len(text):
        if quote:
            piece = _in_text(text, at, quote)
            quote = "" if piece == quote else quote
        else:
            piece = _piece(text, at)
            quote = piece if piece[0] in "\"'" else ""
        at += len(piece)
        kept.append(piece if quote else _kept(piece, waiting))
    whole = "".join(kept)
    if not quote and not waiting and whole.rstrip().endswith(":"):
        return whole.rstrip() + " pass"
    whole = whole + quote if quote else _UNFINISHED.sub("", whole)
    return whole + "".join(reversed(waiting))


def _in_text(text: str, at: int, quote: str) -> str:
    """The next piece of a text in quotes: what is escaped, the end, or a letter."""
    if text[at] == "\\":
        return text[at : at + 2]
    return quote if text.startswith(quote, at) else text[at]


def _piece(text: str, at: int) -> str:
    """The next piece of code: a comment, quotes, or a letter."""
    letter = text[at]
    if letter == "#":
        end = text.find("\n", at)
        return text[at:] if end < 0 else text[at:end]
    if letter in "\"'" and text.startswith(letter * 3, at):
        return letter * 3
    return letter


def _kept(piece: str, waiting: list[str]) -> str:
    """What is kept of a piece of code; `waiting` are the brackets that have to be closed."""
    if piece[0] == "#":
        return ""
    if piece in _PAIRS:
        waiting.append(_PAIRS[piece])
    elif piece in (")", "]", "}") and (not waiting or waiting.pop() != piece):
        return " "
    return piece
