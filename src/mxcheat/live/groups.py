"""Which rows are run together, and in what order: the trials of a group share processes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mxcheat.live.claims import checks_of
from mxcheat.live.trial import trial_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from mxcheat.cheatsheet.row import Row

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


def groups_of(rows: Sequence[Row]) -> Iterator[dict[int, ClaimedRow]]:
    """Rows by their position: each that starts processes alone, the others as many as fit.

    Those alone come first: they take longest, and the others fill the time until the last ends.
    """
    claimed = {position: ClaimedRow(row) for position, row in enumerate(rows)}
    alone = {position for position, row in claimed.items() if row.starts_processes}
    for position in sorted(alone):
        yield {position: claimed[position]}
    group: dict[int, ClaimedRow] = {}
    for position in [each for each in claimed if each not in alone]:
        group[position] = claimed[position]
        if sum(len(row.trials) for row in group.values()) >= _TOGETHER:
            yield group
            group = {}
    if group:
        yield group
