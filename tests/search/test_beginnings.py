"""Names typed in part find the rows of which one begins so, and are only guesses."""

from __future__ import annotations

import pytest

from mxcheat.loading import load
from mxcheat.search import find, unanswered
from mxcheat.search.index import shipped_index

ROWS = load().rows
INDEX = shipped_index(load, ROWS)


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
    ("typed", "name"),
    [
        ("Block.registe", "Block.register_child"),
        ("Block.load_", "Block.load_parameters"),
        ("x.cont", "Tensor.contiguous"),
        ("y = x.argso", "Tensor.argsort"),
        ("torch.nn.KLDi", "torch.nn.KLDivLoss"),
    ],
)
def test_what_begins_a_name_is_no_slip_for_another(typed: str, name: str) -> None:
    answering = {row.id for row in ROWS for names in row.answers.values() if name in names}
    assert answering & {hit.row.id for hit in find(INDEX, typed)}


@pytest.mark.parametrize("whole", ["torch.nn.Transformer", "Block.load"])
def test_a_public_name_without_a_row_has_none_though_it_begins_others(whole: str) -> None:
    assert find(INDEX, whole) == []
    found = unanswered(INDEX, whole)
    assert found is not None
    assert found.names[0].name == whole


@pytest.mark.parametrize(
    "whole", ["torch.max", "nd.waitall", "nd.dot", "np.where", "load-parameters", "optim.SGD"]
)
def test_a_whole_name_is_still_an_answer(whole: str) -> None:
    assert find(INDEX, whole, 1)[0].sure


def test_a_name_that_begins_none_is_no_beginning() -> None:
    assert [hit.row.id for hit in find(INDEX, "torch.qwertyuiop", 3)] == []
