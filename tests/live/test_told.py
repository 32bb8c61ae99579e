"""Sentences against runs: what is said of the wrong side, or turned around, is noticed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from mxcheat.cheatsheet.row import Row
from mxcheat.live.clauses import clauses
from mxcheat.live.results import Described, Failure, Output, SideResult, TryResult, Verdict
from mxcheat.live.told_names import told_names, untrue_of_names
from mxcheat.live.told_sides import untold_of_sides, untrue_of_dtypes
from mxcheat.live.told_words import untrue_of_errors, untrue_of_memory

if TYPE_CHECKING:
    from mxcheat.cheatsheet.sides import Side

_RAISED = Failure("ValueError", "no")


def side(of: Side, *outputs: Output, code: str = "y", fails: bool = False) -> SideResult:
    return SideResult(
        of, "error" if fails else "ok", code, outputs=outputs, error=_RAISED if fails else None
    )


def array(text: str, shape: tuple[int, ...] = (), dtype: str = "float32") -> Output:
    return Output("y", "array", shape, dtype, text)


def result(pytorch: SideResult, gluon: SideResult) -> TryResult:
    """What both sides made of x, two rows of three."""
    x = {"shape": [2, 3], "dtype": "float32", "text": "[9., 8.]"}
    return TryResult(None, "cpu", {"x": x}, pytorch, gluon, Verdict("different", ""))


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        (
            "1 gives 0.9 in nd and 0.1 in torch.",
            [("1 gives 0.9 in nd", "gluon"), ("and 0.1 in torch", "pytorch")],
        ),
        (
            "torch and mx.np give 3.5; nd gives 3.",
            [("torch and mx.np give 3.5", None), ("nd gives 3", "gluon")],
        ),
        ("Both have shape (2, 3).", [("Both have shape (2,3)", None)]),
        (
            "A torch-like name, and F.relu.",
            [("A torch-like name", "pytorch"), ("and F.relu", None)],
        ),
    ],
)
def test_a_sentence_is_taken_apart_by_the_side_that_it_speaks_of(
    sentence: str, expected: list[tuple[str, Side | None]]
) -> None:
    assert [clause for clause in clauses(sentence) if clause.text] == expected


@pytest.mark.parametrize(
    ("sentence", "holds"),
    [
        ("nd gives 4 as float32, torch 5 as int64.", True),
        ("nd gives 5 as float32, torch 4 as int64.", False),
        ("nd gives int64, torch float32.", False),
        ("The shape is (1,) in nd, () in torch.", True),
        ("The shape is () in nd, (1,) in torch.", False),
        ("It gives shape (3, 2).", False),
        ("It is (2, 3, 3) of 9 and 8.", False),
        ("It takes shape (2, 3), 9 and 8.", True),
        ("Of 3 rows nd keeps all.", False),  # 3 stands in the shape of x by chance
        ("nd goes through float64, held in float64, to float64 precision.", True),
        ("MXNet 1.9 gives float64.", True),  # whichever was run
    ],
)
def test_numbers_shapes_and_dtypes_are_those_of_the_side(sentence: str, holds: bool) -> None:
    ran = result(
        side("pytorch", array("5", (), "int64")), side("gluon", array("4.", (1,), "float32"))
    )
    assert bool([*untold_of_sides(sentence, (), [ran])]) is not holds


@pytest.mark.parametrize(
    ("sentence", "holds"),
    [
        ("float64 gives float32 in nd, int64 in torch.", True),
        ("nd makes float32 of int64; torch keeps int64.", True),
        ("nd gives int64 for int64.", False),
        ("It is float64 in torch.", False),
    ],
)
def test_the_dtype_that_a_side_gives_is_that_of_an_output(sentence: str, holds: bool) -> None:
    ran = result(side("pytorch", array("5", (), "int64")), side("gluon", array("4.")))
    assert bool([*untrue_of_dtypes(sentence, ran)]) is not holds


@pytest.mark.parametrize(
    ("sentence", "loud", "silent"),
    [
        ("bool raises in nd; torch gives float32.", True, False),
        ("bool raises in torch; nd gives float32.", False, False),
        ("nd has no unique.", True, True),
        ("nd has a unique.", False, True),
        ("torch has no unique.", False, True),
        ("A list passes silently.", False, True),
        ("A list raises; torch takes it.", True, False),
        ("In torch it does not raise, nd refuses it.", True, False),
        ("A repeat is there in torch only.", True, True),
        ("A repeat is there in nd only.", False, True),
        ("Where the sizes fit nothing raises.", False, True),
        ("A shape that does not fit raises in nd.", True, False),
    ],
)
def test_who_raises_is_who_is_said_to(sentence: str, loud: bool, silent: bool) -> None:
    failing = result(side("pytorch"), side("gluon", fails=True))
    running = result(side("pytorch"), side("gluon"))
    assert bool([*untrue_of_errors(sentence, [failing])]) is not loud
    assert bool([*untrue_of_errors(sentence, [running])]) is not silent


def test_an_error_that_code_catches_is_no_silence() -> None:
    code = "try:\n    f()\nexcept ValueError:\n    y = 1"
    ran = result(side("pytorch"), side("gluon", code=code))
    assert not [*untrue_of_errors("It raises in nd.", [ran])]
    assert [*untrue_of_errors("It raises in torch.", [ran])]


@pytest.mark.parametrize(
    ("sentence", "holds"),
    [
        ("torch gives a view, nd a copy; a write changes x in torch only.", True),
        ("torch gives a copy, nd a view.", False),
        ("A column is a copy in nd, and x stays as it was in torch.", False),
        ("It is no copy in nd.", True),  # what is denied is not judged
    ],
)
def test_who_copies_is_who_leaves_the_input_as_it_was(sentence: str, holds: bool) -> None:
    ran = result(side("pytorch", array("[7., 7.]")), side("gluon", array("[9., 8.]")))
    assert bool([*untrue_of_memory(sentence, ran)]) is not holds


@pytest.mark.parametrize(
    ("notes", "problems"),
    [
        ("nd has no unique, mx.np has unique.", []),
        ("nd has unique.", ["'nd has unique': mxnet.nd.unique is not there"]),
        ("mx.np has no unique.", ["'mx.np has no unique': mxnet.np.unique is there"]),
        ("Neither torch nor nd has unique.", []),
        ("nd has unique=True.", []),
    ],
)
def test_what_a_framework_is_said_to_have_is_there(notes: str, problems: list[str]) -> None:
    row = Row(
        "unique",
        "tensor",
        "Unique",
        None,
        None,
        "equivalent",
        notes,
        answers={"gluon": ("mxnet.np.unique",)},
    )
    there = {"mxnet.np.unique": "unique(ar)", "mxnet.nd.unique": ""}
    described = {name: Described(name, signature, "") for name, signature in there.items()}
    assert untrue_of_names(row, {"gluon": described}) == problems
    assert {told.side for told in told_names(row)} <= {"gluon"}
