"""docs/json.md, made from the schemas of docs/schemas."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from reference import table

from mxcheat.cheatsheet.fields import schema_of
from mxcheat.cheatsheet.row import Row
from mxcheat.errors import ExitCode

if TYPE_CHECKING:
    from collections.abc import Iterator

    Schema = dict[str, Any]

SCHEMAS = Path(__file__).parent / "schemas"
ORDER = ("lookup", "list", "try", "scan", "verify", "check", "doctor", "export", "row")

INTRO = """\
# JSON and exit codes

Made by `make docs` from [the schemas](schemas) (JSON Schema, draft 2020-12), which a test holds
against what the commands print.

With `--json` a command prints one JSON document on stdout and nothing else; what people are told
goes to stderr. Keys may be added, never renamed; `schema` would count up if one were. Every key
below is always there.

    mxcheat lookup clamp --json
    mxcheat try addmm --json

## Exit codes
"""

MEANINGS = {
    ExitCode.DONE: "done, and the answer is good",
    ExitCode.NO: "done, and the answer is no: nothing found, the sides differ and the row does not "
    "say so, a snippet failed or ran out of time, a check failed",
    ExitCode.USAGE: "the command line, the configuration or a data file is wrong; a query only "
    "guesses at a row to run",
    ExitCode.MISSING: "this machine lacks something: a framework, a device, a terminal",
    ExitCode.INTERRUPTED: "interrupted",
}


def row_schema() -> str:
    """docs/schemas/row.json, made from the table of what a row holds."""
    head = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": "row.json",
        "title": "A row",
        "description": "One row of the cheatsheet, wherever it appears.",
    }
    return json.dumps({**head, **schema_of(Row)}, indent=2) + "\n"


def json_page() -> str:
    """docs/json.md."""
    parts = [INTRO, *table(("Code", "Meaning"), ((f"{int(c)}", MEANINGS[c]) for c in ExitCode)), ""]
    for name in ORDER:
        schema = _read(name)
        parts += [f"## {schema['title']}\n", f"{schema['description']} Schema: {_file(name)}.\n"]
        parts += [*_keys(schema, name), ""]
        for part in schema.get("$defs", {}).values():
            if "title" in part:
                parts += [f"### {part['title']}\n", *_keys(part, name), ""]
    return "\n".join(parts)


def _read(name: str) -> Schema:
    schema: Schema = json.loads((SCHEMAS / f"{name}.json").read_text("utf-8"))
    return schema


def _file(name: str) -> str:
    return f"[{name}.json](schemas/{name}.json)"


def _keys(schema: Schema, file: str) -> list[str]:
    return table(("Key", "Type", "Meaning"), _lines(schema, file, ""))


def _lines(schema: Schema, file: str, path: str) -> Iterator[tuple[str, str, str]]:
    """A line for each key, and for those of the objects in it."""
    for key, part in schema["properties"].items():
        meaning = part.get("description") or _target(part, file).get("description", "")
        yield f"`{path}{key}`", _kind(part, file), meaning
        inner, index = (part["items"], "[]") if "items" in part else (part, "")
        if "properties" in inner:
            yield from _lines(inner, file, f"{path}{key}{index}.")


def _kind(part: Schema, file: str) -> str:
    """What a value may be, in words."""
    if "$ref" in part:
        target = _target(part, file)
        return _link(target["title"]) if "title" in target else _kind(target, file)
    if "anyOf" in part:
        return " or ".join(_kind(each, file) for each in part["anyOf"])
    if "const" in part:
        return f"`{part['const']}`"
    if "enum" in part:
        return " ".join(f"`{word}`" for word in part["enum"])
    if isinstance(part.get("additionalProperties"), dict):
        return f"object: a name to {_kind(part['additionalProperties'], file)}"
    of = f" of {_kind(part['items'], file)}" if "items" in part else ""
    types = part.get("type", "any")
    named = [types] if isinstance(types, str) else types
    return " or ".join(each + (of if each == "array" else "") for each in named)


def _target(part: Schema, file: str) -> Schema:
    """What a part refers to; itself where it refers to nothing."""
    if "$ref" not in part:
        return part
    where, _, pointer = part["$ref"].partition("#")
    target = _read(where.removesuffix(".json") or file)
    for key in pointer.split("/")[1:]:
        target = target[key]
    return target


def _link(title: str) -> str:
    return f"[{title[0].lower()}{title[1:]}](#{title.lower().replace(' ', '-')})"
