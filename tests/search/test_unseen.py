"""Queries that were written before their answers were seen, and measured once (docs/search.md)."""

from __future__ import annotations

from pathlib import Path

import pytest

from mxcheat.loading import load
from mxcheat.search import Index, find

SHEET = load()
INDEX = Index(SHEET.rows, SHEET.calls)
IDS = {row.id for row in SHEET.rows}
SETS = sorted((Path(__file__).parent / "unseen").glob("*.tsv"))
# The second three have no query that no row answers, nor have the third errors.
WITH_NONE = [p for p in SETS if not p.stem.endswith("-second") and p.stem != "errors-third"]


def asked(path: Path) -> list[tuple[str, set[str]]]:
    """Each query with the rows of which one is meant; none for what no row answers."""
    lines = (line.split("\t") for line in path.read_text("utf-8").splitlines() if line)
    return [(text.replace("\\n", "\n"), {*rows.split("|")} - {"-"}) for text, rows in lines]


@pytest.mark.parametrize("path", SETS, ids=lambda path: path.stem)
def test_the_rows_that_are_meant_exist(path: Path) -> None:
    assert {row for _, rows in asked(path) for row in rows} <= IDS


@pytest.mark.parametrize("path", WITH_NONE, ids=lambda path: path.stem)
def test_what_no_row_answers_gets_none_that_is_called_sure(path: Path) -> None:
    without = [text for text, rows in asked(path) if not rows]
    assert len(without) >= 10
    assert [text for text in without if any(hit.sure for hit in find(INDEX, text, 1))] == []
