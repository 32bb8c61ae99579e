"""The Kolmogorov-Smirnov comparison: its statistic, its bound, what it notices."""

from __future__ import annotations

import math
import random
from typing import TYPE_CHECKING

import pytest

from mxcheat.live.verdict.samples import compare_samples, ks_bound, ks_statistic

if TYPE_CHECKING:
    from collections.abc import Sequence


def sample(seed: int, count: int = 10_000, scale: float = 1.0) -> list[float]:
    generator = random.Random(seed)
    return [scale * generator.expovariate(1.0) for _ in range(count)]


def cauchy(seed: int, scale: float = 1.0) -> list[float]:
    generator = random.Random(seed)
    return [scale * math.tan(math.pi * (generator.random() - 0.5)) for _ in range(10_000)]


def test_the_statistic_by_hand() -> None:
    assert ks_statistic([1, 2, 3, 4], [1, 2, 3, 4]) == 0
    assert ks_statistic([1, 2], [3, 4]) == 1
    assert ks_statistic([1, 2, 3, 4], [3, 4, 5, 6]) == 0.5
    assert ks_statistic([0, 0, 0, 1], [0, 1, 1, 1]) == 0.5  # ties: discrete values


def test_the_bound_shrinks_with_the_sample_and_grows_with_certainty() -> None:
    assert ks_bound(10_000, 10_000) == pytest.approx(2 * math.sqrt(math.log(4e6) / 20_000))
    assert ks_bound(100, 100) > ks_bound(10_000, 10_000)
    assert ks_bound(100, 100, 1e-9) > ks_bound(100, 100, 1e-3)


def status(first: Sequence[complex], second: Sequence[complex]) -> str:
    return compare_samples(first, second)[0]


def test_samples_of_one_distribution_agree_for_many_seeds() -> None:
    assert all(status(sample(seed), sample(seed + 1000)) == "stochastic" for seed in range(20))
    assert all(status(cauchy(seed), cauchy(seed + 1000)) == "stochastic" for seed in range(5))


@pytest.mark.parametrize("scale", [0.8, 1.25, 4.0])
def test_another_scale_is_noticed(scale: float) -> None:
    found, reason = compare_samples(sample(1), sample(2, scale=scale))
    assert found == "different"
    assert "above" in reason
    assert status(cauchy(1), cauchy(2, scale=1.5)) == "different"


def test_a_small_sample_is_not_judged() -> None:
    found, reason = compare_samples([1.0] * 99, [1.0] * 99)
    assert found == "not-compared"
    assert "too small" in reason
    assert status([], []) == "not-compared"


def test_nan_and_infinities_have_their_place() -> None:
    some = [math.nan, math.inf, -math.inf, 1.0] * 100
    assert status(some, some[::-1]) == "stochastic"
    assert status(some, [math.nan] * 400) == "different"
    assert status([math.nan] * 200, [1.0] * 200) == "different"
    assert status([math.inf] * 200, [-math.inf] * 200) == "different"
    assert status([math.inf] * 200, [math.nan] * 200) == "different"


def test_complex_samples_agree_if_both_parts_do() -> None:
    left = list(map(complex, sample(1), sample(2)))
    right = list(map(complex, sample(3), sample(4)))
    found, reason = compare_samples(left, right)
    assert found == "stochastic"
    assert "real parts" in reason
    assert "imaginary parts" in reason
    assert status(left, [value.conjugate() for value in right]) == "different"


def test_booleans_and_long_integers_are_samples_too() -> None:
    assert status([True, False] * 100, [False, True] * 100) == "stochastic"
    assert status([True, False] * 100, [False] * 200) == "different"
    assert status([2**63, 2**64 - 1] * 100, [2**64 - 1, 2**63] * 100) == "stochastic"
