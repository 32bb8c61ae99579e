"""mxcheat list: every row, by section."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mxcheat.cheatsheet.sheet import by_section, filtered
from mxcheat.cli import output
from mxcheat.cli.arguments import Parser, add_filters
from mxcheat.cli.sheet import load_sheet
from mxcheat.errors import ExitCode, NothingFoundError
from mxcheat.loading import load
from mxcheat.render.card import write_listing
from mxcheat.render.facts import heading_of
from mxcheat.render.inert import inert_line
from mxcheat.render.language import label

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mxcheat.cheatsheet.row import Row

# What a line of --plain holds.
COLUMNS = ("id", "section", "availability", "function", "pytorch", "gluon")


EXAMPLES = """examples:
  mxcheat list --section tensor --availability workaround
  mxcheat list --plain | fzf --preview 'mxcheat lookup {1}'"""


def parser() -> Parser:
    """What the command takes."""
    parser = Parser("list", "Show every row, by section.", EXAMPLES)
    add_filters(parser)
    parser.add_argument("--own", action="store_true", help="only rows of your own")
    form = parser.add_mutually_exclusive_group()
    form.add_argument("--json", action="store_true", help="one JSON document")
    form.add_argument("--plain", action="store_true", help=f"a line a row: {', '.join(COLUMNS)}")
    return parser


def run(argv: Sequence[str]) -> ExitCode:
    """Print every row, or those of a section or an availability."""
    args = parser().parse_all(argv)
    sheet = load_sheet(args)
    rows = filtered(sheet.rows, sheet.sections, args.section, args.availability)
    if args.own:
        shipped = load().origins
        rows = [row for row in rows if sheet.origins[row.id] != shipped.get(row.id)]
    if args.json:
        output.write_json({"schema": 1, "rows": [row.public_json() for row in rows]})
    if not rows:
        hint = "mxcheat new NAME begins one of your own" if args.own else ""
        raise NothingFoundError("no row matches these filters", hint=hint)
    if args.plain:
        output.write("".join(map(_plain_line, rows)))
    elif not args.json:
        page = output.new_page()
        for section, members in by_section(rows).items():
            if page.lines:
                page.line()
            page.line(
                (label(sheet.sections.get(section, section)), "title"), (f"  {section}", "quiet")
            )
            write_listing(page, map(heading_of, members))
        output.write_page(page, args.color)
    return ExitCode.DONE


def _plain_line(row: Row) -> str:
    """The columns of a row between tabs; what breaks a line or a column is made visible."""
    return "\t".join(inert_line(getattr(row, column) or "") for column in COLUMNS) + "\n"
