"""Keywords of the shipped rows: few, names and short phrases, and none of them a query."""

from __future__ import annotations

import re

import pytest
from benchmarks.queries import queries

from mxcheat.loading import load

ROWS = load().rows
ASKED = {query.text.casefold() for query in queries()}
_QUESTION = re.compile(r"(how|what|why|where|which|when|who|can|do|does|is|are)( \S+){3}")


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.id)
def test_keywords_are_few_and_short_and_no_queries(row) -> None:  # type: ignore[no-untyped-def]
    assert len(row.keywords) <= 10
    for keyword in row.keywords:
        assert keyword.casefold() not in ASKED
        assert not _QUESTION.match(keyword.lower())
        assert not keyword.endswith(("?", "\uff1f"))
        assert len(keyword.split()) <= 8
