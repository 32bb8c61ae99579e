"""Options that several commands share, and a parser whose errors are one clear line."""

from __future__ import annotations

import argparse
import math
import os
import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

from mxcheat.config import language, row_files
from mxcheat.errors import MxcheatError, did_you_mean, nearest
from mxcheat.render.language import speak

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from _typeshed import SupportsWrite

# What the group of options is called that every command has.
EVERY_COMMAND = "any command"
# Columns that help takes at most.
_WIDEST = 100


class UsageError(MxcheatError):
    """A command line that cannot be understood."""


class _Help(argparse.RawDescriptionHelpFormatter):
    """Help in one screen: options of every command are left out of the first line."""

    def __init__(self, prog: str) -> None:
        columns = shutil.get_terminal_size().columns
        super().__init__(prog, max_help_position=22, width=min(columns, _WIDEST) - 2)

    def add_usage(
        self,
        usage: str | None,
        actions: Iterable[argparse.Action],
        groups: Iterable[Any],
        prefix: str | None = None,
    ) -> None:
        own = [action for action in actions if not is_shared(action)]
        super().add_usage(usage, own, groups, prefix)

    def _format_args(self, action: argparse.Action, default_metavar: str) -> str:
        # The metavar says itself what may be left out or repeated: QUERY..., [ROW...].
        return str(action.metavar or super()._format_args(action, default_metavar))


def kind_of(action: argparse.Action) -> str:
    """The kind of value an option or a word is: FILE, ROW, CTX; "" where it takes none."""
    return str(action.metavar or "").strip("[].")


def is_shared(action: Any) -> bool:
    """Whether it is one of the options that every command has."""
    return bool(action.container.title == EVERY_COMMAND)


class Parser(argparse.ArgumentParser):
    """Raises UsageError in one line, naming the nearest option for an unknown one.

    Help, completions and the manual are made from it. A metavar says what kind of value is meant;
    completions know FILE, ROW, QUERY, CTX and the like by it.
    """

    def __init__(
        self, command: str, description: str, epilog: str = "", usage: str | None = None
    ) -> None:
        self.command = command
        super().__init__(
            prog=f"mxcheat {command}".strip(),
            usage=usage,
            description=description,
            epilog=epilog,
            allow_abbrev=False,
            add_help=False,
            formatter_class=_Help,
        )
        self._positionals.title = "arguments"
        shared = self.add_argument_group(EVERY_COMMAND)
        shared.add_argument(
            "--data",
            action="append",
            default=[],
            type=Path,
            metavar="FILE",
            help="add a YAML file of your own rows; repeatable",
        )
        shared.add_argument(
            "--color",
            choices=("auto", "always", "never"),
            default="auto",
            metavar="WHEN",
            help="auto, always or never (auto)",
        )
        shared.add_argument("-h", "--help", action="help", help="show this help")

    def _print_message(self, message: str, file: SupportsWrite[str] | None = None) -> None:
        # argparse's own says nothing where it cannot write.
        (file or sys.stdout).write(message)

    def error(self, message: str) -> NoReturn:
        raise self.usage_error(message)

    def usage_error(self, message: str, hint: str = "") -> UsageError:
        """A mistake in this command's line, with where to read on when there is no hint."""
        where = f"{self.command}: " if self.command else ""
        return UsageError(where + message, hint=hint or f"see {self.prog} --help")

    def _check_value(self, action: argparse.Action, value: Any) -> None:
        # [] is what argparse checks where "*" was given nothing.
        if action.choices is not None and value not in ([], *action.choices):
            name = "/".join(action.option_strings) or kind_of(action)
            hint = did_you_mean(value, action.choices)
            raise self.usage_error(f"argument {name}: invalid choice: {value!r}", hint)

    def parse_all(
        self, argv: Sequence[str], namespace: Any = None, *, own_rows: bool = True
    ) -> argparse.Namespace:
        """Parse as `parse_words` does, and read the settings, for the one time in this process.

        From then on titles and labels are in the user's language.
        `settings` are those; `configured` are the files of rows that they name, which in `data`
        come before those of --data, unless the command does without the user's `own_rows`.
        Raises MxcheatError for settings that are wrong.
        """
        from mxcheat.config.reader import read_settings  # noqa: PLC0415 - not for --help

        args = self.parse_words(argv, namespace)
        args.settings = read_settings()
        speak(language(args.settings))
        files = row_files(args.settings) if own_rows else ()
        given = {os.path.realpath(file) for file in args.data}
        args.data = once([*map(Path, files), *args.data])
        args.configured = [file for file in args.data if os.path.realpath(file) not in given]
        return args

    def parse_words(self, argv: Sequence[str], namespace: Any = None) -> argparse.Namespace:
        """Parse into `namespace`, or raise UsageError; all that follows "--" is words."""
        end = argv.index("--") if "--" in argv else len(argv)
        args: argparse.Namespace
        args, unknown = self.parse_known_intermixed_args(argv[:end], namespace)
        words = argv[end + 1 :]
        if words and (positionals := self._get_positional_actions()):
            name = positionals[0].dest
            setattr(args, name, [*getattr(args, name), *words])
        else:
            unknown += words
        if unknown:
            # Without the dashes, which all of them have.
            options = [option.lstrip("-") for option in self._option_string_actions]
            close = nearest(unknown[0].split("=")[0].lstrip("-"), filter(_is_long, options))
            hint = f"did you mean --{close}?" if close else ""
            raise self.usage_error(f"unknown argument {unknown[0]!r}", hint)
        return args


def _is_long(option: str) -> bool:
    return len(option) > 1


def once(files: Sequence[Path]) -> list[Path]:
    """Each file once, where it comes last: there its rows prevail."""
    by_place = {os.path.realpath(file): file for file in reversed(files)}
    return list(by_place.values())[::-1]


def add_filters(parser: Parser) -> None:
    """--section and --availability."""
    parser.add_argument("--section", metavar="S", help="only rows of this section, or below it")
    parser.add_argument("--availability", metavar="A", help="only rows of this availability")


def positive_seconds(text: str) -> float:
    """A time limit: a finite number above zero."""
    try:
        seconds = float(text)
    except ValueError:
        seconds = math.nan
    if not (math.isfinite(seconds) and seconds > 0):
        raise argparse.ArgumentTypeError(f"expected seconds above 0, got {text!r}")
    return seconds


def positive_count(text: str) -> int:
    """A whole number above zero."""
    if not text.isdecimal() or int(text) == 0:
        raise argparse.ArgumentTypeError(f"expected a whole number above 0, got {text!r}")
    return int(text)


def add_run_options(parser: Parser) -> None:
    """--ctx and --timeout, read as a Device and as seconds."""
    parser.add_argument("--ctx", metavar="CTX", help="device: cpu, gpu0, ... (cpu)")
    parser.add_argument(
        "--timeout", metavar="SECONDS", type=positive_seconds, help="limit for each snippet (30)"
    )


def run_options(args: argparse.Namespace) -> dict[str, Any]:
    """Device and time limit as Session.run takes them. Raises MxcheatError."""
    from mxcheat.config.engine import device_of  # noqa: PLC0415 - not needed for --help
    from mxcheat.live.device import parse_device  # noqa: PLC0415

    device = device_of(args.settings) if args.ctx is None else parse_device(args.ctx)
    return {"device": device, "timeout": args.timeout or args.settings["timeout"]}
