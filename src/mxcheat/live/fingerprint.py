"""What was run, as a short digest: what was found of it holds as long as the digest is the same."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Any

from mxcheat.cheatsheet.sides import SIDES
from mxcheat.live.claims import checks_of
from mxcheat.live.trial import misprint_of, trial_of

if TYPE_CHECKING:
    from mxcheat.cheatsheet.row import Row
    from mxcheat.cheatsheet.sides import Side
    from mxcheat.live.trial import Trial

# Counts up when the same code on the same inputs may come out otherwise: when inputs are made,
# outputs encoded or compared, or rows judged by other rules.
RULES = 3


def of_side(trial: Trial, side: Side) -> str:
    """Of what one side of a trial runs: its code, the inputs, and whose gradient is taken."""
    snippet = trial.snippets.get(side)
    code = snippet.code if snippet else None
    ran = [code, dict(trial.inputs), list(trial.gradient), trial.hybridized]
    return _digest([RULES, *ran])


def of_row(row: Row) -> str:
    """Of all that verifying a row runs, on every case, and of what is expected of it."""
    cases = range(row.case_count)
    trials = [trial_of(row, case) for case in cases]
    trials += [misprint_of(row, case) for case in cases if row.misprint]
    trials += [trial for check in checks_of(row) for trial in check.trials]
    runs = [of_side(trial, side) for trial in trials for side in SIDES]
    shown = [[difference.shows, difference.says] for difference in row.differences]
    arguments = [[each.pytorch, each.gluon, each.note] for each in row.arguments]
    prose = [row.function, row.notes]
    return _digest([row.availability, row.compare, shown, arguments, prose, *runs])


def _digest(what: list[Any]) -> str:
    return hashlib.sha256(json.dumps(what, sort_keys=True).encode()).hexdigest()[:16]
