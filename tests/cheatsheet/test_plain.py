"""Records as plain values, and fields that are made when they are first read."""

from __future__ import annotations

import marshal
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

from mxcheat.cheatsheet.plain import from_plain, to_plain
from mxcheat.cheatsheet.row import Row
from mxcheat.loading import load

ROWS = load().rows
CLAMP = next(row for row in ROWS if row.id == "clamp")
SMALL = Row("small", "tensor", "Add one", "x + 1", None, "pytorch-only")


def kept(row: Row) -> Row:
    """A row as it comes out of the cache."""
    made: Row = from_plain(Row, marshal.loads(marshal.dumps(to_plain(row))))
    return made


def test_a_row_is_what_it_was() -> None:
    assert tuple(map(kept, ROWS)) == ROWS
    assert kept(SMALL) == SMALL
    assert kept(kept(CLAMP)) == CLAMP


def test_what_a_list_does_not_show_is_made_when_it_is_read() -> None:
    row = kept(CLAMP)
    assert (row.id, row.function, row.form("gluon")) == (CLAMP.id, CLAMP.function, CLAMP.gluon)
    assert "differences" not in vars(row)
    assert row.silent == CLAMP.silent > 0
    assert vars(row)["differences"] == CLAMP.differences
    assert row.differences is row.differences


def test_a_kept_row_can_be_changed_and_a_new_one_has_the_defaults() -> None:
    assert replace(kept(CLAMP), notes="Other.") == replace(CLAMP, notes="Other.")
    assert (SMALL.differences, SMALL.inputs, SMALL.hybridized) == ((), {}, None)
    assert Row("a", "b", "c", None, None, "differs").before is not SMALL.before


def test_two_threads_that_read_at_once_both_find_all() -> None:
    rows = [kept(CLAMP) for _ in range(200)]
    with ThreadPoolExecutor(8) as pool:
        for row in rows:
            found = list(
                pool.map(lambda name, row=row: getattr(row, name), ["notes", "inputs"] * 8)
            )
            assert found == [CLAMP.notes, CLAMP.inputs] * 8
