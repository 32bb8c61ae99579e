"""From text to YAML nodes that know their line; what is no YAML is told in the author's terms."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import yaml

from mxcheat.cheatsheet.problems import DataFileError, Problem, UnreadableFileError

if TYPE_CHECKING:
    from pathlib import Path

_SafeLoader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
# A value that is code or prose to its author, and something else to YAML.
_NEEDS_QUOTES = re.compile(r"[\s-]*\w+:\s+([@`%*&!|>\[{'\"]|.*:(\s|$)).*")


def parse(path: Path) -> yaml.Node:
    """Read a YAML file into nodes with a safe loader.

    Raises DataFileError for what is no YAML, UnreadableFileError for what is no file.
    """
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise UnreadableFileError(path, error) from None
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        raise DataFileError(path, [Problem(line, "is not UTF-8 text")]) from None
    try:
        return parse_text(text)
    except NotYAMLError as error:
        raise DataFileError(path, [error.problem]) from None


class NotYAMLError(ValueError):
    """Text that is no YAML, and why."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(str(problem))
        self.problem = problem


def parse_text(text: str) -> yaml.Node:
    """Read YAML into nodes. Raises NotYAMLError."""
    try:
        node: yaml.Node | None = yaml.compose(text, _SafeLoader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = mark.line + 1 if mark else 1
        problem = Problem(line, f"is not YAML: {error.problem}", _hint(text, line))
        raise NotYAMLError(problem) from None
    except yaml.reader.ReaderError as error:
        line = text[: error.position].count("\n") + 1
        raise NotYAMLError(Problem(line, f"is not YAML: {error.reason}")) from None
    except (yaml.YAMLError, RecursionError) as error:
        raise NotYAMLError(Problem(1, f"is not YAML: {error}")) from None
    if node is None:
        raise NotYAMLError(Problem(1, "is empty", "expected a mapping with the key rows"))
    return node


def _hint(text: str, line: int) -> str:
    """What to do about a line that YAML stumbles over."""
    lines = text.splitlines()
    here = lines[line - 1] if line <= len(lines) else ""
    if "\t" in here[: len(here) - len(here.lstrip())]:
        return "indent with spaces"
    if _NEEDS_QUOTES.match(here):
        return "quote the value, or put it below the key, after 'key: |'"
    return "keys of a row stand below each other, each as 'key: value'" if here else ""
