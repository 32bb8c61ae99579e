"""What two correct results may differ by: it follows from dtype, sums and terms, and is sharp."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mxcheat.cheatsheet.arrays import Array, from_values
from mxcheat.cheatsheet.inputs import plan_input
from mxcheat.live.verdict.tolerance import EXACT, UNKNOWN, Terms, terms_of, tolerance, typical

if TYPE_CHECKING:
    from collections.abc import Sequence

ONE = Terms(largest=1, along=1, operations=1)


def array(values: Sequence[Any], dtype: str = "float32") -> Array:
    return from_values([len(values)], dtype, values)


def made(**specs: Any) -> list[Any]:
    return [plan_input(name, spec).make() for name, spec in specs.items()]


def is_allowed(
    left: Sequence[Any], right: Sequence[Any], dtype: str = "float32", terms: Terms = ONE
) -> bool:
    first, second = array(left, dtype), array(right, dtype)
    allowed = tolerance(first, second, terms)
    return all(allowed.share(a, b) <= 1 for a, b in zip(first.values, second.values, strict=True))


@pytest.mark.parametrize(
    ("left", "right", "dtype"),
    [
        ([1e6, 1.0], [1e6, 1.001], "float32"),  # a large element does not hide a small one
        ([1e6, 1e6, 1.0], [1e6, 1e6 + 10, 1.0], "float32"),
        ([1.0, 2.0], [1.0001, 2.0002], "float32"),
        ([0.5, -0.3, 0.8], [0.5, 0.3, 0.8], "float32"),
        ([0.5, 1e-4, 0.8], [0.5, 2e-4, 0.8], "float32"),
        ([1.0], [1.00001], "float32"),
        ([1.0], [1.0000005], "float64"),
        ([1.0], [1.01], "float16"),
        ([1.0], [1.07], "bfloat16"),
        ([1 + 1j], [1 - 1j], "complex64"),
        ([7], [8], "int64"),
        ([True], [False], "bool"),
        ([1.0], [math.nan], "float32"),
        ([math.inf], [3e38], "float32"),
    ],
)
def test_a_wrong_element_is_seen(left: list[Any], right: list[Any], dtype: str) -> None:
    assert not is_allowed(left, right, dtype)
    assert not is_allowed(right, left, dtype)


@pytest.mark.parametrize(
    ("left", "right", "dtype"),
    [
        ([1.0], [1.0000002], "float32"),
        ([1.0], [1.00000004], "float64"),
        ([1.0], [1.001], "float16"),
        ([1.0], [1.0078125], "bfloat16"),
        ([0.0], [1e-7], "float32"),  # the terms that cancelled were of order one
        ([math.nan, -0.0], [math.nan, 0.0], "float32"),
    ],
)
def test_a_rounding_is_none(left: list[float], right: list[float], dtype: str) -> None:
    assert is_allowed(left, right, dtype)


def test_integers_are_exact_and_the_coarser_dtype_decides() -> None:
    assert tolerance(array([1], "int64"), array([1], "int32"), UNKNOWN) == EXACT
    halves = tolerance(array([1], "float16"), array([1], "float32"), ONE)
    assert halves == tolerance(array([1], "float16"), array([1], "float16"), ONE)


def test_a_float64_that_holds_float32_numbers_is_judged_as_float32() -> None:
    third, next_third = array([1 / 3]).values[0], math.nextafter(1 / 3, 1) + 2**-24
    next_third = array([next_third]).values[0]
    assert third != next_third
    assert is_allowed([third], [next_third], "float64")
    assert is_allowed([third * 3 + 1e-9], [third * 3 + 5e-8], "float64")
    assert not is_allowed([5e6], [5e6 + 1], "float64")  # counts are exact in both


def test_what_is_close_agrees_in_half_of_the_digits() -> None:
    ones = terms_of(["x.sum()"], made(x="ones(3000, dtype=float16)"), [], gradient=False)
    assert not is_allowed([3000.0], [2048.0], "float16", ones)
    assert tolerance(array([1.0]), array([1.0]), Terms(largest=10**12)).rtol == 2**-12


def test_a_sum_may_run_over_all_axes_but_the_shortest() -> None:
    def along(**inputs: str) -> int:
        return terms_of([], made(**inputs), [], gradient=False).along

    assert along(x="uniform(5)") == 5
    assert along(x="uniform(10, 30)") == 30
    assert along(x="uniform(1, 30)") == 30
    assert along(x="uniform(2, 3, 4)", y="uniform(2)") == 12
    assert along() == UNKNOWN.along
    outputs = [array([0.0] * 700)]
    assert terms_of([], made(x="uniform(2)"), outputs, gradient=False).along == 700


def test_an_output_smaller_than_the_inputs_is_a_longer_sum() -> None:
    terms = terms_of([], made(x="uniform(100, 100)"), [], gradient=False)
    assert terms.roundings(1) - terms.roundings(10_000) == 10_000 - 100


def test_operations_are_those_of_the_longer_code_and_backward_counts_too() -> None:
    codes = ["x + y", "nd.sum(-x * 2)"]
    assert terms_of(codes, [], [], gradient=False).operations == 3
    assert terms_of(codes, [], [], gradient=True).operations == 6
    assert terms_of(["x"], [], [], gradient=False).operations == 1
    assert terms_of(["x ="], [], [], gradient=False).operations == 1


def test_the_terms_are_as_large_as_the_inputs_but_no_more_than_one() -> None:
    def scale(**inputs: Any) -> float:
        return terms_of([], made(**inputs), [], gradient=False).scale

    assert scale(x=[1e-6, 2e-6, 5.0]) == pytest.approx(2e-6)
    assert scale(x=[1e6, 1e6]) == 1
    assert scale(x="zeros(3)") == scale(n=3) == scale(i="arange(3, dtype=int64)") == 1


def test_small_results_of_small_inputs_are_held_to_their_size() -> None:
    terms = terms_of(["x * 2"], made(x=[1e-8, 2e-8, 3e-8]), [], gradient=False)
    assert not is_allowed([2e-8, 4e-8, 6e-8], [2e-8, 4e-8, 6.001e-8], terms=terms)


def test_the_typical_size_is_the_lower_median_of_what_is_there() -> None:
    assert typical([0.0, 5.0, -1.0, math.inf, math.nan, 100.0]) == 5.0
    assert typical([1e6, 1.0]) == 1.0
    assert typical([]) == typical([0.0]) == 0.0
    assert typical([1e300j]) == 1e300


def rounded(value: float, dtype: str) -> float:
    return float(array([value], dtype).values[0])


@given(
    st.lists(st.floats(-1, 1, width=16), min_size=2, max_size=300),
    st.sampled_from(["float32", "float16"]),
    st.randoms(use_true_random=False),
)
def test_sums_in_any_order_are_within_it(values: list[float], dtype: str, random: Any) -> None:
    """Forwards, and in a random order, each partial sum rounded: what a framework may do."""
    values = [rounded(value, dtype) for value in values]
    terms = terms_of(["x.sum()"], [array(values, dtype)], [], gradient=False)
    found = []
    for order in (values, random.sample(values, len(values))):
        total = 0.0
        for value in order:
            total = rounded(total + value, dtype)
        found.append(total)
    assert is_allowed(found[:1], found[1:], dtype, terms)


def test_what_is_true_is_not_nearly_true() -> None:
    flags = from_values((2,), "bool", (True, False))
    numbers = from_values((2,), "float32", (1.0 + 1e-6, 0.0))
    assert tolerance(flags, flags, UNKNOWN) == EXACT
    assert tolerance(flags, numbers, UNKNOWN) == EXACT
    assert tolerance(numbers, numbers, UNKNOWN) != EXACT
