"""mxcheat [QUERY...]: the full-screen app."""

from __future__ import annotations

import gc
import sys
from typing import TYPE_CHECKING

from mxcheat import __version__
from mxcheat.cheatsheet import load
from mxcheat.cli.arguments import Parser
from mxcheat.errors import ExitCode, MissingError

if TYPE_CHECKING:
    from collections.abc import Sequence


def run(argv: Sequence[str]) -> ExitCode:
    """Open the app, with a query already typed if one is given."""
    parser = Parser("", "Search the cheatsheet full screen, and run what you find.")
    parser.add_argument("query", nargs="*", metavar="QUERY")
    parser.add_argument("--version", action="version", version=f"mxcheat {__version__}")
    args = parser.parse_all(argv)
    if not (sys.stdout.isatty() and sys.stdin.isatty()):
        hint = "for a pipe or a script: mxcheat lookup QUERY, mxcheat try ROW"
        raise MissingError("the full-screen app needs a terminal", hint=hint)
    # Nothing is garbage yet, and looking for it would delay the first paint by a tenth; the app
    # takes it up again once it stands.
    gc.disable()
    sheet = load(args.data)

    from mxcheat.tui import run_app  # noqa: PLC0415 - the one command that draws

    return run_app(sheet, " ".join(args.query))
