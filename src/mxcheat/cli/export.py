"""mxcheat export: the corrected cheatsheet as a document."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

from mxcheat.cli import output
from mxcheat.cli.arguments import Parser, UsageError
from mxcheat.cli.narrate import say
from mxcheat.cli.sheet import load_sheet
from mxcheat.errors import ExitCode
from mxcheat.live.outcomes import kept_outcomes
from mxcheat.render.export import to_markdown, verdict_of
from mxcheat.render.language import speak

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mxcheat.cheatsheet.sheet import Cheatsheet
    from mxcheat.live.outcomes import Outcomes

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
    parser.add_argument("-o", "--output", type=Path, metavar="FILE", help="output file (stdout)")
    return parser


def run(argv: Sequence[str]) -> ExitCode:
    """Write all rows, corrected, with what verifying them gave."""
    args = parser().parse_all(argv)
    if args.format != "html":
        speak("en")  # for scripts, and for readers of any language
    sheet = load_sheet(args)
    outcomes = kept_outcomes()
    if args.format == "json":
        rows = [{**row.public_json(), "verdict": verdict_of(row, outcomes)} for row in sheet.rows]
        text = json.dumps({"schema": 1, "rows": rows}, indent=2) + "\n"
    else:
        text = _page(sheet, outcomes) if args.format == "html" else to_markdown(sheet, outcomes)
    if args.output is None:
        output.write(text)
        return ExitCode.DONE
    try:
        args.output.write_text(text, encoding="utf-8")
    except OSError as error:
        raise UsageError(f"{args.output}: cannot be written ({error.strerror})") from None
    say(f"{len(sheet.rows)} rows written to {args.output}")
    return ExitCode.DONE


def _page(sheet: Cheatsheet, outcomes: Outcomes) -> str:
    """The page, in the language that is spoken."""
    from mxcheat.live.recordings import shipped_recordings  # noqa: PLC0415 - not for Markdown
    from mxcheat.render.webpage import to_html  # noqa: PLC0415
    from mxcheat.search import Index  # noqa: PLC0415
    from mxcheat.search.portable import portable  # noqa: PLC0415

    tables = portable(Index(sheet.rows, sheet.calls))
    return to_html(sheet, outcomes, tables, shipped_recordings())
