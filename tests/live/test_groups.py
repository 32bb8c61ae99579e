"""Rows run in groups: in which order, and that each comes out where it stood."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from mxcheat.live.groups import ClaimedRow, groups_of
from mxcheat.live.session import Session
from mxcheat.live.verify import verify_rows
from mxcheat.loading import load
from tests.support import mxnet_python, pair

if TYPE_CHECKING:
    from pathlib import Path

    from mxcheat.cheatsheet.row import Row


def rows_of(*ids: str) -> list[Row]:
    found = [load().row(each) for each in ids]
    return [row for row in found if row is not None]


def test_every_row_is_in_one_group_and_those_that_start_processes_are_alone() -> None:
    rows = load().rows
    groups = list(groups_of(rows))
    assert sorted(position for group in groups for position in group) == list(range(len(rows)))
    assert all(rows[at] is each.row for group in groups for at, each in group.items())
    alone = [any(each.starts_processes for each in group.values()) for group in groups]
    assert all(len(group) == 1 for group, starts in zip(groups, alone, strict=True) if starts)
    assert alone == [at % 2 == 0 and at < 2 * sum(alone) for at in range(len(groups))]
    assert 0 < sum(alone) < len(alone) / 2


@pytest.mark.live
def test_rows_come_out_in_their_order_and_each_is_told_of(session: Session) -> None:
    rows = rows_of("clamp", "dataloader-workers", "addmm", "clamp")
    assert [ClaimedRow(row).starts_processes for row in rows] == [False, True, False, False]
    told: list[str] = []
    found = verify_rows(session, rows, on_end=lambda verified: told.append(verified.id))
    assert [each.id for each in found] == [row.id for row in rows]
    assert sorted(told) == sorted(row.id for row in rows)
    assert all(each.ok for each in found), [each.reason for each in found]


@pytest.mark.live
def test_what_lacks_a_framework_is_not_run_again(tmp_path: Path) -> None:
    log = tmp_path / "log"
    code = f"open({str(log)!r}, 'a').write('x')"
    missing = mxnet_python(str(tmp_path / "python"))
    with Session(missing, recorded=False, once=True) as session:
        results = session.begin([pair(code, "1")] * 3).collect()
        assert {result.gluon.status for result in results} == {"unavailable"}
        assert log.read_text() == "xxx"
