"""Everything that can be said of files of rows without running them."""

from __future__ import annotations

import os
from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING

from mxcheat.cheatsheet import load
from mxcheat.cheatsheet.layers import Layers
from mxcheat.cheatsheet.lint import faults, remarks
from mxcheat.cheatsheet.loader import read_file, read_overlay
from mxcheat.cheatsheet.problems import Problem
from mxcheat.paths import mappings_file

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
    from pathlib import Path

    from mxcheat.cheatsheet.lint import Finding
    from mxcheat.cheatsheet.row import Cheatsheet, Row
    from mxcheat.cheatsheet.row_reader import ReadRow


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
    files: Sequence[Path], overlays: Sequence[Path] = (), tolerated: Collection[Path] = ()
) -> list[Checked]:
    """Check files as they are read after the shipped rows and `overlays`; they may be among these.

    Raises UnreadableFileError, and DataFileError for what comes before and is not itself checked,
    unless it is `tolerated`.
    """
    wanted = {os.path.realpath(file): file for file in files}
    shipped = mappings_file()
    order = {os.path.realpath(path): path for path in (shipped, *overlays, *files)}
    checked: dict[str, Checked] = {}
    layers = Layers()
    for place, path in order.items():
        if len(checked) == len(wanted):
            break
        if place in wanted:
            checked[place], added = _check(wanted[place], layers)
        else:
            added = load() if path == shipped else read_overlay(path, layers.sheet, tolerated)
        layers.lay(path, added)
    return [checked[place] for place in wanted]


def _check(path: Path, layers: Layers) -> tuple[Checked, Cheatsheet]:
    reading = read_file(path, layers.sheet)
    found = chain(reading.problems, *(_found(read, faults) for read in reading.rows))
    notes = chain(
        *(_found(read, remarks) for read in reading.rows), _replacing(reading.rows, layers)
    )
    return Checked(path, reading.rows, _sorted(found), _sorted(notes)), reading.sheet


def _found(
    read: ReadRow, lint: Callable[[Row, frozenset[str]], Iterator[Finding]]
) -> Iterator[Problem]:
    for finding in lint(read.row, read.broken):
        what = f"row {read.row.id}, {finding.key}: {finding.message}"
        yield Problem(read.line(finding.key), what, finding.hint, read.row.id)


def _replacing(rows: Iterable[ReadRow], layers: Layers) -> Iterator[Problem]:
    replaced = layers.replaced(read.row for read in rows)
    for read in rows:
        row = read.row
        if row.id in replaced and row != layers.sheet.row(row.id):
            what = f"row {row.id}: replaces the row of {replaced[row.id]}"
            yield Problem(read.line("id"), what, row=row.id)


def _sorted(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    return tuple(sorted(problems, key=lambda problem: (problem.line, problem.message)))
