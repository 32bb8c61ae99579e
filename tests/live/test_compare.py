"""Comparison: every kind of output, and the numbers that are hard to compare."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mxcheat.cheatsheet.arrays import from_values
from mxcheat.live.results import Failure, Items, Output, SideResult, Verdict
from mxcheat.live.verdict.compare import compare_outputs, compare_sides

if TYPE_CHECKING:
    from collections.abc import Sequence


def array(
    values: Sequence[Any],
    shape: Sequence[int] | None = None,
    dtype: str = "float32",
    name: str = "out",
) -> Output:
    made = from_values([len(values)] if shape is None else shape, dtype, values)
    return Output(name, "array", made.shape, dtype, made.text, made)


def plain(kind: str, value: Any, name: str = "out") -> Output:
    return Output(name, kind, None, None, str(value), value=value)


def sequence(*values: Output) -> Output:
    items = Items(tuple(("", value) for value in values), len(values))
    return Output("out", "sequence", None, None, "", value=items)


def verdict(left: Sequence[Output], right: Sequence[Output], **options: Any) -> Verdict:
    pytorch = SideResult("pytorch", "ok", outputs=tuple(left))
    gluon = SideResult("gluon", "ok", outputs=tuple(right))
    return compare_sides(pytorch, gluon, **options)


@pytest.mark.parametrize(
    ("left", "right", "status"),
    [
        (array([1, 2]), array([1, 2]), "equal"),
        (array([1, 2]), array([1, 2.00001]), "close"),
        (array([1, 2]), array([1, 2.001]), "different"),
        (array([1e-30]), array([0.0]), "close"),
        (array([math.nan, 1]), array([math.nan, 1]), "equal"),
        (array([math.nan, 1]), array([1, math.nan]), "different"),
        (array([math.nan]), array([0.0]), "different"),
        (array([math.inf]), array([math.inf]), "equal"),
        (array([math.inf]), array([-math.inf]), "different"),
        (array([math.inf]), array([3e38]), "different"),
        (array([0.0]), array([-0.0]), "close"),  # equal numbers, other bits
        (array([]), array([]), "equal"),
        (array([], [0, 3]), array([], [3, 0]), "different"),
        (array([1], []), array([1], []), "equal"),
        (array([1], []), array([1], [1]), "close"),  # nd has no 0-d arrays
        (array([1], []), array([2], [1]), "different"),
        (array([1], [1]), array([1], [1, 1]), "different"),
        (array([1, 2], [1, 2]), array([1, 2], [2, 1]), "different"),
        (array([True, False], dtype="bool"), array([True, False], dtype="bool"), "equal"),
        (array([True, False], dtype="bool"), array([True, True], dtype="bool"), "different"),
        (array([True], dtype="bool"), array([1.0]), "different"),
        (array([1], dtype="int64"), array([1], dtype="int64"), "equal"),
        (array([1], dtype="int64"), array([1], dtype="int32"), "close"),
        (array([1], dtype="int64"), array([1.0]), "different"),
        (array([2**53 + 1], dtype="int64"), array([2**53], dtype="int64"), "different"),
        (array([1], dtype="float64"), array([1], dtype="float32"), "close"),
        (array([1], dtype="float64"), array([1.000001], dtype="float64"), "different"),
        (array([1.0], dtype="float16"), array([1.001], dtype="float16"), "close"),
        (array([1 + 2j], dtype="complex64"), array([1 + 2j], dtype="complex64"), "equal"),
        (array([1 + 2j], dtype="complex64"), array([1 - 2j], dtype="complex64"), "different"),
        (array([1.7e308 * (1 + 1j)], dtype="complex128"), array([0]), "different"),
        (plain("dtype", "float32"), plain("dtype", "float32"), "equal"),
        (plain("dtype", "float32"), plain("dtype", "float64"), "different"),
        (sequence(plain("text", "a")), sequence(plain("text", "a")), "equal"),
        (sequence(plain("text", "a")), sequence(plain("text", "b")), "different"),
        (sequence(plain("text", "1")), sequence(array([1])), "different"),
        (sequence(plain("object", "<a>")), sequence(plain("object", "<a>")), "not-compared"),
        (plain("text", "a"), plain("none", None), "different"),
        (plain("object", "<a>"), plain("object", "<a>"), "not-compared"),
    ],
)
def test_one_output(left: Output, right: Output, status: str) -> None:
    assert compare_outputs(left, right).status == status
    assert compare_outputs(right, left).status == status
    assert verdict([left], [right]).status == status


def test_the_largest_difference_and_where_it_is() -> None:
    found = verdict([array(range(6), [2, 3])], [array([0, 1, 2, 3, 4.5, 5.25], [2, 3])])
    assert (found.status, found.max_abs_diff, found.where) == ("different", 0.5, "out[1, 1]")
    assert found.max_rel_diff == pytest.approx(0.5 / 4.5)
    assert "2 of 6 elements differ" in found.reason
    assert found.rtol
    assert found.atol
    assert found.share == pytest.approx(0.5 / (found.atol + found.rtol * 4.5))


def test_the_reason_names_what_breaks_the_tolerance_most_and_the_largest_difference() -> None:
    found = verdict([array([1.0, 2.0])], [array([1.5, 2.0])])
    assert "largest difference" not in found.reason  # it is that of the element named
    left, right = array([506.664, 1e-3, 3.0]), array([506.604, 2.1e-3, 3.0])
    found = verdict([left], [right])
    assert "most at out[1]: 0.001 against 0.0021, " in found.reason
    assert found.reason.endswith("largest difference 0.06 (relative 0.00012) at out[0]")
    assert found.where == "out[0]"
    assert found.max_rel_diff == pytest.approx(0.06 / 506.664, rel=1e-3)


def test_both_figures_are_those_of_one_element() -> None:
    found = verdict([array([100.0, 1e-6])], [array([100.0001, 2e-6])])
    assert found.where == "out[0]"
    assert found.max_abs_diff == pytest.approx(1e-4, rel=0.1)
    assert found.max_rel_diff == pytest.approx(1e-6, rel=0.1)


def test_values_are_printed_with_digits_that_tell_them_apart() -> None:
    found = verdict([array([1 / 3], dtype="float64")], [array([1 / 3 + 1e-6], dtype="float64")])
    assert "0.3333333 against 0.3333343" in found.reason
    left, right = array([1.0], dtype="float64"), array([1.0000003], dtype="float64")
    assert "1 against 1.0000003" in verdict([left], [right]).reason
    assert "9007199254740993 against 9007199254740992" in (
        verdict([array([2**53 + 1], dtype="int64")], [array([2**53], dtype="int64")]).reason
    )


def test_the_reason_says_how_much_of_a_large_array_was_compared() -> None:
    left, right = (
        replace(made, array=replace(made.array, shape=(10**6,), statistics=()))
        for made in (array([1, 2]), array([1, 3]))
        if made.array
    )
    assert "1 of the first 2 elements" in verdict([left], [right]).reason


def test_the_tolerance_is_that_of_the_output_the_reason_is_about() -> None:
    left = [array([1e5], name="a"), array([1.0], dtype="float16", name="b")]
    right = [array([1e5 + 0.02], name="a"), array([2.0], dtype="float16", name="b")]
    found = verdict(left, right)
    assert found.reason.startswith("1 of 1 elements differ, most at b[0]")
    assert found.rtol == verdict(left[1:], right[1:]).rtol


def test_the_worst_output_decides_and_names_pair_up() -> None:
    left = [array([1], name="a"), array([2], name="b")]
    assert verdict(left, [array([2], name="b"), array([1], name="a")]).status == "equal"
    assert verdict(left, [array([1], name="a"), array([3], name="b")]).where == "b[0]"
    # Other names: by position.
    assert verdict(left, [array([1], name="p"), array([2], name="q")]).status == "equal"
    assert "2 outputs, Gluon 1 output" in verdict(left, left[:1]).reason
    assert verdict([], []).status == "not-compared"


def test_a_side_that_failed_is_not_compared_and_the_reason_says_which() -> None:
    good = SideResult("pytorch", "ok", outputs=(array([1]),))
    bad = SideResult("gluon", "error", error=Failure("ValueError", "no", line=2))
    assert compare_sides(good, bad).reason == "Gluon raised: ValueError (line 2): no"
    assert compare_sides(good, replace(bad, status="none")).status == "not-compared"
    assert verdict([array([1])], [array([2])], comparison="none", reason="an address").reason == (
        "an address"
    )


def test_a_difference_without_a_number_is_null_in_json() -> None:
    found = verdict([array([math.inf])], [array([0.0])]).to_json()
    assert found["status"] == "different"
    assert found["max_abs_diff"] is None


def test_outputs_of_one_name_pair_up_by_position() -> None:
    left = [array([1], name="next(it)"), array([2], name="next(it)")]
    right = [array([1], name="next(it)"), array([2], name="next(it)")]
    assert verdict(left, right).status == "equal"
    assert verdict(left, right[::-1]).status == "different"


def test_outputs_that_were_left_out_make_it_partly() -> None:
    pytorch = SideResult("pytorch", "ok", outputs=(array([1]),), omitted=2)
    found = compare_sides(pytorch, replace(pytorch, side="gluon"))
    assert found.status == "not-compared"
    assert found.partly == "outputs beyond the first 1 of 3 outputs left out"
    assert "partly" in found.reason
    assert found.to_json()["partly"] == found.partly


@given(st.lists(st.floats(width=32), max_size=20), st.lists(st.floats(width=32), max_size=20))
def test_comparison_is_symmetric_and_reflexive(a: list[float], b: list[float]) -> None:
    left, right = array(a), array(b)
    assert compare_outputs(left, left).status == "equal"
    assert compare_outputs(left, right).status == compare_outputs(right, left).status
