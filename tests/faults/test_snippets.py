"""Each snippet that goes wrong costs its own side only, and leaves nothing behind."""

from __future__ import annotations

import tempfile
import time
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from mxcheat.cheatsheet.sides import SIDES
from tests.faults import census
from tests.faults.fault import Fault, read_fault
from tests.support import pair

if TYPE_CHECKING:
    from mxcheat.cheatsheet.sides import Side
    from mxcheat.live.results import TryResult
    from mxcheat.live.session import Session

pytestmark = pytest.mark.live

FAULTS = [read_fault(path) for path in sorted(Path(__file__).parent.glob("snippets/*.py"))]
CASES = [pytest.param(f, side, id=f"{f.name}-{side}") for f in FAULTS for side in f.sides]
FINE: dict[Side, str] = {"pytorch": "torch.ones(2, 2)", "gluon": "nd.ones((2, 2))"}
# What the engine may take beyond a time limit, and what a busy machine may add to that.
AFTER_TIMEOUT = 1.0
SLACK = 1.0


def run(session: Session, snippets: dict[Side, str], timeout: float) -> TryResult:
    return session.run(pair(snippets["pytorch"], snippets["gluon"]), timeout=timeout)


@pytest.mark.parametrize(("fault", "side"), CASES)
def test_a_fault_costs_its_own_side_only(
    session: Session, fault: Fault, side: Side, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    session.warm_up()  # the last fault may have cost a worker
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    descriptors = census.descriptors()
    [other] = set(SIDES) - {side}
    began = time.monotonic()
    snippets = FINE.copy()
    snippets[side] = fault.code
    result = run(session, snippets, fault.timeout)
    assert time.monotonic() - began < fault.timeout + AFTER_TIMEOUT + SLACK
    fault.check(result.side(side))
    assert result.side(other).ok, result.side(other)
    assert census.surplus() == Counter()
    assert run(session, FINE, 30).verdict.status == "equal"
    assert census.surplus() == Counter()
    assert census.more_descriptors(descriptors) == Counter()
    assert census.files_in(str(tmp_path)) == Counter()
