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
    return "\n".join(_visible(overwritten(line)).expandtabs(_TAB_WIDTH) for line in lines)


def inert_line(text: str) -> str:
    """Return `text` as one inert line."""
    return inert(text).replace("\n", "⏎")


def one_for_one(line: str) -> str:
    """Return a line that is being edited with each character that acts replaced by one sign."""
    if line.isprintable():
        return line
    signs = (char if char == "\t" else _symbol(char) for char in line)
    return "".join(sign if len(sign) == 1 else "�" for sign in signs)


def overwritten(line: str) -> str:
    """Return a line as its carriage returns leave it."""
    shown = ""
    for part in reversed(line.split("\r")):  # what was written last is on top
        shown += part[len(shown) :]
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
