"""Outputs of both sides as text: level, and marked where they differ."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from mxcheat.cheatsheet.arrays import from_values
from mxcheat.live.results import Output
from mxcheat.live.verdict.compare import compare_outputs
from mxcheat.live.verdict.tolerance import UNKNOWN, tolerance
from mxcheat.tui.text.outcome import DIFFERS, alone, beside

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.content import Content


def array(shape: Sequence[int], dtype: str, *values: float, name: str = "y") -> Output:
    made = from_values(shape, dtype, values)
    return Output(name, "array", made.shape, made.dtype, made.text, made)


def number(value: float) -> Output:
    made = from_values((), "float64", [value])
    return Output("y", "number", (), "float64", repr(value), made, value)


def text(value: str) -> Output:
    return Output("y", "text", None, None, value, value=value)


def marked(content: Content) -> list[str]:
    return [content.plain[span.start : span.end] for span in content.spans if span.style == DIFFERS]


def pair(left: Output, right: Output) -> tuple[Content, Content]:
    ((one, other),) = beside([left], [right], marked=UNKNOWN)
    return one, other


def test_elements_stand_in_the_same_columns_on_both_sides() -> None:
    left, right = pair(
        array((2, 2), "float32", 1, 2, 3, 4.5), array((2, 2), "float32", 1, -200, 3, 4.5)
    )
    assert left.plain == "[[   1.0000,    2.0000],\n [   3.0000,    4.5000]]"
    assert right.plain == "[[   1.0000, -200.0000],\n [   3.0000,    4.5000]]"


def test_what_differs_is_marked_on_both_sides_and_nothing_else() -> None:
    left, right = pair(array((3,), "float32", 1, 2, 3), array((3,), "float32", 1, 2.5, 3.000001))
    assert marked(left) == ["2.0000"]
    assert marked(right) == ["2.5000"]


def test_nothing_is_marked_unless_asked_for() -> None:
    ((left, right),) = beside([array((1,), "float32", 1)], [array((1,), "float32", 2)], marked=None)
    assert not marked(left) + marked(right)


def test_integers_are_held_to_the_last_unit() -> None:
    left, _ = pair(array((2,), "int64", 10**9, 5), array((2,), "int64", 10**9 + 1, 5))
    assert marked(left) == ["1000000000"]


def test_a_difference_beyond_the_shown_digits_brings_more_digits() -> None:
    left, right = pair(array((2,), "float64", 0.25, 1.5), array((2,), "float64", 0.2500004, 1.5))
    assert marked(left) == ["0.25000000"]
    assert marked(right) == ["0.25000040"]


def test_nan_is_level_with_nan_and_infinity_with_nothing_else() -> None:
    nan, inf = math.nan, math.inf
    left, right = pair(array((3,), "float32", nan, inf, 1), array((3,), "float32", nan, 1, nan))
    assert marked(left) == ["inf", "1."]
    assert marked(right) == ["1.", "nan"]


def test_left_out_elements_stay_left_out() -> None:
    values = [float(i) for i in range(1000)]
    other = [*values[:-1], -5.0]
    left, right = pair(array((10, 100), "float32", *values), array((10, 100), "float32", *other))
    assert left.plain.count("...") == right.plain.count("...") == 7
    assert marked(left) == ["999."]
    assert marked(right) == ["-5."]


def test_one_element_is_compared_whatever_its_shape() -> None:
    left, right = pair(array((), "float32", 1.5), array((1,), "float32", 2.5))
    assert (left.plain, right.plain) == ("1.5000", "[2.5000]")
    assert marked(left) == ["1.5000"]


def test_other_shapes_are_shown_as_they_are() -> None:
    left, right = pair(array((2, 1), "float32", 1, 2), array((1, 2), "float32", 3, 4))
    assert (left.plain, right.plain) == ("[[1.],\n [2.]]", "[[3., 4.]]")
    assert not marked(left)


def test_numbers_are_shown_in_full() -> None:
    left, right = pair(number(0.1 + 0.2), number(0.4))
    assert left.plain.strip() == "0.30000000000000004"
    assert marked(right) == ["0.4"]


def test_of_texts_the_lines_that_differ_are_marked() -> None:
    left, right = pair(text("one\n[/red]"), text("one\n[b]\nmore"))
    assert left.plain == "one\n[/red]"
    assert marked(left) == ["[/red]"]
    assert marked(right) == ["[b]", "more"]


def test_outputs_are_paired_by_name_and_named_where_there_are_many() -> None:
    left = [array((1,), "float32", 1, name="a"), array((1,), "float32", 2, name="b")]
    pairs = beside(left, left[::-1], marked=UNKNOWN)
    assert [one.plain for one, _ in pairs] == ["a float32 (1,)\n[1.]", "b float32 (1,)\n[2.]"]
    assert [other.plain for _, other in pairs] == [one.plain for one, _ in pairs]


def test_outputs_without_a_counterpart_are_shown_alone() -> None:
    left = [array((1,), "float32", 1, name="a"), text("b")]
    pairs = beside(left, left[:1], marked=UNKNOWN)
    assert [other.plain for _, other in pairs] == ["a float32 (1,)\n[1.]", ""]
    assert [one.plain for one, _ in pairs] == [content.plain for content in alone(left)]


numbers = st.floats(width=16) | st.sampled_from([1.0, 1.000002, 1.00002, 1.0002, 1e-6, 2e-6])


@given(numbers, numbers, st.sampled_from(["float64", "float32", "float16", "bfloat16"]))
def test_elements_differ_where_the_comparison_says_so(a: float, b: float, dtype: str) -> None:
    left, right = array((1,), dtype, a), array((1,), dtype, b)
    assert left.array
    assert right.array
    judged = compare_outputs(left, right)
    allowed = tolerance(left.array, right.array, UNKNOWN)
    apart = allowed.share(left.array.values[0], right.array.values[0]) > 1
    assert apart == (judged.status == "different")
    assert bool(marked(pair(left, right)[0])) == apart
