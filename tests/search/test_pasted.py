"""Pasted lines as a query, and what is looked up for a query."""

from __future__ import annotations

import pytest

from mxcheat.search.pasted import as_query, asked_in
from mxcheat.search.tracebacks import without_colours
from tests.search.test_errors import CUT, INDEX, OLDER, TRACEBACK


@pytest.mark.parametrize(
    ("pasted", "query"),
    [
        ("import torch\n\nx = torch.rand(2, 3)\ny = torch.clamp(x, 0, 1)\n",
         "x = torch.rand(2, 3); y = torch.clamp(x, 0, 1)"),
        ("import torch.nn.functional as FF\n>>> y = FF.relu(x,\n...     inplace=True)  # here",
         "y = torch.nn.functional.relu(x, inplace=True)"),
        ("from mxnet import (nd,\n  gluon as g)\nnet = g.nn.Dense(2); nd.clip(x, 0, 1)",
         "net = mxnet.gluon.nn.Dense(2); mxnet.nd.clip(x, 0, 1)"),
        ("from torch import clamp\ny = x.clamp(clamp(z), clamp=1)",
         "y = x.clamp(torch.clamp(z), clamp=1)"),
        ("y = a + \\\n  b", "y = a + b"),
        ("x['a; b'] = 1", "x['a; b'] = 1"),
        ("f(x,", "f(x,"),
        ("import torch", "import torch"),
        ("limit  values", "limit  values"),
        ("from . import x as\ny = x.z()", "y = x.z()"),
        ("\r\n \n", ""),
        ("print('a #b; c')\nx.clamp(0)  # it's; so", "print('a #b; c'); x.clamp(0)"),
    ],
)  # fmt: skip
def test_every_statement_counts_and_imports_only_say_what_names_stand_for(
    pasted: str, query: str
) -> None:
    assert as_query(pasted) == query


def test_imports_are_left_out_of_a_query_that_has_more() -> None:
    assert asked_in(INDEX, "import torch; y = x.clamp(0)") == ["y = x.clamp(0)"]
    assert asked_in(INDEX, "import torch") == ["import torch"]


@pytest.mark.parametrize(
    ("query", "statements"),
    [
        ("print('a; b'); x.clamp(0)", ["print('a; b')", "x.clamp(0)"]),
        ('print("it\\"s; b") ; y = 1', ['print("it\\"s; b")', "y = 1"]),
        ("f(a; b); c", ["f(a; b)", "c"]),
        ("x.clamp(0) # of all", ["x.clamp(0) # of all"]),
        ("x.clamp(0);", ["x.clamp(0);"]),
        ("how to clamp", ["how to clamp"]),
    ],
)
def test_a_semicolon_in_quotes_or_brackets_parts_nothing(query: str, statements: list[str]) -> None:
    assert asked_in(INDEX, query) == statements


@pytest.mark.parametrize(
    "pasted",
    [
        TRACEBACK,
        OLDER,
        "RuntimeError: sizes do not match; expected 2, got 3",
        "\x1b[0;31mMXNetError\x1b[0m: Check failed; " + CUT,
    ],
)
def test_an_error_stays_whole(pasted: str) -> None:
    query = as_query(pasted)
    assert query == " ".join(without_colours(pasted).split())
    assert asked_in(INDEX, query) == [query]


def test_a_message_without_a_sign_of_an_error_stays_whole() -> None:
    said = "l == 1 || r == 1; " + CUT
    assert asked_in(INDEX, said) == [said]


def test_code_that_raises_or_waits_for_an_error_is_none() -> None:
    code = "try:\n    y = x.clamp(0)\nexcept torch.OutOfMemoryError:\n    raise MXNetError\n"
    assert (
        as_query(code) == "try:; y = x.clamp(0); except torch.OutOfMemoryError:; raise MXNetError"
    )
