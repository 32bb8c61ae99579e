"""Which rows are run together, and in what order: the trials of a group share processes."""

from __future__ import annotations

from itertools import zip_longest
from typing import TYPE_CHECKING

from mxcheat.live.claims import checks_of
from mxcheat.live.trial import trial_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from mxcheat.cheatsheet.row import Row

    # By the rows' positions.
    Group = dict[int, "ClaimedRow"]

# Rows run together until they are so many trials.
_TOGETHER = 240
# What shows that a row starts processes: in one that has computed before, these may never end.
_STARTS_PROCESSES = ("init_process_group", "multiprocessing", "num_workers")


class ClaimedRow:
    """A row with the trials of all that it claims: its cases come first, then its checks."""

    def __init__(self, row: Row) -> None:
        self.row = row
        self.checks = list(checks_of(row))
        self.trials = [trial_of(row, case) for case in range(row.case_count)]
        self.trials += [trial for check in self.checks for trial in check.trials]

    @property
    def starts_processes(self) -> bool:
        """Whether something that is run for it starts processes."""
        snippets = [each for trial in self.trials for each in trial.snippets.values() if each]
        return any(word in each.code for each in snippets for word in _STARTS_PROCESSES)


def groups_of(rows: Sequence[Row]) -> Iterator[Group]:
    """Rows by their position: each that starts processes alone, the others as many as fit.

    Those alone begin first, as they take longest; each beside one of the others, as processes wait
    for each other more than they compute.
    """
    claimed = {position: ClaimedRow(row) for position, row in enumerate(rows)}
    alone: list[Group] = []
    together: list[Group] = [{}]
    for position, row in claimed.items():
        if row.starts_processes:
            alone.append({position: row})
            continue
        together[-1][position] = row
        if sum(len(each.trials) for each in together[-1].values()) >= _TOGETHER:
            together.append({})
    for pair in zip_longest(alone, filter(None, together)):
        yield from filter(None, pair)
