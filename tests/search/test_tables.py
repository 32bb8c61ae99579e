"""Tables that were kept, and tables made ahead for speed, find what plain reading finds."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from benchmarks.queries import queries
from hypothesis import given
from hypothesis import strategies as st

from mxcheat.loading import load
from mxcheat.search import Index, find, ranked
from mxcheat.search.index import shipped_index
from mxcheat.search.words import by_length, near, stems
from tests.search.hand_made_rows import ROWS

if TYPE_CHECKING:
    from mxcheat.cheatsheet.row import Row

SHEET = load()
MADE = Index(SHEET.rows, SHEET.calls)
KEPT = Index(SHEET.rows, kept=MADE.tables())
ASKED = [
    *(query.text for query in queries()),
    *("MXNetError: operands could not be broadcast together with shapes", "last_batch='rollover'"),
]


def test_kept_tables_find_the_same() -> None:
    for query in ASKED:
        assert find(KEPT, query) == find(MADE, query), query


def test_with_kept_tables_no_row_is_read() -> None:
    without_rows = Index((), kept=MADE.tables())
    for query in ("clamp", "clmap", "torch.clamp(x)", "reset gradient", "保存模型", *ASKED[-2:]):
        numbers = [(SHEET.rows[row], *found) for row, *found in ranked(without_rows, query)]
        assert numbers == [tuple(hit) for hit in find(MADE, query)]


def test_the_shipped_index_is_that_of_the_shipped_rows(own_home: object) -> None:
    assert ranked(shipped_index(load), "clmap") == ranked(MADE, "clmap")  # makes and keeps it
    assert ranked(shipped_index(load), "clmap") == ranked(MADE, "clmap")
    assert find(shipped_index(load, SHEET.rows), "addmm") == find(MADE, "addmm")


@given(st.text("abcdelmnoprstx_\n", max_size=4))
def test_names_that_hold_a_text(text: str) -> None:
    expected = [name for name in MADE.names.ordered if text in name] if text else []
    assert list(MADE.names.holding(text) if text else []) == expected


@pytest.mark.parametrize("row", SHEET.rows[::20], ids=lambda row: row.id)
def test_words_of_notes_are_found_in_all_their_forms(row: Row) -> None:
    number = SHEET.rows.index(row)
    assert all(number in MADE.noted(root) for root in stems(row.notes))


@given(st.text("abcde", min_size=4, max_size=9), st.sampled_from([0.5, 0.72]))
def test_only_words_that_are_too_short_or_long_are_not_compared(
    text: str, closeness: float
) -> None:
    words = ["abcd", "abcde", "edcba", "aabbccdd", "ab", "abcdeabcde", "bcdea", "dddd"]
    apart = [pair for word in words for pair in near(text, by_length([word]), closeness)]
    assert near(text, by_length(words), closeness) == sorted(apart, key=lambda p: (-p[1], p[0]))


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.id)
def test_a_name_is_held_where_its_row_is(row) -> None:  # type: ignore[no-untyped-def]
    index = Index(ROWS)
    assert ROWS.index(row) in {entry.row for entry in index.names.entries(row.id.replace("-", ""))}
