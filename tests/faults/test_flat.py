"""A session that has run a hundred times holds what it held after twenty."""

from __future__ import annotations

import time
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

import psutil
import pytest

from tests.faults import census
from tests.support import pair

if TYPE_CHECKING:
    from mxcheat.live.session import Session

pytestmark = pytest.mark.live

WARM_UP, RUNS = 20, 100
# Bytes that a process may have grown by: heaps settle late. What eighty runs carry is more: a
# megabyte of output or 50 kB of text each.
GROWTH = 4 * 2**20
KINDS = [
    ("torch.ones(500, 500) * x", "nd.ones((500, 500)) * x"),
    ("print('text ' * 10_000)\n1 / 0", "print('text ' * 10_000)\n1 / 0"),
    ("import os\nos._exit(3)", "import os\nos.abort()"),
    ("y = x + 1\ny.sum()", "y = x + 1\ny.sum()"),
]


@dataclass
class Held:
    """What a process of ours holds: descriptors, threads and bytes of memory."""

    descriptors: int
    threads: int
    memory: int


def held_by(session: Session) -> dict[int, Held]:
    """What this process and both workers hold, once their children are ready again."""
    deadline = time.monotonic() + 5
    while (census.kinds() != census.WARM) and time.monotonic() < deadline:
        time.sleep(0.02)
    assert census.kinds() == census.WARM
    ourselves = psutil.Process()
    return {
        process.pid: Held(process.num_fds(), process.num_threads(), process.memory_info().rss)
        for process in (ourselves, *ourselves.children())
    }


def run(session: Session, number: int) -> None:
    snippets = KINDS[number % len(KINDS)]
    result = session.run(pair(*snippets, {"x": "uniform(1)"}), timeout=20)
    assert "timeout" not in {side.status for side in result.sides}


def test_nothing_grows_with_the_number_of_runs(session: Session) -> None:
    session.warm_up()
    for number in range(WARM_UP):
        run(session, number)
    before = held_by(session)
    assert len(before) == 3
    for number in range(WARM_UP, RUNS):
        run(session, number)
    after = held_by(session)
    assert after.keys() == before.keys(), "a worker was replaced"
    for pid, held in before.items():
        assert after[pid].descriptors == held.descriptors
        assert after[pid].threads <= held.threads
        assert after[pid].memory - held.memory < GROWTH, (held, after[pid])
    assert census.surplus() == Counter()
