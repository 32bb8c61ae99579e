"""Foreign text made harmless: nothing a row, a snippet or a process says can act."""

from __future__ import annotations

import unicodedata

_TAB_WIDTH = 8
# Characters that would reorder the text around them, or be there unseen.
_UNSEEN_CATEGORIES = ("Cf", "Cc", "Zl", "Zp", "Cs", "Co")


def inert(text: str) -> str:
    """Return `text` with control and direction characters made visible.

    Line breaks stay; tabs become spaces; a carriage return overwrites its line from the
    start, as a progress bar means it to.
    """
    lines = text.replace("\r\n", "\n").split("\n")
    return "\n".join(_visible(_overwrite(line)).expandtabs(_TAB_WIDTH) for line in lines)


def inert_line(text: str) -> str:
    """Return `text` as one inert line."""
    return inert(text).replace("\n", "⏎")


def _overwrite(line: str) -> str:
    shown = ""
    for part in line.split("\r"):
        shown = part + shown[len(part) :]
    return shown


def _visible(line: str) -> str:
    if line.isprintable():
        return line
    return "".join(char if char == "\t" else _symbol(char) for char in line)


def _symbol(char: str) -> str:
    code = ord(char)
    if code < 0x20:
        return chr(0x2400 + code)
    if code == 0x7F:
        return "␡"
    if unicodedata.category(char) in _UNSEEN_CATEGORIES:
        return f"<U+{code:04X}>"
    return char
