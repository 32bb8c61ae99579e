"""mxcheat lookup: the row for what one remembers."""

from __future__ import annotations

from mxcheat.cli import output
from mxcheat.cli.catalogue import SHOWN, Catalogue, catalogue_of, shipped
from mxcheat.config import language, read_where_set, row_files
from mxcheat.render.card import write_brief, write_card, write_listing
from mxcheat.render.language import label, speak

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path
    from typing import Any, NoReturn

    from mxcheat.cheatsheet.row import Row
    from mxcheat.cheatsheet.sheet import Cheatsheet
    from mxcheat.cheatsheet.sides import Side
    from mxcheat.cli.arguments import Parser
    from mxcheat.render.facts import Card
    from mxcheat.search.public import Public

EXAMPLES = """examples:
  mxcheat lookup clamp
  mxcheat lookup 'x.view(-1, 28*28)'
  mxcheat lookup addmm --code gluon | xclip"""

# Characters of a query that a message repeats.
_SHOWN = 60


class Request:
    """What is asked for; what no option says is as it is here."""

    n = SHOWN
    section: str | None = None
    availability: str | None = None
    json = False
    plain = False
    quick = False
    code: Side | None = None
    color = "auto"

    def __init__(self, query: Sequence[str] = (), data: Sequence[str] = ()) -> None:
        self.query = query
        self.data: list[Path | str] = [*data]
        self.configured = self.data
        self.sheet: Cheatsheet | None = None


def run(argv: Sequence[str]) -> int:
    """Print the best rows for a query."""
    # Words alone need no parser, which takes as long to load as all else.
    only_words = not any(word.startswith("-") for word in argv)
    request = _of_words(argv) if only_words else _parse(argv)
    query = " ".join(request.query).strip()
    if not query:
        from mxcheat.cli.choose import empty_query  # noqa: PLC0415

        raise empty_query("lookup")
    catalogue = _catalogue(request)
    found = catalogue.find(query, request.n)
    if not found:
        _say_nothing_found(request, query)
    cards = [catalogue.card(row_id) for row_id, *_ in found]
    is_sure = found[0][2]
    if not is_sure:
        _say_guess(query, cards[0])
    if request.code:
        _write_code(cards[0], request.code)
    elif request.json:
        judged = zip(cards, found, strict=True)
        _write_json(
            query,
            [{**card["public"], "score": each[1], "sure": each[2]} for card, each in judged],
        )
    else:
        _write_cards(cards, request, is_sure=is_sure)
    return 0


def parser() -> Parser:
    """What the command takes."""
    from mxcheat.cheatsheet.sides import SIDES  # noqa: PLC0415
    from mxcheat.cli.arguments import Parser, add_filters, positive_count  # noqa: PLC0415

    parser = Parser("lookup", "Find rows by name, by a line of code, or by what they do.", EXAMPLES)
    parser.add_argument("query", nargs="*", metavar="QUERY...", help="what you remember")
    parser.add_argument("-n", type=positive_count, metavar="N", help=f"at most N rows ({SHOWN})")
    add_filters(parser)
    form = parser.add_mutually_exclusive_group()
    form.add_argument("--json", action="store_true", help="one JSON document")
    quick = "both forms and the worst difference, nothing else"
    form.add_argument("-q", "--quick", action="store_true", help=quick)
    form.add_argument("--plain", action="store_true", help="no colour, columns or glyphs")
    sides = " or ".join(SIDES)
    form.add_argument("--code", metavar="SIDE", choices=SIDES, help=f"that form alone: {sides}")
    return parser


def _of_words(words: Sequence[str]) -> Request:
    settings = read_where_set()
    speak(language(settings))
    return Request(words, row_files(settings))


def _parse(argv: Sequence[str]) -> Request:
    request = Request()
    parser().parse_all(argv, request)
    return request


def _catalogue(request: Request) -> Catalogue:
    if not request.data and not _is_filtered(request):
        return shipped()
    sheet, rows = _rows(request)
    return catalogue_of(rows, sheet.calls)


def _rows(request: Request) -> tuple[Cheatsheet, list[Row]]:
    """The sheet, and those of its rows that pass the filters."""
    from pathlib import Path  # noqa: PLC0415 - the shipped rows are found without

    from mxcheat.cheatsheet.sheet import filtered  # noqa: PLC0415
    from mxcheat.cli.sheet import load_sheet  # noqa: PLC0415

    if request.sheet is None:
        request.data = [Path(file) for file in request.data]
        request.configured = [Path(file) for file in request.configured]
        request.sheet = load_sheet(request)
    sheet = request.sheet
    return sheet, filtered(sheet.rows, sheet.sections, request.section, request.availability)


def _say_nothing_found(request: Request, query: str) -> NoReturn:
    """Raise what there is to say where no row fits; as JSON, print that too."""
    from mxcheat.cli.catalogue import index_of  # noqa: PLC0415
    from mxcheat.errors import NothingFoundError  # noqa: PLC0415
    from mxcheat.search.nothing import nothing_found  # noqa: PLC0415 - most queries find a row

    index = index_of(_rows(request)[0], is_shipped=not request.data)
    nothing = nothing_found(index, query, is_filtered=_is_filtered(request))
    if request.json:
        _write_json(query, [], [_public(name) for name in nothing.names], nothing.used_in)
    raise NothingFoundError(nothing.said, hint=nothing.hint)


def _is_filtered(request: Request) -> bool:
    return request.section is not None or request.availability is not None


def _public(name: Public) -> dict[str, object]:
    return {
        "name": name.name,
        "framework": name.framework,
        "version": name.version,
        "kind": name.kind,
        "parameters": list(name.parameters),
    }


def _say_guess(query: str, card: Card) -> None:
    from mxcheat.cli.narrate import say  # noqa: PLC0415 - said of few

    about = query if len(query) <= _SHOWN else f"{query[:_SHOWN]}..."
    say(f"no row is surely about {about!r}: {card['id']} is a guess")


def _write_json(
    query: str,
    results: list[dict[str, Any]],
    names: Sequence[dict[str, object]] = (),
    used_in: Sequence[str] = (),
) -> None:
    document: dict[str, Any] = {"schema": 1, "query": query, "results": results}
    if names:
        document |= {"names": [*names], "used_in": [*used_in]}
    output.write_json(document)


def _write_code(card: Card, side: Side) -> None:
    form = card["public"][side]
    if form is None:
        from mxcheat.errors import NothingFoundError  # noqa: PLC0415

        raise NothingFoundError(f"{card['id']} has no {side} form", hint=card["notes"])
    output.write(form + "\n")


def _write_cards(cards: Sequence[Card], request: Request, *, is_sure: bool) -> None:
    page = output.new_page(plain=request.plain)
    if request.quick:
        write_brief(page, cards[0])
        output.write_page(page, request.color)
        return
    if not is_sure:
        page.line(("guess", "quiet"))
    write_card(page, cards[0])
    if len(cards) > 1:
        page.line()
        page.line((label("see also"), "quiet"))
        write_listing(page, cards[1:])
    output.write_page(page, request.color)
