"""From a YAML file to rows, every problem with file and line."""

from __future__ import annotations

import gc
import math
import re
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import yaml

from mxcheat.cheatsheet.code import syntax_problem
from mxcheat.cheatsheet.contradictions import contradictions
from mxcheat.cheatsheet.fields import keys_of
from mxcheat.cheatsheet.nodes import (
    Checker,
    DataFileError,
    Problem,
    UnreadableFileError,
    line_of,
)
from mxcheat.cheatsheet.row import AVAILABILITIES, Printed, Row
from mxcheat.cheatsheet.sheet import EMPTY, Cheatsheet, Source, overlay
from mxcheat.cheatsheet.yaml_text import NotYAMLError, OutOfBoundsError, parse_text, text_of
from mxcheat.errors import did_you_mean, nearest

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
    from pathlib import Path

    from mxcheat.cheatsheet.nodes import Entries

FILE_KEYS = ("sources", "sections", "rows")
ROW_KEYS = {key.name: key for key in keys_of(Row)}
PRINTED_KEYS = ("in", "function", "pytorch", "gluon")
NAMELESS = "a row"
_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


@dataclass(frozen=True)
class ReadRow:
    """A row as far as it could be read, the line of each key, and the keys with problems.

    A key that has a problem or is missing has its default.
    """

    row: Row
    lines: Mapping[str, int]
    broken: frozenset[str]
    sound: bool

    def line(self, key: str) -> int:
        """The line of a key such as "differences 2, gluon", or of the nearest key above it."""
        return _line(self.lines, key)


@dataclass(frozen=True)
class Reading:
    """What a file holds: a sheet of its sound rows, every row, and every problem by line."""

    sheet: Cheatsheet
    problems: tuple[Problem, ...]
    rows: tuple[ReadRow, ...] = ()


def load_file(
    path: Path,
    base: Cheatsheet = EMPTY,
    tolerated: Collection[Path] = (),
    tell: Callable[[DataFileError], None] | None = None,
) -> Cheatsheet:
    """Read one YAML file, which may refer to sections and sources of `base`.

    If a `tolerated` file has problems, these are its sound rows, and `tell` gets the error.
    Raises DataFileError with every problem in another file, and UnreadableFileError.
    """
    reading = read_file(path, base)
    if reading.problems:
        error = DataFileError(path, reading.problems)
        if path not in tolerated:
            raise error
        if tell:
            tell(error)
    return reading.sheet


def load_files(paths: Iterable[Path]) -> Cheatsheet:
    """Read several YAML files as one sheet, in which no two rows have the same id.

    Raises what `load_file` does.
    """
    sheet = EMPTY
    for path in paths:
        reading = read_file(path, sheet)
        twice = [
            Problem(read.line("id"), f"row {read.row.id}: is in {sheet.origins[read.row.id]} too")
            for read in reading.rows
            if read.row.id in sheet.origins
        ]
        if problems := [*reading.problems, *twice]:
            raise DataFileError(path, problems)
        sheet = overlay(sheet, reading.sheet)
    return sheet


def read_file(path: Path, base: Cheatsheet = EMPTY) -> Reading:
    """Read the sound rows of a YAML file, and what is wrong with the rest.

    Raises UnreadableFileError.
    """
    try:
        reading = read_text(text_of(path), base)
    except OutOfBoundsError as error:
        problem = error.problem
        raise UnreadableFileError(path, problem.message, line=problem.line) from None
    except UnreadableFileError:
        raise
    except DataFileError as error:
        return Reading(replace(base, rows=()), error.problems)
    origins = {row.id: str(path) for row in reading.sheet.rows}
    return replace(reading, sheet=replace(reading.sheet, origins=origins))


@contextmanager
def _without_collection() -> Iterator[None]:
    """Collect no garbage meanwhile: there are a great many nodes, all of them in use."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


@_without_collection()
def read_text(text: str, base: Cheatsheet = EMPTY) -> Reading:
    """Read the sound rows of the text of a file, and what is wrong with the rest.

    Raises OutOfBoundsError.
    """
    try:
        node = parse_text(text)
    except OutOfBoundsError:
        raise
    except NotYAMLError as error:
        return Reading(replace(base, rows=()), (error.problem,))
    check = Checker()
    top = check.mapping(node, "the file", FILE_KEYS)
    sections, sources = _sections(check, top, base), _sources(check, top, base)
    rows: list[ReadRow] = []
    if "rows" in top:
        reader = Reader(check, sections, sources)
        found = [reader.row(item) for item in check.sequence(top["rows"][1], "rows")]
        rows = [row for row in found if row]
    elif not check.problems:
        check.report(node, "the file has no key 'rows'")
    sheet = Cheatsheet(tuple(read.row for read in rows if read.sound), sections, sources)
    problems = sorted(check.problems, key=lambda problem: (problem.line, problem.message))
    return Reading(sheet, tuple(problems), tuple(rows))


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


class Reader:
    """Reads rows one after another, each key by its kind; `check` collects what is wrong."""

    def __init__(
        self, check: Checker, sections: Mapping[str, str], sources: Mapping[str, Source]
    ) -> None:
        self.check: Checker = check
        self.sections = sections
        self.sources = sources
        self._ids: dict[str, int] = {}
        self._lines: dict[str, int] = {}
        self._row = ""

    def row(self, node: yaml.Node) -> ReadRow | None:
        """Read one row; None if it is not a row."""
        check, before = self.check, len(self.check.problems)
        self._row = _name_of(node)
        check.row = self._row.removeprefix("row ") if self._row != NAMELESS else ""
        entries = check.mapping(node, self._row, ROW_KEYS)
        if not entries:
            return None
        self._lines = {"": line_of(node)}
        if "id" not in entries:
            check.report(node, "a row: 'id' is missing")
        values, broken = self._values(entries)
        broken |= self._missing(node, entries)
        row = Row(**values)
        for found in contradictions(row, broken):
            where = f"row {row.id}, {found.key}" if found.key else f"row {row.id}"
            line = _line(self._lines, found.key)
            check.report_at(line, f"{where}: {found.message}", found.hint)
        return ReadRow(row, self._lines, frozenset(broken), len(check.problems) == before)

    def _values(self, entries: Entries) -> tuple[dict[str, Any], set[str]]:
        """The values of the sound keys, and the other keys."""
        values, broken = {}, set()
        for name, (place, node) in entries.items():
            before = len(self.check.problems)
            self._lines[name] = line_of(place)
            value = ROW_KEYS[name].kind.read(self, node, f"{self._row}, {name}")
            if len(self.check.problems) == before or name == "id":
                values[name] = value
            else:
                broken.add(name)
        return values, broken

    def _missing(self, node: yaml.Node, entries: Entries) -> set[str]:
        """Required keys that are missing, and keys that may be there but misspelt."""
        given = [str(key.value) for key, _ in node.value]
        misspelt = {nearest(key, ROW_KEYS) for key in given if key not in ROW_KEYS}
        misspelt -= {*entries, ""}
        required = {key.name for key in ROW_KEYS.values() if key.required}
        missing = required - {*entries} - misspelt
        for name in sorted(missing - {"id"}):
            words = {"section": self.sections, "availability": AVAILABILITIES}.get(name, ())
            hint = f"one of: {', '.join(words)}" if words else ""
            self.check.report(node, f"{self._row}: {name!r} is missing", hint)
        return missing | misspelt

    def at(self, node: yaml.Node, where: str) -> str:
        """`where`, whose line is kept for problems that are found later."""
        self._lines[where.partition(", ")[2]] = line_of(node)
        return where

    def id(self, node: yaml.Node, where: str) -> str:
        """An id that no earlier row has."""
        row_id = self.check.text(node, where)
        if row_id and not _ID.fullmatch(row_id):
            kebab = re.sub(r"[^a-z0-9]+", "-", row_id.lower()).strip("-")
            what = f"row {row_id}: an id is lower-case words joined by '-'"
            self.check.report(node, what, f"try {kebab!r}" if kebab else "")
        if row_id in self._ids:
            what = f"row {row_id}: id stands twice (first on line {self._ids[row_id]})"
            self.check.report(node, what)
        self._ids.setdefault(row_id, line_of(node))
        return row_id

    def code(self, node: yaml.Node, where: str) -> str:
        """A snippet that compiles."""
        code = self.check.text(node, where)
        problem = syntax_problem(code)
        if problem:
            line, message = problem
            # In a block the code begins on the line below the key.
            below = getattr(node, "style", None) in ("|", ">")
            self.check.report(node, f"{where}: {message}", offset=line - 1 + below)
        return code

    def inputs(self, node: yaml.Node, where: str) -> dict[str, Any]:
        """Specifications of inputs by name."""
        entries = self.check.mapping(node, where)
        inputs = {}
        for name, (key_node, value_node) in entries.items():
            if not name.isidentifier():
                cut = 'inside braces quote what has commas: {x: "uniform(2, 3)"}'
                hint = cut if ")" in name else ""
                self.check.report(key_node, f"{where}: {name!r} is no Python name", hint)
                continue
            value = self.check.plain(value_node, f"{where}, {name}")
            # JSON has neither nan nor inf, and nan equals nothing: they are kept as text.
            inputs[name] = value if _is_finite(value) else str(value)
        return inputs

    def prints(self, node: yaml.Node, where: str) -> tuple[Printed, ...]:
        """What documents printed: each item once for every document that it is `in`."""
        items = self.check.sequence(node, where)
        return tuple(printed for item in items for printed in self._printed(item, where))

    def _printed(self, node: yaml.Node, where: str) -> list[Printed]:
        check = self.check
        entries = check.mapping(node, where, PRINTED_KEYS)
        for key in PRINTED_KEYS:
            if key not in entries:
                check.report(node, f"{where}: {key!r} is missing")
        named = check.sequence(entries["in"][1], where) if "in" in entries else []
        sources = [check.text(item, where) for item in named]
        for source in sources:
            if source not in self.sources:
                hint = did_you_mean(source, self.sources) if self.sources else "add 'sources'"
                check.report(entries["in"][1], f"{where}: no source {source!r}", hint)
        texts = {
            key: check.text(value, where, empty=True)
            for key, (_, value) in entries.items()
            if key != "in"
        }
        forms = [texts.get(key, "") for key in PRINTED_KEYS[1:]]
        return [Printed(source, *forms) for source in sources]


def _is_finite(value: Any) -> bool:
    if isinstance(value, list):
        return all(map(_is_finite, value))
    return not isinstance(value, float) or math.isfinite(value)


def _line(lines: Mapping[str, int], key: str) -> int:
    while key not in lines:
        key = key.rpartition(", ")[0] if ", " in key else key.rpartition(" ")[0]
    return lines[key]


def _name_of(node: yaml.Node) -> str:
    """What to call a row in a message before it has been read."""
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            if key.value == "id" and isinstance(value, yaml.ScalarNode):
                return f"row {value.value}"
    return NAMELESS
