"""A row that is begun, as YAML with a word on each key."""

from __future__ import annotations

from dataclasses import dataclass, field
from textwrap import indent, wrap
from typing import TYPE_CHECKING

import yaml

from mxcheat.cheatsheet.code import PROVIDED
from mxcheat.cheatsheet.lint import FILL_IN
from mxcheat.cheatsheet.row import AVAILABILITIES, SIDES

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from mxcheat.cheatsheet.row import Side

# What an input is until its author says otherwise.
ARRAY = "normal(2, 3)"

HEAD = "# Rows of your own, in the format of docs/writing-rows.md.\nrows:\n"

_TEMPLATE = """\
- {id}
  # {sections}
  {section}
  # What it does, in a few words, as someone would ask for it.
  {function}
  # The forms: what a reader copies, and just what is run, on one input after another.
  # {names[pytorch]}
  {pytorch}
  # {names[gluon]}
  {gluon}
  # {availabilities}
  availability: equivalent
  # What differs: defaults, order of arguments, axes, dtypes, copies, gradients.
  # notes: >-
  #   ...
  # The public names that this row answers for; the code has to use them.
  {apis}
  # What people would type to find it, beyond the words above; the most telling first.
  # keywords: [...]
  # What both sides are given: uniform, normal, positive, symmetric, integers, booleans,
  # arange, zeros, ones, or numbers and lists written out.
  {inputs}
  # Further inputs that the claim is checked on: other shapes, dtypes, edges.
  {cases}
  # The inputs whose gradients are compared as well.
  # gradient: {gradient}
"""


@dataclass(frozen=True)
class Draft:
    """What is known of a row that is begun; the rest is to be filled in."""

    id: str
    section: str
    function: str = FILL_IN
    forms: Mapping[Side, str] = field(default_factory=dict)
    apis: Mapping[Side, Sequence[str]] = field(default_factory=dict)
    inputs: Mapping[str, str] = field(default_factory=dict)


def template(draft: Draft, sections: Iterable[str]) -> str:
    """The draft as one item of `rows`, with comments, for its author to go on with."""
    return _TEMPLATE.format(
        id=_entry("id", draft.id),
        section=_entry("section", draft.section),
        sections=_folded(f"One of {', '.join(sections)}."),
        availabilities=_folded(f"One of {', '.join(AVAILABILITIES)}."),
        function=_entry("function", draft.function),
        names={side: _folded(_names(side)) for side in SIDES},
        **{side: _entry(side, draft.forms.get(side, FILL_IN)) for side in SIDES},
        apis=_apis(draft),
        inputs=_inputs("inputs: ", draft.inputs) or '# inputs: {x: "normal(2, 3)"}',
        cases=_cases(draft.inputs) or '# cases:\n  # - {x: "normal(4)"}',
        gradient=f"[{', '.join(draft.inputs) or 'x'}]",
    )


def to_fill_in(text: str) -> list[tuple[int, str]]:
    """Line and key of each value that a template leaves to its author."""
    lines = enumerate(text.splitlines(), 1)
    return [
        (number, line.strip(" -").partition(":")[0])
        for number, line in lines
        if line.rstrip().endswith(f": {FILL_IN}")
    ]


def _names(side: Side) -> str:
    return f"Without an import there are {', '.join(PROVIDED[side])}, and the inputs."


def _folded(text: str) -> str:
    """A comment in lines of a width to read."""
    return "\n  # ".join(wrap(text, 90, break_on_hyphens=False))


class _Styled(str):
    """Text that says in which style of YAML it is to be written."""

    style: str | None = None


class _Dumper(yaml.SafeDumper):
    """Writes text in its style."""


_Dumper.add_representer(
    _Styled,
    lambda dumper, text: dumper.represent_scalar("tag:yaml.org,2002:str", text, text.style),
)


def _entry(key: str, value: str) -> str:
    """Key and value on a line, or below each other where the value has several."""
    text = _Styled(value)
    if not value.replace("\n", "").isprintable():
        text.style = '"'
    elif "\n" in value:
        text = _Styled(value.strip("\n") + "\n")
        text.style = "|"
    dumped = yaml.dump({key: text}, Dumper=_Dumper, allow_unicode=True, width=10_000)
    return indent(dumped, "  ").strip()


def _apis(draft: Draft) -> str:
    sides = [f"{side}: [{', '.join(draft.apis[side])}]" for side in SIDES if draft.apis.get(side)]
    return f"apis: {{{', '.join(sides)}}}" if sides else "# apis: {pytorch: [...], gluon: [...]}"


def _inputs(label: str, inputs: Mapping[str, str]) -> str:
    specs = (f'"{spec}"' if "(" in spec else spec for spec in inputs.values())
    pairs = ", ".join(f"{name}: {spec}" for name, spec in zip(inputs, specs, strict=True))
    return f"{label}{{{pairs}}}" if pairs else ""


def _cases(inputs: Mapping[str, str]) -> str:
    """Other values of the same shape, another dtype; another shape for a function of one array."""
    specs = set(inputs.values())
    others = ["normal(2, 3, dtype=float64)"] if specs == {ARRAY} else ["uniform(2, 3, low=-5)"]
    if specs == {ARRAY} and len(inputs) == 1:
        others.insert(0, "uniform(7, low=-5, high=5)")
    cases = [
        _inputs("- ", {name: other if spec == ARRAY else spec for name, spec in inputs.items()})
        for other in others
    ]
    return "\n  ".join(["cases:", *cases]) if inputs else ""
