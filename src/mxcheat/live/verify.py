"""Whether each row keeps what it promises, on every set of inputs it names."""

from __future__ import annotations

import os
import time
from collections import Counter
from concurrent.futures import FIRST_COMPLETED, ThreadPoolExecutor, wait
from contextlib import suppress
from dataclasses import dataclass, field, replace
from itertools import count
from typing import TYPE_CHECKING, Any, TypeVar

from mxcheat.cheatsheet.sides import SIDES
from mxcheat.live.arguments import check_arguments, names_to_describe
from mxcheat.live.device import CPU, Device
from mxcheat.live.groups import ClaimedRow, groups_of
from mxcheat.live.host.process import WorkerFailedError
from mxcheat.live.prose import untold_in_prose
from mxcheat.live.raised import raised_in
from mxcheat.live.results import AGREEING
from mxcheat.live.session import DEFAULT_TIMEOUT, Session
from mxcheat.live.told_names import untrue_of_names
from mxcheat.live.trial import misprint_of
from mxcheat.live.verdict.compare import compare_sides

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from concurrent.futures import Future

    from mxcheat.cheatsheet.row import Row, Unless
    from mxcheat.cheatsheet.sides import Side
    from mxcheat.live.claims import Check, Outcome
    from mxcheat.live.raised import Raised
    from mxcheat.live.results import Described, TryResult, Verdict

    # What frameworks say of their names, by side and name.
    Descriptions = dict[Side, dict[str, Described]]

# In seconds; a Ctrl+C that a wait has missed is seen when it ends.
_LONGEST_WAIT = 0.5
# From good to bad: a row on several inputs is as good as its worst case.
_ORDER = ("equal", "close", "stochastic", "not-compared", "different")

T = TypeVar("T")


@dataclass(frozen=True)
class Verified:
    """How one row came out. `ms` is wall-clock time: of the slower side, and of judging both.

    `share` is the largest share of its tolerance that a case took which came out close or equal.
    `claims` has a word for what came of each claim beside the form, by its name (see claims.py),
    `raised` the errors that differences and misprints raise.
    """

    id: str
    verdict: str
    pytorch: str
    gluon: str
    ok: bool
    reason: str
    ms: float = 0.0
    share: float | None = None
    claims: Mapping[str, str] = field(default_factory=dict)
    raised: tuple[Raised, ...] = ()

    @property
    def outcome(self) -> str:
        """In a word: "ok", "FAILED", or "unavailable" where a side could not be had."""
        if self.ok:
            return "ok"
        sides = {self.pytorch, self.gluon}
        lacking = "unavailable" in sides and sides <= {"ok", "none", "unavailable"}
        return "unavailable" if lacking else "FAILED"

    def to_json(self) -> dict[str, Any]:
        return {**vars(self), "raised": [error._asdict() for error in self.raised]}


def verify_rows(
    session: Session,
    rows: Sequence[Row],
    device: Device = CPU,
    timeout: float = DEFAULT_TIMEOUT,
    *,
    on_end: Callable[[Verified], None] | None = None,
) -> list[Verified]:
    """Run every row on every case; how each came out, in the order of `rows`.

    While one is judged others run, so that neither side waits for the other's row. `on_end` is
    told of each as it is done. A Ctrl+C ends what the session has begun, and it begins no more.
    """
    described = _describe(session, rows)
    done: dict[int, Verified] = {}
    with ThreadPoolExecutor(session.at_once, thread_name_prefix="mxcheat-rows") as threads:
        started = [
            threads.submit(_Group(session, group, device, timeout).verify, described)
            for group in groups_of(rows)
        ]
        try:
            for found in _as_they_end(started):
                done |= found
                if on_end:
                    for verified in found.values():
                        on_end(verified)
        except KeyboardInterrupt:
            session.stop()
            raise
        finally:
            threads.shutdown(wait=False, cancel_futures=True)
    return [done[position] for position in range(len(rows))]


def _as_they_end(started: Iterable[Future[T]]) -> Iterator[T]:
    left = set(started)
    while left:
        ended, left = wait(left, _LONGEST_WAIT, FIRST_COMPLETED)
        yield from (future.result() for future in ended)


def verify_row(
    session: Session, row: Row, device: Device = CPU, timeout: float = DEFAULT_TIMEOUT
) -> Verified:
    """Run one row on all its cases and hold the outcome against its availability."""
    (verified,) = verify_rows(session, [row], device, timeout)
    return verified


def _describe(session: Session, rows: Sequence[Row]) -> Descriptions:
    """What the frameworks say of the names whose arguments rows list; {} without a framework."""
    described: Descriptions = {}
    for side, names in names_to_describe(rows).items():
        if names:
            with suppress(WorkerFailedError):  # which the rows themselves will tell
                described[side] = session.describe(side, names)
    return described


class _Group:
    """Rows whose cases and claims are run in one batch."""

    def __init__(
        self, session: Session, rows: Mapping[int, ClaimedRow], device: Device, timeout: float
    ) -> None:
        self._session, self._rows, self._where = session, rows, (device, timeout)

    def verify(self, described: Descriptions) -> dict[int, Verified]:
        """Run them, and judge one after another; by the rows' positions."""
        trials = [trial for each in self._rows.values() for trial in each.trials]
        self._batch = self._session.begin(trials, *self._where, shared=True)
        results = self._batch.collect(prove=False)
        start, found = 0, {}
        for position, each in self._rows.items():
            began = time.perf_counter()
            end = start + len(each.trials)
            verified = self._judge(each, start, results[start:end], described)
            seconds = _slower_side(results[start:end]) + time.perf_counter() - began
            found[position] = replace(verified, ms=round(seconds * 1000, 1))
            start = end
        return found

    def _judge(
        self, claimed: ClaimedRow, start: int, results: list[TryResult], described: Descriptions
    ) -> Verified:
        """How a row came out whose results begin at `start` of the batch."""
        row = claimed.row
        cases = list(map(self._batch.proved, count(start), results[: row.case_count]))
        ok, reason = judge(row, cases)
        unshown, printed = self._run_misprints(row, cases) if ok else ([], [])
        if unshown:
            ok, reason = False, f"the misprint of {', '.join(unshown)} does what the form does"
        claims, raised = self._judge_claims(claimed.checks, results[row.case_count :])
        raised += [error for result in printed for error in raised_in("misprint", result)]
        wrong = [
            f"{name}: {outcome.found}: {outcome.says}"
            for name, outcome in claims.items()
            if not outcome.holds
        ]
        wrong += check_arguments(row, described).problems
        wrong += untrue_of_names(row, described)
        wrong += untold_in_prose(row, results)
        if ok and wrong:
            ok, reason = False, "; ".join(wrong)
        for unless in row.unless:
            if unless.applies(os.environ):
                ok, reason = _excused(unless, ok, reason)
        told = _telling(cases)
        return Verified(
            row.id,
            told.verdict.status,
            told.pytorch.status,
            told.gluon.status,
            ok,
            reason,
            share=_largest_share(case.verdict for case in cases),
            claims={name: outcome.found for name, outcome in claims.items()},
            raised=tuple(dict.fromkeys(raised)),
        )

    def _judge_claims(
        self, checks: Sequence[Check], results: Iterable[TryResult]
    ) -> tuple[dict[str, Outcome], list[Raised]]:
        """What came of every claim, and the errors that claims are about.

        One that does not hold is run again, alone.
        """
        left = iter(results)
        outcomes: dict[str, Outcome] = {}
        raised: list[Raised] = []
        for check in checks:
            ran = [next(left) for _ in check.trials]
            outcome = check.judge(ran)
            if not outcome.holds and not any(result.lacks_a_side for result in ran):
                ran = [self._session.run(trial, *self._where) for trial in check.trials]
                outcome = check.judge(ran)
            outcomes[check.name] = outcome
            if outcome.holds and outcome.found == "loud":
                raised += [error for result in ran for error in raised_in(check.name, result)]
        return outcomes, raised

    def _run_misprints(
        self, row: Row, results: Sequence[TryResult]
    ) -> tuple[list[Side], list[TryResult]]:
        """The sides whose misprint neither fails nor gives other values, and what was run.

        Each side is held against itself on the same inputs, in a process of its own; one input
        that shows it is enough.
        """
        left = set(row.misprint)
        ran: list[TryResult] = []
        for case, right in enumerate(results):
            if not left:
                break
            printed = self._session.run(misprint_of(row, case), *self._where, reconsidered=False)
            ran.append(printed)
            for side in sorted(left):
                wrong = printed.side(side)
                found = compare_sides(right.side(side), wrong, terms=right.terms)
                if not wrong.ok or found.status == "different":
                    left.discard(side)
        return sorted(left), ran


def _excused(unless: Unless, ok: bool, reason: str) -> tuple[bool, str]:
    """What becomes of a row under a setting of which it says that its claims do not hold."""
    if ok:
        return False, f"it holds with {unless.setting}, of which the row says: {unless.says}"
    return True, f"fails with {unless.setting}, as stated: {reason}"


def _slower_side(results: Sequence[TryResult]) -> float:
    """Seconds that the side took which took longer; what results share counts once."""
    distinct = {id(side): side for result in results for side in result.sides}.values()
    return max(sum(each.seconds for each in distinct if each.side == side) for side in SIDES)


def _largest_share(verdicts: Iterable[Verdict]) -> float | None:
    agreeing = (verdict for verdict in verdicts if verdict.status in ("equal", "close"))
    return max((verdict.share for verdict in agreeing if verdict.share is not None), default=None)


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
        if row.compare == "none" and verdict.status == "not-compared":
            continue  # the row says why
        if verdict.status not in AGREEING or verdict.partly:
            return False, f"case {case}: {verdict.status}: {verdict.reason}"
    worst = max(range(len(statuses)), key=lambda case: _ORDER.index(statuses[case]))
    return True, verdicts[worst].reason


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
