"""mxcheat [QUERY...]: the full-screen app."""

from __future__ import annotations

import argparse
import gc
import os
import shlex
import sys
from itertools import starmap
from typing import TYPE_CHECKING

from mxcheat import __version__
from mxcheat.cheatsheet.sides import SIDES
from mxcheat.cli import output
from mxcheat.cli.arguments import Parser
from mxcheat.cli.commands import COMMANDS
from mxcheat.cli.sheet import load_sheet
from mxcheat.errors import ExitCode, MissingError, NothingFoundError, nearest

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from mxcheat.cheatsheet.row import Row
    from mxcheat.cheatsheet.sides import Side


USAGE = """mxcheat [QUERY...]          search full screen, QUERY already typed
       mxcheat COMMAND [...]"""

ABOUT = "PyTorch and MXNet Gluon, side by side, every claim executed."

# How like a command a first word is that was meant to be one: `loookup`, `verfy`, `docter`.
_ALIKE = 0.8

EXAMPLES = """examples:
  mxcheat try addmm --ctx gpu0
  mxcheat --print clamp | xclip"""


def parser() -> Parser:
    """What mxcheat takes where no command is named; its help is that of the whole."""
    commands = "\n".join(starmap(_command_line, COMMANDS.items()))
    parser = Parser("", f"{ABOUT}\n\ncommands:\n{commands}", EXAMPLES, USAGE)
    parser.add_argument("query", nargs="*", metavar="[QUERY...]", help=argparse.SUPPRESS)
    parser.add_argument(
        "--print", action="store_true", help="print the form of the row in view when you quit"
    )
    parser.add_argument(
        "--side", choices=SIDES, metavar="SIDE", help="which form: pytorch or gluon (gluon)"
    )
    version = f"mxcheat {__version__}"
    parser.add_argument("--version", action="version", version=version, help="print the version")
    return parser


def _command_line(command: str, facts: tuple[str, str, str]) -> str:
    _, takes, gives = facts
    return f"  {f'{command} {takes}':<20} {gives}"


def run(argv: Sequence[str]) -> ExitCode:
    """Open the app, with a query already typed if one is given."""
    parsing = parser()
    args = parsing.parse_all(argv)
    if "--" not in argv and (meant := _meant_command(args)):
        hint = f"did you mean {meant}? To search for it: mxcheat -- {shlex.join(args.query)}"
        raise parsing.usage_error(f"{args.query[0]!r} is not a command", hint)
    if args.side and not args.print:
        raise parsing.usage_error("--side goes with --print")
    if args.print:
        return _print_choice(args)
    if not (sys.stdout.isatty() and sys.stdin.isatty()):
        hint = "for a pipe or a script: mxcheat lookup QUERY, mxcheat try ROW"
        raise MissingError("the full-screen app needs a terminal", hint=hint)
    return _open(args)


def _open(
    args: argparse.Namespace,
    choose: Callable[[Row, Mapping[Side, str | None]], None] | None = None,
) -> ExitCode:
    # Nothing is garbage yet, and looking for it would delay the first paint by a tenth; the app
    # takes it up again once it stands.
    gc.disable()
    sheet = load_sheet(args)

    from mxcheat.tui import run_app  # noqa: PLC0415 - the one command that draws

    return run_app(sheet, " ".join(args.query), args.settings, choose=choose)


def _print_choice(args: argparse.Namespace) -> ExitCode:
    """Open the app beside a pipe, and print the form that is in view when the user quits."""
    if not (sys.stderr.isatty() and sys.stdin.isatty()):
        raise MissingError("--print needs a terminal to choose at")
    side: Side = args.side or "gluon"
    chosen: list[tuple[Row, str | None]] = []
    stdout = os.dup(1)
    os.dup2(2, 1)  # the app draws on stderr, and asks stdout how large the terminal is
    try:
        code = _open(args, lambda row, forms: chosen.append((row, forms[side])))
    finally:
        os.dup2(stdout, 1)
        os.close(stdout)
    if code != ExitCode.DONE:
        return code
    if not chosen:
        raise NothingFoundError("no row was in view")
    row, form = chosen[0]
    if not form:
        raise NothingFoundError(f"{row.id} has no {side} form", hint=row.notes)
    output.write(form.rstrip("\n") + "\n")
    return ExitCode.DONE


def _meant_command(args: argparse.Namespace) -> str:
    """The command line that a query was meant to be, or "" where it is a query.

    A word that the sheet knows is looked for, however like a command it is.
    """
    if not args.query:
        return ""
    first, *others = args.query
    if first == "help":
        return shlex.join(["mxcheat", *[word for word in others[:1] if word in COMMANDS], "--help"])
    command = nearest(first, COMMANDS, _ALIKE) if len(first) > 2 else ""
    if not command:
        return ""
    from mxcheat.search import Index, find  # noqa: PLC0415 - a word like a command is rare

    sheet = load_sheet(args)
    known = [hit for hit in find(Index(sheet.rows, sheet.calls), first, 1) if hit.sure]
    return "" if known else shlex.join(["mxcheat", command, *others])
