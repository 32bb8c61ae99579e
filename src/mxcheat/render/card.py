"""A row as a card: both forms, what to know in a hurry, arguments, what differs, the erratum."""

from __future__ import annotations

import sys

from mxcheat.render.language import label, title
from mxcheat.render.page import cut_line, pad, width_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from mxcheat.cheatsheet.sides import Side
    from mxcheat.render.facts import Card, Heading, Told
    from mxcheat.render.page import Line, Page, Span

_INDENT = 2
_BETWEEN = 3
# From here on a listing has room for the words of states, not for their glyphs alone.
_ROOMY = 80
# And from here on for all of the words.
_WIDE = 110
# From here on a card has room for the numbers of differences.
_NUMBERED = 60
# Columns below which what is said of an argument goes to a line of its own.
_LEAST_REMARK = 20


def write_card(page: Page, card: Card) -> None:
    """Write the whole row."""
    page.paragraph(title(card["title"], card["chinese"]), tone="title")
    between = ", " if page.plain else " · "
    state, place = _state(page, card), card["id"] + between + card["section"]
    if page.plain or width_of(state[0]) + 2 + width_of(place) <= page.width:
        page.line(state, ("  " + place, "quiet"))
    else:
        page.line(state)
        page.line(("  " + place, "quiet"))
    page.line()
    _write_forms(page, card)
    if card["notes"]:
        page.line()
        page.paragraph(card["notes"])
    _write_arguments(page, card["arguments"])
    _write_differences(page, card["differences"])
    _write_hybridized(page, card["hybridized"])
    if card["erratum"]:
        page.line()
        page.paragraph(card["erratum"], label("erratum") + "  ", "fair")


def write_brief(page: Page, card: Card) -> None:
    """Write both forms, and the difference that is met first where one pastes them."""
    worst = card["differences"][:1]
    traps = [f"{told['glyph']} {told['word']}" for told in worst]
    width = max(map(width_of, ("PyTorch", *traps))) + 2
    for name, lines in (("PyTorch", card["pytorch"]), ("Gluon", card["gluon"])):
        for at, line in enumerate(lines):
            page.line((pad("" if at else name, width), "quiet"), *line)
    for told, trap in zip(worst, traps, strict=True):
        page.paragraph(told["says"], pad(trap, width), told["tone"])


def _write_arguments(page: Page, arguments: Sequence[tuple[str, str, str]]) -> None:
    """Write the table of arguments: PyTorch's, Gluon's, a mark where the defaults differ."""
    if not arguments:
        return
    page.line()
    widths = [max(width_of(line[at]) for line in arguments) for at in (0, 1)]
    for pytorch, gluon, remark in arguments:
        line = f"{pad(pytorch, widths[0])}  {pad(gluon, widths[1])}  "
        room = page.width - _INDENT - width_of(line)
        if remark and not page.plain and room < _LEAST_REMARK:
            page.line(("  " + line, "code"))
            page.paragraph(remark, " " * 2 * _INDENT)
        else:
            page.paragraph(remark or " ", "  " + line, "code")


def _write_differences(page: Page, differences: Sequence[Told]) -> None:
    """Write a line for each difference: number, glyph, kind, sentence; silent ones come first."""
    if not differences:
        return
    page.line()
    digits = len(differences[-1]["number"]) if page.width >= _NUMBERED or page.plain else 0
    widest = max(width_of(label(told["word"])) for told in differences)
    for told in differences:
        number = told["number"].rjust(digits) + " " if digits else ""
        if page.plain:
            silent = "silent " if told["silent"] else ""
            page.paragraph(told["says"], f"{number}{silent}{told['word']}: ")
        else:
            kind = f"{told['glyph']} {pad(label(told['word']), widest)}  "
            page.paragraph(told["says"], kind, told["tone"], before="  " + number)


def _write_hybridized(page: Page, lines: Sequence[Line]) -> None:
    if lines:
        page.line()
        for at, line in enumerate(lines):
            page.line((pad(label("hybridized") if at == 0 else "", 12), "quiet"), *line)


def write_listing(page: Page, rows: Iterable[Heading]) -> None:
    """Write one line a row: id, state, what it does."""
    brief = page.width < _WIDE
    lines = [(row, *_state(page, row, short=page.width < _ROOMY, brief=brief)) for row in rows]
    longest = max((len(row["id"]) for row, *_ in lines), default=0)
    widest = max((width_of(state) for _, state, _ in lines), default=0)
    for row, state, tone in lines:
        name = pad(row["id"], longest) + "  "
        page.entry(
            (name, "code"),
            (pad(state, widest), tone),
            ("  " + title(row["title"], row["chinese"]), ""),
        )


def _state(page: Page, row: Heading, *, short: bool = False, brief: bool = False) -> Span:
    """The state in a glyph and a word, in a glyph if `short`, in a word on a plain page.

    What is silent of it follows: "2 silent differences", "2 silent" if `brief`.
    """
    word = label(row["word"])
    state = word if page.plain else row["glyph"] if short else f"{row['glyph']} {word}"
    if row["silent"] and not short:
        silent = row["silent"].rpartition(" ")[0] if brief else row["silent"]
        state += (", " if page.plain else " · ") + label(silent)
    return state, row["tone"]


def _write_forms(page: Page, card: Card) -> None:
    """Write both forms: side by side, or one above the other where there is no room."""
    left, right = _block(card, "pytorch", "PyTorch"), _block(card, "gluon", "Gluon")
    widths = _longest(left), _longest(right)
    if not page.plain and _INDENT + widths[0] + _BETWEEN + widths[1] <= page.width:
        page.beside(left, right, widths[0], _INDENT)
        return
    _write_block(page, left)
    page.line()
    _write_block(page, right)


def _block(card: Card, side: Side, name: str) -> list[Line]:
    """The form of one side below its name, or that there is none."""
    none = card["public"][side] is None
    lines = [[(label(text), tone) for text, tone in line] if none else line for line in card[side]]
    return [[(name, "quiet")], *lines]


def _write_block(page: Page, block: Iterable[Line]) -> None:
    """Write lines one above the other; where a screen has to cut one, it goes on further in."""
    indent = 0 if page.plain else _INDENT
    room = page.width - 3 * indent if page.screen else sys.maxsize
    for line in block:
        for at, piece in enumerate(cut_line(line, room, at_spaces=True)):
            page.line((" " * (3 * indent if at else indent), ""), *piece)


def _longest(block: Sequence[Line]) -> int:
    return max(sum(width_of(text) for text, _ in line) for line in block)
