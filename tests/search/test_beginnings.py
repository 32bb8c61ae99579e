"""Names typed in part find the rows of which one begins so, and are only guesses."""

from __future__ import annotations

import pytest

from mxcheat.cheatsheet import load
from mxcheat.search import find
from mxcheat.search.index import shipped_index
from mxcheat.shown import load_shown

INDEX = shipped_index(load_shown, load().rows)


@pytest.mark.parametrize(
    ("typed", "row_id"),
    [
        ("trainer-st", "trainer-states"),
        ("trainer_sta", "trainer-states"),
        ("accumulate-or", "accumulate-or-overwrite"),
        ("data-par", "data-parallel"),
        ("nd.wait", "waitall"),
        ("mx.nd.wai", "waitall"),
        ("gluon.Tr", "loss-and-optimizer"),
        ("gluon.data", "dataloader"),
        ("with torch.no", "autograd-scopes"),
        ("y = nd.wai", "waitall"),
        ("optim.Ada", "adam"),
        ("Tensor.cl", "clamp"),
        ("F.rel", "relu"),
    ],
)
def test_a_beginning_finds_what_it_may_become(typed: str, row_id: str) -> None:
    hits = find(INDEX, typed, 8)
    (hit,) = (hit for hit in hits if hit.row.id == row_id)
    assert not hit.sure
    assert hit.score >= hits[2 if len(hits) > 2 else -1].score


@pytest.mark.parametrize(
    "whole", ["torch.max", "nd.waitall", "nd.dot", "np.where", "load-parameters", "optim.SGD"]
)
def test_a_whole_name_is_still_an_answer(whole: str) -> None:
    assert find(INDEX, whole, 1)[0].sure


def test_a_name_that_begins_none_is_no_beginning() -> None:
    assert [hit.row.id for hit in find(INDEX, "torch.qwertyuiop", 3)] == []
