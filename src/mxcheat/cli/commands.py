"""The commands there are, and which of them a command line means."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any

# Command -> the module that holds it, what it takes, and what it gives. A module has `run(argv)`
# and `parser()`, and is imported only when it is the one that was asked for.
COMMANDS = {
    "lookup": ("lookup", "QUERY...", "the row for a name, a line of code, or a few words"),
    "try": ("try_row", "[ROW]", "run both forms on a device, and compare"),
    "list": ("list_rows", "", "every row"),
    "scan": ("scan", "PATH...", "what code uses, which rows answer it, what will bite"),
    "verify": ("verify", "[ROW...]", "check rows on all their inputs against both frameworks"),
    "check": ("check", "[FILE...]", "every problem in your row files, by line"),
    "new": ("new", "NAME", "start a row of your own"),
    "doctor": ("doctor", "", "what this machine has, what is missing, how to fix it"),
    "setup": ("setup", "[FRAMEWORK...]", "install a framework in an environment of its own"),
    "export": ("export", "", "the corrected cheatsheet as Markdown, HTML or JSON"),
    "record": ("record", "", "record every row's output, for where it cannot be run"),
    "completions": ("completions", "SHELL", "print a shell's completion script"),
}

# Options that may stand before the command and take a value of their own.
_VALUED = ("--data", "--color", "--side")


def command_of(arguments: Sequence[str]) -> tuple[str, list[str]]:
    """The command that the first word names, "" for none, and the other arguments."""
    position = _first_word(arguments)
    if position is None or arguments[position] not in COMMANDS:
        return "", list(arguments)
    return arguments[position], [*arguments[:position], *arguments[position + 1 :]]


def module_of(command: str) -> Any:
    """The module that holds a command; "" is the app."""
    name = COMMANDS[command][0] if command else "app"
    # importlib would have to be loaded first.
    return __import__(f"mxcheat.cli.{name}", fromlist=["run"])


def _first_word(arguments: Sequence[str]) -> int | None:
    """Position of the first argument that is neither an option nor an option's value."""
    skip = False
    for position, argument in enumerate(arguments):
        if skip:
            skip = False
        elif argument == "--":
            return None
        elif argument in _VALUED:
            skip = True
        elif not argument.startswith("-"):
            return position
    return None
