"""Brackets and quotes that a text leaves open, closed."""

from __future__ import annotations

import re

_UNFINISHED = re.compile(r"[\s.,=+\-*/%@&|^~<>!\\]+$")
_PAIRS = {"(": ")", "[": "]", "{": "}"}


def closed(text: str) -> str:
    """The text with what is open closed, what closes nothing left out, and its block filled."""
    kept, waiting, quote = [], [], ""
    at = 0
    while at < len(text):
        letter = text[at]
        if quote:
            if letter == "\\":
                kept.append(text[at : at + 2])
                at += 2
                continue
            if text.startswith(quote, at):
                kept.append(quote)
                at += len(quote)
                quote = ""
                continue
        elif letter == "#":  # what is closed must not stand in a comment
            end = text.find("\n", at)
            at = len(text) if end < 0 else end
            continue
        elif letter in "\"'":
            quote = letter * 3 if text.startswith(letter * 3, at) else letter
            kept.append(quote)
            at += len(quote)
            continue
        elif letter in _PAIRS:
            waiting.append(_PAIRS[letter])
        elif letter in ")]}" and (not waiting or waiting.pop() != letter):
            letter = " "
        kept.append(letter)
        at += 1
    whole = "".join(kept)
    if quote:
        whole += quote
    elif not waiting and whole.rstrip().endswith(":"):
        return whole.rstrip() + " pass"
    else:
        whole = _UNFINISHED.sub("", whole)
    return whole + "".join(reversed(waiting))
