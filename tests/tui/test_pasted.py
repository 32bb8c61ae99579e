"""Pasted lines as a query."""

from __future__ import annotations

import pytest
from textual import events

from mxcheat.tui.pasted import as_query, statements_of

from .driver import FakeSession, driven


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
    ],
)  # fmt: skip
def test_every_statement_counts_and_imports_only_say_what_names_stand_for(
    pasted: str, query: str
) -> None:
    assert as_query(pasted) == query


def test_imports_are_left_out_of_a_query_that_has_more() -> None:
    assert statements_of("import torch; y = x.clamp(0)") == ["y = x.clamp(0)"]
    assert statements_of("import torch") == ["import torch"]
    assert statements_of("") == []


async def test_each_pasted_line_finds_its_rows(quick: FakeSession) -> None:
    async with driven(quick) as it:
        it.app.post_message(
            events.Paste("import torch as t\na = t.clamp(x, 0)\nb = t.round(a)\nc = qqzz")
        )
        await it.until(lambda: it.screen.search.value.startswith("a = torch.clamp"))
        assert {row.id for row in it.screen.results.rows} >= {"clamp", "round"}
        await it.press("ctrl+u", *"round")
        assert it.row_id == "round"
