"""What became of the two sides of a run, as blocks of text that stand level."""

from __future__ import annotations

from functools import partial
from itertools import zip_longest
from typing import TYPE_CHECKING

from textual.content import Content

from mxcheat.render.words import STATUS
from mxcheat.tui.text.marks import MUTED, TONES, bounded, foreign
from mxcheat.tui.text.values import alone, beside
from mxcheat.tui.text.wrap import wrap, wrap_code

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from mxcheat.live.results import Failure, SideResult
    from mxcheat.live.verdict.tolerance import Terms

    # Given a width in cells: the lines, none of them wider.
    Layout = Callable[[int], list[Content]]

_HANG = 2


def blocks_of_pair(
    left: SideResult, right: SideResult, *, marked: Terms | None
) -> tuple[list[Layout], list[Layout]]:
    """The outputs of both sides level with each other, then what each wrote.

    With `marked`, what the outputs were computed from, elements are marked that differ.
    """
    if not (left.ok and right.ok):
        return blocks_of(left), blocks_of(right)
    texts = beside(left.outputs, right.outputs, marked=marked)
    said = zip_longest(_written(left), _written(right))
    values = [*texts, *((a or Content(), b or Content()) for a, b in said)]
    return _laid_out([a for a, _ in values], left), _laid_out([b for _, b in values], right)


def blocks_of(side: SideResult) -> list[Layout]:
    """The failure or the outputs of one side, then what it wrote."""
    return _laid_out([*alone(side.outputs), *_written(side)], side)


def _laid_out(values: Sequence[Content], side: SideResult) -> list[Layout]:
    said = [_failure(side.error, side.status)] if side.error else []
    if side.truncated:
        said.append(Content.styled("(more was written than is kept)", MUTED))
    if not said and not values:
        said.append(Content.styled(STATUS[side.status].word, MUTED))
    return [
        *(partial(wrap, content) for content in said),
        *(partial(wrap_code, content, hang=_HANG) for content in values),
    ]


def _written(side: SideResult) -> list[Content]:
    return [
        Content.styled(f"{name}\n", MUTED) + bounded(text)
        for name, text in (("stdout", side.stdout), ("stderr", side.stderr))
        if text
    ]


def _failure(failure: Failure, status: str) -> Content:
    """Type and line, the message, and what would mend it."""
    tone = TONES[STATUS[status].tone]
    lines = []
    if failure.type != status:
        where = f" in line {failure.line}" if failure.line else ""
        lines.append(foreign(f"{failure.type}{where}", f"bold {tone}"))
    if failure.message:
        lines.append(bounded(failure.message))
    if failure.fix:
        lines.append(Content.assemble(("→ ", tone), foreign(failure.fix)))
    return Content("\n").join(lines)
