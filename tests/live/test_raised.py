"""What differences and misprints raise is kept, without what varies, and found by search."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from mxcheat.cheatsheet.row import Difference, Row
from mxcheat.live.outcomes import (
    Outcomes,
    keep_outcomes,
    outcomes_of,
    read_outcomes,
    with_found,
)
from mxcheat.live.raised import Raised
from mxcheat.live.verify import verify_row
from mxcheat.search import Index, find

if TYPE_CHECKING:
    from pathlib import Path

    from mxcheat.live.session import Session

VERSIONS = {"torch": "2", "mxnet": "1", "numpy": "1"}
ROW = Row(
    id="doubled",
    section="tensor/operation",
    function="Twice a tensor",
    pytorch="x * 2",
    gluon="x * 2",
    availability="equivalent",
    inputs={"x": "uniform(2, 3)"},
    cases=({"x": "uniform(4)"},),
    differences=(
        Difference("Shapes have to fit.", "error", gluon="nd.ones((2, 3)) + nd.ones((4, 3))"),
        Difference("A torch tensor is no array.", "values", "x * 2", "x * 3"),
        Difference("A Symbol has no shape.", "hybridized", gluon="x * x.shape[0]"),
    ),
    misprint={"pytorch": "x.twice(0.5)"},
)


@pytest.mark.live
def test_what_a_row_raises_is_kept_with_its_outcome(session: Session, tmp_path: Path) -> None:
    verified = verify_row(session, ROW)
    assert verified.ok, verified.reason
    assert verified.raised[1:] == (
        Raised(
            "gluon", "difference 3", "AttributeError", "'Symbol' object has no attribute 'shape'"
        ),
        Raised("pytorch", "misprint", "AttributeError", "'Tensor' object has no attribute 'twice'"),
    )
    first = verified.raised[0]
    assert (first.side, first.by, first.type) == ("gluon", "difference 1", "MXNetError")
    assert "operands could not be broadcast together" in first.message
    assert not any(sign in first.message for sign in "0123456789/")

    path = tmp_path / "outcomes.jsonl"
    keep_outcomes(path, outcomes_of([ROW], [verified], VERSIONS))
    shown = with_found(ROW, Outcomes(read_outcomes(path)))
    assert shown.raises == tuple(error.text for error in verified.raised)
    assert with_found(replace(ROW, gluon="x * 3"), Outcomes(read_outcomes(path))).raises == ()
    pasted = "MXNetError: operands could not be broadcast together with shapes [7] [9]"
    assert find(Index([shown]), pasted)[0].sure
