"""A row as one line of a list: its names, what it does, and what the query shares with both."""

from __future__ import annotations

import re
from itertools import takewhile
from typing import TYPE_CHECKING

from textual.content import Content

from mxcheat.cheatsheet.sides import SIDES
from mxcheat.render.language import label, title
from mxcheat.render.page import width_of
from mxcheat.render.words import AVAILABILITY, silent_differences
from mxcheat.tui.text.lines import MUTED, TONES, cut, foreign_line

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from mxcheat.cheatsheet.row import Row
    from mxcheat.cheatsheet.sides import Side

# Words and the parts of joined ones: `as_in_context`, `BatchNorm2d`.
_PART = re.compile(r"[A-Z]?[a-z]+|[A-Z]+|\d+|[^\W\d_A-Za-z]+")
_WORD = re.compile(r"\w+")
# Of a word in another form (multiply, multiplication) at least so much has to be the same.
_SAME_LETTERS = 4
_SAME_SHARE = 0.6
_MATCHED = "bold $text-accent"
# On the ground of the highlighted row, no colour of a theme is sure to be read.
_LIT = ("", "", "underline")
_BETWEEN = 2
# Names stand in a column of this share of the width, within these bounds; a longer pair pushes on.
_NAMES_SHARE = 0.36
_NAMES_LEAST, _NAMES_MOST = 8, 34


def line_of(
    row: Row, width: int, words: Sequence[str], marks: tuple[str, bool], *, lit: bool
) -> Content:
    """Marker, availability, names, function; to the right, where there is room, what is silent.

    `marks` are the sign of an edited row, and whether it is the user's own.
    """
    sign = AVAILABILITY[row.availability]
    tone, muted, matched = (TONES[sign.tone], MUTED, _MATCHED) if not lit else _LIT
    edited, is_own = marks
    start = Content.assemble(
        "› " if lit else "  ", (f"{sign.glyph} ", tone), (edited, "" if lit else "$text-accent")
    )
    column = max(_NAMES_LEAST, min(_NAMES_MOST, int(width * _NAMES_SHARE))) - len(edited)
    names = _marked(foreign_line(names_of(row)), words, matched)
    names = cut(names, width - start.cell_length)
    start += names.pad_right(max(0, column - names.cell_length) + _BETWEEN)
    room = width - start.cell_length
    if room <= 0:
        return cut(start, width)
    function = _marked(foreign_line(title(row.function, row.chinese), muted), words, matched)
    said = _what_is_silent(row, room - function.cell_length - _BETWEEN - 1)
    said = " · ".join(filter(None, (label("own") if is_own else "", said)))
    end = Content.styled(f"  {said} " if said else " ", muted)
    room -= end.cell_length
    function = cut(function, room)
    return start + function.pad_right(max(0, room - function.cell_length)) + end


def names_of(row: Row) -> str:
    """What a row answers for, in short: `clamp → clip`; one word where both sides say the same.

    Of a program, which answers for no name or for several, its id.
    """
    pytorch, gluon = (_name_of(row, side) for side in SIDES)
    if pytorch is None or gluon is None or not (pytorch or gluon):
        return row.id
    if pytorch == gluon:
        return pytorch
    if row.pytorch is not None and row.gluon is not None and not (pytorch and gluon):
        return row.id
    return f"{pytorch or '–'} → {gluon or '–'}"


def _name_of(row: Row, side: Side) -> str | None:
    """The one name that a side's form uses of those it answers for; "" for none, None for more."""
    tails = dict.fromkeys(name.rpartition(".")[2] for name in row.answers.get(side, ()))
    used = set(_WORD.findall(row.form(side) or ""))
    found = [tail for tail in tails if tail in used]
    if len(found) > 1:
        return None
    return next(iter(found or tails), "")


def _what_is_silent(row: Row, room: int) -> str:
    """How many differences are silent, in as many words as there is room for."""
    if not row.silent:
        return ""
    whole, short = label(silent_differences(row.silent)), label(f"{row.silent} silent")
    return next((said for said in (whole, short) if width_of(said) <= room), "")


def _marked(line: Content, words: Sequence[str], style: str) -> Content:
    for start, end in matches(line.plain, words):
        line = line.stylize(style, start, end)
    return line


def matches(text: str, words: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Yield start and end of what `text` shares with the words of a query.

    A word counts where it begins a word of the text or a part of one; of a word in another
    form, the letters both begin with; of joined words, each part.
    """
    parts = {part.casefold() for word in words for part in (word, *_PART.findall(word))}
    if len(words) > 1:
        # A lone letter says something only while nothing else has been typed.
        parts = {part for part in parts if len(part) > 1}
    for match in _PART.finditer(text):
        held = match[0].casefold()
        likely = [part for part in parts if part[0] == held[0]]
        shared = max((_shared(held, part) for part in likely), default=0)
        if shared:
            yield match.start(), match.start() + shared


def _shared(held: str, part: str) -> int:
    """How many letters of `held`, from its first, stand in `part` as well."""
    same = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(held, part, strict=False)))
    enough = same >= _SAME_LETTERS and same >= _SAME_SHARE * min(len(held), len(part))
    return same if same == len(part) or enough or (same == len(held) and same > 1) else 0
