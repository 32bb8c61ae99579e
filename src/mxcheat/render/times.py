"""How long things take, in words: the same on the command line and in the app."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mxcheat.cheatsheet.sides import LABELS
from mxcheat.render.language import label, said
from mxcheat.render.words import STATUS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from mxcheat.live.results import SideResult, TryResult

_UNITS = ((1000.0, 1e-3, "s"), (1.0, 1.0, "ms"), (0.0, 1e3, "µs"))
# Nearer than this, neither side is called slower.
_AS_LONG = 1.05


def duration(milliseconds: float) -> str:
    """Three digits and a unit: `12.3 ms`, `0.95 µs`, `1,204 s`."""
    factor, unit = next((factor, unit) for least, factor, unit in _UNITS if milliseconds >= least)
    return f"{_three_digits(milliseconds * factor)} {unit}"


def first_call(side: SideResult) -> str:
    """How long the one call took that gave this; "" where a benchmark says more of the time."""
    if side.elapsed_ms is None or side.bench is not None:
        return ""
    return said("first call {time}", time=duration(side.elapsed_ms))


def median(side: SideResult) -> float:
    """What one call takes, in milliseconds; 0 where nothing was timed."""
    return side.bench["median_ms"] if side.bench else 0.0


def columns_of(sides: Sequence[SideResult]) -> list[str]:
    """What a benchmark measured of each of the sides, the figures below each other."""
    table = [_figures(side) for side in sides]
    widths = [max(map(len, column)) for column in zip(*table, strict=True)]
    return [
        " · ".join(cell.rjust(width) for cell, width in zip(row, widths, strict=True))
        for row in table
    ]


def untimed(result: TryResult) -> Iterator[str]:
    """Of a run that was to be timed, each side that was not, and why."""
    for side in result.sides:
        if side.bench is None and side.status != "none":
            sentence = "{side} was not timed: {why} on {device}"
            if side.origin == "recorded":
                sentence = "{side} was not timed: it is not run here, its outputs are recorded"
            why = label(STATUS[side.status].word)
            yield said(sentence, side=LABELS[side.side], why=why, device=result.ctx)


def slower(one: SideResult, other: SideResult) -> str:
    """Which of two timed sides takes longer, and how much."""
    fast, slow = sorted((one, other), key=median)
    ratio = median(slow) / median(fast) if median(fast) else 1.0
    if ratio < _AS_LONG:
        return label("Both sides take about as long")
    names = {"slow": LABELS[slow.side], "fast": LABELS[fast.side]}
    figure = f"{ratio:.2f}" if ratio < 10 else f"{ratio:,.0f}"
    return said("{slow} takes {ratio}× as long as {fast}", ratio=figure, **names)


def _figures(side: SideResult) -> tuple[str, str, str]:
    assert side.bench is not None
    spread, count = duration(side.bench["iqr_ms"]), f"{side.bench['iterations']:,}"
    return (
        duration(median(side)),
        said("IQR {time}", time=spread),
        said("{count} runs", count=count),
    )


def _three_digits(number: float) -> str:
    digits = 2 if number < 9.995 else 1 if number < 99.95 else 0
    return f"{number:,.{digits}f}"
