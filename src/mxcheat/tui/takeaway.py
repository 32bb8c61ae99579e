"""What can be taken from what is shown: forms, scripts, the output, a page, a row of one's own."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual.message import Message

from mxcheat.cheatsheet.sides import LABELS, SIDES
from mxcheat.errors import MxcheatError
from mxcheat.render.inert import inert_line
from mxcheat.render.language import label, said
from mxcheat.tui.drafts import draft_of, read_inputs, trial_of_draft

if TYPE_CHECKING:
    from mxcheat.cheatsheet.row import Row
    from mxcheat.cheatsheet.sides import Side
    from mxcheat.tui.shown import Shown

# This many files of one row are kept beside each other.
_MOST = 99
SCRIPT = "-script"
_SAVED = "Saved as {file}; mxcheat --data {file} shows it, mxcheat check {file} checks it"


@dataclass
class Copy(Message):
    """A text for the clipboard; `what` is what people call it."""

    what: str
    text: str


def copy_of(shown: Shown, kind: str) -> Copy | None:
    """What copying `kind` copies: pytorch, gluon, their scripts, output or link; None for nothing.

    Raises MxcheatError where the inputs, as they have been edited, cannot be read.
    """
    if kind == "output":
        return _output(shown)
    if kind == "link":
        return Copy(label("Command"), _command(shown)) if shown.row else None
    side = next(side for side in SIDES if side == kind.removesuffix(SCRIPT))
    if kind.endswith(SCRIPT):
        return _script(shown, side)
    form = shown.form(side)
    return Copy(said("{side} form", side=LABELS[side]), form) if form else None


def _command(shown: Shown) -> str:
    """The command that shows the row, or runs the difference in view."""
    if shown.difference is not None:
        return f"mxcheat try {shown.difference.of.id} --difference {shown.difference.number}"
    return f"mxcheat lookup {shown.row.id}" if shown.row else ""


def _script(shown: Shown, side: Side) -> Copy | None:
    """All that is run on a side, as a program; with edits, if there are any."""
    from mxcheat.live.trial import trial_of  # noqa: PLC0415 - seldom needed
    from mxcheat.paths import samples_directory  # noqa: PLC0415 - seldom needed
    from mxcheat.render.script import script_of  # noqa: PLC0415 - seldom needed

    row = shown.row
    if row is None or not shown.has_script(side):
        return None
    trial = trial_of_draft(shown.draft, row) if shown.draft else trial_of(row)
    snippet = trial.snippets[side]
    assert snippet is not None
    text = script_of(side, snippet, trial.inputs, trial.gradient, str(samples_directory()))
    head = f"# {inert_line(row.function)}: {LABELS[side]}"
    return Copy(said("{side} script", side=LABELS[side]), f"{head}\n{text}")


def _output(shown: Shown) -> Copy | None:
    from mxcheat.render.markdown import outcome_text  # noqa: PLC0415 - seldom needed

    return Copy(label("Output"), outcome_text(shown.result)) if shown.result else None


def page(shown: Shown) -> str | None:
    """The row as Markdown, with what running it gave; None where there is no row."""
    from mxcheat.render.markdown import row_markdown  # noqa: PLC0415 - seldom needed

    if shown.row is None:
        return None
    return row_markdown(shown.row, {side: shown.form(side) for side in SIDES}, shown.result)


def saved(shown: Shown, kind: str) -> str:
    """Save "page" (Markdown) or "row" (a row of one's own) to a new file here; what to say of it.

    Raises MxcheatError where nothing can be written.
    """
    row = shown.row
    if row is None:
        return ""
    stem = row.id.replace(" ", "-")
    if kind == "page":
        return said("Saved as {file}", file=new_file(stem, ".md", page(shown) or ""))
    name = new_file(f"own-{stem}", ".yaml", own_row(shown, f"own-{stem}"))
    return said(_SAVED, file=name)


def own_row(shown: Shown, row_id: str) -> str:
    """A file with what is shown as a row of one's own, edits included, for its author to go on.

    Raises MxcheatError where the inputs cannot be read.
    """
    from mxcheat.cheatsheet.writing import HEAD, Draft, template  # noqa: PLC0415 - seldom needed

    row = shown.row
    assert row is not None
    draft = shown.draft or draft_of(row)
    inputs = read_inputs(draft.inputs, row)
    forms = {side: draft.text(side) for side in SIDES if draft.text(side).strip()}
    sections = list(shown.sheet.sections)
    section = row.section or next(iter(sections), "")
    function = row.function if shown.draft is None else f"{row.function}, in another way"
    begun = Draft(
        row_id,
        section,
        function,
        forms,
        inputs=inputs,
        availability=_availability(row, list(forms)),
        compare=row.compare,
        reason=row.reason,
        gradient=[name for name in row.gradient if name in inputs],
    )
    return HEAD + template(begun, sections)


def _availability(row: Row, sides: list[Side]) -> str:
    """What the row claims, as far as the sides that there are now allow it."""
    if len(sides) == 1:
        return f"{sides[0]}-only"
    return "equivalent" if row.availability.endswith("-only") else row.availability


def new_file(stem: str, suffix: str, text: str) -> str:
    """Write a file that was not there before; return its name.

    Raises MxcheatError where nothing can be written.
    """
    for number in range(1, _MOST + 1):
        name = f"{stem}{suffix}" if number == 1 else f"{stem}-{number}{suffix}"
        try:
            with open(name, "x", encoding="utf-8") as file:
                file.write(text)
        except FileExistsError:
            continue
        except OSError as error:
            raise MxcheatError(f"{name} cannot be written here ({error.strerror})") from None
        return name
    raise MxcheatError(f"{stem}{suffix} and {_MOST - 1} more are here already")
