"""Pasted errors: whole, cut off, in colour, of either framework; and which row they lead to."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mxcheat.cheatsheet.messages import plain_message
from mxcheat.cheatsheet.row import Argument
from mxcheat.loading import load
from mxcheat.search import Index, find
from mxcheat.search.messages import words_of
from mxcheat.search.tracebacks import operators_in
from tests.search.hand_made_rows import ROWS, make_row

CUT = "operands could not be broadcast together with shapes"
ADDED = "MXNetError: Check failed: l == # || r == #: " + CUT
DTYPES = "MXNetError: Check failed: assign(&dattr, vec.at(i)): Incompatible attr in node"
MADE = (
    make_row("add", "Add arrays", "a + b", "a + b", ("torch.add", "mxnet.nd.add")),
    make_row("sub", "Subtract arrays", "a - b", "a - b", ("torch.sub", "mxnet.nd.subtract")),
    make_row("mul", "Multiply arrays", "a * b", "a * b", ("torch.mul", "mxnet.nd.multiply")),
    make_row("unfit", "Add a row to all rows", "a + b", "a + b"),
    make_row("dtypes", "Choose a dtype", "a.double()", "a.astype('float64')"),
    make_row("view", "Another shape", "x.view(6)", "x.reshape(6)", ("Tensor.view", "")),
    make_row("first", "Sample", "f(x)", "g(x)"),
)
RAISES = {
    "unfit": (ADDED,),
    "first": ("TypeError: 'NDArray' object has no attribute 'gelu'",),
    **dict.fromkeys(("add", "sub"), (DTYPES + " at #-th input: expected float32, got float64",)),
    "mul": (DTYPES + " at #-th input: expected float32, got int64",),
    "dtypes": (DTYPES + " at #-th input: expected int64, got int32",),
}
INDEX = Index(
    [
        *ROWS,
        *(
            replace(
                row,
                raises=RAISES.get(row.id, ()),
                section="basics" if row.id == "dtypes" else row.section,
            )
            for row in MADE
        ),
    ]
)
TRACEBACK = """Traceback (most recent call last):
  File "/home/me/train.py", line 31, in <module>
    y = net.scale(a) + b
  File "/usr/lib/python3.8/site-packages/mxnet/base.py", line 246, in check_call
    raise get_last_ffi_error()
mxnet.base.MXNetError: Traceback (most recent call last):
  [bt] (4) /usr/lib/libmxnet.so(MXImperativeInvokeEx+0x65) [0x7f21a2c3ad55]
  File "../src/operator/tensor/./elemwise_binary_broadcast_op.h", line 67
MXNetError: Check failed: l == 1 || r == 1: operands could not be broadcast together with shapes \
[2,3] [4,3]
"""
OLDER = """MXNetError                                Traceback (most recent call last)
<ipython-input-9-e896c143512a> in <module>()
----> 1 a + b
MXNetError: [14:22:33] src/operator/tensor/elemwise_binary_broadcast_op.h:68: Check failed: \
l == 1 || r == 1 operands could not be broadcast together with shapes [7] [9]

Stack trace returned 10 entries:
[bt] (0) /usr/lib/libmxnet.so(dmlc::StackTrace()+0x44) [0x7f3]
"""


@pytest.mark.parametrize(
    "pasted",
    [
        TRACEBACK,
        " ".join(TRACEBACK.split()),
        TRACEBACK.strip().splitlines()[-1],
        OLDER,
        "\x1b[0;31mMXNetError\x1b[0m: Check failed: l == 1 || r == 1: \x1b[1m" + CUT,
        f">   E   'MXNetError: {CUT} [2,3] [4,3]'",
        "could not be broadcast together with sha",
        "r == 1: operands could not be broadcast tog",
        TRACEBACK + "\n>>> print(a.shape)\n(2, 3)\n",
        TRACEBACK.replace("\n", "\r\n"),
    ],
)
def test_a_message_leads_to_the_row_that_raises_it_however_it_was_pasted(pasted: str) -> None:
    best, *others = find(INDEX, pasted)
    assert best.row.id == "unfit"
    assert best.sure
    assert not any(other.sure for other in others)


def test_what_many_rows_raise_leads_to_the_general_one() -> None:
    pasted = (
        "MXNetError: Check failed: assign(&dattr, vec.at(i)): Incompatible attr in node  at 1-th"
    )
    found = find(INDEX, f"{pasted} input: expected float16, got float32")
    assert found[0].row.id == "dtypes"
    assert {hit.row.id for hit in found[1:4]} == {"add", "sub", "mul"}


def test_the_code_that_raised_it_parts_rows_that_raise_the_same() -> None:
    message = f"{DTYPES} at 1-th input: expected float32, got float64"
    quoted = (
        'Traceback (most recent call last):\n  File "a.py", line 1\n    c = nd.subtract(a, b)\n'
    )
    by_code = [hit.row.id for hit in find(INDEX, quoted + message)]
    assert by_code.index("sub") < by_code.index("add")


def test_a_name_that_an_object_lacks_is_looked_up() -> None:
    for message in (
        "AttributeError: 'NDArray' object has no attribute 'view'",
        "'NDArray' has no attribute 'view'",
        "AttributeError: \u2018Symbol\u2019 object has no attribute \u2018view\u2019",
    ):
        assert find(INDEX, message)[0].row.id == "view"
    assert find(INDEX, "module 'mxnet.ndarray' has no attribute 'clpi'")[0].row.id == "clamp"
    assert find(INDEX, "cannot import name 'clip' from 'mxnet.ndarray'")[0].row.id == "clamp"


def test_a_message_about_one_name_is_not_that_of_another() -> None:
    assert find(INDEX, "'NDArray' object has no attribute 'gelu'")[0].row.id == "first"
    others = [hit.row.id for hit in find(INDEX, "'NDArray' object has no attribute 'view'")]
    assert others
    assert "first" not in others


@pytest.mark.parametrize(
    "text",
    ["how do I bound my values", "copy a tensor to another", "x.view(6) + y.view(6) - z * 2"],
)
def test_what_is_no_error_is_answered_as_ever(text: str) -> None:
    silent = Index([replace(row, raises=()) for row in INDEX.rows])
    ids = [hit.row.id for hit in find(INDEX, text)]
    assert ids == [hit.row.id for hit in find(silent, text)] != []
    assert ids[0] != "unfit"


def test_python_s_own_messages_lead_nowhere_for_sure() -> None:
    rows = [replace(ROWS[0], raises=("IndexError: list index out of range",)), *ROWS[1:]]
    assert not any(hit.sure for hit in find(Index(rows), "IndexError: list index out of range"))


def test_words_of_a_message_are_not_what_varies() -> None:
    first = "../src/a.cc:12: Parameter 'dense0_weight' was not initialized on cpu(1), 0x7f [2, 3]"
    other = "/opt/b.h:7: Parameter `conv3_bias` was not initialized on cpu(0), 0x1c [16,1,1]"
    assert words_of(first) == words_of(other)
    assert {"parameter", "initialized"} <= {*words_of(first)}
    assert plain_message("\x1b[31mgot -1.5e-3\x1b[0m,\n 2") == "got #"


PIECES = (
    *("Error: ", "Traceback (most recent call last):", "'NDArray' has no attribute ", "\n", "'"),
    *("Check failed: ", CUT, " unexpected keyword argument 'a'", "[bt] (0)", "\x1b[31m", "clip"),
)
ODD = st.text(max_size=120) | st.lists(st.sampled_from(PIECES), max_size=20).map(" ".join)


@given(ODD)
def test_any_text_gives_sorted_scores_within_bounds(text: str) -> None:
    scores = [hit.score for hit in find(INDEX, text)]
    assert scores == sorted(scores, reverse=True)
    assert all(0 <= score <= 100 for score in scores)


SHEET = load()
SHIPPED = Index(SHEET.rows, SHEET.calls)


@pytest.mark.parametrize(
    ("message", "row_id"),
    [
        ("TypeError: ToTensor.hybrid_forward() takes 3 positional arguments but 4 were given", ""),
        (
            "Assigning to NDArrays that are already in a computational graph will cause undefined"
            " behavior when evaluating gradients.",
            "views-and-copies",
        ),
        (
            "MXNetError: Operator _backward_foo is non-differentiable because it didn't register"
            " FGradient attribute.",
            "",
        ),
        (
            "AssertionError: restore_prefix is 'net0_' but Parameters name 'conv1_weight' does not"
            " start with 'net0_'.",
            "load-parameters",
        ),
        (
            "Incompatible attr in node  at 1-th input: expected float32, got float64",
            "nd-and-np",
        ),
        ("'Symbol' has no attribute 'shape'", "inside-hybrid-forward"),
        ("AttributeError: 'Symbol' object has no attribute 'context'", "inside-hybrid-forward"),
        ("AttributeError: module 'mxnet.ndarray' has no attribute 'concatt'", "concat"),
        ("AttributeError: 'NDArray' object has no attribute 'unsqueeze'", "unsqueeze"),
        ("AttributeError: 'Tensor' object has no attribute 'asnumpy'", "numpy"),
        ("RuntimeError: Trying to backward through the graph a second time", None),
        ("RuntimeError: The size of tensor a (3) must match the size of tensor b (7)", "add"),
        ("size mismatch for fc.weight: copying a param with shape torch.Size([9])", None),
        ("TypeError: HybridBlock.__init__() got an unexpected keyword argument 'bias'", ""),
        ("TypeError: Linear.__init__() got an unexpected keyword argument 'use_bias'", None),
        ("AttributeError: module 'numpy' has no attribute 'bool'", "install"),
        ("ModuleNotFoundError: No module named 'mxnet'", "install"),
    ],
)
def test_messages_that_people_paste(message: str, row_id: str | None) -> None:
    """`row_id` comes first; "": some row is found; None: one, and surely."""
    hits = find(SHIPPED, message)
    assert hits
    assert not row_id or hits[0].row.id == row_id
    assert row_id is not None or hits[0].sure


def test_each_message_that_was_recorded_finds_a_row_that_raises_it() -> None:
    """At least 97 of 100 among the first three, or a general row that raises the like."""
    recorded = [
        (row.id, message)
        for row in SHEET.rows
        for message in row.raises
        if message.count(" ") > 4 and "has no attribute" not in message
    ]
    assert len(recorded) > 500
    holders: dict[str, set[str]] = {}
    for row_id, message in recorded:
        holders.setdefault(message, set()).add(row_id)
    general = {row.id for row in SHEET.rows if row.section == "basics"}
    missed = [
        message
        for message, rows in holders.items()
        if (rows | general).isdisjoint(hit.row.id for hit in find(SHIPPED, message, 3))
    ]
    assert len(missed) <= 0.03 * len(holders), missed


@pytest.mark.parametrize(
    ("message", "row_id"),
    [
        ("MXNetError: Error in operator view3: Shape inconsistent, Provided = [2,3]", "view"),
        ("Check failed: a.Size() == b.Size() (4 vs. 3) : subtract shape error", "sub"),
        ("src/operator/tensor/multiply-inl.h:12: Check failed: a == b (4 vs. 3)", "mul"),
        ("view(): argument 'size' must be tuple of ints, but found float", "view"),
    ],
)
def test_the_operator_that_a_message_names(message: str, row_id: str) -> None:
    assert find(INDEX, message)[0].row.id == row_id


def test_the_operators_of_a_message() -> None:
    node = "Error in operator net0_dense1_fwd: src/operator/nn/fully_connected.cc:41: no"
    assert operators_in(node) == ["net0_dense1_fwd", "fully_connected", "net", "dense"]
    assert operators_in("dot shape error: [2,4] X [3,4]") == ["dot"]
    assert operators_in("the operator is a function") == []


def test_the_arguments_that_a_message_names_part_guesses() -> None:
    arguments = (Argument("num_rows", "num_rows"),)
    rows = [*ROWS, make_row("one", "Classes", "f(x)", "g(x)"), *MADE]
    rows.append(replace(make_row("two", "Classes", "h(x)", "k(x)"), arguments=arguments))
    first = find(Index(rows), "RuntimeError: Classes must be smaller than num_rows")[0]
    assert (first.row.id, first.sure) == ("two", False)
