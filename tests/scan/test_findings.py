"""What is said of calls and files, and their sum."""

from __future__ import annotations

from typing import Any

import pytest

from mxcheat.loading import load
from mxcheat.scan.findings import (
    KINDS,
    ONE_SIDED,
    Summary,
    kind_of,
    name_of,
    place_of,
    says,
    told_of,
)
from mxcheat.scan.found import Bite, Call, File

ROWS = {row.id: row for row in load().rows}
ONE_SIDE = next(row for row in ROWS.values() if row.availability in ONE_SIDED)
VALUES = Bite("It joins axis 1.", "values", True)
DTYPE = Bite("It gives float32.", "dtype", True)
LOUD = Bite("A list raises.", "error", False)


def call(symbol: str | None = "mxnet.nd.concat", **more: Any) -> Call:
    given = {"line": 3, "column": 5, "end_line": 3, "end_column": 9, "code": "f(a)"}
    return Call(**{**given, "symbol": symbol, "certainty": "sure", "row": "concat", **more})


UNKNOWN = call(None, certainty="unknown", row=None, reason="exec of a text")
SAID = [
    (call(), "answered", "row concat"),
    (call(certainty="likely"), "answered", "row concat (likely)"),
    (call(bites=(VALUES,)), "silent", "row concat; It joins axis 1"),
    (call(bites=(LOUD,)), "loud", "row concat; raises: A list raises"),
    (
        call(bites=(LOUD, DTYPE, VALUES)),
        "silent",
        "row concat; It joins axis 1; It gives float32; raises: A list raises",
    ),
    (call("mxnet.nd.x", row=None), "missing", "no row answers it"),
    (UNKNOWN, "unknown", "unknown: exec of a text"),
    (
        call(row=ONE_SIDE.id),
        "answered",
        f"row {ONE_SIDE.id}; {ONE_SIDE.availability}, so there is no counterpart",
    ),
]


@pytest.mark.parametrize(("found", "kind", "words"), SAID)
def test_a_call_is_of_one_kind_and_says_what_will_bite(found: Call, kind: str, words: str) -> None:
    assert kind_of(found) == kind
    assert kind in KINDS
    assert says(found, ROWS.get(found.row or "")) == words


def test_a_call_is_named_as_people_write_it() -> None:
    names = ("mxnet.nd.concat", "mxnet.gluon.nn.Dense", "NDArray.asnumpy", "mxnet.cpu", "torch.cat")
    assert [name_of(call(name)) for name in names] == [
        *("nd.concat", "gluon.nn.Dense", "NDArray.asnumpy", "mx.cpu", "torch.cat")
    ]
    assert name_of(call(None, code="f(\n  a)")) == "f( a)"
    assert len(name_of(call(None, code="f" * 100))) == 60
    assert (place_of(call()), place_of(call(cell=0))) == ("3:5", "cell 0:3:5")


@pytest.mark.parametrize(
    ("uses", "framework", "is_finding"),
    [
        (("mxnet",), "mxnet", True),
        (("gluoncv",), "mxnet", True),
        (("torch",), "mxnet", False),
        (("torch", "mxnet"), "mxnet", True),
        (("mxnet",), "torch", False),
        (("d2l.mxnet",), "mxnet", True),
        (("d2l.torch", "torch"), "mxnet", False),
        ((), "mxnet", False),
    ],
)
def test_a_file_without_a_call_is_not_called_clean(
    uses: tuple[str, ...], framework: str, *, is_finding: bool
) -> None:
    assert bool(told_of(File("a.py", None, uses, ()), framework)) == is_finding


def test_of_what_is_told_some_kinds_are_kept() -> None:
    told = told_of(File("a.py", "Python 2", (), tuple(found for found, _, _ in SAID)), "mxnet")
    assert [kind_of(each) for each in told.only(["silent", "missing"]).calls] == [
        *("silent", "silent", "missing")
    ]
    assert told.only(["unknown"]).why == "not read whole: Python 2"
    assert told.only(["silent"]).why == ""


def test_the_sum_counts_calls_files_and_what_is_in_the_way() -> None:
    missing = call("mxnet.nd.x", row=None)
    summary = Summary(ROWS)
    summary.add(File("a.py", None, ("mxnet",), (missing, missing, call(bites=(VALUES, DTYPE)))))
    summary.add(File("b.py", "Python 2", ("gluoncv", "mxnet"), (missing, UNKNOWN)))
    summary.add(
        File("c.py", None, ("mxnet",), (call("mxnet.nd.y", row=None), call(row=ONE_SIDE.id)))
    )
    summary.add(File("d.py", None, (), (call(bites=(VALUES, LOUD)),)))
    assert summary.to_json({".gitignore": 2}) == {
        "files": 4,
        "using": 4,
        "calls": 8,
        "answered": 3,
        "missing": 4,
        "unknown": 1,
        "silent": 2,
        "severity": {"values": 2, "dtype": 1},
        "problems": 1,
        "libraries": {"mxnet": 3, "gluoncv": 1},
        "blocking": [
            {"symbol": "mxnet.nd.x", "files": 2, "calls": 3},
            {"symbol": "mxnet.nd.y", "files": 1, "calls": 1},
        ],
        "one_sided": [{"symbol": "mxnet.nd.concat", "files": 1, "calls": 1}],
        "skipped": {".gitignore": 2},
    }
