"""From the node of one row to a Row, key by key."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import yaml

from mxcheat.cheatsheet.code import syntax_problem
from mxcheat.cheatsheet.consistency import Whole, check_whole
from mxcheat.cheatsheet.row import AVAILABILITIES, COMPARISONS, SIDES, Printed, Row, Side, Source
from mxcheat.errors import did_you_mean, nearest

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from mxcheat.cheatsheet.nodes import Checker, Entries

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
NAMELESS = "a row"
# What a row is without a key that it has to have.
_BLANK: dict[str, Any] = {**dict.fromkeys(REQUIRED_KEYS, ""), "pytorch": None, "gluon": None}
_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


@dataclass(frozen=True)
class ReadRow:
    """A row as far as it could be read, the line of each key, and the keys that have problems.

    A key with a problem, or one that is missing, has the value of a row without it.
    """

    row: Row
    lines: Mapping[str, int]
    broken: frozenset[str]
    sound: bool

    def line(self, key: str) -> int:
        """The line of a key, or of the row if it has no such key."""
        return self.lines.get(key, self.lines[""])


class RowReader:
    """Reads rows one after another; remembers their ids."""

    def __init__(
        self, check: Checker, sections: Mapping[str, str], sources: Mapping[str, Source]
    ) -> None:
        self.check = check
        self.sections = sections
        self.sources = sources
        self.ids: dict[str, int] = {}

    def read(self, node: yaml.Node) -> ReadRow | None:
        """Read one row; what is wrong with it goes to the checker. None for what is no row."""
        before = len(self.check.problems)
        where = _name_of(node)
        self.check.row = where.removeprefix("row ") if where != NAMELESS else ""
        entries = self.check.mapping(node, where, ROW_KEYS)
        if not entries:
            return None
        row_id = self._id(node, entries)
        values, broken = self._values(entries, where)
        broken |= self._missing(node, entries, where)
        row = Row(**{**_BLANK, **values, "id": row_id})
        check_whole(Whole(self.check, node, entries, row, broken))
        lines = {key: place.start_mark.line + 1 for key, (place, _) in entries.items()}
        lines[""] = node.start_mark.line + 1
        return ReadRow(row, lines, frozenset(broken), len(self.check.problems) == before)

    def _values(self, entries: Entries, where: str) -> tuple[dict[str, Any], set[str]]:
        """The values of the sound keys, and the other keys."""
        values, broken = {}, set()
        for key in entries.keys() - {"id"}:
            before = len(self.check.problems)
            value = self._value(key, entries[key][1], f"{where}, {key}")
            if len(self.check.problems) == before:
                values[key] = value
            else:
                broken.add(key)
        return values, broken

    def _missing(self, node: yaml.Node, entries: Entries, where: str) -> set[str]:
        """Keys that are not there and have to be, and those that may only be misspelt."""
        unknown = [key for key in _keys(node) if key not in ROW_KEYS]
        misspelt = {nearest(key, ROW_KEYS) for key in unknown} - {*entries, ""}
        missing = {key for key in REQUIRED_KEYS if key not in entries} - misspelt
        for key in sorted(missing - {"id"}):
            words = {"section": self.sections, "availability": AVAILABILITIES}.get(key, ())
            hint = f"one of: {', '.join(words)}" if words else ""
            self.check.report(node, f"{where}: {key!r} is missing", hint)
        return missing | misspelt

    def _id(self, node: yaml.Node, entries: Entries) -> str:
        if "id" not in entries:
            self.check.report(node, "a row: 'id' is missing")
            return ""
        id_node = entries["id"][1]
        row_id = self.check.text(id_node, "a row, id")
        if row_id and not _ID.fullmatch(row_id):
            kebab = re.sub(r"[^a-z0-9]+", "-", row_id.lower()).strip("-")
            what = f"row {row_id}: an id is lower-case words joined by '-'"
            self.check.report(id_node, what, f"try {kebab!r}" if kebab else "")
        if row_id in self.ids:
            what = f"row {row_id}: id stands twice (first on line {self.ids[row_id]})"
            self.check.report(id_node, what)
        self.ids.setdefault(row_id, id_node.start_mark.line + 1)
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
            self.check.report(node, f"{where}: {message}", offset=line - 1 + below)
        return code

    def _inputs(self, node: yaml.Node, where: str) -> dict[str, Any]:
        entries = self.check.mapping(node, where)
        inputs = {}
        for name, (key_node, value_node) in entries.items():
            if not name.isidentifier():
                cut = 'inside braces quote what has commas: {x: "uniform(2, 3)"}'
                hint = cut if ")" in name else ""
                self.check.report(key_node, f"{where}: {name!r} is no Python name", hint)
                continue
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
                hint = did_you_mean(source, self.sources) if self.sources else "add 'sources'"
                self.check.report(entries["in"][1], f"{where}: no source {source!r}", hint)
        texts = {
            key: self.check.text(value, where, empty=True)
            for key, (_, value) in entries.items()
            if key != "in"
        }
        forms = [texts.get(key, "") for key in PRINTED_KEYS[1:]]
        return [Printed(source, *forms) for source in sources]


def _keys(node: yaml.Node) -> list[str]:
    return [str(key.value) for key, _ in node.value]


def _name_of(node: yaml.Node) -> str:
    """What to call a row in a message before it has been read."""
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            if key.value == "id" and isinstance(value, yaml.ScalarNode):
                return f"row {value.value}"
    return NAMELESS
