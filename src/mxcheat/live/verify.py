"""Whether each row keeps what it promises, on every set of inputs it names."""

from __future__ import annotations

import time
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from mxcheat.live.compare import compare_sides
from mxcheat.live.device import CPU, Device
from mxcheat.live.session import DEFAULT_TIMEOUT, Session, misprint_of, trial_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from mxcheat.cheatsheet.row import Row
    from mxcheat.live.results import TryResult

AGREEING = ("equal", "close", "stochastic")
# From good to bad: a row on several inputs is as good as its worst case.
_ORDER = ("equal", "close", "stochastic", "not-compared", "different")


@dataclass(frozen=True)
class Verified:
    """How one row came out. `ms` is wall-clock time over all cases."""

    id: str
    verdict: str
    pytorch: str
    gluon: str
    ok: bool
    reason: str
    ms: float

    @property
    def outcome(self) -> str:
        """In a word: "ok", "FAILED", or "unavailable" where a side could not be had."""
        if self.ok:
            return "ok"
        sides = {self.pytorch, self.gluon}
        lacking = "unavailable" in sides and sides <= {"ok", "none", "unavailable"}
        return "unavailable" if lacking else "FAILED"

    def to_json(self) -> dict[str, Any]:
        return vars(self).copy()


def verify_rows(
    session: Session, rows: Sequence[Row], device: Device = CPU, timeout: float = DEFAULT_TIMEOUT
) -> Iterator[Verified]:
    """Run every row on every case, one after another; yields as each is done."""
    for row in rows:
        yield verify_row(session, row, device, timeout)


def verify_row(
    session: Session, row: Row, device: Device = CPU, timeout: float = DEFAULT_TIMEOUT
) -> Verified:
    """Run one row on all its cases and hold the outcome against its availability."""
    began = time.perf_counter()
    results = [session.run(trial_of(row, case), device, timeout) for case in range(row.case_count)]
    ok, reason = judge(row, results)
    if ok and row.misprint:
        ok, reason = judge_misprint(session, row, results, reason)
    told = _telling(results)
    ms = round((time.perf_counter() - began) * 1000, 1)
    return Verified(
        row.id, told.verdict.status, told.pytorch.status, told.gluon.status, ok, reason, ms
    )


def judge(row: Row, results: Sequence[TryResult]) -> tuple[bool, str]:
    """Whether the outcomes are the ones the row promises, and why (or why not).

    `differs` needs one input that shows the difference; everything else holds on all.
    """
    for case, result in enumerate(results):
        for side in result.sides:
            wanted = "ok" if row.form(side.side) is not None else "none"
            if side.status != wanted:
                what = side.error or side.status
                return False, f"case {case}: {side.side} {side.status}: {what}"
    verdicts = [result.verdict for result in results]
    statuses = [verdict.status for verdict in verdicts]
    if row.availability in ("pytorch-only", "gluon-only"):
        return True, f"runs on its one side; {row.reason}".rstrip("; ")
    if row.availability == "differs":
        shown = [verdict for verdict in verdicts if verdict.status == "different"]
        if shown:
            return True, f"differs, as stated: {shown[0].reason}"
        return False, "said to differ, but no input shows a difference"
    for case, verdict in enumerate(verdicts):
        expected = verdict.status in AGREEING or (
            verdict.status == "not-compared" and row.compare == "none"
        )
        if not expected:
            return False, f"case {case}: {verdict.status}: {verdict.reason}"
    worst = max(range(len(statuses)), key=lambda case: _ORDER.index(statuses[case]))
    return True, verdicts[worst].reason


def judge_misprint(
    session: Session, row: Row, results: Sequence[TryResult], reason: str
) -> tuple[bool, str]:
    """Whether what was printed fails, or gives other values than the form that works.

    Each side is held against itself on the same inputs; one input that shows it is enough.
    """
    unshown = set(row.misprint)
    for case, right in enumerate(results):
        printed = session.run(misprint_of(row, case))
        for side in sorted(unshown):
            wrong = printed.side(side)
            if not wrong.ok or compare_sides(right.side(side), wrong).status == "different":
                unshown.discard(side)
    if unshown:
        return False, f"the misprint of {', '.join(sorted(unshown))} does what the form does"
    return True, reason


def _telling(results: Sequence[TryResult]) -> TryResult:
    """The result that says most about the row: a failure, else the worst verdict."""

    def badness(result: TryResult) -> tuple[bool, int]:
        failed = any(side.status not in ("ok", "none") for side in result.sides)
        return failed, _ORDER.index(result.verdict.status)

    return max(results, key=badness)


def summarize(verified: Sequence[Verified]) -> dict[str, int]:
    """Counts as `verify --json` gives them."""
    counts = dict.fromkeys(("equal", "close", "stochastic", "different", "not-compared"), 0)
    for row in verified:
        counts[row.verdict] += 1
    outcomes = Counter(row.outcome for row in verified)
    return {
        "rows": len(verified),
        "ok": outcomes["ok"],
        **counts,
        "failed": outcomes["FAILED"],
        "unavailable": outcomes["unavailable"],
    }
