"""Arguments lead to the rows whose tables have them."""

from __future__ import annotations

from dataclasses import replace

import pytest

from mxcheat.cheatsheet.row import Argument
from mxcheat.loading import load
from mxcheat.search import Index, find
from tests.search.hand_made_rows import ROWS, make_row

LOADER = replace(
    make_row("loader", "Batches", "Loader(d)", "Loader(d)", ("torch.Loader", "mxnet.Loader")),
    arguments=(
        Argument("drop_last=False", "last_batch='keep'"),
        Argument("dim=0", "axis=0", note="of the batch; 'both' for two"),
        Argument("blank=0", None),
    ),
)
POOL = replace(
    make_row("pool", "Pool", "Pool(x, dim=1)", "Pool(x)", ("torch.Pool", "mxnet.Pool")),
    arguments=(Argument("dim=0", "axis=0"), Argument("ceil_mode=False", "ceil_mode='no'")),
)
MANY = [
    replace(make_row(f"row-{n}", "Rows", "f(x)", "g(x)"), arguments=(Argument("the_size=1"),))
    for n in range(12)
]
INDEX = Index([*ROWS, LOADER, POOL, *MANY])
SHIPPED = Index(load().rows, load().calls)


@pytest.mark.parametrize(
    ("query", "row_id"),
    [
        ("last_batch", "loader"),
        ("last_batch=", "loader"),
        ("last_batch='keep'", "loader"),
        ('last_batch="keep"', "loader"),
        ("ceil_mode=True", "pool"),
        ("the argument ceil_mode", "pool"),
        ("Pool dim", "pool"),
        ("dim Pool", "pool"),
        ("torch.Loader axis", "loader"),
        ("axis argument of Loader", "loader"),
        ("Pool(dim=3)", "pool"),
    ],
)
def test_an_argument_leads_to_the_row_that_has_it(query: str, row_id: str) -> None:
    best = find(INDEX, query)[0]
    assert best.row.id == row_id
    assert best.sure


def test_a_value_parts_rows_that_have_the_same_argument() -> None:
    assert find(INDEX, "dim=1")[0].row.id == "pool"
    assert find(INDEX, "axis='both'")[0].row.id == "loader"


def test_an_argument_that_many_rows_have_leads_to_none_in_particular() -> None:
    assert not any(hit.sure for hit in find(INDEX, "the_size"))


def test_a_word_that_is_an_argument_too_is_a_guess() -> None:
    best = find(INDEX, "blank")[0]
    assert (best.row.id, best.sure) == ("loader", False)


def test_a_name_that_is_an_argument_too_is_that_name() -> None:
    rows = [*ROWS, replace(POOL, arguments=(Argument("clip=None"),))]
    assert find(Index(rows), "clip")[0].row.id == "clamp"


@pytest.mark.parametrize(
    ("query", "rows"),
    [
        ("padding_idx", {"embedding-layer", "embedding-operator", "embedding-bag"}),
        ("fix_gamma", {"batch-norm-operator", "sync-batch-norm-operator"}),
        ("last_batch='rollover'", {"dataloader", "sequential-sampler"}),
        ("pooling_convention='full'", {"pooling"}),
        ("blank=0", {"ctc-loss", "ctc-loss-operator"}),
        ("align_corners", {"bilinear-resize", "grid-sample", "affine-grid"}),
        ("batch_first", {"lstm-layer", "gru-layer", "rnn-layer"}),
        ("Conv2D padding", {"conv2d"}),
        ("argmax keepdims", {"argmax"}),
    ],
)
def test_arguments_of_the_sheet(query: str, rows: set[str]) -> None:
    best = find(SHIPPED, query)[0]
    assert best.row.id in rows
    assert best.sure


@pytest.mark.parametrize(
    ("query", "rows"),
    [
        ("ceil_mode", {"max-pool2d", "avg-pool2d"}),
        ("momentum=0.9", {"batch-norm", "sgd-momentum"}),
        ("lr=0.1", {"loss-and-optimizer", "adam"}),
        ("dim=0", {"dim"}),
        ("keepdims=True", {"mean", "sum"}),
    ],
)
def test_an_argument_of_many_rows_is_surely_none_of_them(query: str, rows: set[str]) -> None:
    hits = find(SHIPPED, query)
    assert hits[0].row.id in rows
    assert not any(hit.sure for hit in hits)


@pytest.mark.parametrize(
    ("query", "row_id"),
    [
        ("LSTM bidirectional=True num_layers=2", "lstm-layer"),
        ("keepdim=True sum", "sum"),
        ("sum axis keepdims", "sum"),
        ("grid_sample padding_mode border", "grid-sample"),
        ("DataLoader num_workers last_batch='discard'", "dataloader"),
    ],
)
def test_a_function_with_several_arguments_leads_to_its_row(query: str, row_id: str) -> None:
    first, *_ = find(SHIPPED, query)
    assert (first.row.id, first.sure) == (row_id, True)


@pytest.mark.parametrize(
    "query", ["which device is my tensor on", "dtype = torch.float", ".params out"]
)
def test_a_question_or_an_assignment_is_no_function_with_arguments(query: str) -> None:
    assert "array" not in [hit.row.id for hit in find(SHIPPED, query, 1)]
