"""The one writer of stdout: data, as text or as exactly one JSON document."""

from __future__ import annotations

import json
import os
import shutil
import sys
from typing import Any

from mxcheat.render.page import Page

_PIPE_WIDTH = 100


def new_page() -> Page:
    """A page as wide as the terminal, or of a fixed width for a pipe."""
    return Page(shutil.get_terminal_size().columns if sys.stdout.isatty() else _PIPE_WIDTH)


def write_page(page: Page, color: str = "auto") -> None:
    """Print a page; `color` is "auto", "always" or "never"."""
    write(page.text(colour=wants_colour(color)))


def write(text: str) -> None:
    """Print text as it is; characters the terminal's encoding lacks become '?'."""
    try:
        sys.stdout.write(text)
    except UnicodeEncodeError:
        encoding = sys.stdout.encoding or "ascii"
        sys.stdout.write(text.encode(encoding, "replace").decode(encoding))


def write_json(document: dict[str, Any]) -> None:
    """Print one JSON document; only ASCII, so that every encoding can carry it."""
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
