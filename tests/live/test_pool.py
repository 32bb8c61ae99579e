"""Several workers of one side: batches that wait run beside each other, and end together."""

from __future__ import annotations

import time
from dataclasses import replace
from typing import TYPE_CHECKING

import psutil
import pytest

from mxcheat.live.device import CPU
from mxcheat.live.host.pool import WorkerPool, worker_counts
from mxcheat.live.session import Session
from tests.support import mxnet_python, pair

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from mxcheat.live.trial import Trial

PARENT = "import os; os.getppid()"
MEETING = """\
import os, time
open({mine!r}, 'w').close()
while not os.path.exists({other!r}):
    time.sleep(0.01)
os.getppid()"""


@pytest.fixture
def others() -> list[psutil.Process]:
    """What other tests have started, and not ended yet."""
    return psutil.Process().children(recursive=True)


@pytest.fixture
def two(others: list[psutil.Process]) -> Iterator[Session]:
    """A session with two workers for Gluon, begun after `others` were counted."""
    with Session(counts={"pytorch": 1, "gluon": 2}) as session:
        session.warm_up()
        yield session


def pool_of(session: Session) -> WorkerPool:
    pool = session.workers["gluon"]
    assert isinstance(pool, WorkerPool)
    return pool


def meeting(folder: Path) -> list[Trial]:
    """Two trials that end once both have begun."""
    names = [str(folder / name) for name in ("one", "other")]
    codes = [MEETING.format(mine=mine, other=other) for mine, other in (names, names[::-1])]
    return [replace(pair("1", code), compare="none") for code in codes]


@pytest.mark.parametrize(
    ("rows", "cores", "pytorch", "gluon"),
    [(1, 8, 1, 1), (79, 2, 1, 1), (80, 2, 1, 2), (800, 1, 1, 1), (800, 4, 2, 4), (800, 64, 2, 4)],
)
def test_a_worker_more_is_had_where_it_pays(
    rows: int, cores: int, pytorch: int, gluon: int
) -> None:
    assert worker_counts(rows, cores) == {"pytorch": pytorch, "gluon": gluon}


@pytest.mark.live
def test_batches_of_one_side_run_beside_each_other(two: Session, tmp_path: Path) -> None:
    batches = [two.begin([trial], CPU, 60) for trial in meeting(tmp_path)]
    results = [batch.collect(prove=False)[0].gluon for batch in batches]
    assert all(result.ok for result in results), results
    assert len({result.outputs[0].text for result in results}) == 2


@pytest.mark.live
def test_a_helper_is_not_started_while_the_first_is_free(two: Session) -> None:
    seen = {two.run(pair("1", PARENT)).gluon.outputs[0].text for _ in range(3)}
    assert len(seen) == 1
    (helper,) = pool_of(two).helpers
    assert not helper.info


@pytest.mark.live
def test_a_helper_that_cannot_start_is_not_missed(
    two: Session, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (helper,) = pool_of(two).helpers
    monkeypatch.setattr(helper, "_settings", mxnet_python(str(tmp_path / "python")))
    batches = [two.begin([pair("1", PARENT)] * 3) for _ in range(4)]
    results = [result.gluon for batch in batches for result in batch.collect(prove=False)]
    assert all(result.ok for result in results), results
    assert len({result.outputs[0].text for result in results}) == 1


@pytest.mark.live
@pytest.mark.parametrize("end", [Session.cancel, Session.stop])
def test_what_ends_one_ends_all(
    two: Session, end: Callable[[Session], None], tmp_path: Path, others: list[psutil.Process]
) -> None:
    first, _ = meeting(tmp_path)
    batches = [two.begin([first], CPU, 60) for _ in range(4)]
    while not (tmp_path / "one").exists():
        time.sleep(0.01)
    begun = {*psutil.Process().children(recursive=True)} - {*others}
    assert begun
    end(two)
    results = [batch.collect(prove=False)[0].gluon for batch in batches]
    assert {result.status for result in results} <= {"cancelled", "crashed"}
    two.close()
    assert psutil.wait_procs(begun, timeout=5)[1] == []
