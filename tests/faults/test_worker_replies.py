"""A worker that was ready and then breaks the protocol, played by a stand-in for PyTorch's."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.faults.launchers import stand_in_worker
from tests.faults.stand_in import DEADLINE, StandIn, check
from tests.support import pair

if TYPE_CHECKING:
    from pathlib import Path

    from mxcheat.live.results import SideResult
    from mxcheat.live.session import Session

pytestmark = pytest.mark.live


@pytest.mark.parametrize("last", ["os._exit(5)", "control.sendall(b'\\xff' * 8)"])
def test_it_is_gone_before_the_run(stand_in: StandIn, last: str) -> None:
    side = stand_in.worker(f"ready()\ntime.sleep(0.1)\n{last}")
    check(side, "crashed", "the torch process ended with ")
    assert str(side.error).endswith(" before it could run anything")


def test_it_never_takes_the_run(stand_in: StandIn) -> None:
    check(stand_in.worker("ready()"), "crashed", "no child was ready to run it in time")


def test_it_takes_the_run_and_says_no_more(stand_in: StandIn) -> None:
    check(stand_in.worker("ready()\ntake()"), "timeout", f"still running after {DEADLINE} s")


@pytest.mark.parametrize(
    "answer",
    [
        "reply(run, 'f' * 16, 7)",
        "reply(run, token, [])",
        "wire.send(run, {'token': token})",
        "wire.send(run, {'token': token, 'status': 'fine'})",
        "run.sendall(b'\\xff' * 8)",
        "run.sendall(b'\\0\\0\\1\\0{'); run.close(); say(event='exited', id=number, code=0)",
    ],
)
def test_its_reply_is_not_one(stand_in: StandIn, answer: str) -> None:
    side = stand_in.worker(f"ready()\nnumber, run, token = take()\n{answer}")
    check(side, "crashed", "the snippet wrote into the channel that its outputs travel on")


LATE = """\
import contextlib
ready()
first, run, token = take()
message, _ = wire.receive(control)
assert message == {"op": "kill", "id": first}
say(event="exited", id=first, code=-9)
second, next_run, next_token = take()
with contextlib.suppress(OSError):  # nobody listens any more
    reply(run, token, 1)
say(event="exited", id=first, code=3)
say(event="started", id=first, pid=1)
"""


def after_a_timeout(session: Session, folder: Path, answer: str) -> SideResult:
    """The second run of a worker whose first ran out of time, and which then answers both."""
    stand_in_worker(folder, LATE + answer)
    assert session.run(pair("1", "1"), timeout=0.2).pytorch.status == "timeout"
    result = session.run(pair("1", "1"), timeout=DEADLINE)
    assert result.gluon.ok, result.gluon
    return result.pytorch


def test_what_comes_late_is_dropped(session: Session, stand_in: StandIn, tmp_path: Path) -> None:
    side = after_a_timeout(session, tmp_path, "reply(next_run, next_token, 7)")
    assert side.ok, side
    assert side.outputs[0].text == "7"


def test_a_stale_token_is_no_answer(session: Session, stand_in: StandIn, tmp_path: Path) -> None:
    side = after_a_timeout(session, tmp_path, "reply(next_run, token, 7)")
    check(side, "crashed", "the snippet wrote into the channel that its outputs travel on")
