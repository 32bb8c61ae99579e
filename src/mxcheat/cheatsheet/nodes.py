"""YAML read into nodes that know their line, and checks on them that gather every problem."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import yaml

from mxcheat.errors import MxcheatError, did_you_mean

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

_SafeLoader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
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


class DataFileError(MxcheatError):
    """A data file with problems: `lines` has one for each, with file and line."""


def parse(path: Path) -> yaml.Node:
    """Read a YAML file into nodes with a safe loader. Raises DataFileError."""
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise DataFileError(f"{path}: cannot be read ({error.strerror})") from None
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        raise DataFileError(f"{path}:{line}: is not UTF-8 text") from None
    try:
        node: yaml.Node | None = yaml.compose(text, _SafeLoader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = mark.line + 1 if mark else 1
        raise DataFileError(f"{path}:{line}: is not YAML: {error.problem}") from None
    except yaml.reader.ReaderError as error:
        line = text[: error.position].count("\n") + 1
        raise DataFileError(f"{path}:{line}: is not YAML: {error.reason}") from None
    except (yaml.YAMLError, RecursionError) as error:
        raise DataFileError(f"{path}: is not YAML: {error}") from None
    if node is None:
        raise DataFileError(f"{path}: is empty", hint="expected a mapping with the key rows")
    return node


class Checker:
    """Reads nodes as the types that are expected, and notes what is wrong with its line."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.problems: list[tuple[int, str]] = []

    def report(self, node: yaml.Node, message: str, offset: int = 0) -> None:
        """Note a problem at a node's line, `offset` lines further down."""
        self.problems.append((node.start_mark.line + 1 + offset, message))

    def raise_problems(self) -> None:
        """Raise DataFileError with every problem in the order of lines, if there is any."""
        lines = tuple(f"{self.path}:{line}: {text}" for line, text in sorted(self.problems))
        if lines:
            count = f" (the first of {len(lines)} problems)" if len(lines) > 1 else ""
            raise DataFileError(lines[0] + count, lines=lines[1:])

    def mapping(
        self, node: yaml.Node, what: str, allowed: Iterable[str] | None = None
    ) -> dict[str, tuple[yaml.Node, yaml.Node]]:
        """Key and value nodes by key; unknown and duplicate keys are problems."""
        if not isinstance(node, yaml.MappingNode) or _tag(node) != "map":
            self.report(node, f"{what}: expected a mapping, got {kind_of(node)}")
            return {}
        entries: dict[str, tuple[yaml.Node, yaml.Node]] = {}
        words = None if allowed is None else list(allowed)
        for key_node, value_node in node.value:
            key = str(key_node.value)
            if key in entries:
                first = entries[key][0].start_mark.line + 1
                self.report(key_node, f"{what}: key {key!r} stands twice (first on line {first})")
            elif words is not None and key not in words:
                self.report(key_node, f"{what}: unknown key {key!r}; {did_you_mean(key, words)}")
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
            hint = ' (quote it: "...")' if isinstance(node, yaml.ScalarNode) else ""
            self.report(node, f"{what}: expected text, got {kind_of(node)}{hint}")
            return ""
        text = str(node.value).strip("\n")
        if not text.strip() and not empty:
            self.report(node, f"{what}: is empty")
        return text

    def texts(self, node: yaml.Node, what: str) -> tuple[str, ...]:
        """A list of strings; numbers count as their digits."""
        return tuple(self.text(item, what) for item in self.sequence(node, what))

    def word(self, node: yaml.Node, what: str, words: Iterable[str]) -> str:
        """One of `words`."""
        known = list(words)
        text = self.text(node, what)
        if text and text not in known:
            self.report(node, f"{what}: {text!r} is not known; {did_you_mean(text, known)}")
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
