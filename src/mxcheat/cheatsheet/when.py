"""Which calls meet a difference: the rules of `when`, as they are written and read.

A rule is a mapping of the words below; a call meets it if it meets all of them. It holds for the
calls of both sides, or is given by side. `meeting` decides whether a call meets a word.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from mxcheat.cheatsheet.fields import BySide, Plain
from mxcheat.cheatsheet.sides import LABELS, SIDES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    import yaml

    from mxcheat.cheatsheet.fields import Schema
    from mxcheat.cheatsheet.reader import Reader

    Rule = Mapping[str, Any]

# The kinds of arguments that are written out.
KINDS = ("number", "integers", "floats", "booleans", "text", "list", "integer-dtype")

# Word -> what it takes, and when a call meets it.
WORDS = {
    "always": ("true", "it is a use of a name that the row answers for"),
    "called": ("names", "it is a use of one of these, such as `nd.Concat`"),
    "without": ("arguments", "all of these are left out, or written as None"),
    "given": ("arguments", "all of these are given, and not as None"),
    "unnamed": ("arguments", "all of these are given by their position"),
    "equals": ("values", "each of these arguments is written out as this value"),
    "has": ("values", "each is written out as a list that has this item, or as the item itself"),
    "below": ("numbers", "each is written out as a number below this one, or a list with one"),
    "above": ("numbers", "each is written out as a number above this one, or a list with one"),
    "kind": ("kinds", f"each is written out, and of this kind: {', '.join(KINDS)}"),
    "any": ("rules", "it meets one of these rules"),
    "unless": ("rule", "it is not known to meet this rule"),
}


class When(BySide):
    """A rule for each side; none is null."""

    def __init__(self) -> None:
        super().__init__(Plain(_rule))

    def read(self, reader: Reader, node: yaml.Node, where: str) -> dict[str, Any]:
        if any(key.value in SIDES for key, _ in _pairs(node)):
            return super().read(reader, node, where)
        return dict.fromkeys(SIDES, _rule(reader, node, where))

    def json(self, value: Any) -> Any:
        return super().json(value) if value else None

    def schema(self) -> Schema:
        rule = {"type": ["object", "null"], "propertyNames": {"enum": [*WORDS]}}
        described = {
            side: {"description": f"What calls of {LABELS[side]} have to meet, by word.", **rule}
            for side in SIDES
        }
        return {"type": ["object", "null"], "required": [*SIDES], "properties": described}


def parameters_in(rule: Rule) -> Iterator[str]:
    """The arguments that a rule mentions."""
    for word, value in rule.items():
        if WORDS[word][0] in ("arguments", "values", "numbers", "kinds"):
            yield from value
    for inner in inner_rules(rule):
        yield from parameters_in(inner)


def names_called_in(rule: Rule) -> Iterator[str]:
    """The public names that a rule mentions, as they are written there."""
    yield from rule.get("called", ())
    for inner in inner_rules(rule):
        yield from names_called_in(inner)


def inner_rules(rule: Rule) -> Iterator[Rule]:
    """The rules inside a rule."""
    yield from rule.get("any", ())
    if "unless" in rule:
        yield rule["unless"]


def _pairs(node: yaml.Node) -> list[tuple[yaml.Node, yaml.Node]]:
    return [pair for pair in node.value if isinstance(pair, tuple)]


def _rule(reader: Reader, node: yaml.Node, where: str) -> Rule:
    read = partial(reader.check.mapping, node, where, WORDS)
    hint = f"write one of {', '.join(WORDS)}, as in {{without: axis}}"
    return {
        word: _word(reader, word, value, f"{where}, {word}")
        for word, (_, value) in _filled(reader, node, where, read, hint).items()
    }


def _word(reader: Reader, word: str, node: yaml.Node, where: str) -> Any:
    takes = WORDS[word][0]
    read = partial(_READERS[takes], reader, node, where)
    return _filled(reader, node, where, read, f"it takes {takes}")


def _filled(reader: Reader, node: yaml.Node, where: str, read: Callable[[], Any], hint: str) -> Any:
    """What `read` gives; if that is nothing, and no problem was reported, this is one."""
    before = len(reader.check.problems)
    value = read()
    if not value and len(reader.check.problems) == before:
        reader.check.report(node, f"{where}: says nothing", hint)
    return value


def _true(reader: Reader, node: yaml.Node, where: str) -> bool:
    before = len(reader.check.problems)
    if not reader.check.truth(node, where) and len(reader.check.problems) == before:
        reader.check.report(node, f"{where}: is true or not there", "leave it out")
    return True


def _names(reader: Reader, node: yaml.Node, where: str) -> list[str]:
    items = [node] if isinstance(node.value, str) else reader.check.sequence(node, where)
    return [reader.check.text(item, where) for item in items]


def _each(read: Callable[[Reader, yaml.Node, str], Any]) -> Callable[..., dict[str, Any]]:
    """A reader of a mapping with a value for each argument."""

    def values(reader: Reader, node: yaml.Node, where: str) -> dict[str, Any]:
        entries = reader.check.mapping(node, where)
        return {
            name: read(reader, value, f"{where}, {name}") for name, (_, value) in entries.items()
        }

    return values


def _number(reader: Reader, node: yaml.Node, where: str) -> Any:
    value = reader.check.plain(node, where)
    if isinstance(value, (str, bool, list)):
        reader.check.report(node, f"{where}: expected a number, got {value!r}")
    return value


def _rules(reader: Reader, node: yaml.Node, where: str) -> list[Rule]:
    items = reader.check.sequence(node, where)
    return [_rule(reader, item, f"{where} {number}") for number, item in enumerate(items, 1)]


_READERS: dict[str, Callable[[Reader, yaml.Node, str], Any]] = {
    "true": _true,
    "names": _names,
    "arguments": _names,
    "values": _each(lambda reader, node, where: reader.check.plain(node, where)),
    "numbers": _each(_number),
    "kinds": _each(lambda reader, node, where: reader.check.word(node, where, KINDS)),
    "rules": _rules,
    "rule": _rule,
}
