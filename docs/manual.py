"""The manual page: the parsers of all commands and the table of settings, in roff."""

from __future__ import annotations

import argparse
import textwrap
from typing import TYPE_CHECKING

from mxcheat import __version__
from mxcheat.cli.app import ABOUT
from mxcheat.cli.arguments import is_shared
from mxcheat.cli.commands import COMMANDS, module_of
from mxcheat.config.table import SETTINGS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

DESCRIPTION = """\
mxcheat finds the PyTorch or MXNet Gluon form of what you remember - a name from either side, a
typo, a line of code, a few words - and runs both forms, from the same inputs, on your device.
Without a command it searches full screen; F1 shows every key."""

STATUSES = {
    "0": "Done, and the answer is good.",
    "1": "Done, and the answer is no: nothing was found, the sides differ, a check failed.",
    "2": "The command line, the configuration or a data file is wrong.",
    "3": "This machine lacks something: a framework, a device, a terminal.",
    "130": "Interrupted.",
}

VARIABLES = {
    "MXCHEAT_CONFIG": "The configuration file, in place of the one below.",
    "NO_COLOR, FORCE_COLOR": "No colour, or colour for a pipe too.",
}

FILES = {
    "~/.config/mxcheat/config.toml": "The configuration; none is needed.",
    "~/.local/state/mxcheat/": "What the app remembers, and its log.",
    "~/.local/share/mxcheat/": "The environments that mxcheat setup makes.",
    "~/.cache/mxcheat/": "What is made of the data ahead; may be removed at any time.",
}


def manual_page() -> str:
    """docs/mxcheat.1."""
    app = module_of("").parser()
    settings = {each.variable: each.sentence for each in SETTINGS} | VARIABLES
    lines = [
        f'.TH MXCHEAT 1 "" "mxcheat {__version__}" "User Commands"',
        ".SH NAME",
        rf"mxcheat \- {_text(ABOUT.rstrip('.'))}",
        ".SH SYNOPSIS",
        *_synopsis(app.usage.splitlines()),
        *(".SH DESCRIPTION", _prose(DESCRIPTION)),
        *(".SH COMMANDS", *(line for command in COMMANDS for line in _command(command))),
        *(".SH OPTIONS", "These go with any command, the last with none."),
        *_options(app, of_any_command=True),
        *_options(app, of_any_command=False),
        *(".SH EXIT STATUS", *_items(STATUSES)),
        *(".SH ENVIRONMENT", *_items(settings)),
        *(".SH FILES", *_items(FILES)),
        *(".SH EXAMPLES", *_verbatim(app.epilog.removeprefix("examples:\n"))),
    ]
    return "\n".join(lines) + "\n"


def _command(name: str) -> Iterator[str]:
    parser = module_of(name).parser()
    yield f".SS {name}"
    yield from _synopsis([" ".join(parser.format_usage().removeprefix("usage: ").split())])
    yield ".PP"
    yield _prose(parser.description)
    yield from _options(parser, of_any_command=False)
    yield ".PP"
    yield from _verbatim(parser.epilog)


def _synopsis(forms: Iterable[str]) -> Iterator[str]:
    """Each form on a line of its own; what a column further right explains is left out."""
    for place, form in enumerate(forms):
        program, *words = form.strip().split("   ")[0].split()
        if place:
            yield ".br"
        yield f".B {program}"
        yield _text(textwrap.fill(" ".join(words), 60))  # each dash becomes two characters


def _options(parser: argparse.ArgumentParser, *, of_any_command: bool) -> Iterator[str]:
    for action in parser._actions:
        if action.help != argparse.SUPPRESS and is_shared(action) == of_any_command:
            names = ", ".join(action.option_strings)
            yield from _item(f"{names} {action.metavar or ''}".strip(), str(action.help))


def _items(meanings: dict[str, str]) -> Iterator[str]:
    for term, meaning in meanings.items():
        yield from _item(term, meaning)


def _item(term: str, meaning: str) -> tuple[str, ...]:
    return ".TP", f".B {_text(term)}", _prose(meaning)


def _verbatim(text: str) -> Iterator[str]:
    """Lines as they are, such as the examples below an option's help."""
    yield ".nf"
    yield from (_text(line) if line else ".sp" for line in text.splitlines())
    yield ".fi"


def _text(text: str) -> str:
    """Text of which nothing is a command of roff, nor a dash or quote set as another sign."""
    escaped = text.replace("\\", "\\e").replace("-", "\\-").replace("'", "\\(aq")
    return "\n".join("\\&" + line if line[:1] == "." else line for line in escaped.splitlines())


def _prose(text: str) -> str:
    return _text(textwrap.fill(text, 70))
