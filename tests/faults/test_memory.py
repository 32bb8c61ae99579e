"""Memory runs out: within the bound of a run, and when the kernel has to kill something."""

from __future__ import annotations

import threading
import time
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import psutil
import pytest

from mxcheat.cheatsheet.sides import SIDES
from mxcheat.live.pythons.choose import EngineSettings
from tests.faults import census
from tests.support import pair

if TYPE_CHECKING:
    from mxcheat.cheatsheet.sides import Side
    from mxcheat.live.results import SideResult
    from mxcheat.live.session import Session

pytestmark = pytest.mark.live

FINE: dict[Side, str] = {"pytorch": "torch.ones(2, 2)", "gluon": "nd.ones((2, 2))"}
# Grows by what Python, and by what the framework itself, allocates.
GROWING: dict[Side, list[str]] = {
    "pytorch": ["kept.append(bytearray(2**26))", "kept.append(torch.ones(2**24))"],
    "gluon": ["kept.append(bytearray(2**26))", "kept.append(nd.ones(2**24))\n    nd.waitall()"],
}
CASES = [(side, code) for side in SIDES for code in GROWING[side]]


def run(session: Session, side: Side, code: str) -> SideResult:
    """Run `code` on one side; the other is to be fine, and nothing is to stay."""
    snippets = {**FINE, side: code}
    result = session.run(pair(snippets["pytorch"], snippets["gluon"]), timeout=20)
    [other] = set(SIDES) - {side}
    assert result.side(other).ok, result.side(other)
    assert census.surplus() == Counter()
    assert session.run(pair(FINE["pytorch"], FINE["gluon"])).verdict.status == "equal"
    return result.side(side)


@pytest.mark.parametrize(("side", "code"), CASES)
def test_a_run_that_grows_comes_to_its_bound(
    session: Session, monkeypatch: pytest.MonkeyPatch, side: Side, code: str
) -> None:
    session.warm_up()
    monkeypatch.setattr(session.workers[side], "_settings", EngineSettings(memory_limit=0.5))
    grown = f"kept = []\nprint('so far', flush=True)\nwhile True:\n    {code}"
    failed = run(session, side, grown)
    assert failed.status == "error", failed
    assert failed.error is not None
    assert "emory" in str(failed.error)
    assert failed.error.line in (4, 5)
    assert failed.stdout == "so far\n"


WAITING = """\
import os
import time
print("so far", flush=True)
with open({path!r} + ".partial", "w") as file:
    file.write(str(os.getpid()))
os.rename({path!r} + ".partial", {path!r})
time.sleep(60)
"""


def kill_what_the_kernel_would(path: Path, chosen: list[list[int]]) -> None:
    """Stand in for the kernel: SIGKILL for the process that it would choose first."""
    deadline = time.monotonic() + 10
    while not path.exists() and time.monotonic() < deadline:
        time.sleep(0.01)
    child = psutil.Process(int(path.read_text()))
    worker = child.parent()
    assert worker is not None
    chosen.append([_badness(process.pid) for process in (child, worker, psutil.Process())])
    child.kill()


def _badness(pid: int) -> int:
    """How readily the kernel kills a process, by its own adjustment: up to 1000."""
    return int(Path(f"/proc/{pid}/oom_score_adj").read_text())


@pytest.mark.parametrize("side", SIDES)
def test_killed_as_the_kernel_does_when_memory_runs_out(
    session: Session, tmp_path: Path, side: Side
) -> None:
    """A stand-in: the signal is ours, but it goes where the kernel's would."""
    session.warm_up()
    path = tmp_path / "pid"
    chosen: list[list[int]] = []
    killer = threading.Thread(target=kill_what_the_kernel_would, args=(path, chosen))
    killer.start()
    killed = run(session, side, WAITING.format(path=str(path)))
    killer.join()
    [[child, worker, ourselves]] = chosen
    assert child == 1000 > max(worker, ourselves)
    assert killed.status == "crashed", killed
    assert killed.error is not None
    assert killed.error.type == "SIGKILL"
    assert killed.error.message.endswith("most often memory had run out")
    assert killed.stdout == "so far\n"
