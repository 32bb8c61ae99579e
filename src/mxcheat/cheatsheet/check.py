"""Everything that can be said about files of rows without running them."""

from __future__ import annotations

import os
from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING

from mxcheat.cheatsheet.nodes import Problem
from mxcheat.cheatsheet.reader import load_file, read_file
from mxcheat.cheatsheet.rules import answered_twice, faults, remarks
from mxcheat.cheatsheet.sheet import EMPTY, overlay
from mxcheat.paths import shipped_files

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
    from pathlib import Path

    from mxcheat.cheatsheet.contradictions import Finding
    from mxcheat.cheatsheet.reader import Reading, ReadRow
    from mxcheat.cheatsheet.row import Row
    from mxcheat.cheatsheet.sheet import Cheatsheet


@dataclass(frozen=True)
class Checked:
    """One file: its rows, what is wrong with them, and what is only worth a look."""

    path: Path
    rows: tuple[ReadRow, ...]
    problems: tuple[Problem, ...]
    notes: tuple[Problem, ...]

    @property
    def sound(self) -> list[ReadRow]:
        """The rows without a problem: those that can be run."""
        unsound = {problem.row for problem in self.problems}
        return [read for read in self.rows if read.sound and read.row.id not in unsound]


def check_files(
    files: Sequence[Path],
    shipped_sheet: Callable[[], Cheatsheet],
    overlays: Sequence[Path] = (),
    tolerated: Collection[Path] = (),
) -> list[Checked]:
    """Check files as read after the shipped rows and `overlays`, which they may be among.

    `shipped_sheet` loads the shipped rows. Raises UnreadableFileError, and DataFileError for an
    earlier file that is not itself checked, unless it is `tolerated`.
    """
    wanted = {os.path.realpath(file): file for file in files}
    shipped = {os.path.realpath(path): path for path in shipped_files()}
    are_shipped = not wanted.keys().isdisjoint(shipped)
    sheet = EMPTY if are_shipped else shipped_sheet()
    paths = [*(shipped.values() if are_shipped else ()), *overlays, *files]
    checked: dict[str, Checked] = {}
    for place, path in {os.path.realpath(path): path for path in paths}.items():
        if len(checked) == len(wanted):
            break
        if place in wanted:
            checked[place], added = _check(wanted[place], sheet)
        else:
            added = load_file(path, sheet, tolerated)
        sheet = overlay(sheet, added)
    return [checked[place] for place in wanted]


def _check(path: Path, before: Cheatsheet) -> tuple[Checked, Cheatsheet]:
    reading = read_file(path, before)
    found = chain(
        reading.problems,
        *(_found(read, faults) for read in reading.rows),
        _answered_twice(reading, before),
    )
    notes = chain(
        *(_found(read, remarks) for read in reading.rows), _replacing(reading.rows, before)
    )
    return Checked(path, reading.rows, _sorted(found), _sorted(notes)), reading.sheet


def _found(
    read: ReadRow, lint: Callable[[Row, frozenset[str]], Iterator[Finding]]
) -> Iterator[Problem]:
    return (_problem(read, finding) for finding in lint(read.row, read.broken))


def _problem(read: ReadRow, finding: Finding) -> Problem:
    what = f"row {read.row.id}, {finding.key}: {finding.message}"
    return Problem(read.line(finding.key), what, finding.hint, read.row.id)


def _answered_twice(reading: Reading, before: Cheatsheet) -> Iterator[Problem]:
    """Names of this file's rows that another row answers for."""
    by_id = {read.row.id: read for read in reading.rows}
    for row, finding in answered_twice(overlay(before, reading.sheet).rows):
        if row.id in by_id:
            yield _problem(by_id[row.id], finding)


def _replacing(rows: Iterable[ReadRow], before: Cheatsheet) -> Iterator[Problem]:
    for read in rows:
        row = read.row
        if row.id in before.origins and row != before.row(row.id):
            what = f"row {row.id}: replaces the row of {before.origins[row.id]}"
            yield Problem(read.line("id"), what, row=row.id)


def _sorted(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    return tuple(sorted(problems, key=lambda problem: (problem.line, problem.message)))
