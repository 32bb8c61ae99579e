"""Figures: pairs of runs, quantiles, and the line of the report that each becomes."""

from __future__ import annotations

import statistics
from dataclasses import astuple, dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

HEADS = ("what", "ours", "beside", "result", "goal", "met")
_WIDTHS = (52, 10, 26, 20, 9, 3)


class CannotMeasureError(Exception):
    """Something a figure needs is missing, or does not do what is to be timed."""


@dataclass(frozen=True)
class Figure:
    """One line of the report, every field as it is printed."""

    what: str
    ours: str
    beside: str
    result: str
    goal: str = ""
    met: str = ""


def ratio(
    what: str, ours: Sequence[float], peer: str, theirs: Sequence[float], goal: float | None = None
) -> Figure:
    """Median and quartiles of the ratio over pairs of times in seconds."""
    ratios = [mine / other for mine, other in zip(ours, theirs, strict=True)]
    low, middle, high = statistics.quantiles(ratios, n=4, method="inclusive")
    return Figure(
        what,
        milliseconds(statistics.median(ours)),
        f"{peer} {milliseconds(statistics.median(theirs))}",
        f"{middle:.2f} ({low:.2f}-{high:.2f})",
        *_judged(middle, goal),
    )


def spread(what: str, times: Sequence[float], goals: dict[int, float], beside: str = "") -> Figure:
    """Percentiles of times in seconds; `goals` maps each percentile to the ms it may take."""
    found = {share: 1000 * percentile(times, share) for share in goals}
    return Figure(
        what,
        f"{len(times)} times",
        beside,
        " · ".join(f"p{share} {value:.1f}" for share, value in found.items()),
        " · ".join(f"{goal:g}" for goal in goals.values()),
        _yes(all(found[share] <= goal for share, goal in goals.items())),
    )


def at_least(what: str, ours: float, beside: str, goal: float) -> Figure:
    """A share of a whole, as percent, that has a lower bound."""
    return Figure(what, f"{ours:.1%}", beside, "", f">= {goal:.0%}", _yes(ours >= goal))


def at_most(what: str, ours: float, unit: str, goal: float, beside: str = "") -> Figure:
    """One number that has an upper bound."""
    return Figure(what, f"{ours:.2f} {unit}", beside, "", *_judged(ours, goal))


def interleaved(count: int, *actions: Callable[[], float]) -> list[list[float]]:
    """Times of each action over `count` rounds, taken in turns so that noise meets all alike."""
    rounds = [[action() for action in actions] for _ in range(count)]
    return [list(times) for times in zip(*rounds, strict=True)]


def percentile(samples: Sequence[float], share: int) -> float:
    """The value that `share` percent of the samples do not exceed, interpolated."""
    return statistics.quantiles(samples, n=100, method="inclusive")[share - 1]


def milliseconds(seconds: float) -> str:
    """A time as it is printed."""
    return f"{1000 * seconds:.1f} ms" if seconds < 1 else f"{seconds:.2f} s"


def line(cells: Sequence[str]) -> str:
    """One line of the table."""
    return "  ".join(
        f"{cell:<{width}}" for cell, width in zip(cells, _WIDTHS, strict=True)
    ).rstrip()


def table_line(figure: Figure) -> str:
    """A figure as a line of the table."""
    return line(astuple(figure))


def _judged(value: float, goal: float | None) -> tuple[str, str]:
    return ("", "") if goal is None else (f"<= {goal:g}", _yes(value <= goal))


def _yes(met: bool) -> str:
    return "yes" if met else "NO"
