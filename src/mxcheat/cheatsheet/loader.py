"""From a YAML file to rows, every problem named with file and line."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from mxcheat.cheatsheet.nodes import Checker
from mxcheat.cheatsheet.problems import DataFileError, Problem, UnreadableFileError
from mxcheat.cheatsheet.row import Cheatsheet, Source
from mxcheat.cheatsheet.row_reader import ReadRow, RowReader
from mxcheat.cheatsheet.yaml_text import parse

if TYPE_CHECKING:
    from collections.abc import Callable, Collection
    from pathlib import Path

    import yaml

    from mxcheat.cheatsheet.nodes import Entries

FILE_KEYS = ("sources", "sections", "rows")


@dataclass(frozen=True)
class Reading:
    """What a file holds: a sheet of its sound rows, every row, and every problem by line."""

    sheet: Cheatsheet
    problems: tuple[Problem, ...]
    rows: tuple[ReadRow, ...] = ()


def load_file(path: Path, base: Cheatsheet | None = None) -> Cheatsheet:
    """Read one YAML file; sections and sources of `base` may be referred to.

    Raises DataFileError, which names every problem in the file, and UnreadableFileError.
    """
    reading = read_file(path, base)
    if reading.problems:
        raise DataFileError(path, reading.problems)
    return reading.sheet


def read_file(path: Path, base: Cheatsheet | None = None) -> Reading:
    """Read what is sound of one YAML file, and what is wrong with the rest.

    Raises UnreadableFileError.
    """
    base = base or Cheatsheet((), {}, {})
    try:
        node = parse(path)
    except UnreadableFileError:
        raise
    except DataFileError as error:
        return Reading(replace(base, rows=()), error.problems)
    check = Checker()
    top = check.mapping(node, "the file", FILE_KEYS)
    sections, sources = _sections(check, top, base), _sources(check, top, base)
    rows: list[ReadRow] = []
    if "rows" in top:
        reader = RowReader(check, sections, sources)
        found = [reader.read(item) for item in check.sequence(top["rows"][1], "rows")]
        rows = [row for row in found if row]
    elif not check.problems:
        check.report(node, "the file has no key 'rows'")
    sheet = Cheatsheet(tuple(read.row for read in rows if read.sound), sections, sources)
    problems = sorted(check.problems, key=lambda problem: (problem.line, problem.message))
    return Reading(sheet, tuple(problems), tuple(rows))


def read_overlay(
    path: Path,
    base: Cheatsheet,
    tolerated: Collection[Path],
    tell: Callable[[DataFileError], None] | None = None,
) -> Cheatsheet:
    """Read a file that lies over `base`; of a `tolerated` one with problems, what is sound.

    `tell` is told of these. Raises as `load_file` does.
    """
    reading = read_file(path, base)
    if reading.problems:
        error = DataFileError(path, reading.problems)
        if path not in tolerated:
            raise error
        if tell:
            tell(error)
    return reading.sheet


def overlay(base: Cheatsheet, added: Cheatsheet) -> Cheatsheet:
    """`base` with the rows of `added`: a known id replaces that row, a new one is appended."""
    rows = {row.id: row for row in base.rows}
    rows.update({row.id: row for row in added.rows})
    return Cheatsheet(tuple(rows.values()), added.sections, added.sources, base.calls)


def _sections(check: Checker, top: Entries, base: Cheatsheet) -> dict[str, str]:
    entries = check.mapping(top["sections"][1], "sections") if "sections" in top else {}
    own = {key: check.text(node, f"section {key}") for key, (_, node) in entries.items()}
    return {**base.sections, **own}


def _sources(check: Checker, top: Entries, base: Cheatsheet) -> dict[str, Source]:
    entries = check.mapping(top["sources"][1], "sources") if "sources" in top else {}
    own = {key: _source(check, key, node) for key, (_, node) in entries.items()}
    return {**base.sources, **own}


def _source(check: Checker, key: str, node: yaml.Node) -> Source:
    entries = check.mapping(node, f"source {key}", ("title", "origin"))
    texts = {name: check.text(value, f"source {key}") for name, (_, value) in entries.items()}
    return Source(key, texts.get("title", key), texts.get("origin", ""))
