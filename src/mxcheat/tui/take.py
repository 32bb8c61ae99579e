"""What can be taken away from the row in view: its forms, its output, a link, a page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from textual.message import Message

from mxcheat.cheatsheet.sides import LABELS, SIDES
from mxcheat.errors import MxcheatError
from mxcheat.tui.differences import DifferenceRow

if TYPE_CHECKING:
    from textual.app import App

    from mxcheat.cheatsheet.row import Row
    from mxcheat.cheatsheet.sides import Side
    from mxcheat.live.results import TryResult
    from mxcheat.tui.screens.main import MainScreen

# As many pages of one row are kept beside each other.
_MOST = 99


@dataclass
class Copied(Message):
    """A text went to the clipboard, or did not; `how` says which way, or where it is instead."""

    what: str
    how: str


class Take:
    """Takes things away from the row in view; nothing happens where there is none."""

    def __init__(self, screen: MainScreen) -> None:
        self._screen = screen

    def has_form(self, side: Side) -> bool:
        """Whether there is a form of this side to take."""
        return bool(self._form(side))

    @property
    def has_output(self) -> bool:
        """Whether there is an output to take."""
        return self._result is not None

    def pytorch(self) -> None:
        """Copy the PyTorch form, as it has been edited if it has."""
        self._copy_form("pytorch")

    def gluon(self) -> None:
        """Copy the Gluon form, as it has been edited if it has."""
        self._copy_form("gluon")

    def output(self) -> None:
        """Copy what both sides left, and the verdict."""
        from mxcheat.render.markdown import outcome_text  # noqa: PLC0415 - seldom needed

        if self._result is not None:
            self._copy("Output", outcome_text(self._result))

    def link(self) -> None:
        """Copy the line that shows the row again, or runs the difference in view."""
        if self._row is not None:
            self._copy("Link", self._line)

    def save(self) -> None:
        """Write the row as Markdown to a new file in the current directory."""
        from mxcheat.render.markdown import row_markdown  # noqa: PLC0415 - seldom needed

        if self._row is None:
            return
        forms = {side: self._form(side) for side in SIDES}
        try:
            name = new_file(self._row.id, row_markdown(self._row, forms, self._result))
        except MxcheatError as error:
            self._screen.app.notify(str(error), severity="error", markup=False)
        else:
            self._screen.app.notify(f"Saved as {name}", markup=False)

    def _copy_form(self, side: Side) -> None:
        form = self._form(side)
        if form:
            self._copy(f"{LABELS[side]} form", form)

    def _copy(self, what: str, text: str) -> None:
        copy_in_background(self._screen.app, what, text)

    @property
    def _row(self) -> Row | None:
        """The row in view, or the difference in its place."""
        return self._screen.row.row

    @property
    def _line(self) -> str:
        row = self._row
        if isinstance(row, DifferenceRow):
            return f"mxcheat try {row.of.id} --difference {row.number}"
        return f"mxcheat lookup {row.id}" if row else ""

    def _form(self, side: Side) -> str | None:
        draft = self._screen.row.drafts.of(self._row)
        if draft is not None:
            return draft.text(side).strip()
        return self._row.form(side) if self._row else None

    @property
    def _result(self) -> TryResult | None:
        run = self._screen.row.bar.runs.of(self._row)
        return (run.result or run.before) if run else None


def copy_in_background(app: App[Any], what: str, text: str) -> None:
    """Put a text on the clipboard; Copied follows. `what` is what people call it."""

    def work() -> None:
        from mxcheat.tui.clipboard import copy  # noqa: PLC0415 - seldom needed

        write = app._driver.write if app._driver else str
        app.post_message(Copied(what, copy(text, write)))

    app._clipboard = text  # what Ctrl+V pastes in a field of ours
    app.run_worker(work, name="copy", thread=True, exit_on_error=False)


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
