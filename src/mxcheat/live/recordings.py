"""What every row gave where both frameworks were there: shown where one cannot be had.

A recording is the worker's own reply, read as a live one is. It stands for a side only as long as
the code and the inputs of the row are those that were run.
"""

from __future__ import annotations

import gzip
import json
import platform
import time
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING, Any

from mxcheat.cheatsheet.sides import FRAMEWORKS, SIDES
from mxcheat.live.fingerprint import of_side
from mxcheat.live.host.watch import RunOutcome
from mxcheat.live.reply import read_reply
from mxcheat.live.trial import trial_of
from mxcheat.paths import recordings_file

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from mxcheat.cheatsheet.row import Row
    from mxcheat.cheatsheet.sides import Side
    from mxcheat.live.results import SideResult
    from mxcheat.live.session import Session
    from mxcheat.live.trial import Trial

SCHEMA = 1
# Of a larger array its leading elements are kept, and figures of all of it: so many are enough to
# tell one distribution from another, and random numbers do not compress.
ELEMENTS = 2000


class Recordings:
    """The recorded sides of rows. `made` says when and where: "date", "platform", "versions"."""

    def __init__(self, document: dict[str, Any]) -> None:
        self.made: dict[str, Any] = document["made"]
        self._rows: dict[str, dict[str, Any]] = document["rows"]

    def side(self, trial: Trial, blank: SideResult) -> SideResult | None:
        """`blank` filled in with what was recorded for this very trial, if anything was."""
        sides = self._rows.get(trial.row.id, {}) if trial.row else {}
        kept = sides.get(blank.side)
        if kept is None or kept["of"] != of_side(trial, blank.side):
            return None
        outcome = RunOutcome("reply", kept["reply"], 0, kept["stdout"], kept["stderr"])
        version = self.made["versions"][FRAMEWORKS[blank.side]]
        return replace(read_reply(blank, outcome, version, 0.0), origin="recorded", device="cpu")


@cache
def shipped_recordings() -> Recordings | None:
    """The recordings that come with mxcheat; None in a checkout that has none."""
    path = recordings_file()
    if not path.exists():
        return None
    return Recordings(json.loads(gzip.decompress(path.read_bytes())))


def record(session: Session, rows: Sequence[Row]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Run every row on its shown inputs; yield its id and what each side gave.

    Raises WorkerFailedError without a framework.
    """
    for row in rows:
        trial = trial_of(row)
        sides = [side for side in SIDES if trial.snippets.get(side)]
        outcomes = {side: session.outcome(side, trial, ELEMENTS) for side in sides}
        yield row.id, {side: _kept(trial, side, outcomes[side]) for side in sides}


def to_file(session: Session, recorded: dict[str, Any]) -> bytes:
    """Recorded rows as the file that is shipped, the same bytes for the same recordings."""
    infos = {FRAMEWORKS[side]: session.workers[side].info for side in SIDES}
    versions = {framework: info["version"] for framework, info in infos.items()}
    made = {
        "date": time.strftime("%Y-%m-%d"),
        "platform": f"{platform.system()} {platform.machine()}",
        "versions": versions,
    }
    document = {"schema": SCHEMA, "made": made, "rows": recorded}
    return gzip.compress(json.dumps(document, sort_keys=True).encode(), 9, mtime=0)


def _kept(trial: Trial, side: Side, outcome: RunOutcome) -> dict[str, Any]:
    reply = {key: value for key, value in (outcome.reply or {}).items() if key != "token"}
    return {
        "of": of_side(trial, side),
        "reply": reply,
        "stdout": outcome.stdout,
        "stderr": outcome.stderr,
    }
