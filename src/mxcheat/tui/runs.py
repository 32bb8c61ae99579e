"""What has been run: one run a row, the latest, kept while one moves about."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mxcheat.cheatsheet.row import Row, Side
    from mxcheat.live.device import Device
    from mxcheat.live.results import TryResult

LIMIT = 200


@dataclass
class Run:
    """One run of a row, from Enter to its end. Times are seconds of the monotonic clock.

    While it goes on, `result` is that of the run before, if there was one.
    """

    number: int
    row: Row
    device: Device
    began: float
    running: bool = True
    cancelling: bool = False
    started: dict[Side, float] = field(default_factory=dict)
    result: TryResult | None = None
    problem: str = ""
    hint: str = ""

    def sides(self) -> list[Side]:
        """The sides the row has."""
        sides: tuple[Side, Side] = ("pytorch", "gluon")
        return [side for side in sides if self.row.form(side) is not None]

    def waiting_for(self) -> list[Side]:
        """Sides whose framework is still being imported."""
        return [side for side in self.sides() if side not in self.started]

    def elapsed(self, now: float) -> float:
        """Seconds since the first side's clock started, or since Enter before that."""
        return now - min(self.started.values(), default=self.began)


class Runs:
    """The latest run of each row, the oldest forgotten; and the one that is going on."""

    def __init__(self) -> None:
        self._by_row: OrderedDict[str, Run] = OrderedDict()
        self._count = 0
        self.current: Run | None = None

    def begin(self, row: Row, device: Device, now: float) -> Run:
        """A new run of `row`, now the current one; the row's last result stays in view."""
        self._count += 1
        before = self._by_row.pop(row.id, None)
        run = Run(self._count, row, device, now, result=before.result if before else None)
        self._by_row[row.id] = run
        if len(self._by_row) > LIMIT:
            self._by_row.popitem(last=False)
        self.current = run
        return run

    def end(
        self, number: int, result: TryResult | None, problem: str = "", hint: str = ""
    ) -> Run | None:
        """Note how the current run ended; None if it is not the current one any more."""
        run = self.current
        if run is None or run.number != number:
            return None
        run.running = False
        run.result, run.problem, run.hint = result, problem, hint
        self.current = None
        return run

    def of(self, row: Row | None) -> Run | None:
        """The latest run of `row`, or None."""
        return self._by_row.get(row.id) if row else None
