"""mxcheat export: the corrected cheatsheet as a document."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

from mxcheat.cheatsheet import load
from mxcheat.cli import output
from mxcheat.cli.arguments import Parser, UsageError
from mxcheat.cli.narrate import say
from mxcheat.cli.sheet import load_sheet
from mxcheat.errors import ExitCode
from mxcheat.paths import verdicts_file
from mxcheat.render.export import Verdicts, to_html, to_markdown

if TYPE_CHECKING:
    from collections.abc import Sequence

EXAMPLES = """examples:
  mxcheat export --format html -o cheatsheet.html
  mxcheat export | less"""
FORMATS = ("markdown", "html", "json")


def parser() -> Parser:
    """What the command takes."""
    about = "Write the corrected cheatsheet, each row with its verdict."
    parser = Parser("export", about, EXAMPLES)
    parser.add_argument(
        "--format",
        choices=FORMATS,
        default="markdown",
        metavar="F",
        help="markdown, html or json (markdown)",
    )
    parser.add_argument(
        "-o", "--output", type=Path, metavar="FILE", help="write here, not to stdout"
    )
    return parser


def run(argv: Sequence[str]) -> ExitCode:
    """Write all rows, corrected, with what verifying them gave."""
    args = parser().parse_all(argv)
    sheet = load_sheet(args)
    shipped = load().rows
    added = [row.id for row in sheet.rows if row not in shipped]
    verdicts = load_verdicts().without(added)
    if args.format == "json":
        rows = [{**row.public_json(), "verdict": verdicts.of(row)} for row in sheet.rows]
        text = json.dumps({"schema": 1, "rows": rows}, indent=2) + "\n"
    else:
        text = (to_html if args.format == "html" else to_markdown)(sheet, verdicts)
    if args.output is None:
        output.write(text)
        return ExitCode.DONE
    try:
        args.output.write_text(text, encoding="utf-8")
    except OSError as error:
        raise UsageError(f"{args.output}: cannot be written ({error.strerror})") from None
    say(f"{len(sheet.rows)} rows written to {args.output}")
    return ExitCode.DONE


def load_verdicts() -> Verdicts:
    """What was found when the shipped rows were verified; nothing where that is missing."""
    path = verdicts_file()
    if not path.exists():
        return Verdicts()
    return Verdicts.from_document(json.loads(path.read_text(encoding="utf-8")))
