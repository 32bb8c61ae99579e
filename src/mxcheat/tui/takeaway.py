"""What can be taken from what is shown: forms, the output, a link, a page. Pure functions."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual.message import Message

from mxcheat.cheatsheet.sides import LABELS, SIDES
from mxcheat.errors import MxcheatError

if TYPE_CHECKING:
    from mxcheat.tui.shown import Shown

# This many pages of one row are kept beside each other.
_MOST = 99


@dataclass
class Copy(Message):
    """A text for the clipboard; `what` is what people call it."""

    what: str
    text: str


def copy_of(shown: Shown, kind: str) -> Copy | None:
    """What copying `kind` copies: pytorch, gluon, output or link; None where there is none."""
    if kind == "output":
        return _output(shown)
    if kind == "link":
        return Copy("Link", _command(shown)) if shown.row else None
    side = next(side for side in SIDES if side == kind)
    form = shown.form(side)
    return Copy(f"{LABELS[side]} form", form) if form else None


def _command(shown: Shown) -> str:
    """The command that shows the row, or runs the difference in view."""
    if shown.difference is not None:
        return f"mxcheat try {shown.difference.of.id} --difference {shown.difference.number}"
    return f"mxcheat lookup {shown.row.id}" if shown.row else ""


def page(shown: Shown) -> str | None:
    """The row as Markdown, with what running it gave; None where there is no row."""
    from mxcheat.render.markdown import row_markdown  # noqa: PLC0415 - seldom needed

    if shown.row is None:
        return None
    return row_markdown(shown.row, {side: shown.form(side) for side in SIDES}, shown.result)


def new_file(stem: str, text: str) -> str:
    """Write a Markdown file that was not there before; return its name.

    Raises MxcheatError where nothing can be written.
    """
    for number in range(1, _MOST + 1):
        name = f"{stem}.md" if number == 1 else f"{stem}-{number}.md"
        try:
            with open(name, "x", encoding="utf-8") as file:
                file.write(text)
        except FileExistsError:
            continue
        except OSError as error:
            raise MxcheatError(f"{name} cannot be written here ({error.strerror})") from None
        return name
    raise MxcheatError(f"{stem}.md and {_MOST - 1} more are here already")


def _output(shown: Shown) -> Copy | None:
    from mxcheat.render.markdown import outcome_text  # noqa: PLC0415 - seldom needed

    return Copy("Output", outcome_text(shown.result)) if shown.result else None
