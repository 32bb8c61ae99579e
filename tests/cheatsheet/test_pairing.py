"""Arguments that stand beside each other's counterparts."""

from __future__ import annotations

import pytest

from mxcheat.cheatsheet.pairing import exchanged
from mxcheat.cheatsheet.row import Argument, Row


@pytest.mark.parametrize(
    ("pairs", "hint"),
    [
        ([("input", "data"), ("dim=None", "axis=-1")], ""),
        ([("input", "axis=-1"), ("dim=None", "data")], "input goes with data"),
        ([("dim=None", "is_ascend=0"), ("descending=True", "axis=-1")], "dim goes with axis"),
        # The forms do not tell, the names do.
        ([("out=None", "dtype"), ("dtype=None", "out=None")], "out goes with out"),
        ([("out=None", "out=None"), ("dtype=None", "dtype='float32'")], ""),
        ([("input", None), (None, "data"), ("dim=None", "axis=-1")], ""),
    ],
)
def test_arguments_that_were_exchanged_are_told_by_the_forms_or_by_their_names(
    pairs: list[tuple[str | None, str | None]], hint: str
) -> None:
    row = Row(
        "sort",
        "tensor/reduction",
        "Sort",
        "torch.sort(x, dim=1, descending=True)",
        "nd.sort(x, axis=1, is_ascend=False)",
        "equivalent",
        answers={"pytorch": ("torch.sort",), "gluon": ("mxnet.nd.sort",)},
        arguments=tuple(Argument(*pair) for pair in pairs),
        inputs={"x": "uniform(2, 3)"},
    )
    assert [hint for _, _, hint in exchanged(row)] == ([hint] if hint else [])


def test_names_that_shift_are_no_exchange_where_the_forms_fit() -> None:
    row = Row(
        "swapaxes",
        "tensor/shape",
        "Swap",
        "torch.transpose(x, 1, 2)",
        "nd.swapaxes(x, dim1=1, dim2=2)",
        "equivalent",
        answers={"pytorch": ("torch.transpose",), "gluon": ("mxnet.nd.swapaxes",)},
        arguments=(Argument("dim0", "dim1=0"), Argument("dim1", "dim2=0")),
        inputs={"x": "uniform(2, 3, 4)"},
    )
    assert not [*exchanged(row)]
