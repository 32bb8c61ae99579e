"""The one writer of stdout: data, as text or as exactly one JSON document."""

from __future__ import annotations

import os
import sys

from mxcheat.render.language import speak
from mxcheat.render.page import Page

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

_PIPE_WIDTH = 100


def new_page(*, plain: bool = False) -> Page:
    """A page as wide as the terminal, of a fixed width for a pipe, or without end if plain.

    The labels of a plain page are in English, whatever the user's language.
    The variable COLUMNS prevails, as it does for other programs: fzf sets it for a preview.
    """
    if plain:
        speak("en")
        return Page(sys.maxsize, plain=True)
    screen = sys.stdout.isatty()
    named = os.environ.get("COLUMNS", "")
    width = int(named) if named.isdecimal() else 0
    return Page(width or (_terminal_width() if screen else _PIPE_WIDTH), screen=screen)


def _terminal_width() -> int:
    try:
        return os.get_terminal_size(sys.stdout.fileno()).columns or 80
    except OSError:
        return 80


def write_page(page: Page, color: str = "auto") -> None:
    """Print a page; `color` is "auto", "always" or "never", and a plain page has none."""
    write(page.text(colour=not page.plain and wants_colour(color)))


def write(text: str) -> None:
    """Print text as it is; characters the terminal's encoding lacks become '?'."""
    try:
        sys.stdout.write(text)
    except UnicodeEncodeError:
        encoding = sys.stdout.encoding or "ascii"
        sys.stdout.write(text.encode(encoding, "replace").decode(encoding))


def write_json(document: dict[str, Any]) -> None:
    """Print one JSON document; only ASCII, so that every encoding can carry it."""
    import json  # noqa: PLC0415 - a card on screen does without

    sys.stdout.write(json.dumps(document, indent=2, allow_nan=False) + "\n")


def wants_colour(color: str) -> bool:
    """Whether to colour: as asked, else as NO_COLOR, FORCE_COLOR and the terminal say."""
    if color != "auto":
        return color == "always"
    if os.environ.get("NO_COLOR"):
        return False
    if os.environ.get("FORCE_COLOR"):
        return True
    return sys.stdout.isatty() and os.environ.get("TERM") != "dumb"
