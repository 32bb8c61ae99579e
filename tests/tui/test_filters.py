"""Filters in a query, and what is found through them: pure functions."""

from __future__ import annotations

from functools import cached_property

import pytest

from mxcheat.cheatsheet.row import Row
from mxcheat.cheatsheet.sheet import Cheatsheet
from mxcheat.loading import load
from mxcheat.tui.filters import Filter, split, toggled, without
from mxcheat.tui.finder import Finder
from mxcheat.tui.text.listing import matches


def row(name: str, section: str, availability: str = "equivalent") -> Row:
    return Row(name, section, f"Does {name}", f"torch.{name}(x)", f"nd.{name}(x)", availability)


ROWS = (
    row("clamp", "tensor/operation"),
    row("round", "tensor/operation", "differs"),
    row("device", "tensor/gpu"),
    row("linear", "module", "workaround"),
)
SHEET = Cheatsheet(ROWS, {"tensor/operation": "Tensor operations", "module": "Modules"}, {})
FINDER = Finder(SHEET)


def found(query: str, *recent: str) -> list[str]:
    entries = FINDER.find(query, recent).entries
    return [entry if isinstance(entry, str) else entry.id for entry in entries]


@pytest.mark.parametrize(
    ("query", "searched", "filtered"),
    [
        ("clamp", "clamp", Filter()),
        ("in:tensor clamp", "clamp", Filter(("tensor",))),
        ("clamp is:Differs  low", "clamp low", Filter((), ("differs",))),
        ("in:a in:b is:c", "", Filter(("a", "b"), ("c",))),
        ("in: clamp", "clamp", Filter()),
        ("x[in:2]", "x[in:2]", Filter()),
        ("main:x", "main:x", Filter()),
        ("  y  =  x ", "y  =  x", Filter()),
    ],
)
def test_a_query_is_split(query: str, searched: str, filtered: Filter) -> None:
    assert split(query) == (searched, filtered)


def test_a_filter_word_is_put_in_and_taken_out() -> None:
    assert toggled("clamp", "in:module") == "in:module clamp"
    assert toggled("", "in:module") == "in:module "
    assert toggled("in:module ", "is:differs") == "in:module is:differs "
    assert toggled("in:module clamp", "in:module") == "clamp"
    assert without("in:module clamp is:differs low") == "clamp low"


@pytest.mark.parametrize(
    ("query", "ids"),
    [
        ("in:tensor", ["Tensor operations", "clamp", "round", "tensor/gpu", "device"]),
        ("in:gpu", ["tensor/gpu", "device"]),
        ("in:op is:diff", ["Tensor operations", "round"]),
        ("in:gpu in:module", ["tensor/gpu", "device", "Modules", "linear"]),
        ("is:work", ["Modules", "linear"]),
        ("in:ensor", []),
        ("in:module clamp", []),
        ("in:tensor clamp", ["clamp"]),
    ],
)
def test_only_rows_that_pass_are_found(query: str, ids: list[str]) -> None:
    assert found(query) == ids


def test_the_count_says_of_how_many() -> None:
    assert FINDER.find("").title == "4 rows"
    assert FINDER.find("clamp").title == "1 result"
    assert FINDER.find("in:tensor").title == "3 of 4 rows"
    assert FINDER.find("in:tensor clamp").title == "1 of 3 rows"


def test_a_row_beyond_the_limit_is_found_through_a_filter() -> None:
    many = tuple(row(f"c{number}lamp", "a") for number in range(60))
    other = Row("other", "b", "Does much else besides", "torch.x(y)", None, "pytorch-only")
    finder = Finder(Cheatsheet((*many, other), {}, {}))
    last = finder.find("in:b").entries[-1]
    assert last not in finder.find("does").entries
    assert list(finder.find("does in:b").entries) == [last]


def test_rows_used_lately_come_first_where_nothing_is_asked() -> None:
    assert found("", "linear", "gone", "clamp")[:4] == [
        "Recent",
        "linear",
        "clamp",
        "Tensor operations",
    ]
    assert FINDER.find("", ("linear",)).title == "4 rows"
    assert found("clamp", "linear") == ["clamp"]
    assert "Recent" not in found("in:module", "linear")


def test_nothing_is_left_to_be_made_at_the_first_key() -> None:
    finder = Finder(load())
    finder.prepare()
    index = finder.index
    for part in (index, index.names, index.messages):
        kinds = vars(type(part))
        lazy = {name for name in kinds if isinstance(kinds[name], cached_property)}
        assert lazy <= vars(part).keys()


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("in:modul", ""),
        ("in:moduel", "no section is called 'moduel'; did you mean module?"),
        ("is:workarund", "no availability is called 'workarund'; did you mean workaround?"),
        ("in:module clamp", "Nothing found for 'clamp' among the rows that pass the filter."),
        ("in:module is:equivalent ", "No row passes the filter in:module is:equivalent."),
        ("qqzz", "Nothing found for 'qqzz'; try"),
    ],
)
def test_why_nothing_is_found_is_said(query: str, said: str) -> None:
    assert said in FINDER.why_nothing(query)


@pytest.mark.parametrize(
    ("text", "query", "marked"),
    [
        ("Clamp values to bounds", "clamp", ["Clamp"]),
        ("Clamp values to bounds", "val bo", ["val", "bo"]),
        ("Clamp values to bounds", "c", ["C"]),
        ("Clamp values to clip", "a c", []),
        ("Matrix multiplication", "multiply", ["multipl"]),
        ("Matrix product", "matmul", []),
        ("as-in-context", "as_in_context", ["as", "in", "context"]),
        ("BatchNorm2d", "norm", ["Norm"]),
        ("Batch normalization", "BatchNorm", ["Batch", "norm"]),
        ("矩阵乘法 of x", "矩阵", ["矩阵"]),
        ("Nothing of it", "zzz", []),
        ("Nothing of it", "", []),
    ],
)
def test_letters_of_the_query_are_marked(text: str, query: str, marked: list[str]) -> None:
    assert [text[start:end] for start, end in matches(text, query.split())] == marked
