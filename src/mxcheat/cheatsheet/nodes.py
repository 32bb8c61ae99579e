"""The problems of a data file, each with its line, and the checks of YAML nodes that find them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import yaml

from mxcheat.errors import MxcheatError, did_you_mean, nearest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from pathlib import Path

    Entries = dict[str, tuple[yaml.Node, yaml.Node]]

_MAX_DEPTH = 10
_MAX_ELEMENTS = 100_000

_TYPE_NAMES = {
    "bool": "true or false",
    "int": "a number",
    "float": "a number",
    "null": "nothing",
    "str": "text",
    "seq": "a list",
    "map": "a mapping",
    "timestamp": "a date",
}


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong: where (lines count from 1), what, what to do, in which row."""

    line: int
    message: str
    hint: str = ""
    row: str = ""

    def __str__(self) -> str:
        return f"{self.message}; {self.hint}" if self.hint else self.message


class DataFileError(MxcheatError):
    """A data file with problems: `lines` has those after the first, with file and line."""

    def __init__(self, path: Path, problems: Sequence[Problem]) -> None:
        first, *others = (f"{path}:{problem.line}: {problem}" for problem in problems)
        count = f" (the first of {len(problems)} problems)" if others else ""
        super().__init__(first + count, lines=tuple(others))
        self.path = path
        self.problems = tuple(problems)


class UnreadableFileError(DataFileError):
    """A data file that does not exist, may not be read, or is far too large for a sheet."""

    def __init__(self, path: Path, why: str, *, line: int | None = None, hint: str = "") -> None:
        where = f"{path}:{line}" if line else str(path)
        MxcheatError.__init__(self, f"{where}: {why}", hint=hint)
        self.path = path
        self.problems = ()


def missing_file(path: Path, error: OSError) -> UnreadableFileError:
    """The error for a file that cannot be opened, with the file that may have been meant."""
    return UnreadableFileError(path, f"cannot be read ({error.strerror})", hint=_beside(path))


def _beside(path: Path) -> str:
    """A hint with the file that may have been meant, if the folder has one of a similar name."""
    try:
        names = [file.name for file in path.parent.iterdir() if file.suffix in (".yaml", ".yml")]
    except OSError:
        return ""
    close = nearest(path.name, names)
    return f"did you mean {path.with_name(close)}?" if close and close != path.name else ""


class Checker:
    """Reads nodes as the expected types, and collects `problems` with their lines.

    `row` is the id of the row being read, or "".
    """

    def __init__(self) -> None:
        self.problems: list[Problem] = []
        self.row = ""

    def report(self, node: yaml.Node, message: str, hint: str = "", offset: int = 0) -> None:
        """Note a problem at a node's line, `offset` lines further down."""
        self.report_at(line_of(node) + offset, message, hint)

    def report_at(self, line: int, message: str, hint: str = "") -> None:
        """Note a problem at a line."""
        self.problems.append(Problem(line, message, hint, self.row))

    def mapping(self, node: yaml.Node, what: str, allowed: Iterable[str] | None = None) -> Entries:
        """Key and value nodes by key; unknown and duplicate keys are problems."""
        if not isinstance(node, yaml.MappingNode) or _tag(node) != "map":
            self.report(node, f"{what}: expected a mapping, got {kind_of(node)}")
            return {}
        entries: Entries = {}
        words = None if allowed is None else list(allowed)
        for key_node, value_node in node.value:
            key = str(key_node.value)
            if key in entries:
                first = entries[key][0].start_mark.line + 1
                self.report(key_node, f"{what}: key {key!r} stands twice (first on line {first})")
            elif words is not None and key not in words:
                self.report(key_node, f"{what}: unknown key {key!r}", did_you_mean(key, words))
            else:
                entries[key] = (key_node, value_node)
        return entries

    def sequence(self, node: yaml.Node, what: str) -> list[yaml.Node]:
        """The items of a list."""
        if isinstance(node, yaml.SequenceNode) and _tag(node) == "seq":
            return list(node.value)
        self.report(node, f"{what}: expected a list, got {kind_of(node)}")
        return []

    def text(self, node: yaml.Node, what: str, *, empty: bool = False) -> str:
        """A string, without the line break that a block ends in."""
        if not isinstance(node, yaml.ScalarNode) or _tag(node) != "str":
            self.report(node, f"{what}: expected text, got {kind_of(node)}", 'quote it: "..."')
            return ""
        text = str(node.value).strip("\n")
        if not text.strip() and not empty:
            self.report(node, f"{what}: is empty")
        return text

    def truth(self, node: yaml.Node, what: str) -> bool:
        """true or false."""
        if isinstance(node, yaml.ScalarNode) and _tag(node) == "bool":
            return _truth(node.value)
        self.report(node, f"{what}: expected true or false, got {kind_of(node)}")
        return False

    def word(self, node: yaml.Node, what: str, words: Iterable[str]) -> str:
        """One of `words`."""
        known = list(words)
        text = self.text(node, what)
        if text and text not in known:
            self.report(node, f"{what}: {text!r} is not known", did_you_mean(text, known))
        return text

    def plain(self, node: yaml.Node, what: str) -> Any:
        """A number, truth value, string, or nested list of them."""
        budget = [_MAX_ELEMENTS]
        value = self._plain(node, what, 0, budget)
        if budget[0] < 0:
            self.report(node, f"{what}: has over {_MAX_ELEMENTS:,} elements")
            return 0
        return value

    def _plain(self, node: yaml.Node, what: str, depth: int, budget: list[int]) -> Any:
        budget[0] -= 1
        if budget[0] < 0:
            return 0
        if isinstance(node, yaml.SequenceNode) and _tag(node) == "seq" and depth < _MAX_DEPTH:
            return [self._plain(item, what, depth + 1, budget) for item in node.value]
        if isinstance(node, yaml.ScalarNode):
            reader = _READERS.get(_tag(node))
            if reader is not None:
                try:
                    return reader(node.value)
                except ValueError:
                    self.report(node, f"{what}: {node.value!r} cannot be read as a number")
                    return 0
        self.report(node, f"{what}: expected a number, text or list, got {kind_of(node)}")
        return 0


def line_of(node: yaml.Node) -> int:
    """The line a node begins on, counted from 1."""
    return int(node.start_mark.line) + 1


def _tag(node: yaml.Node) -> str:
    return str(node.tag).rsplit(":", 1)[-1]


def kind_of(node: yaml.Node) -> str:
    """What a node holds, in words."""
    tag = _tag(node)
    name = _TYPE_NAMES.get(tag, f"the tag {node.tag}")
    scalar = isinstance(node, yaml.ScalarNode) and tag not in ("null", "str")
    return f"{name} ({node.value})" if scalar else name


def _whole(text: str) -> int:
    return int(text.replace("_", ""), 0)


def _real(text: str) -> float:
    return float(text.replace("_", "").replace(".inf", "inf").replace(".nan", "nan"))


def _truth(text: str) -> bool:
    return text.lower() in ("true", "yes", "on")


_READERS: dict[str, Callable[[str], Any]] = {
    "int": _whole,
    "float": _real,
    "bool": _truth,
    "str": str,
}
