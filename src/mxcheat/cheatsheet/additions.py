"""A row added at the end of a file of rows, of which nothing else is touched."""

from __future__ import annotations

from textwrap import dedent, indent
from typing import TYPE_CHECKING

import yaml

from mxcheat.cheatsheet.template import HEAD
from mxcheat.cheatsheet.yaml_text import NotYAMLError, parse_text
from mxcheat.errors import MxcheatError

if TYPE_CHECKING:
    from pathlib import Path


class AdditionError(MxcheatError):
    """A file that no row can be added to."""


def addition(path: Path, text: str, row_id: str, row: str) -> str:
    """What to write behind the `text` of a file so that its rows end with `row`.

    `row` is an item of `rows`, not indented. Raises AdditionError where that cannot be done.
    """
    gap = "" if not text or text.endswith("\n") else "\n"
    if all(not line.strip() or line.lstrip().startswith("#") for line in text.splitlines()):
        return gap + HEAD + row
    rows = _rows_at_end(path, text)
    line = _line_of(rows, row_id)
    if line is not None:
        raise AdditionError(f"{path}:{line}: the file has a row {row_id} already")
    depth = rows.start_mark.column if isinstance(rows, yaml.SequenceNode) else 0
    added = gap + "\n" + indent(row, " " * depth)
    try:
        grown = _rows_at_end(path, text + added)
    except (NotYAMLError, AdditionError):
        grown = rows
    if _line_of(grown, row_id) is None:
        raise _refusal(path, "does not end in its rows")
    return added


def text_of_row(path: Path, row_id: str) -> str:
    """A row of a file as it is written there, not indented; "" where there is none."""
    text = path.read_text(encoding="utf-8")
    rows = _rows_at_end(path, text)
    line = _line_of(rows, row_id)
    starts = [item.start_mark.line for item in rows.value] if line else []
    after = [start for start in starts if line is not None and start >= line]
    if line is None:
        return ""
    item = text.splitlines()[line - 1 : after[0] if after else None]
    return dedent("\n".join(item)).rstrip("\n") + "\n"


def _rows_at_end(path: Path, text: str) -> yaml.Node:
    """The node of the last key, which has to be `rows`, one item below the other."""
    try:
        node = parse_text(text)
    except NotYAMLError as error:
        raise _refusal(path, str(error)) from None
    if not (isinstance(node, yaml.MappingNode) and node.value):
        raise _refusal(path, "is no mapping with the key rows")
    key: yaml.Node
    rows: yaml.Node
    key, rows = node.value[-1]
    if key.value != "rows" or (isinstance(rows, yaml.SequenceNode) and rows.flow_style):
        raise _refusal(path, "does not end in rows, one '- id: ...' below the other")
    return rows


def _line_of(rows: yaml.Node, row_id: str) -> int | None:
    items = rows.value if isinstance(rows, yaml.SequenceNode) else []
    for item in items:
        for key, value in item.value if isinstance(item, yaml.MappingNode) else []:
            if key.value == "id" and value.value == row_id:
                return int(key.start_mark.line) + 1
    return None


def _refusal(path: Path, why: str) -> AdditionError:
    return AdditionError(f"{path}: {why}; no row was added", hint="name another file with -o")
