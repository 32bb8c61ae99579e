"""A benchmark of both sides as two bars, and how they compare."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from textual.content import Content

from mxcheat.cheatsheet.sides import LABELS
from mxcheat.tui.text.durations import duration
from mxcheat.tui.text.marks import MUTED
from mxcheat.tui.text.wrap import cut
from mxcheat.tui.widgets.flow import Flow

if TYPE_CHECKING:
    from mxcheat.live.results import SideResult, TryResult

_LABEL = 9
_NARROWEST = 6
# Nearer than this, neither side is called slower.
_AS_LONG = 1.05


class Bars(Flow):
    """Median times to scale, with the interquartile range, the count and the ratio."""

    def __init__(self) -> None:
        super().__init__(id="bars")
        self.display = False

    def show(self, result: TryResult | None, *, stale: bool = False) -> None:
        """Show the benchmark of a result; nothing if it has none."""
        sides = [side for side in result.sides if side.bench] if result else []
        self.display = bool(sides)
        self.stale = stale
        self.flow(partial(_lines, sides))


def _lines(sides: list[SideResult], width: int) -> list[Content]:
    figures = _columns(sides)
    room = width - _LABEL - 2 - max(map(len, figures), default=0)
    longest = max(map(_median, sides), default=0.0)
    lines = []
    for side, figure in zip(sides, figures, strict=True):
        share = _median(side) / longest if longest else 1.0
        bar = f"{_bar(share, room):<{room}}  " if room >= _NARROWEST else ""
        label = LABELS[side.side].ljust(_LABEL)
        lines.append(Content.assemble((label, MUTED), (bar, "$text-primary"), figure))
    if len(sides) == 2:
        lines.append(Content.styled(_comparison(*sides), "bold"))
    return [cut(line, width) for line in lines]


def _bar(share: float, width: int) -> str:
    """A bar of so many cells, to half a cell; the shortest is still to be seen."""
    whole, half = divmod(max(1, round(share * width * 2)), 2)
    return "━" * whole + "╸" * half


def _median(side: SideResult) -> float:
    return side.bench["median_ms"] if side.bench else 0.0


def _columns(sides: list[SideResult]) -> list[str]:
    """The figures of each side, below each other."""
    table = [_figures(side) for side in sides]
    widths = [max(map(len, column)) for column in zip(*table, strict=True)]
    return [
        " · ".join(cell.rjust(width) for cell, width in zip(row, widths, strict=True))
        for row in table
    ]


def _figures(side: SideResult) -> tuple[str, str, str]:
    assert side.bench is not None
    median, spread = duration(_median(side)), duration(side.bench["iqr_ms"])
    return median, f"IQR {spread}", f"{side.bench['iterations']:,} runs"


def _comparison(*sides: SideResult) -> str:
    """Which side takes longer, and how much."""
    fast, slow = sorted(sides, key=_median)
    ratio = _median(slow) / _median(fast) if _median(fast) else 1.0
    if ratio < _AS_LONG:
        return "Both sides take about as long"
    figure = f"{ratio:.2f}" if ratio < 10 else f"{ratio:,.0f}"
    return f"{LABELS[slow.side]} takes {figure}× as long as {LABELS[fast.side]}"
