"""Both sides of a try: folded between numbers at any width, differing elements marked."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mxcheat.cheatsheet.arrays import Array, format_array, from_values
from mxcheat.cli.try_row import exit_code
from mxcheat.live.results import Output, SideResult, TryResult, Verdict
from mxcheat.loading import load
from mxcheat.render.fold import fold
from mxcheat.render.page import Page
from mxcheat.render.report import write_report

NUMBER = re.compile(r"-?\d+\.?\d*(?:e[-+]\d+)?")


def output(values: list[float], shape: tuple[int, ...], name: str = "y") -> Output:
    array: Array = from_values(shape, "float32", values)
    return Output(name, "array", shape, "float32", format_array(array), array)


def report(left: Output, right: Output, status: str, width: int = 100) -> str:
    sides = (
        SideResult("pytorch", "ok", "x", "2.13.0", outputs=(left,)),
        SideResult("gluon", "ok", "x", "1.9.1", outputs=(right,)),
    )
    page = Page(width)
    write_report(page, TryResult(None, "cpu", {}, *sides, Verdict(status, "")))
    return page.text(colour=False)


def test_what_differs_is_marked_without_colours_too() -> None:
    text = report(output([1.5, 2.5], (2,)), output([1.5, 3.5], (2,)), "different")
    assert "[ 1.5000, ≠2.5000]" in text
    assert "[ 1.5000, ≠3.5000]" in text


def test_where_the_sides_agree_nothing_is_marked() -> None:
    text = report(output([1.5, 2.5], (2,)), output([1.5, 2.5], (2,)), "equal")
    assert "[1.5000, 2.5000]" in text
    assert "≠" not in text


@pytest.mark.parametrize("width", [20, 30, 44, 60, 61, 80, 100, 131])
def test_an_array_is_whole_numbers_at_any_width(width: int) -> None:
    values = [(-1.0) ** n * (n + 0.125) * 10.0 ** (n % 3) for n in range(24)]
    left = output(values, (3, 8))
    text = report(left, left, "equal", width)
    numbers = set(NUMBER.findall(left.text))
    lines = [part for line in text.splitlines() for part in line.split(" │ ")]
    shown = [part for part in lines if re.fullmatch(r"[\[\]\s\d.,e+-]+", part) and part.strip()]
    found = [number for part in shown for number in NUMBER.findall(part)]
    assert set(found) == numbers
    assert len(found) == 2 * 24
    assert not [part for part in shown if re.fullmatch(r"[\[\],\s]+", part)]


@given(st.text(" ab.(,)[=12", min_size=1, max_size=90), st.integers(8, 40))
def test_a_fold_loses_nothing_but_spaces(text: str, width: int) -> None:
    folded = fold([(text, "code")], width)
    shown = ["".join(part for part, _ in line) for line in folded]
    assert "".join("".join(shown).split()) == "".join(text.split())


def test_a_difference_that_the_row_foretells_ends_well() -> None:
    sides = SideResult("pytorch", "ok"), SideResult("gluon", "ok")
    row = next(row for row in load().rows if row.availability == "differs")
    result = TryResult(row, "cpu", {}, *sides, Verdict("different", "other values"))
    assert exit_code(result) == 0
    assert exit_code(replace(result, row=None)) == 1
    page = Page(80)
    write_report(page, result)
    assert "different, as documented" in page.text(colour=False)
