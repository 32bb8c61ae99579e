"""Rows as the user has changed them: the code of both sides and the inputs, as typed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual.message import Message

from mxcheat.cheatsheet.row import Snippet
from mxcheat.cheatsheet.sides import SIDES
from mxcheat.errors import MxcheatError
from mxcheat.render.language import label

if TYPE_CHECKING:
    from mxcheat.cheatsheet.row import InputSpec, Row
    from mxcheat.cheatsheet.sides import Side
    from mxcheat.live.trial import Trial


# Before the name, in a list, of a row that is not as the sheet has it.
CHANGED = "*"


class InputLineError(MxcheatError):
    """A line of the inputs that cannot be read; `line` counts from 0."""

    def __init__(self, line: int, message: str, hint: str = "") -> None:
        super().__init__(f"inputs, line {line + 1}: {message}", hint=hint)
        self.line = line
        self.what = f"{message} → {hint}" if hint else message


@dataclass(frozen=True)
class Draft:
    """What the three editors hold."""

    pytorch: str
    gluon: str
    inputs: str

    def text(self, side: Side) -> str:
        """The code of one side."""
        return self.pytorch if side == "pytorch" else self.gluon

    def snippet(self, side: Side) -> Snippet | None:
        """What is run on `side`, or None where there is nothing but space."""
        text = self.text(side)
        return Snippet("", text, "") if text.strip() else None


@dataclass
class Typed(Message):
    """A row has been changed in the editors."""

    row: Row
    draft: Draft


def edited(*, is_so: bool = True) -> str:
    """What stands behind the name of code that is not as the row has it."""
    return f" · {label('edited')}" if is_so else ""


def draft_of(row: Row) -> Draft:
    """A row before any change: all the code that is run, and one input per line."""
    snippets = [row.snippet(side) for side in SIDES]
    pytorch, gluon = (snippet.code.rstrip("\n") if snippet else "" for snippet in snippets)
    return Draft(pytorch, gluon, "\n".join(_line(*item) for item in row.inputs.items()))


def parted(text: str, own: Snippet | None) -> Snippet:
    """Edited code in its parts; set-up and what follows the form as far as they are `own`."""
    if own is None:
        return Snippet("", text, "")
    before, after, form = own.before, own.after.rstrip("\n"), text
    if before and form.startswith(f"{before}\n"):
        form = form.removeprefix(f"{before}\n")
    else:
        before = ""
    if after and form.endswith(f"\n{after}"):
        form = form.removesuffix(f"\n{after}")
    else:
        after = ""
    return Snippet(before, form, after) if form.strip() else Snippet("", text, "")


def trial_of_draft(draft: Draft, row: Row) -> Trial:
    """What running `draft` runs, judged as `row` is. Raises InputLineError."""
    from mxcheat.live.trial import Trial  # noqa: PLC0415 - after the first paint

    inputs = read_inputs(draft.inputs, row)
    gradient = tuple(name for name in row.gradient if name in inputs)
    snippets = {side: draft.snippet(side) for side in SIDES}
    return Trial(snippets, inputs, gradient, row.compare, row.reason, row)


def read_inputs(text: str, row: Row) -> dict[str, InputSpec]:
    """The inputs of `name: specification` lines; empty lines and comments are passed over.

    A line that stands as the row has it gives the row's own value, which may be one that no
    text gives (nan). Raises InputLineError.
    """
    from mxcheat.cheatsheet.inputs import plan_input  # noqa: PLC0415 - after the first paint

    own = {_line(name, spec): spec for name, spec in row.inputs.items()}
    specs: dict[str, InputSpec] = {}
    for number, line in enumerate(text.split("\n")):
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        name, spec = _read_line(number, line)
        if name in specs:
            raise InputLineError(number, f"there is a {name} above")
        specs[name] = own.get(line.rstrip(), spec)
        try:
            plan_input(name, specs[name])
        except MxcheatError as error:
            message = error.message.removeprefix(f"input {name}: ")
            raise InputLineError(number, message, error.hint) from None
    return specs


def _read_line(number: int, line: str) -> tuple[str, str]:
    name, colon, spec = line.partition(":")
    name, spec = name.strip(), spec.strip()
    if not (colon and spec and name.isidentifier()):
        given = line.strip()
        hint = "write a name, a colon and a value, as in x: uniform(2, 3)"
        raise InputLineError(number, f"{given!r} is not an input", hint)
    return name, spec


def _line(name: str, spec: InputSpec) -> str:
    return f"{name}: {spec if isinstance(spec, str) else repr(spec)}"
