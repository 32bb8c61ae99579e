"""The arguments and the differences of a row, as lines."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.content import Content
from textual.style import Style

from mxcheat.render.facts import argument_line, by_danger
from mxcheat.render.language import label
from mxcheat.render.page import pad, width_of
from mxcheat.render.words import SHOWS, how_loud
from mxcheat.tui.text.lines import MUTED, TONES, cut, foreign_line, labelled, wrap

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mxcheat.cheatsheet.row import Argument, Difference

_GAP = 2
# Of an argument with its default, more than this share of the width is cut off.
_SHARE = 0.4


def arguments(given: Sequence[Argument], width: int) -> list[Content]:
    """A line for each: PyTorch's, Gluon's, what is to be known; different defaults are marked."""
    table = [argument_line(argument) for argument in given]
    most = int(width * _SHARE)
    columns = [
        min(most, max((Content(line[at]).cell_length for line in table), default=0)) + _GAP
        for at in (0, 1)
    ]
    lines: list[Content] = []
    for *sides, remark in table:
        start = Content("").join(
            cut(Content(text), column - _GAP).pad_right(
                column - min(column - _GAP, Content(text).cell_length)
            )
            for text, column in zip(sides, columns, strict=True)
        )
        tone = TONES["fair"] if remark.startswith("≠") else MUTED
        body = wrap(Content.styled(remark, tone), width - sum(columns)) if remark else [Content("")]
        lines += labelled(start, body, sum(columns))
    return lines


def differences(given: Sequence[Difference], width: int, shown: int = 0) -> list[Content]:
    """A line or more for each, silent ones first, to be clicked on; the one `shown` is marked."""
    ordered = by_danger(given)
    words = [label(SHOWS[each.shows]) for each in ordered]
    widest = max(map(width_of, words), default=0)
    digits = len(str(len(ordered)))
    lines: list[Content] = []
    for number, (each, word) in enumerate(zip(ordered, words, strict=True), 1):
        sign = how_loud(each.loud)
        click = Style.from_meta({"@click": f"screen.show_difference({number})"})
        kind = Content.styled(f"{sign.glyph} {pad(word, widest)}", TONES[sign.tone])
        start = Content.styled(f"{number:>{digits}} ", MUTED) + kind + Content("  ")
        says = foreign_line(each.says, "bold" if number == shown else "")
        body = wrap(says, width - start.cell_length)
        lines += [line.stylize(click) for line in labelled(start, body, start.cell_length)]
    return lines
