"""Which calls meet a difference: the rules of `when`, as they are written and read.

A rule is a mapping of the words below; a call meets it if it meets all that stand there. It holds
for the calls of both sides, or is given by side. What a word makes of a call, `meeting` says.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mxcheat.cheatsheet.fields import Kind
from mxcheat.cheatsheet.sides import LABELS, SIDES

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    import yaml

    from mxcheat.cheatsheet.fields import Reader, Schema
    from mxcheat.cheatsheet.sides import Side

    Rule = Mapping[str, Any]

# What an argument that is written out can be.
KINDS = ("number", "integers", "floats", "booleans", "text", "list")

# Word -> what it takes, and which calls it speaks of.
WORDS = {
    "always": ("true", "every use of a name that the row answers for"),
    "called": ("names", "uses of one of these names only, such as `nd.Concat`"),
    "without": ("arguments", "all of these are left out, or written as None"),
    "given": ("arguments", "all of these are given, and not as None"),
    "unnamed": ("arguments", "all of these are given by their position"),
    "equals": ("values", "each of these arguments is written out as this value"),
    "has": ("values", "each is written out as a list that has this item, or as the item itself"),
    "below": ("numbers", "each is written out as a number below this one, or a list with one"),
    "above": ("numbers", "each is written out as a number above this one, or a list with one"),
    "kind": ("kinds", f"each is written out, and of this kind: {', '.join(KINDS)}"),
    "any": ("rules", "one of these rules is met"),
    "unless": ("rule", "this rule is not known to be met"),
}


class When(Kind):
    """A rule for each side; none is null."""

    def read(self, reader: Reader, node: yaml.Node, where: str) -> dict[Side, Rule]:
        if any(key.value in SIDES for key, _ in _pairs(node)):
            entries = reader.check.mapping(node, where, SIDES)
            return {
                side: _rule(reader, entries[side][1], f"{where}, {side}")
                for side in SIDES
                if side in entries
            }
        rule = _rule(reader, node, where)
        return dict.fromkeys(SIDES, rule)

    def json(self, value: Mapping[Side, Rule]) -> dict[str, Any] | None:
        return {side: value.get(side) for side in SIDES} if value else None

    def schema(self) -> Schema:
        either = {"type": ["object", "null"], "properties": _schemas()}
        described = {
            side: {"description": f"The calls of {LABELS[side]}; all its words hold.", **either}
            for side in SIDES
        }
        return {"type": ["object", "null"], "required": [*SIDES], "properties": described}


def parameters_in(rule: Rule) -> Iterator[str]:
    """The arguments that a rule speaks of."""
    for word, value in rule.items():
        takes = WORDS[word][0]
        if takes == "arguments" or takes in ("values", "numbers", "kinds"):
            yield from value
    for inner in inner_rules(rule):
        yield from parameters_in(inner)


def names_called_in(rule: Rule) -> Iterator[str]:
    """The public names that a rule speaks of, as they are written there."""
    yield from rule.get("called", ())
    for inner in inner_rules(rule):
        yield from names_called_in(inner)


def inner_rules(rule: Rule) -> Iterator[Rule]:
    """The rules inside a rule."""
    yield from rule.get("any", ())
    if "unless" in rule:
        yield rule["unless"]


def _rule(reader: Reader, node: yaml.Node, where: str) -> Rule:
    entries = reader.check.mapping(node, where, WORDS)
    if not entries and not _pairs(node) and hasattr(node, "value"):
        hint = f"write one of {', '.join(WORDS)}, as in {{without: axis}}"
        reader.check.report(node, f"{where}: says nothing", hint)
    return {
        word: _READERS[WORDS[word][0]](reader, value, f"{where}, {word}")
        for word, (_, value) in entries.items()
    }


def _pairs(node: yaml.Node) -> list[tuple[yaml.Node, yaml.Node]]:
    return [pair for pair in node.value if isinstance(pair, tuple)]


def _true(reader: Reader, node: yaml.Node, where: str) -> bool:
    before = len(reader.check.problems)
    if not reader.check.truth(node, where) and len(reader.check.problems) == before:
        reader.check.report(node, f"{where}: is true or not there", "leave it out")
    return True


def _names(reader: Reader, node: yaml.Node, where: str) -> list[str]:
    items = [node] if isinstance(node.value, str) else reader.check.sequence(node, where)
    return [reader.check.text(item, where) for item in items]


def _values(reader: Reader, node: yaml.Node, where: str) -> dict[str, Any]:
    entries = reader.check.mapping(node, where)
    return {
        name: reader.check.plain(value, f"{where}, {name}") for name, (_, value) in entries.items()
    }


def _numbers(reader: Reader, node: yaml.Node, where: str) -> dict[str, Any]:
    values = _values(reader, node, where)
    for name, value in values.items():
        if isinstance(value, (str, bool, list)):
            reader.check.report(node, f"{where}, {name}: expected a number, got {value!r}")
    return values


def _kinds(reader: Reader, node: yaml.Node, where: str) -> dict[str, Any]:
    entries = reader.check.mapping(node, where)
    return {
        name: reader.check.word(value, f"{where}, {name}", KINDS)
        for name, (_, value) in entries.items()
    }


def _rules(reader: Reader, node: yaml.Node, where: str) -> list[Rule]:
    items = reader.check.sequence(node, where)
    return [_rule(reader, item, f"{where} {number}") for number, item in enumerate(items, 1)]


_READERS = {
    "true": _true,
    "names": _names,
    "arguments": _names,
    "values": _values,
    "numbers": _numbers,
    "kinds": _kinds,
    "rules": _rules,
    "rule": _rule,
}


def _schemas() -> dict[str, Schema]:
    of: dict[str, Schema] = {
        "true": {"const": True},
        "names": {"type": "array", "items": {"type": "string"}},
        "arguments": {"type": "array", "items": {"type": "string"}},
        "values": {
            "type": "object",
            "additionalProperties": {"type": ["string", "number", "boolean", "array"]},
        },
        "numbers": {"type": "object", "additionalProperties": {"type": "number"}},
        "kinds": {"type": "object", "additionalProperties": {"enum": [*KINDS]}},
        "rules": {"type": "array", "items": {"type": "object"}},
        "rule": {"type": "object"},
    }
    return {
        word: {"description": help.replace("`", ""), **of[takes]}
        for word, (takes, help) in WORDS.items()  # noqa: A001 - what it is
    }
