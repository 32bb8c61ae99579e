"""What has been run: one run a row, the latest, kept while one moves about."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from mxcheat.cheatsheet.sides import SIDES

if TYPE_CHECKING:
    from mxcheat.cheatsheet.row import Row
    from mxcheat.cheatsheet.sides import Side
    from mxcheat.errors import MxcheatError
    from mxcheat.live.claims import Shown
    from mxcheat.live.device import Device
    from mxcheat.live.results import SideResult, TryResult
    from mxcheat.tui.drafts import Draft

LIMIT = 200
_CANCELLED = "cancelled"


@dataclass
class Run:
    """One run of a row, from Enter to its end. Times are seconds of the monotonic clock.

    `draft` is what was run if the row had been edited; `before` is what the row gave the time
    before, which stays in view until this run has something to show. `claim` says of a difference
    whether it shows.
    """

    number: int
    row: Row
    device: Device
    began: float
    draft: Draft | None = None
    bench: bool = False
    before: TryResult | None = None
    running: bool = True
    cancelling: bool = False
    started: dict[Side, float] = field(default_factory=dict)
    ended: dict[Side, SideResult] = field(default_factory=dict)
    result: TryResult | None = None
    error: MxcheatError | None = None
    claim: Shown | None = None

    @property
    def sides(self) -> list[Side]:
        """The sides that are run."""
        return sides_of(self.draft or self.row)

    @property
    def cancelled(self) -> bool:
        """Whether it was stopped before its end."""
        stopped = self.result is None or self.result.verdict.reason == _CANCELLED
        return not self.running and self.error is None and stopped

    def outcome(self, side: Side) -> SideResult | None:
        """What this run gave on a side, so far."""
        return self.result.side(side) if self.result else self.ended.get(side)

    def shown(self, side: Side) -> tuple[SideResult | None, bool]:
        """What is to be seen of a side, and whether it is of the run before."""
        outcome = self.outcome(side)
        if self.before and (outcome is None or _says_nothing(outcome)):
            return self.before.side(side), True
        return outcome, False

    def elapsed(self, side: Side, now: float) -> float:
        """Seconds since the side's clock started, or since Enter before that."""
        return now - self.started.get(side, self.began)


def sides_of(source: Row | Draft) -> list[Side]:
    """The sides that there is code for."""
    return [side for side in SIDES if source.snippet(side) is not None]


def _says_nothing(outcome: SideResult) -> bool:
    return outcome.status == _CANCELLED and not (outcome.stdout or outcome.stderr)


class Runs:
    """The latest run of each row, the oldest forgotten; and the one that is going on."""

    def __init__(self) -> None:
        self._by_row: OrderedDict[str, Run] = OrderedDict()
        self._count = 0
        self.current: Run | None = None

    def begin(
        self, row: Row, device: Device, now: float, draft: Draft | None = None, *, bench: bool
    ) -> Run:
        """A new run of `row`, in place of the one that is going on; its last result stays."""
        if self.current is not None:
            self.end(self.current.number)
        self._count += 1
        last = self._by_row.pop(row.id, None)
        before = _worth_keeping(last) if last else None
        run = Run(self._count, row, device, now, draft, bench, before)
        self._by_row[row.id] = run
        if len(self._by_row) > LIMIT:
            self._by_row.popitem(last=False)
        self.current = run
        return run

    def started(self, number: int, side: Side, now: float) -> Run | None:
        """Note that a side's clock runs; None if the run is not the current one any more."""
        run = self._current(number)
        if run is not None:
            run.started[side] = now
        return run

    def ended(self, number: int, result: SideResult) -> Run | None:
        """Note what a side gave; None if the run is not the current one any more."""
        run = self._current(number)
        if run is not None:
            run.ended[result.side] = result
        return run

    def end(
        self,
        number: int,
        result: TryResult | None = None,
        error: MxcheatError | None = None,
        claim: Shown | None = None,
    ) -> Run | None:
        """Note how the current run ended; None if it is not the current one any more."""
        run = self._current(number)
        if run is not None:
            run.running = False
            run.result, run.error, run.claim = result, error, claim
            self.current = None
        return run

    def of(self, row: Row | None) -> Run | None:
        """The latest run of `row`, or None."""
        return self._by_row.get(row.id) if row else None

    def _current(self, number: int) -> Run | None:
        run = self.current
        return run if run is not None and run.number == number else None


def _worth_keeping(run: Run) -> TryResult | None:
    """What a run gave; of one that was stopped, what there was before it."""
    return run.before if run.result is None or run.cancelled else run.result
