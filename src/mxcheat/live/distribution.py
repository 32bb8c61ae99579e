"""Whether two samples can come from one distribution: the Kolmogorov-Smirnov statistic.

Random streams never match across frameworks, so random rows are compared by distribution.
The two-sample statistic D is the largest distance between the empirical distribution
functions. Each of them strays from the true one by more than e with probability at most
2 exp(-2 n e^2) (Dvoretzky-Kiefer-Wolfowitz, with Massart's constant), for any distribution
and any sample size, discrete ones included; the bound on D adds the two. Location and
tails need no moments, so Cauchy's distribution is compared like any other.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

# Probability that two samples of the same distribution are called different.
FALSE_ALARM = 1e-6
SMALLEST_SAMPLE = 100


def ks_bound(first: int, second: int, false_alarm: float = FALSE_ALARM) -> float:
    """Largest D that samples of these sizes reach, save with probability `false_alarm`."""
    half = math.log(4 / false_alarm) / 2
    return math.sqrt(half / first) + math.sqrt(half / second)


def ks_statistic(first: Sequence[float], second: Sequence[float]) -> float:
    """Largest distance between the empirical distribution functions of two samples."""
    left, right = sorted(first), sorted(second)
    i = j = 0
    largest = 0.0
    while i < len(left) and j < len(right):
        value = min(left[i], right[j])
        while i < len(left) and left[i] == value:
            i += 1
        while j < len(right) and right[j] == value:
            j += 1
        largest = max(largest, abs(i / len(left) - j / len(right)))
    return largest


def compare_samples(first: Sequence[float], second: Sequence[float]) -> tuple[bool, str]:
    """Whether the samples agree in distribution, and a sentence that gives the statistic."""
    smallest = min(len(first), len(second))
    if smallest < SMALLEST_SAMPLE:
        return False, f"a sample of {smallest} is too small to judge, at least {SMALLEST_SAMPLE}"
    if not all(map(math.isfinite, first)) or not all(map(math.isfinite, second)):
        return False, "a sample holds nan or infinity"
    distance, bound = ks_statistic(first, second), ks_bound(len(first), len(second))
    sizes = f"{len(first):,}" if len(first) == len(second) else f"{len(first):,}, {len(second):,}"
    relation = "within" if distance <= bound else "above"
    text = f"Kolmogorov-Smirnov distance {distance:.4f}, {relation} {bound:.4f} for n = {sizes}"
    return distance <= bound, text
