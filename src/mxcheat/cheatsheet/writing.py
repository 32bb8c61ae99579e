"""A new row as YAML with a comment on each key, and how it is added to a file."""

from __future__ import annotations

import ast
from dataclasses import dataclass, field
from textwrap import dedent, indent, wrap
from typing import TYPE_CHECKING, Any

import yaml

from mxcheat.cheatsheet.fields import keys_of
from mxcheat.cheatsheet.makers import MAKERS
from mxcheat.cheatsheet.row import AVAILABILITIES, Row
from mxcheat.cheatsheet.rules import FILL_IN
from mxcheat.cheatsheet.sides import PROVIDED, SIDES, other
from mxcheat.cheatsheet.yaml_text import NotYAMLError, parse_text
from mxcheat.errors import MxcheatError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from mxcheat.cheatsheet.fields import Key
    from mxcheat.cheatsheet.row import InputSpec
    from mxcheat.cheatsheet.sides import Side

# What an input is until its author changes it.
ARRAY = "normal(2, 3)"

HEAD = "# Rows of your own, in the format of docs/writing-rows.md.\nrows:\n"


@dataclass(frozen=True)
class Draft:
    """What is known about a new row; its author fills in the rest."""

    id: str
    section: str
    function: str = FILL_IN
    forms: Mapping[Side, str] = field(default_factory=dict)
    answers: Mapping[Side, Sequence[str]] = field(default_factory=dict)
    inputs: Mapping[str, InputSpec] = field(default_factory=dict)
    availability: str = "equivalent"
    compare: str = "values"
    reason: str = ""
    gradient: Sequence[str] = ()

    @property
    def sides(self) -> list[Side]:
        """The sides that have, or need, a form."""
        return [side for side in SIDES if self.availability != f"{other(side)}-only"]


def template(draft: Draft, sections: Iterable[str]) -> str:
    """The draft as one item of `rows`, with comments for its author."""
    more: dict[str, str] = {
        "section": f"One of {', '.join(sections)}.",
        "availability": f"One of {', '.join(AVAILABILITIES)}.",
        "inputs": f"Makers are {', '.join(MAKERS)}; or numbers and lists written out.",
        **{side: f"Without an import there are {', '.join(PROVIDED[side])}." for side in SIDES},
    }
    known = _known(draft)
    lines: list[str] = []
    for key in keys_of(Row):
        if key.name == "id":
            lines += [known["id"]]
        elif key.name in known or key.example:
            about = f"{key.help[0].upper()}{key.help[1:]}. {more.get(key.name, '')}"
            lines += _comment(about.replace("`", ""))
            lines += [known[key.name]] if key.name in known else _commented(key)
    return "- " + indent("\n".join(lines), "  ").lstrip() + "\n"


def _comment(text: str) -> list[str]:
    """A comment, wrapped."""
    return [f"# {line}" for line in wrap(text, 90, break_on_hyphens=False)]


def _known(draft: Draft) -> dict[str, str]:
    """The keys with a known value, each with that as YAML."""
    answers = [
        f"{side}: [{', '.join(draft.answers[side])}]" for side in SIDES if draft.answers.get(side)
    ]
    found: dict[str, str] = {
        "id": _entry("id", draft.id),
        "section": _entry("section", draft.section),
        "function": _entry("function", draft.function),
        **{side: _entry(side, draft.forms.get(side, FILL_IN)) for side in draft.sides},
        "availability": _entry("availability", draft.availability),
        "answers": f"answers: {{{', '.join(answers)}}}" if answers else "",
        "inputs": _inputs("inputs: ", draft.inputs),
        "cases": _cases(draft.inputs),
        "gradient": f"gradient: [{', '.join(draft.gradient)}]" if draft.gradient else "",
        "compare": _entry("compare", draft.compare) if draft.compare != "values" else "",
        "reason": _entry("reason", draft.reason) if draft.reason else "",
    }
    return {name: text for name, text in found.items() if text}


def _commented(key: Key) -> Iterator[str]:
    """A key with an example, as a comment."""
    gap = "" if key.example.startswith("\n") else " "
    return (f"# {line}" for line in f"{key.name}:{gap}{key.example}".splitlines())


def to_fill_in(text: str) -> list[tuple[int, str]]:
    """Line and key of each value that a template leaves to its author."""
    lines = enumerate(text.splitlines(), 1)
    return [
        (number, line.strip(" -").partition(":")[0])
        for number, line in lines
        if line.rstrip().endswith(f": {FILL_IN}")
    ]


class _Styled(str):
    """Text with the style in which YAML writes it."""

    style: str | None = None


class _Dumper(yaml.SafeDumper):
    """Writes text in its style, and no aliases."""

    def ignore_aliases(self, _data: object) -> bool:
        return True


_Dumper.add_representer(
    _Styled,
    lambda dumper, text: dumper.represent_scalar("tag:yaml.org,2002:str", text, text.style),
)


def _entry(key: str, value: str) -> str:
    """Key and value on a line, or as a block if the value has several lines."""
    value = value.strip("\n")
    text = _Styled(value)
    if not value.replace("\n", "").isprintable():
        text.style = '"'
    elif "\n" in value:
        text = _Styled(value + "\n")
        text.style = "|"
    return _dumped({key: text})


def _inputs(label: str, inputs: Mapping[str, InputSpec]) -> str:
    if not inputs:
        return ""
    specs = {name: _written(spec) for name, spec in inputs.items()}
    return label + _dumped(specs, default_flow_style=True, sort_keys=False)


def _dumped(value: Any, **style: Any) -> str:
    """A value as YAML, in long lines."""
    dumped: str = yaml.dump(value, Dumper=_Dumper, allow_unicode=True, width=10_000, **style)
    return dumped.rstrip("\n")


def _written(spec: InputSpec) -> InputSpec:
    """A specification as YAML has it: numbers and lists without quotes."""
    if not isinstance(spec, str):
        return spec
    try:
        value = ast.literal_eval(spec)
    except (SyntaxError, ValueError, MemoryError, RecursionError):
        value = spec
    if isinstance(value, (int, float, list)):
        return value
    text = _Styled(spec)
    text.style = '"'
    return text


def _cases(inputs: Mapping[str, InputSpec]) -> str:
    """Other values of the same shapes, another dtype; another shape for a function of one array."""
    others: list[Mapping[str, InputSpec]]
    others = [{name: _other_values(spec) for name, spec in inputs.items()}]
    if all(spec == ARRAY for spec in inputs.values()):
        others = [dict.fromkeys(inputs, "normal(2, 3, dtype=float64)")]
        if len(inputs) == 1:
            others.insert(0, dict.fromkeys(inputs, "uniform(7, low=-5, high=5)"))
    return "\n".join(["cases:", *(_inputs("- ", other) for other in others)]) if inputs else ""


def _other_values(spec: InputSpec) -> InputSpec:
    """An array of the same shape; all else is as it was."""
    if isinstance(spec, str) and spec.startswith("normal("):
        return f"{spec.replace('normal', 'uniform')[:-1]}, low=-5)"
    return spec


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
    """A row of a file as it is written there, not indented, or ""."""
    text = path.read_text(encoding="utf-8")
    rows = _rows_at_end(path, text)
    line = _line_of(rows, row_id)
    if line is None:
        return ""
    end = next((start for item in rows.value if (start := item.start_mark.line) >= line), None)
    item = text.splitlines()[line - 1 : end]
    copied = dedent("\n".join(item)).rstrip("\n") + "\n"
    try:
        parse_text(copied)
    except NotYAMLError:  # it refers to what stands in a row above it
        whole = yaml.load(text, Loader=yaml.CSafeLoader)["rows"]
        row = [each for each in whole if each["id"] == row_id]
        return yaml.dump(row, Dumper=_Dumper, allow_unicode=True, sort_keys=False)
    return copied


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
