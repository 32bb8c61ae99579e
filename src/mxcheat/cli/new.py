"""new: begin a row of your own."""

from __future__ import annotations

import shlex
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from mxcheat.cheatsheet.reader import read_file, read_text
from mxcheat.cheatsheet.writing import HEAD, addition, to_fill_in
from mxcheat.cli import output
from mxcheat.cli.arguments import Parser, UsageError
from mxcheat.cli.begin import Begun, begin, id_of
from mxcheat.cli.narrate import say, suggest
from mxcheat.errors import ExitCode
from mxcheat.loading import load

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mxcheat.cheatsheet.sheet import Cheatsheet

EXAMPLES = """examples:
  mxcheat new hard_sigmoid
  mxcheat new hardtanh --pytorch 'F.hardtanh(x)' --gluon 'nd.clip(x, -1, 1)'
  mxcheat new softsign -o mine.yaml

What the frameworks know about NAME is filled in. No file is overwritten: -o
adds to an existing file. The NAME of a shipped row copies that row."""


def parser() -> Parser:
    """What the command takes."""
    parser = Parser("new", "Start a row of your own, each key explained.", EXAMPLES)
    parser.add_argument("name", nargs=1, metavar="NAME", help="what it is called: hardtanh")
    parser.add_argument("--section", metavar="S", help="where it belongs (tensor/operation)")
    parser.add_argument("--function", metavar="TEXT", help="what it does, in a few words")
    parser.add_argument("--pytorch", metavar="CODE", help="the PyTorch form")
    parser.add_argument("--gluon", metavar="CODE", help="the Gluon form")
    parser.add_argument(
        "-o", "--output", metavar="FILE", help="output file (NAME.yaml); - for stdout"
    )
    return parser


def run(argv: Sequence[str]) -> ExitCode:
    """Write the beginning of a row, and say what to do next."""
    args = parser().parse_all(argv, own_rows=False)
    row_id = id_of(args.name[0])
    sheet = load(args.data)
    if args.output == "-":
        begun = begin(args, row_id, sheet)
        _read_back(HEAD + begun.text, row_id, begun, sheet)
        output.write(HEAD + begun.text)
        _say_next(begun.notes, "FILE", row_id)
        return ExitCode.DONE
    path = Path(args.output or f"{row_id}.yaml")
    before = _text_of(path)
    if before is not None:
        if args.output is None:
            hint = f"add a row to it with -o {path}, or name another file"
            raise UsageError(f"new: {path} already exists", hint=hint)
        # Whether it takes a row is known before the frameworks are asked.
        addition(path, before, row_id, f"- id: {row_id}\n")
        sheet = replace(sheet, sections=read_file(path, sheet).sheet.sections)
    begun = begin(args, row_id, sheet)
    added = HEAD + begun.text if before is None else addition(path, before, row_id, begun.text)
    _read_back((before or "") + added, row_id, begun, sheet)
    _write(path, added, is_new=before is None)
    say(f"{path}: row {row_id} begun{_to_do(added, before)}")
    _say_next(begun.notes, str(path), row_id)
    return ExitCode.DONE


def _text_of(path: Path) -> str | None:
    """What is in a file, or None where there is none."""
    try:
        return path.read_text(encoding="utf-8")
    except FileNotFoundError:
        return None
    except OSError as error:
        raise UsageError(f"new: {path} cannot be read ({error.strerror})") from None
    except UnicodeDecodeError:
        raise UsageError(f"new: {path} is not UTF-8 text") from None


def _read_back(text: str, row_id: str, begun: Begun, sheet: Cheatsheet) -> None:
    """Read the file as it is going to be. Raises UsageError unless the row comes out of it."""
    reading = read_text(text, sheet)
    read = next((read for read in reading.rows if read.row.id == row_id), None)
    if read is None or not read.sound:
        problems = [each for each in reading.problems if each.row == row_id] or reading.problems
        why = str(problems[0]) if problems else "it is not found there"
        raise UsageError(f"new: the row could not be read back: {why}; nothing was written")
    for side, form in begun.forms.items():
        if read.row.form(side) != form.strip("\n"):
            raise UsageError(f"new: --{side} {form!r} cannot be written in YAML")


def _write(path: Path, text: str, *, is_new: bool) -> None:
    """Write a file that is not there, or add to the end of one that is."""
    try:
        with path.open("x" if is_new else "a", encoding="utf-8") as file:
            file.write(text)
    except OSError as error:
        raise UsageError(f"new: {path} cannot be written ({error.strerror})") from None


def _to_do(added: str, before: str | None) -> str:
    """What is to be filled in, and on which line of the whole file."""
    above = before.count("\n") if before else 0
    places = ", ".join(f"{key} (line {line + above})" for line, key in to_fill_in(added))
    return f"; to be filled in: {places}" if places else ""


def _say_next(notes: Sequence[str], file: str, row_id: str) -> None:
    for note in notes:
        say(note)
    file = shlex.quote(file)
    say("what to type next:")
    suggest(
        [
            f"mxcheat check {file}",
            f"mxcheat --data {file} try {row_id}",
            f"mxcheat check --live {file}",
        ]
    )
