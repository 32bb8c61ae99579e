"""mxcheat lookup: the row for what one remembers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mxcheat.cheatsheet import load
from mxcheat.cheatsheet.row import SIDES, Side
from mxcheat.cli import output
from mxcheat.cli.arguments import Parser, add_filters, filtered, positive_count
from mxcheat.cli.choose import checked_query, nothing_found
from mxcheat.errors import ExitCode, NothingFoundError
from mxcheat.render.card import write_card, write_listing

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mxcheat.search import Hit

EXAMPLES = """examples:
  mxcheat lookup clamp
  mxcheat lookup 'x.view(-1, 28*28)'
  mxcheat lookup --code gluon addmm | xclip"""


def run(argv: Sequence[str]) -> ExitCode:
    """Print the best rows for a query."""
    parser = Parser("lookup", "Find rows by name, by a line of code, or by what they do.", EXAMPLES)
    parser.add_argument("query", nargs="+", metavar="QUERY")
    parser.add_argument("-n", type=positive_count, default=5, metavar="N", help="rows (5)")
    add_filters(parser)
    form = parser.add_mutually_exclusive_group()
    form.add_argument("--json", action="store_true", help="one JSON document")
    form.add_argument("--plain", action="store_true", help="no colour, no columns")
    form.add_argument("--code", choices=SIDES, help="the best row's form of this side, alone")
    args = parser.parse_all(argv)
    query = checked_query(args.query, "lookup")
    sheet = load(args.data)
    rows = filtered(sheet.rows, sheet.sections, args.section, args.availability)

    from mxcheat.search import Index, find  # noqa: PLC0415 - not needed for --help

    hits = find(Index(rows, sheet.calls), query, limit=args.n)
    if args.json:
        results = [{**hit.row.public_json(), "score": hit.score} for hit in hits]
        output.write_json({"schema": 1, "query": query, "results": results})
    if not hits:
        raise nothing_found(rows, query)
    if args.code:
        return _write_code(hits[0], args.code)
    if not args.json:
        _write_cards(hits, args.color, plain=args.plain)
    return ExitCode.DONE


def _write_code(hit: Hit, side: Side) -> ExitCode:
    form = hit.row.form(side)
    if form is None:
        raise NothingFoundError(f"{hit.row.id} has no {side} form", hint=hit.row.notes)
    output.write(form + "\n")
    return ExitCode.DONE


def _write_cards(hits: Sequence[Hit], color: str, *, plain: bool) -> None:
    page = output.new_page()
    if plain:
        page.width = 70  # below what columns need: everything in one column
    write_card(page, hits[0].row)
    if len(hits) > 1:
        page.line()
        write_listing(page, [hit.row for hit in hits[1:]])
    output.write_page(page, "never" if plain else color)
