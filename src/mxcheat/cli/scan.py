"""mxcheat scan: what a code base uses, which rows answer it, and what will bite."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from mxcheat.cli.arguments import Parser
from mxcheat.cli.narrate import Progress, counted, say
from mxcheat.cli.sheet import load_sheet
from mxcheat.errors import ExitCode, MissingError, did_you_mean
from mxcheat.scan.findings import KINDS, told_of

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Iterator, Sequence

    from mxcheat.cheatsheet.row import Row
    from mxcheat.cheatsheet.sheet import Cheatsheet
    from mxcheat.cli.scanned import Writer
    from mxcheat.scan.findings import Told
    from mxcheat.scan.found import File
    from mxcheat.scan.scanning import Scan

EXAMPLES = """examples:
  mxcheat scan src
  mxcheat scan . --only silent,missing --exclude tests/
  mxcheat scan net.py --from torch"""


def parser() -> Parser:
    """What the command takes."""
    about = "Say what code uses, which rows answer it, and where it will silently differ."
    parser = Parser("scan", about, EXAMPLES)
    parser.add_argument("paths", nargs="*", metavar="PATH...", help="files or folders; - is stdin")
    parser.add_argument(
        "--from",
        dest="framework",
        choices=("mxnet", "torch"),
        default="mxnet",
        metavar="NAME",
        help="what the code is written for: mxnet or torch (mxnet)",
    )
    *most, last = KINDS
    only = f"only what is {', '.join(most)} or {last}"
    parser.add_argument("--only", action="append", default=[], metavar="KIND", help=only)
    for option, which in (("--include", "only"), ("--exclude", "no")):
        about = f"{which} files like this, as in a .gitignore"
        parser.add_argument(option, action="append", default=[], metavar="GLOB", help=about)
    parser.add_argument("--baseline", metavar="FILE", help="only what is not in FILE")
    parser.add_argument("--write-baseline", metavar="FILE", help="put all that is found in FILE")
    form = parser.add_mutually_exclusive_group()
    form.add_argument("--json", action="store_true", help="one JSON document")
    form.add_argument("--sarif", action="store_true", help="one SARIF 2.1.0 log")
    form.add_argument("--plain", action="store_true", help="lines for an editor, no summary")
    form.add_argument("--open", action="store_true", help="go through it full screen")
    return parser


def run(argv: Sequence[str]) -> ExitCode:
    """Scan the paths, and print what was found."""
    parsing = parser()
    args = parsing.parse_all(argv)
    if not args.paths:
        raise parsing.usage_error("no PATH is given", "try mxcheat scan .")
    for name in ("only", "json", "sarif", "plain", "open"):
        if args.write_baseline and getattr(args, name):
            what = f"--write-baseline keeps all that is found, and is not allowed with --{name}"
            raise parsing.usage_error(what, f"leave --{name} out")
    if args.open and not (sys.stdout.isatty() and sys.stdin.isatty()):
        raise MissingError("--open needs a terminal", hint="without it what is found is printed")
    if args.baseline and args.write_baseline:
        raise parsing.usage_error("--baseline reads and --write-baseline writes", "give one")
    kinds = _kinds(parsing, args.only)
    sheet = load_sheet(args)

    # After the arguments are known good.
    from mxcheat.scan.scanning import Scan, shown_path  # noqa: PLC0415

    progress = _Reading()
    scan = Scan(
        args.paths,
        sheet,
        args.framework,
        include=args.include,
        exclude=args.exclude,
        tell=progress.next,
    )
    try:
        if args.write_baseline:
            return _write_baseline(scan, args)
        if not args.open:
            return _report(_writer(scan, args, sheet.rows, progress), kinds)
        findings = [*_findings(scan, args, kinds)]
    finally:
        progress.clear()
    return _open(sheet, [(shown_path(scan.found(file)), told) for file, told in findings], args)


def _kinds(parsing: Parser, given: Sequence[str]) -> list[str]:
    """The kinds that are asked for, each once; several may be given with commas."""
    words = [word for each in given for word in each.split(",")]
    for word in words:
        if word not in KINDS:
            hint = did_you_mean(word, KINDS)
            raise parsing.usage_error(f"argument --only: invalid choice: {word!r}", hint)
    return [*dict.fromkeys(words)]


class _Reading(Progress):
    """Counts the files that are read."""

    def __init__(self) -> None:
        super().__init__()
        self.files = 0

    def next(self, path: str) -> None:
        """Tell of the next one; "" is after the last."""
        self.files += bool(path)
        self.show(self.files, path or "files are read; what do they call?")


def _writer(scan: Scan, args: Namespace, rows: Sequence[Row], progress: Progress) -> Writer:
    from mxcheat.cli import scanned  # noqa: PLC0415 - after the arguments are known good

    made: dict[str, type[Writer]] = {
        "json": scanned.Document,
        "sarif": scanned.Log,
        "plain": scanned.Lines,
    }
    asked = next((kind for name, kind in made.items() if getattr(args, name)), scanned.Page)
    return asked(scan, args, {row.id: row for row in rows}, progress.clear)


def _findings(scan: Scan, args: Namespace, kinds: Sequence[str]) -> Iterator[tuple[File, Told]]:
    """Each file with what is asked for of what was found in it."""
    from mxcheat.scan.baseline import read_baseline  # noqa: PLC0415

    baseline = read_baseline(args.baseline) if args.baseline else None
    for file in scan:
        told = told_of(file, args.framework)
        if baseline:
            told = baseline.new(told, scan.found(file))
        yield file, told.only(kinds) if kinds else told
    if baseline and (gone := baseline.gone()):
        again = f"mxcheat scan --write-baseline {args.baseline} takes them out"
        say(f"{gone} of the findings in {args.baseline} are gone; {again}")


def _report(writer: Writer, kinds: Sequence[str]) -> ExitCode:
    """Write what is found and asked for, file by file, and the sum of all that is found."""
    found_any = False
    for file, told in _findings(writer.scan, writer.args, kinds):
        found_any = found_any or bool(told)
        writer.add(file, told)
    writer.end()
    if not writer.summary.files:
        say("there is no Python file, notebook or Markdown page to read")
    return ExitCode.NO if found_any else ExitCode.DONE


def _open(sheet: Cheatsheet, files: Sequence[tuple[str, Told]], args: Namespace) -> ExitCode:
    """Go through the findings in the app."""
    found = [(path, told) for path, told in files if told]
    if not found:
        say("nothing is found")
        return ExitCode.DONE

    from mxcheat.tui import run_app  # noqa: PLC0415 - the other forms draw nothing
    from mxcheat.tui.scanned import Scanned  # noqa: PLC0415

    return run_app(sheet, "", args.settings, scanned=Scanned(found)) or ExitCode.NO


def _write_baseline(scan: Scan, args: Namespace) -> ExitCode:
    """Keep all that is found as known."""
    from mxcheat.scan.baseline import Baseline  # noqa: PLC0415

    baseline = Baseline(args.write_baseline)
    for file in scan:
        baseline.add(told_of(file, args.framework), scan.found(file))
    baseline.write()
    total = baseline.left.total()
    say(f"{counted(total, 'finding')} {'is' if total == 1 else 'are'} known: {args.write_baseline}")
    return ExitCode.DONE
