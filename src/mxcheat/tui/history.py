"""What has been done with each row while the app is open: its run, changes, documentation."""

from __future__ import annotations

from collections import OrderedDict, deque
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from mxcheat.tui.differences import IN_ROW, difference_row
from mxcheat.tui.drafts import draft_of
from mxcheat.tui.shown import Run

if TYPE_CHECKING:
    from mxcheat.cheatsheet.row import Row
    from mxcheat.cheatsheet.sides import Side
    from mxcheat.live.device import Device
    from mxcheat.live.results import TryResult
    from mxcheat.tui.differences import DifferenceRow
    from mxcheat.tui.drafts import Draft
    from mxcheat.tui.shown import Documented

LIMIT = 200
# Runs that one can go back to.
_MOST_RUNS = 50


class History:
    """Runs, drafts and documentation by row; of runs and documentation the oldest are forgotten.

    `current` is the run that is going on.
    """

    def __init__(self) -> None:
        self.current: Run | None = None
        self._runs: OrderedDict[str, Run] = OrderedDict()
        self._count = 0
        self._drafts: dict[str, Draft] = {}
        self._ended: deque[Run] = deque(maxlen=_MOST_RUNS)
        self._differences: dict[tuple[str, int], DifferenceRow] = {}
        self._documents: OrderedDict[str, dict[Side, Documented]] = OrderedDict()

    def begin(
        self, row: Row, device: Device, now: float, draft: Draft | None = None, *, bench: bool
    ) -> Run:
        """A new run of `row`, in place of the one that is going on; its last result stays."""
        if self.current is not None:
            self.end(self.current.number)
        self._count += 1
        last = self._runs.pop(row.id, None)
        before = _worth_keeping(last) if last else None
        self.current = Run(self._count, row, device, now, draft, bench, before)
        _keep(self._runs, row.id, self.current)
        return self.current

    def change(self, number: int, **changes: Any) -> Run | None:
        """The current run with other fields; None if `number` is not the current run any more."""
        if self.current is None or self.current.number != number:
            return None
        run = self.current = replace(self.current, **changes)
        self._runs[run.row.id] = run
        return run

    def end(self, number: int, **outcome: Any) -> Run | None:
        """The current run at its end, with its result or error; None if it is not current."""
        run = self.change(number, running=False, **outcome)
        if run is not None:
            self.current = None
            if run.is_done:
                self._ended.appendleft(run)
        return run

    @property
    def ended(self) -> tuple[Run, ...]:
        """The runs that came to their end, latest first."""
        return tuple(self._ended)

    def recall(self, number: int) -> Run | None:
        """Make an earlier run its row's latest, with the code that it ran; None if it is gone."""
        run = next((run for run in self._ended if run.number == number), None)
        if run is not None:
            _keep(self._runs, run.row.id, run)
            self.keep_draft(run.row, run.draft or draft_of(run.row))
        return run

    def known(self, row: Row | None) -> dict[str, Any]:
        """A row and what has been done with it, as fields of Shown."""
        done = {"run": self.run(row), "draft": self.draft(row), "documents": self.documents(row)}
        return {"row": row, **done}

    def run(self, row: Row | None) -> Run | None:
        """The latest run of `row`, or None."""
        return self._runs.get(row.id) if row else None

    def draft(self, row: Row | None) -> Draft | None:
        """What `row` has been changed to, or None if it is unchanged."""
        return self._drafts.get(row.id) if row else None

    @property
    def edited(self) -> frozenset[str]:
        """The ids of rows that have been changed, or of which a difference has."""
        return frozenset(name.partition(IN_ROW)[0] for name in self._drafts)

    def keep_draft(self, row: Row, draft: Draft) -> None:
        """Keep what was typed, unless it is what the row has."""
        if draft == draft_of(row):
            self._drafts.pop(row.id, None)
        else:
            self._drafts[row.id] = draft

    def difference(self, row: Row, number: int) -> DifferenceRow:
        """Difference `number` of `row`, as a row; always the same one."""
        key = (row.id, number)
        if key not in self._differences:
            self._differences[key] = difference_row(row, number)
        return self._differences[key]

    def documents(self, row: Row | None) -> dict[Side, Documented]:
        """What is known of the names of `row`, by side."""
        return self._documents.get(row.id, {}) if row else {}

    def needs_documents(self, row: Row) -> bool:
        """Whether to ask about `row`: it was not asked about, or a side had a problem."""
        known = self._documents.get(row.id)
        if known is not None and not any(answer.problem for answer in known.values()):
            return False
        _keep(self._documents, row.id, {})
        return True

    def keep_document(self, row: Row, side: Side, answer: Documented) -> None:
        """Keep an answer, if the row is still remembered."""
        if row.id in self._documents:
            self._documents[row.id] = {**self._documents[row.id], side: answer}


def _keep(known: OrderedDict[str, Any], row_id: str, value: Any) -> None:
    known[row_id] = value
    known.move_to_end(row_id)
    if len(known) > LIMIT:
        known.popitem(last=False)


def _worth_keeping(run: Run) -> TryResult | None:
    """What a run gave; of one that was stopped, what there was before it."""
    return run.before if run.result is None or run.cancelled else run.result
