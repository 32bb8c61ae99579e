"""Brackets and quotes that a text leaves open, closed."""

from __future__ import annotations

import re

from mxcheat.names.lines import pieces

_UNFINISHED = re.compile(r"[\s.,=+\-*/%@&|^~<>!\\]+$")
_PAIRS = {"(": ")", "[": "]", "{": "}"}


def closed(text: str) -> str:
    """The text with what is open closed, what closes nothing left out, and its block filled.

    Comments are left out, since nothing can be closed in one.
    """
    kept: list[str] = []
    waiting: list[str] = []
    quote = ""
    for piece, quote in pieces(text):
        kept.append(piece if quote else _kept(piece, waiting))
    whole = "".join(kept)
    if not quote and not waiting and whole.rstrip().endswith(":"):
        return whole.rstrip() + " pass"
    whole = whole + quote if quote else _UNFINISHED.sub("", whole)
    return whole + "".join(reversed(waiting))


def _kept(piece: str, waiting: list[str]) -> str:
    """What is kept of a piece of code; `waiting` are the brackets that have to be closed."""
    if piece[0] == "#":
        return ""
    if piece in _PAIRS:
        waiting.append(_PAIRS[piece])
    elif piece in (")", "]", "}") and (not waiting or waiting.pop() != piece):
        return " "
    return piece
