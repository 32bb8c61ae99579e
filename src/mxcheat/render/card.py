"""A row as a card: both forms, whether they agree, what differs, what the print gets wrong."""

from __future__ import annotations

import sys

from mxcheat.render.page import cut_line, pad, width_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from mxcheat.render.facts import Card, Heading
    from mxcheat.render.page import Line, Page, Span

_INDENT = 2
_BETWEEN = 3
# From here on a listing has room for the words of states, not for their glyphs alone.
_ROOMY = 80


def write_card(page: Page, card: Card) -> None:
    """Write the whole row."""
    page.paragraph(card["title"], tone="title")
    between = ", " if page.plain else " · "
    page.line(_state(page, card), ("  " + card["id"] + between + card["section"], "quiet"))
    page.line()
    _write_forms(page, card)
    if card["notes"]:
        page.line()
        page.paragraph(card["notes"])
    if card["erratum"]:
        page.line()
        page.paragraph(card["erratum"], "erratum  ", "fair")


def write_listing(page: Page, rows: Iterable[Heading]) -> None:
    """Write one line a row: id, state, what it does."""
    lines = [(row, *_state(page, row, short=page.width < _ROOMY)) for row in rows]
    longest = max((len(row["id"]) for row, *_ in lines), default=0)
    widest = max((width_of(state) for _, state, _ in lines), default=0)
    for row, state, tone in lines:
        name = pad(row["id"], longest) + "  "
        page.entry((name, "code"), (pad(state, widest), tone), ("  " + row["title"], ""))


def _state(page: Page, row: Heading, *, short: bool = False) -> Span:
    """The state in a glyph and a word, in a glyph if `short`, in a word on a plain page."""
    glyph_and_word = row["glyph"] if short else f"{row['glyph']} {row['word']}"
    return row["word"] if page.plain else glyph_and_word, row["tone"]


def _write_forms(page: Page, card: Card) -> None:
    """Write both forms: side by side, or one above the other where there is no room."""
    left: list[Line] = [[("PyTorch", "quiet")], *card["pytorch"]]
    right: list[Line] = [[("Gluon", "quiet")], *card["gluon"]]
    widths = _longest(left), _longest(right)
    if not page.plain and _INDENT + widths[0] + _BETWEEN + widths[1] <= page.width:
        page.beside(left, right, widths[0], _INDENT)
        return
    _write_block(page, left)
    page.line()
    _write_block(page, right)


def _write_block(page: Page, block: Iterable[Line]) -> None:
    """Write lines one above the other; where a screen has to cut one, it goes on further in."""
    indent = 0 if page.plain else _INDENT
    room = page.width - 3 * indent if page.screen else sys.maxsize
    for line in block:
        for at, piece in enumerate(cut_line(line, room, at_spaces=True)):
            page.line((" " * (3 * indent if at else indent), ""), *piece)


def _longest(block: Sequence[Line]) -> int:
    return max(sum(width_of(text) for text, _ in line) for line in block)
