"""Options that several commands share, and a parser whose errors are one clear line."""

from __future__ import annotations

import argparse
import math
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

from mxcheat.config import row_files
from mxcheat.errors import MxcheatError, did_you_mean, nearest

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from mxcheat.cheatsheet.row import Row


class UsageError(MxcheatError):
    """A command line that cannot be understood."""


class Parser(argparse.ArgumentParser):
    """Raises UsageError in one line, naming the nearest option for an unknown one."""

    def __init__(self, command: str, description: str, epilog: str = "") -> None:
        self.command = command
        super().__init__(
            prog=f"mxcheat {command}".strip(),
            description=description,
            epilog=epilog,
            allow_abbrev=False,
            formatter_class=argparse.RawDescriptionHelpFormatter,
        )
        self.add_argument(
            "--data",
            action="append",
            default=[],
            type=Path,
            metavar="FILE",
            help="add a YAML file of your own rows; may be given again",
        )
        self.add_argument(
            "--color", choices=("auto", "always", "never"), default="auto", help="default: auto"
        )

    def error(self, message: str) -> NoReturn:
        raise self.usage_error(message)

    def usage_error(self, message: str, hint: str = "") -> UsageError:
        """A mistake in this command's line, with where to read on when there is no hint."""
        where = f"{self.command}: " if self.command else ""
        return UsageError(where + message, hint=hint or f"see {self.prog} --help")

    def _check_value(self, action: argparse.Action, value: Any) -> None:
        if action.choices is not None and value not in action.choices:
            name = "/".join(action.option_strings)
            hint = did_you_mean(value, action.choices)
            raise self.usage_error(f"argument {name}: invalid choice: {value!r}", hint)

    def parse_all(self, argv: Sequence[str], namespace: Any = None) -> argparse.Namespace:
        """Parse into `namespace`, or raise UsageError; all that follows "--" is words.

        The files of rows that the user has set come before those of --data.
        """
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
            options = [option for option in self._option_string_actions if option.startswith("--")]
            close = nearest(unknown[0].split("=")[0], options)
            hint = f"did you mean {close}?" if close else ""
            raise self.usage_error(f"unknown argument {unknown[0]!r}", hint)
        args.data = [*map(Path, row_files()), *args.data]
        return args


def add_filters(parser: Parser) -> None:
    """--section and --availability."""
    parser.add_argument("--section", metavar="S", help="only this section, or all below it")
    parser.add_argument("--availability", metavar="A", help="only rows of this availability")


def filtered(
    rows: Iterable[Row],
    sections: Iterable[str],
    section: str | None,
    availability: str | None = None,
) -> list[Row]:
    """Rows that pass both filters. Raises UsageError for words nobody knows."""
    from mxcheat.cheatsheet.row import AVAILABILITIES  # noqa: PLC0415 - not needed for --help

    known = list(sections)
    if section is not None and not any(_within(name, section) for name in known):
        groups = dict.fromkeys(name.rpartition("/")[0] or name for name in known)
        hint = did_you_mean(section, [*groups, *known])
        raise UsageError(f"no section {section!r}", hint=hint)
    if availability is not None and availability not in AVAILABILITIES:
        hint = did_you_mean(availability, AVAILABILITIES)
        raise UsageError(f"no availability {availability!r}", hint=hint)
    return [
        row
        for row in rows
        if (section is None or _within(row.section, section))
        and availability in (None, row.availability)
    ]


def _within(section: str, wanted: str) -> bool:
    return section == wanted or section.startswith(wanted.rstrip("/") + "/")


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
    parser.add_argument("--ctx", metavar="CTX", help="device: cpu, cpu1, gpu0, ... (default: cpu)")
    parser.add_argument(
        "--timeout", metavar="SECONDS", type=positive_seconds, help="limit for a snippet (30)"
    )


def run_options(args: argparse.Namespace) -> dict[str, Any]:
    """Device and time limit as Session.run takes them. Raises MxcheatError."""
    from mxcheat.config.reader import read_settings  # noqa: PLC0415 - not needed for --help
    from mxcheat.live.device import device_of, parse_device  # noqa: PLC0415

    settings = read_settings()
    device = device_of(settings) if args.ctx is None else parse_device(args.ctx)
    return {"device": device, "timeout": args.timeout or settings["timeout"]}
