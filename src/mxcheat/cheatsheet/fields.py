"""What the keys of a row can hold: how each kind is read, shown as JSON, and described.

A class of records says for each of its fields, by `key`, what it holds and what it is for. The
reader, the template of a new row, the tables of the documentation, the JSON form and its schema
all follow from that: to add a field is to add a line to such a class.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import Field, dataclass, field, fields
from functools import cache
from typing import TYPE_CHECKING, Any

from mxcheat.cheatsheet.sides import LABELS, SIDES

if TYPE_CHECKING:
    from collections.abc import Callable

    import yaml

    from mxcheat.cheatsheet.reader import Reader

    Schema = dict[str, Any]


class Kind(ABC):
    """What a key holds. `blank` is its value where it is left out, or a type that makes one."""

    blank: Any = ""

    @abstractmethod
    def read(self, reader: Reader, node: yaml.Node, where: str) -> Any:
        """The value of a node; what is wrong with it goes to the reader."""

    def json(self, value: Any) -> Any:
        """A value as JSON documents show it."""
        return value

    @abstractmethod
    def schema(self) -> Schema:
        """The JSON Schema of what `json` gives."""


class Plain(Kind):
    """A value that JSON documents show as it is; `read` is what reads it."""

    def __init__(
        self,
        read: Callable[[Reader, yaml.Node, str], Any],
        schema: Schema | None = None,
        blank: Any = "",
    ) -> None:
        self._read = read
        self._schema = schema or {"type": "string"}
        self.blank = blank

    def read(self, reader: Reader, node: yaml.Node, where: str) -> Any:
        return self._read(reader, node, where)

    def schema(self) -> Schema:
        return self._schema


def word(*words: str) -> Plain:
    """One of a few words."""
    return Plain(lambda reader, *at: reader.check.word(*at, words), {"enum": [*words]})


_INPUT = {"type": ["string", "number", "boolean", "array"]}

TEXT = Plain(lambda reader, *at: reader.check.text(*at))
VERBATIM = Plain(lambda reader, *at: reader.check.text(*at, empty=True))
ID = Plain(
    lambda reader, *at: reader.id(*at), {"type": "string", "pattern": "^[a-z0-9]+(-[a-z0-9]+)*$"}
)
CODE = Plain(lambda reader, *at: reader.code(*at))
SECTION = Plain(lambda reader, *at: reader.check.word(*at, reader.sections))
FLAG = Plain(lambda reader, *at: reader.check.truth(*at), {"type": "boolean"}, blank=False)
# Specifications of inputs, or plain values, by name.
INPUTS = Plain(
    lambda reader, *at: reader.inputs(*at),
    {"type": "object", "additionalProperties": _INPUT},
    blank=dict,
)


class Found(Kind):
    """What running the row found; it cannot be written in a file."""

    def __init__(self, kind: Kind) -> None:
        self.kind = kind
        self.blank = kind.blank

    def read(self, reader: Reader, node: yaml.Node, where: str) -> None:
        reader.check.report(node, f"{where}: is found by running the row", "leave it out")

    def json(self, value: Any) -> Any:
        return self.kind.json(value)

    def schema(self) -> Schema:
        return self.kind.schema()


class Prints(Kind):
    """What documents printed; several may have printed the same."""

    blank = ()

    def __init__(self, record: type) -> None:
        self.record = record

    def read(self, reader: Reader, node: yaml.Node, where: str) -> tuple[Any, ...]:
        return reader.prints(node, where)

    def json(self, value: Any) -> list[Any]:
        return [to_json(each) for each in value]

    def schema(self) -> Schema:
        return {"type": "array", "items": schema_of(self.record)}


class Several(Kind):
    """A list."""

    blank = ()

    def __init__(self, kind: Kind) -> None:
        self.kind = kind

    def read(self, reader: Reader, node: yaml.Node, where: str) -> tuple[Any, ...]:
        items = reader.check.sequence(node, where)
        return tuple(
            self.kind.read(reader, item, reader.at(item, f"{where} {number}"))
            for number, item in enumerate(items, 1)
        )

    def json(self, value: Any) -> list[Any]:
        return [self.kind.json(each) for each in value]

    def schema(self) -> Schema:
        return {"type": "array", "items": self.kind.schema()}


class BySide(Kind):
    """The same for each side, or for one of them; JSON has both, the other as null or []."""

    blank = dict

    def __init__(self, kind: Kind) -> None:
        self.kind = kind
        self.absent = () if isinstance(kind, Several) else None

    def read(self, reader: Reader, node: yaml.Node, where: str) -> dict[str, Any]:
        entries = reader.check.mapping(node, where, SIDES)
        return {
            side: self.kind.read(reader, entries[side][1], f"{where}, {side}")
            for side in SIDES
            if side in entries
        }

    def json(self, value: Any) -> Any:
        return {side: self.kind.json(value.get(side, self.absent)) for side in SIDES}

    def schema(self) -> Schema:
        either = self.kind.schema()
        either = nullable(either) if self.absent is None else either
        described = {side: {"description": f"In {LABELS[side]}.", **either} for side in SIDES}
        return {"type": "object", "required": [*SIDES], "properties": described}


class Record(Kind):
    """A mapping with the keys of a class of records; a value without a key is that of `bare`."""

    def __init__(self, record: type, bare: str = "") -> None:
        self.record = record
        self.bare = bare

    def read(self, reader: Reader, node: yaml.Node, where: str) -> Any:
        kinds = {key.name: key for key in keys_of(self.record)}
        if self.bare and not hasattr(node.value, "append"):
            return self.record(**{self.bare: kinds[self.bare].kind.read(reader, node, where)})
        values = {}
        entries = reader.check.mapping(node, where, kinds)
        for name, (_, value) in entries.items():
            inner = reader.at(value, f"{where}, {name}")
            values[name] = kinds[name].kind.read(reader, value, inner)
        for key in kinds.values() if entries else ():
            if key.required and key.name not in entries:
                reader.check.report(node, f"{where}: {key.name!r} is missing")
        return self.record(**values)

    def json(self, value: Any) -> Any:
        return None if value is None else to_json(value)

    def schema(self) -> Schema:
        return schema_of(self.record)


@dataclass(frozen=True)
class Key:
    """One field of a class of records.

    `help` is a line of Markdown for its author. `public` is its name in JSON documents, or "" if
    it is not in them. `example` is what the template of a new row shows.
    """

    name: str
    kind: Kind
    help: str
    required: bool
    public: str
    example: str
    optional: bool


def key(  # noqa: PLR0913 - each has a name at every use
    kind: Kind,
    help: str,  # noqa: A002 - what it is
    *,
    required: bool = False,
    optional: bool = False,
    public: str | bool = True,
    example: str = "",
    default: Any = None,
) -> Any:
    """A field of a class of records (see Key); one that is `optional` is None where it is left out.

    `public` may be another name for it. `default` is what it is where its kind's `blank` is not.
    Records that differ in what was found only are equal.
    """
    known = {"kind": kind, "help": help, "required": required, "public": public, "example": example}
    blank = None if optional else default or kind.blank
    compare = not isinstance(kind, Found)
    if isinstance(blank, type):
        return field(default_factory=blank, metadata=known, compare=compare)
    return field(default=blank, metadata=known, compare=compare)


@cache
def keys_of(record: Any) -> tuple[Key, ...]:
    """The fields of a class of records, in their order."""
    return tuple(map(_key_of, fields(record)))


def _key_of(each: Field[Any]) -> Key:
    known = dict(each.metadata)
    public = known.pop("public")
    name = each.name if public is True else public or ""
    return Key(each.name, **known, public=name, optional=each.default is None)


@cache
def records_in(record: Any) -> dict[str, Any]:
    """The fields of a class of records that hold records themselves, and of which class."""
    kinds = {key.name: getattr(key.kind, "kind", key.kind) for key in keys_of(record)}
    return {name: kind.record for name, kind in kinds.items() if isinstance(kind, Prints | Record)}


def to_json(record: Any) -> dict[str, Any]:
    """A record as JSON documents show it."""
    kind: Any = type(record)
    return {
        key.public: key.kind.json(getattr(record, key.name)) for key in keys_of(kind) if key.public
    }


def schema_of(record: type) -> Schema:
    """The JSON Schema of what `to_json` gives."""
    public = [key for key in keys_of(record) if key.public]
    described = {
        key.public: {"description": key.help.replace("`", ""), **_schema(key)} for key in public
    }
    return {"type": "object", "required": [*described], "properties": described}


def _schema(key: Key) -> Schema:
    schema = key.kind.schema()
    return nullable(schema) if key.optional else schema


def nullable(schema: Schema) -> Schema:
    """The schema of what may be null instead."""
    return {**schema, "type": [schema["type"], "null"]}
