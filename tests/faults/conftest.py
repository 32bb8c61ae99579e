"""What every fault's test ends with, and a worker that tests may replace."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import pytest

from mxcheat.live.host import supervisor, watch
from mxcheat.live.host.supervisor import Worker
from tests.faults import census
from tests.faults.stand_in import DEADLINE, StandIn
from tests.support import torch_python

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from mxcheat.live.session import Session


@pytest.fixture(autouse=True)
def no_strays() -> Iterator[None]:
    """Each test begins without what a test before it should not have left."""
    yield
    census.end_strays()


@pytest.fixture
def stand_in(
    session: Session, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[StandIn]:
    """PyTorch's worker, cold, for a stand-in, beside the warm one of Gluon; short deadlines."""
    session.warm_up()
    worker = Worker("pytorch", torch_python(str(tmp_path / "python")))
    monkeypatch.setitem(session.workers, "pytorch", worker)
    monkeypatch.setattr(supervisor, "IMPORT_DEADLINE", DEADLINE)
    monkeypatch.setattr(watch, "START_DEADLINE", DEADLINE)
    yield StandIn(session, tmp_path)
    worker.close()
    assert census.surplus() == Counter()
