"""Whether two samples can come from one distribution: the Kolmogorov-Smirnov statistic.

Random streams never match across frameworks, so random rows are compared by distribution.
The two-sample statistic D is the largest distance between the empirical distribution
functions. Each of them strays from the true one by more than e with probability at most
2 exp(-2 n e^2) (Dvoretzky-Kiefer-Wolfowitz, with Massart's constant), for any distribution
and any sample size, discrete ones included; the bound on D adds the two. Location and
tails need no moments, so Cauchy's distribution is compared like any other. All it needs is an
order: infinities have their place in it, and nan stands above them.
"""

from __future__ import annotations

import math
import operator
from bisect import bisect_right
from itertools import repeat
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence

# Probability that two samples of the same distribution are called different.
FALSE_ALARM = 1e-6
SMALLEST_SAMPLE = 100
_PARTS = ("real parts", "imaginary parts")


def ks_bound(first: int, second: int, false_alarm: float = FALSE_ALARM) -> float:
    """Largest D that samples of these sizes reach, save with probability `false_alarm`."""
    half = math.log(4 / false_alarm) / 2
    return math.sqrt(half / first) + math.sqrt(half / second)


def ks_statistic(first: Sequence[float], second: Sequence[float]) -> float:
    """Largest distance between the empirical distribution functions of two samples."""
    # Nan, above all numbers, is left out: where it begins, the distance falls, to 0 at the end.
    left, right = _sorted_numbers(first), _sorted_numbers(second)
    sizes = len(first), len(second)
    ahead = max(_lead(left, right, *sizes), _lead(right, left, *reversed(sizes)))
    return ahead / math.prod(sizes)


def _sorted_numbers(values: Sequence[float]) -> list[float]:
    return sorted([value for value in values if value == value])  # noqa: PLR0124 - nan is not


def _lead(left: list[float], right: list[float], first: int, second: int) -> int:
    """How far the distribution function of `left` is ahead of that of `right` at most.

    Both are sorted; their functions are counted in steps of one over `first` times `second`, the
    sizes of the samples. One can only get further ahead at a value of its own, so these will do;
    of equal values the last has the whole step, and the others say too little.
    """
    below = map(bisect_right, repeat(right), left)
    own = range(second, second * len(left) + 1, second)
    return max(map(operator.sub, own, map(first.__mul__, below)), default=0)


def compare_samples(first: Sequence[Any], second: Sequence[Any]) -> tuple[str, str]:
    """A status and a sentence that gives the statistic, of two samples of numbers of one kind.

    "stochastic" if they agree in distribution (complex ones by their parts, each for itself),
    "different" if not, "not-compared" if they are too small to tell.
    """
    smallest = min(len(first), len(second))
    if smallest < SMALLEST_SAMPLE:
        reason = f"a sample of {smallest} is too small to judge, at least {SMALLEST_SAMPLE}"
        return "not-compared", reason
    if not isinstance(first[0], complex) and not isinstance(second[0], complex):
        return _compare(first, second, FALSE_ALARM)
    parts = (
        _compare([part(value) for value in first], [part(value) for value in second], chance)
        for part, chance in ((_real, FALSE_ALARM / 2), (_imaginary, FALSE_ALARM / 2))
    )
    told = list(zip(_PARTS, parts, strict=True))
    status = "different" if any(found == "different" for _, (found, _) in told) else "stochastic"
    return status, "; ".join(f"{part}: {said}" for part, (_, said) in told)


def _real(value: complex) -> float:
    return value.real


def _imaginary(value: complex) -> float:
    return value.imag


def _compare(
    first: Sequence[float], second: Sequence[float], false_alarm: float
) -> tuple[str, str]:
    distance = ks_statistic(first, second)
    bound = ks_bound(len(first), len(second), false_alarm)
    sizes = f"{len(first):,}" if len(first) == len(second) else f"{len(first):,}, {len(second):,}"
    relation = "within" if distance <= bound else "above"
    text = f"Kolmogorov-Smirnov distance {distance:.4f}, {relation} {bound:.4f} for n = {sizes}"
    return "stochastic" if distance <= bound else "different", text
