"""The sheet that a command works on: the shipped rows, and those of the user's own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mxcheat.cli.narrate import say
from mxcheat.loading import load

if TYPE_CHECKING:
    from typing import Any

    from mxcheat.cheatsheet.nodes import DataFileError
    from mxcheat.cheatsheet.sheet import Cheatsheet


def load_sheet(args: Any) -> Cheatsheet:
    """The rows for a command line that `Parser.parse_all` has read.

    Of a file that the settings name the sound rows are used, and what is wrong is said.
    Raises DataFileError for a file of the command line with problems.
    """
    return load(args.data, args.configured, _tell)


def _tell(error: DataFileError) -> None:
    say(f"{error} (its other rows are used; all problems: {check_line(error)})")


def check_line(error: DataFileError) -> str:
    """The command that shows every problem of a file."""
    from shlex import quote  # noqa: PLC0415 - most files have none

    return f"mxcheat check {quote(str(error.path))}"
