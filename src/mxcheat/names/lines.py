"""Lines of code as people paste them: prompts, quotes and statements, brackets left open."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_PROMPT = re.compile(r"^\s*(?:>>>|\.\.\.|In \[\d+\]:|\$)(?: |$)")
_END = re.compile(r"[;\n]")
_CONTINUED = re.compile(r"\\\s*$")
_UNFINISHED = re.compile(r"[\s.,=+\-*/%@&|^~<>!\\]+$")
_PAIRS = {"(": ")", "[": "]", "{": "}"}


def without_prompt(line: str) -> str:
    """The line without the prompt of an interpreter or a shell."""
    return _PROMPT.sub("", line)


def pieces(text: str) -> Iterator[tuple[str, str]]:
    """The pieces of a text (comments, quotes, escapes, letters), each with the quotes that are
    open after it, or "".
    """
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
        yield piece, quote


def _in_text(text: str, at: int, quote: str) -> str:
    """The next piece of a string: an escape, its end, or a letter."""
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


def statements(text: str) -> list[str]:
    """The statements of a text, each joined to one line, without comments."""
    found = [""]
    depth = 0
    for piece, quote in pieces(text):
        if quote or piece[0] in "\"'":
            found[-1] += piece
            continue
        depth = max(0, depth + (piece in "([{") - (piece in ")]}"))
        if piece[0] == "#" and not found[-1][-1:].strip():
            continue
        if piece == "\n" and _CONTINUED.search(found[-1]):
            found[-1] = _CONTINUED.sub("", found[-1]).rstrip() + " "
        elif _END.match(piece) and not depth:
            found.append("")
        else:
            found[-1] += piece
    lines = (each.replace("\n", " ").strip() for each in found)
    return [line for line in lines if line]


def closed(text: str) -> str:
    """The text without comments, its open brackets, quotes and block closed.

    A bracket that closes nothing is left out.
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
    """What to keep of a piece of code; `waiting` are the closing brackets still to come."""
    if piece[0] == "#":
        return ""
    if piece in _PAIRS:
        waiting.append(_PAIRS[piece])
    elif piece in (")", "]", "}") and (not waiting or waiting.pop() != piece):
        return " "
    return piece
