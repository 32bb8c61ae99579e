"""The Kolmogorov-Smirnov comparison: its statistic, its bound, what it notices."""

from __future__ import annotations

import math
import random

import pytest

from mxcheat.live.verdict.samples import compare_samples, ks_bound, ks_statistic


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


def test_samples_of_one_distribution_agree_for_many_seeds() -> None:
    assert all(compare_samples(sample(seed), sample(seed + 1000))[0] for seed in range(20))
    assert all(compare_samples(cauchy(seed), cauchy(seed + 1000))[0] for seed in range(5))


@pytest.mark.parametrize("scale", [0.8, 1.25, 4.0])
def test_another_scale_is_noticed(scale: float) -> None:
    agree, reason = compare_samples(sample(1), sample(2, scale=scale))
    assert not agree
    assert "above" in reason
    assert not compare_samples(cauchy(1), cauchy(2, scale=1.5))[0]


def test_what_cannot_be_judged_is_said() -> None:
    assert "too small" in compare_samples([1.0] * 99, [1.0] * 99)[1]
    assert "nan or infinity" in compare_samples([math.nan] * 200, [1.0] * 200)[1]
