"""A difference that the inputs themselves leave open: how inputs move, and what is made of it."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from mxcheat.cheatsheet.arrays import Array, from_values
from mxcheat.cheatsheet.inputs import make_inputs
from mxcheat.live.moved_inputs import is_in_question, move, reconsider
from mxcheat.live.results import Output, SideResult, TryResult
from mxcheat.live.verdict.compare import compare_sides
from tests.support import pair

if TYPE_CHECKING:
    from mxcheat.cheatsheet.sides import Side
    from mxcheat.live.results import Verdict
    from mxcheat.live.session import Session


@pytest.mark.parametrize(
    ("dtype", "unit"), [("float64", 2**-52), ("float32", 2**-23), ("float16", 2**-10)]
)
def test_each_element_moves_by_one_to_four_units(dtype: str, unit: float) -> None:
    inputs = {"x": from_values([200], dtype, [1.5, -1.5] * 100)}
    moved = move(inputs)["x"]
    assert (moved.shape, moved.dtype) == ((200,), dtype)
    steps = [(b - a) / unit for a, b in zip(inputs["x"].values, moved.values, strict=True)]
    assert set(steps) == {-4, -3, -2, -1, 1, 2, 3, 4}
    assert move(inputs) == move(inputs)


def test_zeros_move_to_either_side_and_what_is_no_float_stays() -> None:
    inputs = make_inputs({"x": "zeros(50)", "i": "integers(5)", "k": 2.5, "b": "booleans(3)"})
    inputs["special"] = from_values([4], "float32", [math.nan, math.inf, -math.inf, -0.0])
    moved = move(inputs)
    assert min(moved["x"].values) < 0 < max(moved["x"].values)
    assert 0 not in moved["x"].values
    assert all(abs(value) < 1e-44 for value in moved["x"].values)
    assert (moved["i"], moved["k"], moved["b"]) == (inputs["i"], 2.5, inputs["b"])
    assert math.isnan(moved["special"].values[0])
    assert moved["special"].values[1:3] == (math.inf, -math.inf)
    assert isinstance(moved["special"], Array)


def side(name: Side, *columns: list[float], origin: str = "live") -> SideResult:
    arrays = [from_values([len(column)], "float32", column) for column in columns]
    outputs = [
        Output(f"y{i}", "array", made.shape, made.dtype, "", made) for i, made in enumerate(arrays)
    ]
    return SideResult(name, "ok", outputs=tuple(outputs), origin=origin)


def reconsidered(
    sides: tuple[SideResult, SideResult], moved: tuple[SideResult, SideResult]
) -> Verdict:
    result = TryResult(None, "cpu", {}, *sides, compare_sides(*sides))
    assert is_in_question(result, {"x": from_values([1], "float32", [1.0])})
    return reconsider(result, moved)


FAR = side("pytorch", [1.0, 2.0]), side("gluon", [1.0, 2.0001])


def test_what_moves_as_much_and_agrees_in_half_of_the_digits_is_ill_conditioned() -> None:
    verdict = reconsidered(FAR, (side("pytorch", [1.0, 1.99994]), FAR[1]))
    assert verdict.status == "close"
    assert verdict.reason.startswith("ill-conditioned: inputs moved by up to 4 units")
    assert "move PyTorch alone by 6e-05 at y0[1]; within twice that: rtol" in verdict.reason
    assert verdict.share is not None
    assert 0.8 < verdict.share < 1
    gap = verdict.max_abs_diff
    assert verdict.rtol
    assert verdict.atol
    assert gap == pytest.approx(verdict.share * (verdict.atol + verdict.rtol * 2.0001))
    assert "Gluon alone" in reconsidered(FAR, (FAR[0], side("gluon", [1.0, 2.0002]))).reason


def test_what_moves_less_or_failed_is_as_different_as_it_was() -> None:
    for moved in (side("pytorch", [1.0, 2.00004]), SideResult("pytorch", "error"), FAR[0]):
        assert reconsidered(FAR, (moved, FAR[1])) == compare_sides(*FAR)


def test_every_output_that_differs_must_be_explained() -> None:
    sides = side("pytorch", [1.0], [2.0]), side("gluon", [1.0001], [2.0002])
    one = side("pytorch", [1.0001], [2.0])
    assert reconsidered(sides, (one, sides[1])).status == "different"
    both = side("pytorch", [1.0001], [2.0002])
    assert reconsidered(sides, (both, sides[1])).status == "close"


def test_a_jump_beyond_half_of_the_digits_stays_different() -> None:
    sides = side("pytorch", [1.0, 0.0]), side("gluon", [1.0, 1.0])
    verdict = reconsidered(sides, (side("pytorch", [1.0, 1.0]), sides[1]))
    assert verdict.status == "different"
    assert verdict.reason.endswith("they move PyTorch alone by 1 at y0[1]")


def test_nothing_is_asked_of_what_agrees_was_recorded_was_slow_or_has_no_real_input() -> None:
    real, whole = (from_values([1], dtype, [1]) for dtype in ("float32", "int64"))
    recorded = side("gluon", [1.0, 2.0001], origin="recorded")
    slow = replace(FAR[1], elapsed_ms=2001.0)
    for sides, array in (
        ((FAR[0], FAR[0]), real),
        ((FAR[0], recorded), real),
        ((FAR[0], slow), real),
        (FAR, whole),
    ):
        result = TryResult(None, "cpu", {}, *sides, compare_sides(*sides))
        assert not is_in_question(result, {"x": array})


TWO_WAYS = ("(x * 10).floor()", "(x + x * 9).floor()")
TENTHS = [0.1, 0.3, 0.7, 0.9, 1.1, 2.3]


@pytest.mark.live
def test_a_kink_stays_different_and_the_reason_says_so(session: Session) -> None:
    verdict = session.run(pair(*TWO_WAYS, {"x": TENTHS})).verdict
    assert verdict.status == "different"
    assert "the inputs lie on a kink or a tie" in verdict.reason
    assert "they move PyTorch alone by 1 at out[" in verdict.reason


@pytest.mark.live
def test_of_two_equal_elements_either_may_be_the_largest(session: Session) -> None:
    inputs = {"x": [0.25, 0.75, 0.75]}
    last = "2 - nd.argmax(x[::-1], axis=0)"
    verdict = session.run(pair("x.argmax().float()", last, inputs)).verdict
    assert verdict.status == "different"
    assert "the inputs lie on a kink or a tie" in verdict.reason


@pytest.mark.live
def test_a_difference_that_is_one_is_not_explained_away(session: Session) -> None:
    for gluon in ("x * 2.0002", "nd.where(x > 0.8, x, x * 2)"):
        verdict = session.run(pair("x * 2", gluon, {"x": "uniform(3, 4)"})).verdict
        assert verdict.status == "different"
        assert "the inputs" not in verdict.reason


@pytest.mark.live
def test_an_ill_conditioned_program_is_close_and_a_wrong_one_is_not(session: Session) -> None:
    inputs = {"x": "normal(20, 20)"}
    trial = pair("torch.inverse(x)", "nd.linalg.inverse(x)", inputs, gradient=("x",))
    assert session.run(trial).verdict.status == "close"
    wrong = pair("torch.inverse(x)", "nd.linalg.inverse(x) * 1.001", inputs, gradient=("x",))
    assert session.run(wrong).verdict.status == "different"


@pytest.mark.live
def test_sides_run_once_where_a_difference_is_none_or_not_asked_about(session: Session) -> None:
    ran: list[str] = []
    same = pair("x * 2", "x * 2", {"x": "uniform(3)"})
    session.run(same, on_start=ran.append)
    assert len(ran) == 2
    kink = pair(*TWO_WAYS, {"x": TENTHS})
    assert "kink" not in session.run(kink, reconsidered=False).verdict.reason
    assert "kink" not in session.run(pair(*TWO_WAYS, {"x": TENTHS}, compare="none")).verdict.reason
