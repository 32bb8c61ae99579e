"""What verifying rows found, kept by row with the fingerprint of what was run.

A file holds a line of JSON a row, sorted by id, and nothing that varies from run to run.
"""

from __future__ import annotations

import json
import os
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mxcheat.errors import MxcheatError
from mxcheat.live.fingerprint import of_row
from mxcheat.live.raised import Raised
from mxcheat.paths import outcome_files

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from mxcheat.cheatsheet.row import Row
    from mxcheat.live.verify import Verified

# What an outcome depends on besides the row.
VERSIONS = ("torch", "mxnet", "numpy")
# A side that was not run: the row has not been verified.
_NOT_RUN = ("unavailable", "cancelled")


@dataclass(frozen=True)
class Outcome:
    """How a row came out on the CPU: what was run (`of`), on which versions, and its verdict.

    `differences` says of each, in the order of the row, whether it is "silent" or "loud"; `raised`
    has the errors that these and misprints raise.
    """

    id: str
    of: str
    versions: Mapping[str, str | None]
    verdict: str
    pytorch: str
    gluon: str
    ok: bool
    differences: tuple[str, ...] = ()
    raised: tuple[Raised, ...] = ()


class Outcomes:
    """Outcomes by row id and fingerprint; what is added later prevails."""

    def __init__(self, outcomes: Iterable[Outcome] = ()) -> None:
        self._by_what = {(each.id, each.of): each for each in outcomes}

    def of(self, row: Row) -> Outcome | None:
        """What was found of this row as it is now, by the rules of now; None if nothing was."""
        return self._by_what.get((row.id, of_row(row)))

    def holds(self, row: Row, versions: Mapping[str, str | None]) -> bool:
        """Whether the row was verified, is ok, and would be run on the same versions again."""
        found = self.of(row)
        return (
            found is not None
            and found.ok
            and all(found.versions[name] == versions[name] for name in VERSIONS)
        )

    def __iter__(self) -> Any:
        return iter(sorted(self._by_what.values(), key=lambda each: (each.id, each.of)))


def outcomes_of(
    rows: Iterable[Row], verified: Iterable[Verified], versions: Mapping[str, str | None]
) -> list[Outcome]:
    """What is kept of rows that have just been verified on the CPU, in the same order."""
    return [
        Outcome(
            row.id,
            of_row(row),
            {name: versions[name] for name in VERSIONS},
            each.verdict,
            each.pytorch,
            each.gluon,
            each.ok,
            tuple(each.claims[f"difference {n}"] for n in range(1, len(row.differences) + 1)),
            each.raised,
        )
        for row, each in zip(rows, verified, strict=True)
        if each.pytorch not in _NOT_RUN and each.gluon not in _NOT_RUN
    ]


def with_found(row: Row, outcomes: Outcomes) -> Row:
    """The row, with what was found: which of its differences are silent, and what it raises."""
    found = outcomes.of(row) if row.differences or row.misprint or row.hybridized else None
    if found is None or len(found.differences) != len(row.differences):
        return row
    pairs = zip(row.differences, found.differences, strict=True)
    return replace(
        row,
        differences=tuple(replace(each, loud=word == "loud") for each, word in pairs),
        raises=tuple(dict.fromkeys(error.text for error in found.raised)),
    )


def all_with_found(rows: Iterable[Row]) -> list[Row]:
    """Rows with what was found of them, here or where mxcheat was made.

    What cannot be read is as though nothing had been found; `verify` and `export` tell of it.
    """
    files = map(Path, outcome_files())
    outcomes = Outcomes(found for file in files for found in _sound_outcomes(file))
    return [with_found(row, outcomes) for row in rows]


def _sound_outcomes(path: Path) -> list[Outcome]:
    try:
        return read_outcomes(path)
    except MxcheatError:
        return []


def kept_outcomes() -> Outcomes:
    """What came with mxcheat, and what was kept on this machine, which prevails."""
    files = map(Path, outcome_files())
    return Outcomes(found for file in files for found in read_outcomes(file))


def read_outcomes(path: Path) -> list[Outcome]:
    """The outcomes in a file; none if there is no such file. Raises MxcheatError."""
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
        return [_outcome(**json.loads(line)) for line in lines]
    except FileNotFoundError:
        return []
    except OSError as error:
        raise MxcheatError(f"{path} cannot be read ({error.strerror})") from None
    except (ValueError, TypeError):
        raise MxcheatError(f"{path} is damaged", hint="delete it, and verify --keep") from None


def _outcome(raised: Iterable[Iterable[str]] = (), **others: Any) -> Outcome:
    return Outcome(**others, raised=tuple(Raised(*error) for error in raised))


def keep_outcomes(path: Path, outcomes: Iterable[Outcome]) -> None:
    """Put outcomes into a file, each in the place of an earlier one of its row.

    Raises OSError where it cannot be written; then the file is as it was.
    """
    by_id = {each.id: each for each in [*read_outcomes(path), *outcomes]}
    write_outcomes(path, by_id.values())


def write_outcomes(path: Path, outcomes: Iterable[Outcome]) -> None:
    """Write a file of exactly these outcomes. Raises OSError; then the file is as it was."""
    ordered = sorted(outcomes, key=lambda each: each.id)
    text = "".join(json.dumps(vars(each)) + "\n" for each in ordered)
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_suffix(f".{os.getpid()}")
    try:
        beside.write_text(text, encoding="utf-8")
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)
