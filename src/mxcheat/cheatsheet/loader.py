"""From a YAML file to rows, every problem named with file and line."""

from __future__ import annotations

import ast
import re
import warnings
from typing import TYPE_CHECKING, Any

import yaml

from mxcheat.cheatsheet.inputs import InputError, make_inputs
from mxcheat.cheatsheet.nodes import Checker, parse
from mxcheat.cheatsheet.row import (
    AVAILABILITIES,
    COMPARISONS,
    SIDES,
    Cheatsheet,
    Printed,
    Row,
    Side,
    Source,
)
from mxcheat.errors import did_you_mean, nearest

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    Entries = Mapping[str, tuple[yaml.Node, yaml.Node]]

FILE_KEYS = ("sources", "sections", "rows")
ROW_KEYS = (
    "id",
    "section",
    "function",
    "chinese",
    "pytorch",
    "gluon",
    "availability",
    "notes",
    "erratum",
    "printed",
    "apis",
    "keywords",
    "inputs",
    "cases",
    "gradient",
    "compare",
    "reason",
    "before",
    "after",
    "misprint",
)
REQUIRED_KEYS = ("id", "section", "function", "availability")
PRINTED_KEYS = ("in", "function", "pytorch", "gluon")
_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


def load_file(path: Path, base: Cheatsheet | None = None) -> Cheatsheet:
    """Read one YAML file; sections and sources of `base` may be referred to.

    Raises DataFileError, which names every problem in the file.
    """
    check = Checker(path)
    top = check.mapping(parse(path), "the file", FILE_KEYS)
    sections = dict(base.sections) if base else {}
    sources = dict(base.sources) if base else {}
    if "sections" in top:
        for key, (_, node) in check.mapping(top["sections"][1], "sections").items():
            sections[key] = check.text(node, f"section {key}")
    if "sources" in top:
        for key, (_, node) in check.mapping(top["sources"][1], "sources").items():
            sources[key] = _source(check, key, node)
    reader = _RowReader(check, sections, sources)
    rows = []
    if "rows" in top:
        rows = [reader.read(node) for node in check.sequence(top["rows"][1], "rows")]
    elif not check.problems:
        check.problems.append((1, "the file has no key 'rows'"))
    check.raise_problems()
    return Cheatsheet(tuple(row for row in rows if row), sections, sources)


def overlay(base: Cheatsheet, added: Cheatsheet) -> Cheatsheet:
    """`base` with the rows of `added`: a known id replaces that row, a new one is appended."""
    rows = {row.id: row for row in base.rows}
    rows.update({row.id: row for row in added.rows})
    return Cheatsheet(tuple(rows.values()), added.sections, added.sources, base.calls)


def _source(check: Checker, key: str, node: yaml.Node) -> Source:
    entries = check.mapping(node, f"source {key}", ("title", "origin"))
    texts = {name: check.text(value, f"source {key}") for name, (_, value) in entries.items()}
    return Source(key, texts.get("title", key), texts.get("origin", ""))


class _RowReader:
    """Reads rows one after another; remembers their ids."""

    def __init__(
        self, check: Checker, sections: Mapping[str, str], sources: Mapping[str, Source]
    ) -> None:
        self.check = check
        self.sections = sections
        self.sources = sources
        self.lines: dict[str, int] = {}

    def read(self, node: yaml.Node) -> Row | None:
        check = self.check
        before = len(check.problems)
        where = _name_of(node)
        entries = check.mapping(node, where, ROW_KEYS)
        if not entries:
            return None
        row_id = self._id(node, entries)
        misspelt = {nearest(key, ROW_KEYS) for key in _keys(node) if key not in ROW_KEYS}
        for key in REQUIRED_KEYS:
            if key not in entries and key != "id" and key not in misspelt:
                check.report(node, f"{where}: {key!r} is missing")
        values: dict[str, Any] = {"id": row_id}
        for key, (_, value) in entries.items():
            if key != "id":
                values[key] = self._value(key, value, f"{where}, {key}")
        for required in REQUIRED_KEYS:
            values.setdefault(required, "")
        values.setdefault("pytorch", None)
        values.setdefault("gluon", None)
        row = Row(**values)
        if len(check.problems) == before:
            self._check_whole(node, entries, row)
        return row

    def _id(self, node: yaml.Node, entries: Entries) -> str:
        if "id" not in entries:
            self.check.report(node, "a row: 'id' is missing")
            return ""
        id_node = entries["id"][1]
        row_id = self.check.text(id_node, "a row, id")
        if row_id and not _ID.fullmatch(row_id):
            kebab = re.sub(r"[^a-z0-9]+", "-", row_id.lower()).strip("-")
            self.check.report(
                id_node, f"row {row_id}: an id is lower-case words joined by '-'; try {kebab!r}"
            )
        if row_id in self.lines:
            self.check.report(
                id_node, f"row {row_id}: id stands twice (first on line {self.lines[row_id]})"
            )
        self.lines.setdefault(row_id, id_node.start_mark.line + 1)
        return row_id

    def _value(self, key: str, node: yaml.Node, where: str) -> Any:
        check = self.check
        words = {
            "section": self.sections,
            "availability": AVAILABILITIES,
            "compare": COMPARISONS,
        }
        if key in words:
            return check.word(node, where, words[key])
        readers: dict[str, Callable[[yaml.Node, str], Any]] = {
            "pytorch": self._code,
            "gluon": self._code,
            "before": lambda node, where: self._sides(node, where, self._code),
            "after": lambda node, where: self._sides(node, where, self._code),
            "misprint": lambda node, where: self._sides(node, where, check.text),
            "apis": lambda node, where: self._sides(node, where, check.texts),
            "keywords": check.texts,
            "gradient": check.texts,
            "printed": self._prints,
            "inputs": self._inputs,
            "cases": self._cases,
        }
        return readers.get(key, check.text)(node, where)

    def _sides(self, node: yaml.Node, where: str, read: Any) -> dict[Side, Any]:
        entries = self.check.mapping(node, where, SIDES)
        return {side: read(entries[side][1], where) for side in SIDES if side in entries}

    def _code(self, node: yaml.Node, where: str) -> str:
        code = self.check.text(node, where)
        problem = syntax_problem(code)
        if problem:
            line, message = problem
            # In a block the code begins on the line below the key.
            below = getattr(node, "style", None) in ("|", ">")
            self.check.report(node, f"{where}: {message}", line - 1 + below)
        return code

    def _inputs(self, node: yaml.Node, where: str) -> dict[str, Any]:
        entries = self.check.mapping(node, where)
        inputs = {}
        for name, (key_node, value_node) in entries.items():
            if not name.isidentifier():
                self.check.report(key_node, f"{where}: {name!r} is no Python name")
            inputs[name] = self.check.plain(value_node, f"{where}, {name}")
        return inputs

    def _cases(self, node: yaml.Node, where: str) -> tuple[dict[str, Any], ...]:
        return tuple(self._inputs(item, where) for item in self.check.sequence(node, where))

    def _prints(self, node: yaml.Node, where: str) -> tuple[Printed, ...]:
        items = self.check.sequence(node, where)
        return tuple(printed for item in items for printed in self._printed(item, where))

    def _printed(self, node: yaml.Node, where: str) -> list[Printed]:
        entries = self.check.mapping(node, where, PRINTED_KEYS)
        for key in PRINTED_KEYS:
            if key not in entries:
                self.check.report(node, f"{where}: {key!r} is missing")
        sources = self.check.texts(entries["in"][1], where) if "in" in entries else ()
        for source in sources:
            if source not in self.sources:
                hint = did_you_mean(source, self.sources)
                self.check.report(entries["in"][1], f"{where}: no source {source!r}; {hint}")
        texts = {
            key: self.check.text(value, where, empty=True)
            for key, (_, value) in entries.items()
            if key != "in"
        }
        forms = [texts.get(key, "") for key in PRINTED_KEYS[1:]]
        return [Printed(source, *forms) for source in sources]

    def _check_whole(self, node: yaml.Node, entries: Entries, row: Row) -> None:
        """What can only be said of a row as a whole."""
        where = f"row {row.id}"
        one_sided = {"pytorch-only": "gluon", "gluon-only": "pytorch"}.get(row.availability)
        for side in SIDES:
            if row.form(side) is None and side != one_sided:
                self.check.report(
                    node, f"{where}: has no {side} form, yet availability is {row.availability!r}"
                )
            elif row.form(side) is not None and side == one_sided:
                self.check.report(
                    entries[side][0], f"{where}: has a {side} form, yet is {row.availability!r}"
                )
            self._check_apis(entries, row, side)
        if row.misprint and not row.erratum:
            self.check.report(entries["misprint"][0], f"{where}: a misprint needs an 'erratum'")
        if (row.compare == "none") != bool(row.reason):
            self.check.report(node, f"{where}: 'compare: none' and a 'reason' go together")
        for name in row.gradient:
            if name not in row.inputs:
                hint = did_you_mean(name, row.inputs) if row.inputs else "the row has no inputs"
                self.check.report(entries["gradient"][1], f"{where}: no input {name!r}; {hint}")
        self._check_inputs(entries, row)

    def _check_apis(self, entries: Entries, row: Row, side: Side) -> None:
        names = row.apis.get(side, ())
        snippet = row.snippet(side)
        used = _identifiers(snippet.code) if snippet else set()
        for name in names:
            if name.rsplit(".", 1)[-1] not in used:
                self.check.report(
                    entries["apis"][1], f"row {row.id}: the {side} code does not use {name}"
                )

    def _check_inputs(self, entries: Entries, row: Row) -> None:
        for case in range(row.case_count):
            try:
                make_inputs(row.inputs_of_case(case))
            except InputError as error:
                key = "cases" if case else "inputs"
                self.check.report(entries[key][1], f"row {row.id}: {error}")


def _keys(node: yaml.Node) -> list[str]:
    return [str(key.value) for key, _ in node.value]


def _name_of(node: yaml.Node) -> str:
    """What to call a row in a message before it has been read."""
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            if key.value == "id" and isinstance(value, yaml.ScalarNode):
                return f"row {value.value}"
    return "a row"


def syntax_problem(code: str) -> tuple[int, str] | None:
    """Line and message of what keeps `code` from compiling, or None."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", SyntaxWarning)
            compile(code, "<row>", "exec", dont_inherit=True)
    except SyntaxError as error:
        return error.lineno or 1, f"code does not compile: {error.msg}"
    except (ValueError, RecursionError, MemoryError) as error:
        return 1, f"code does not compile: {error}"
    return None


def _identifiers(code: str) -> set[str]:
    found = set()
    for node in ast.walk(ast.parse(code)):
        if isinstance(node, ast.Attribute):
            found.add(node.attr)
        elif isinstance(node, ast.Name):
            found.add(node.id)
        elif isinstance(node, ast.alias):
            found.add(node.name.rsplit(".", 1)[-1])
    return found
