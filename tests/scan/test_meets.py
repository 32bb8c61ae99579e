"""Which differences a call meets: each word of a rule, on calls as code writes them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from mxcheat.cheatsheet.proof import unfounded
from mxcheat.cheatsheet.row import Argument, Difference, Row
from mxcheat.names.resolve import read
from mxcheat.scan.answers import bites

if TYPE_CHECKING:
    from mxcheat.cheatsheet.sides import Side

GLUON = "import mxnet as mx\nfrom mxnet import nd, gluon\nfrom mxnet.gluon import nn\n"
TORCH = "import torch\nfrom torch import nn\nimport torch.nn.functional as F\n"
PREAMBLE: dict[Side, str] = {"gluon": GLUON, "pytorch": TORCH}


def is_met(rule: dict[str, Any], code: str, side: Side = "gluon") -> bool:
    """Whether the first use in a line of code meets a rule."""
    difference = Difference(says="so", shows="values", when={side: rule})
    row = Row(differences=(difference,), arguments=(Argument(gluon="dim=1"),))
    uses = read(PREAMBLE[side] + code).uses
    return bool(bites(row, uses[0], side))


@pytest.mark.parametrize(
    ("rule", "met", "unmet"),
    [
        ({"always": True}, ["nd.concat(a)", "map(nd.concat, a)", "nd.concat(*a, **b)"], []),
        (
            {"called": ["nd.concat", "mxnet.nd.stack"]},
            ["nd.concat(a)", "mx.sym.stack(a)", "f = nd.stack"],
            ["nd.concatenate(a)"],
        ),
        (
            {"without": ["dim"]},
            ["nd.concat(a, b)", "nd.concat(*a)", "nd.concat(a, dim=None)", "mx.sym.concat(*a)"],
            [
                *("nd.concat(a, dim=0)", "nd.concat(a, b, dim=k)", "nd.concat(a, **k)"),
                *("map(nd.concat, a)", "nd.concatenate(a)"),  # which has no dim
            ],
        ),
        (
            {"without": ["axis", "keepdims"]},
            ["nd.sum(x)", "nd.sum(x, exclude=True)", "nd.array(0).sum()"],
            ["nd.sum(x, 1)", "nd.sum(x, k)", "nd.sum(x, keepdims=k)", "nd.array(0).sum(1)"],
        ),
        (
            {"given": ["axis"]},
            ["nd.sum(x, k)", "nd.sum(x, axis=k)", "nd.array(0).sum(k)", "nd.sum(*x, axis=1)"],
            ["nd.sum(x)", "nd.sum(x, None)", "nd.sum(*x)", "nd.sum(x, axis=None)"],
        ),
        ({"unnamed": ["axis"]}, ["nd.sum(x, 1)"], ["nd.sum(x)", "nd.sum(x, axis=1)"]),
        (
            {"equals": {"mode": "wrap"}},
            ["nd.take(a, i, 0, 'wrap')", "nd.take(a, i, mode='wrap')"],
            ["nd.take(a, i)", "nd.take(a, i, mode='clip')", "nd.take(a, i, mode=k)"],
        ),
        (
            {"equals": {"axes": [2, 3]}},
            ["nn.Dropout(0.5, (2, 3))", "nn.Dropout(0.5, axes=[2, 3])"],
            ["nn.Dropout(0.5, (2,))", "nn.Dropout(0.5, axes=3)", "nn.Dropout(0.5, axes=k)"],
        ),
        (
            {"has": {"shape": -2}},
            ["nd.array(0).reshape(0, -2)", "nd.array(0).reshape((-2,))", "nd.reshape(x, (0, -2))"],
            ["nd.array(0).reshape(0, n)", "nd.array(0).reshape(s)", "nd.reshape(x, shape=(0, -1))"],
        ),
        (
            {"below": {"shape": -1}},
            ["nd.array(0).reshape(0, -4, 2, 3)", "nd.reshape(x, shape=(-3, 0))"],
            ["nd.array(0).reshape(-1, 2)", "nd.array(0).reshape(*s)", "nd.array(0).reshape()"],
        ),
        ({"above": {"k": 1}}, ["nd.topk(x, k=2)"], ["nd.topk(x, k=1)", "nd.topk(x, k=n)"]),
        (
            {"kind": {"source_array": "integers"}},
            ["nd.array([1, 2])", "nd.array([[1], [2]])", "nd.array(source_array=3)"],
            ["nd.array([1, 2.5])", "nd.array([True])", "nd.array(x)", "nd.array([])"],
        ),
        (
            {"kind": {"dtype": "integer-dtype", "stop": "number"}},
            ["nd.arange(0, 2.5, dtype='int64')", "nd.arange(0, 3, dtype='uint8')"],
            [
                "nd.arange(0, 2.5)",
                "nd.arange(0, 3, dtype='float32')",
                "nd.arange(0, n, dtype='int')",
            ],
        ),
        (
            {"any": [{"without": ["axis"]}, {"equals": {"axis": -1}}]},
            ["nd.softmax(x)", "nd.softmax(x, axis=-1)"],
            ["nd.softmax(x, axis=1)", "nd.softmax(x, axis=k)", "nd.softmax(x, **k)"],
        ),
        (
            {"called": ["Trainer.step"], "unless": {"equals": {"batch_size": 1}}},
            ["gluon.Trainer.step(t, 2)", "gluon.Trainer.step(t, batch_size=n)"],
            ["gluon.Trainer.step(t, batch_size=1)", "gluon.Trainer.step(*a)"],
        ),
    ],
)
def test_a_call_meets_what_the_words_of_a_rule_say(
    rule: dict[str, Any], met: list[str], unmet: list[str]
) -> None:
    assert {code: is_met(rule, code) for code in met} == dict.fromkeys(met, True)
    assert {code: is_met(rule, code) for code in unmet} == dict.fromkeys(unmet, False)


def test_torch_has_several_ways_to_call_and_two_names_for_some_arguments() -> None:
    without: dict[str, Any] = {"without": ["dim"]}
    assert is_met(without, "torch.sum(x)", "pytorch")
    assert is_met(without, "torch.sum(x, dtype=torch.int64)", "pytorch")
    assert not is_met(without, "torch.sum(x, 1)", "pytorch")
    assert not is_met(without, "torch.sum(x, axis=1)", "pytorch")
    assert is_met({"equals": {"keepdim": True}}, "torch.sum(x, 1, keepdims=True)", "pytorch")
    # The second may be a dimension or another tensor.
    assert not is_met(without, "torch.max(x, y)", "pytorch")
    assert not is_met({"given": ["dim"]}, "torch.max(x, y)", "pytorch")


def test_of_a_name_that_nothing_tells_of_the_arguments_count_that_the_row_lists() -> None:
    rule: dict[str, Any] = {"without": ["dim"]}
    assert is_met(rule, "nd.unheard_of()")
    assert not is_met(rule, "nd.unheard_of(dim=1)")
    assert not is_met(rule, "nd.unheard_of(x)")  # which may be dim
    assert is_met({"given": ["axis"]}, "nd.unheard_of(axis=1)")
    assert not is_met({"without": ["axis"]}, "nd.unheard_of()")


def test_a_bite_says_what_the_difference_says_and_whether_it_is_silent() -> None:
    when: dict[Side, dict[str, Any]] = {"gluon": {"always": True}}
    differences = (
        Difference(says="a", shows="values", when=when, loud=False),
        Difference(says="b", shows="values", when=when, loud=True),
        Difference(says="c", shows="error", when=when),
        Difference(says="d", shows="shape", when=when),
        Difference(says="e", shows="values"),
        Difference(says="f", shows="values", when={"pytorch": {"always": True}}),
    )
    (use,) = read(GLUON + "nd.relu(x)").uses
    found = bites(Row(differences=differences), use, "gluon")
    assert found == (
        ("a", "values", True),
        ("b", "values", False),
        ("c", "error", False),
        ("d", "shape", True),
    )


@pytest.mark.parametrize(
    ("rule", "problem"),
    [
        ({"without": ["dim"]}, ""),
        ({"always": True}, "what is written instead meets it too: nd.concat(a, b, dim=0)"),
        ({"equals": {"dim": 1}}, "of what shows it, nd.concat(a, b), nothing meets the rule"),
        ({"without": ["dmi"]}, "none of these names is known to have an argument 'dmi'"),
        ({"called": ["nd.concta"]}, "the row does not answer for 'nd.concta'"),
    ],
)
def test_the_code_of_a_difference_meets_its_rule_and_what_is_written_instead_does_not(
    rule: dict[str, Any], problem: str
) -> None:
    difference = Difference(
        pytorch="torch.cat([a, b])",
        gluon="nd.concat(a, b)",
        instead={"gluon": "nd.concat(a, b, dim=0)"},
        when={"gluon": rule},
    )
    row = Row(
        gluon="nd.concat(a, b, dim=0)",
        answers={"gluon": ("mxnet.nd.concat",)},
        arguments=(Argument("dim=0", "dim=1"),),
        differences=(difference,),
    )
    found = [what for _, what, _ in unfounded(row)]
    assert found == ([f"gluon: {problem}"] if problem else [])


def test_a_call_that_is_mended_around_it_is_the_same_call() -> None:
    row = Row(
        gluon="gluon.loss.L2Loss()(x, y)",
        answers={"gluon": ("mxnet.gluon.loss.L2Loss",)},
        differences=(
            Difference(
                gluon="gluon.loss.L2Loss()(x, y)",
                instead={"gluon": "gluon.loss.L2Loss()(x, y) * 2"},
                when={"gluon": {"always": True}},
            ),
        ),
    )
    assert [*unfounded(row)] == []
