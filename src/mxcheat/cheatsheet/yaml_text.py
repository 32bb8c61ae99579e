"""From text to YAML nodes that know their line; what is no YAML is told in the author's terms."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import yaml

from mxcheat.cheatsheet.nodes import (
    DataFileError,
    Problem,
    UnreadableFileError,
    missing_file,
)

if TYPE_CHECKING:
    from pathlib import Path

_SafeLoader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
# A value that is code or prose to its author, but not to YAML.
_NEEDS_QUOTES = re.compile(r"[\s-]*\w+:\s+([@`%*&!|>\[{'\"]|.*:(\s|$)).*")
# Far beyond any sheet, so that a file can exhaust neither the stack nor the memory.
_MAX_BYTES = 32_000_000
_MAX_DEPTH = 30
_MAX_NODES = 1_000_000  # what stands behind an alias counts each time


def text_of(path: Path) -> str:
    """The text of a file of rows.

    Raises DataFileError if it is not UTF-8, UnreadableFileError if it cannot be opened.
    """
    try:
        with path.open("rb") as file:
            content = file.read(_MAX_BYTES + 1)
        if len(content) > _MAX_BYTES:
            raise UnreadableFileError(path, f"is larger than {_MAX_BYTES:,} bytes")
        return content.decode("utf-8-sig")
    except OSError as error:
        raise missing_file(path, error) from None
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        raise DataFileError(path, [Problem(line, "is not UTF-8 text")]) from None


class NotYAMLError(ValueError):
    """Text that is not YAML, and why."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(str(problem))
        self.problem = problem


class OutOfBoundsError(NotYAMLError):
    """Text that is nested deeper, or with its aliases larger, than any sheet."""


def parse_text(text: str) -> yaml.Node:
    """Read YAML into nodes. Raises NotYAMLError."""
    loader = None
    try:
        loader = _SafeLoader(text)
        node = _Composer(loader).document()
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = mark.line + 1 if mark else 1
        problem = Problem(line, f"is not YAML: {error.problem}", _hint(text, line))
        raise NotYAMLError(problem) from None
    except yaml.reader.ReaderError as error:
        line = text[: error.position].count("\n") + 1
        raise NotYAMLError(Problem(line, f"is not YAML: {error.reason}")) from None
    except yaml.YAMLError as error:
        raise NotYAMLError(Problem(1, f"is not YAML: {error}")) from None
    finally:
        if loader is not None:
            loader.dispose()
    if node is None:
        raise NotYAMLError(Problem(1, "is empty", "expected a mapping with the key rows"))
    return node


class _Open:
    """A list or mapping being read: its node, its items so far, and how many nodes these are."""

    def __init__(self, node: yaml.CollectionNode, anchor: str | None) -> None:
        self.node = node
        self.anchor = anchor
        self.items: list[yaml.Node] = []
        self.count = 1

    def close(self, end: Any) -> yaml.Node:
        """The node with its items; a mapping's are keys and values in turn."""
        is_mapping = isinstance(self.node, yaml.MappingNode)
        pairs = zip(self.items[::2], self.items[1::2], strict=True)
        self.node.value = list(pairs) if is_mapping else self.items
        self.node.end_mark = end
        return self.node


class _Composer:
    """Composes nodes from the events of a document without recursion.

    The loader's own composer overruns the stack on a deep file.
    """

    def __init__(self, loader: Any) -> None:
        self._loader = loader
        self._open: list[_Open] = []
        self._anchored: dict[str, tuple[yaml.Node, int]] = {}
        self._top: yaml.Node | None = None
        self._count = 0

    def document(self) -> yaml.Node | None:
        """The only document of the stream, or None."""
        while self._loader.check_event():
            event = self._loader.get_event()
            if isinstance(event, yaml.DocumentStartEvent) and self._top is not None:
                raise _refusal("a second document begins here", event)
            if isinstance(event, yaml.AliasEvent):
                self._add(*self._named(event))
            elif isinstance(event, yaml.ScalarEvent):
                self._add(self._scalar(event), 1, event.anchor)
            elif isinstance(event, yaml.CollectionStartEvent):
                self._begin(event)
            elif isinstance(event, yaml.CollectionEndEvent):
                done = self._open.pop()
                self._add(done.close(event.end_mark), done.count, done.anchor)
        return self._top

    def _scalar(self, event: Any) -> yaml.Node:
        tag = self._tag(yaml.ScalarNode, event)
        return yaml.ScalarNode(tag, event.value, event.start_mark, event.end_mark, event.style)

    def _begin(self, event: Any) -> None:
        if len(self._open) == _MAX_DEPTH:
            raise _out_of_bounds(f"is nested over {_MAX_DEPTH} deep", event)
        is_list = isinstance(event, yaml.SequenceStartEvent)
        kind = yaml.SequenceNode if is_list else yaml.MappingNode
        node = kind(self._tag(kind, event), [], event.start_mark, None, event.flow_style)
        self._open.append(_Open(node, event.anchor))

    def _tag(self, kind: type[yaml.Node], event: Any) -> str:
        if event.tag is not None and event.tag != "!":
            return str(event.tag)
        value = event.value if kind is yaml.ScalarNode else None
        return str(self._loader.resolve(kind, value, event.implicit))

    def _named(self, event: Any) -> tuple[yaml.Node, int]:
        if event.anchor not in self._anchored:
            within = any(each.anchor == event.anchor for each in self._open)
            what = "stands inside what it names" if within else "names nothing above"
            raise _refusal(f"the alias *{event.anchor} {what}", event)
        node, count = self._anchored[event.anchor]
        self._count += count - 1
        if self._count > _MAX_NODES:
            raise _out_of_bounds(f"has over {_MAX_NODES:,} values with its aliases", event)
        return node, count

    def _add(self, node: yaml.Node, count: int, anchor: str | None = None) -> None:
        """Put a complete node where it belongs; aliases can refer to its anchor."""
        self._count += isinstance(node, yaml.ScalarNode)
        if anchor:
            self._anchored[anchor] = (node, count)
        if self._open:
            self._open[-1].items.append(node)
            self._open[-1].count += count
        else:
            self._top = node


def _refusal(what: str, event: Any) -> yaml.MarkedYAMLError:
    return yaml.MarkedYAMLError(problem=what, problem_mark=event.start_mark)


def _out_of_bounds(what: str, event: Any) -> OutOfBoundsError:
    return OutOfBoundsError(Problem(event.start_mark.line + 1, what))


def _hint(text: str, line: int) -> str:
    """What to do about a line that is not YAML."""
    lines = text.splitlines()
    here = lines[line - 1] if line <= len(lines) else ""
    if "\t" in here[: len(here) - len(here.lstrip())]:
        return "indent with spaces"
    if _NEEDS_QUOTES.match(here):
        return "quote the value, or put it below the key, after 'key: |'"
    return "keys of a row stand below each other, each as 'key: value'" if here else ""
