"""mxcheat list: every row, by section."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from mxcheat.cheatsheet import load
from mxcheat.cli import output
from mxcheat.cli.arguments import Parser, add_filters, filtered
from mxcheat.errors import ExitCode, NothingFoundError
from mxcheat.render.card import write_listing
from mxcheat.render.facts import heading_of

if TYPE_CHECKING:
    from collections.abc import Sequence


def run(argv: Sequence[str]) -> ExitCode:
    """Print every row, or those of a section or an availability."""
    parser = Parser("list", "Show every row.", "example:\n  mxcheat list --availability differs")
    add_filters(parser)
    parser.add_argument("--json", action="store_true", help="one JSON document")
    args = parser.parse_all(argv)
    sheet = load(args.data)
    rows = filtered(sheet.rows, sheet.sections, args.section, args.availability)
    if args.json:
        output.write_json({"schema": 1, "rows": [row.public_json() for row in rows]})
    if not rows:
        raise NothingFoundError("no row passes these filters")
    if not args.json:
        page = output.new_page()
        for section, members in groupby(rows, key=lambda row: row.section):
            if page.lines:
                page.line()
            page.line((sheet.sections.get(section, section), "title"), (f"  {section}", "quiet"))
            write_listing(page, map(heading_of, members))
        output.write_page(page, args.color)
    return ExitCode.DONE
