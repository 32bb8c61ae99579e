"""The tables of docs/usage.md: what each command takes, by its parser."""

from __future__ import annotations

import argparse
import re
from typing import TYPE_CHECKING

from reference import table

from mxcheat.cli.arguments import EVERY_COMMAND
from mxcheat.cli.commands import module_of

if TYPE_CHECKING:
    from collections.abc import Iterator

# The app's parser has what every command takes, and little else.
APP, ANY = "mxcheat", EVERY_COMMAND

_MARKED = re.compile(r"(<!-- options of ([a-z ]+) -->\n).*?(<!-- end -->)", re.DOTALL)


def marked(page: str) -> list[str]:
    """The commands whose options the page shows."""
    return [name for _, name, _ in _MARKED.findall(page)]


def with_options(page: str) -> str:
    """The page with a table between each pair of marks."""
    return _MARKED.sub(lambda found: found[1] + _block(found[2]) + found[3], page)


def _block(name: str) -> str:
    parser = module_of("" if name in (APP, ANY) else name).parser()
    shown = [
        action
        for action in parser._actions
        if action.help != argparse.SUPPRESS and (_is_shared(action) == (name == ANY))
    ]
    return "\n".join(["", *table(("Argument", "Meaning"), _lines(shown)), "", ""])


def _is_shared(action: argparse.Action) -> bool:
    group: argparse._ArgumentGroup = action.container
    return group.title == EVERY_COMMAND


def _lines(actions: list[argparse.Action]) -> Iterator[tuple[str, str]]:
    for action in actions:
        value = f" {action.metavar}" if action.metavar else ""
        spelled = [f"`{option}{value}`" for option in action.option_strings]
        help_ = str(action.help).replace("|", "\\|")
        yield ", ".join(spelled) or f"`{value.strip()}`", help_
