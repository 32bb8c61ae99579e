"""Every JSON document is what docs/schemas says, and what is renamed there is noticed."""

from __future__ import annotations

import json
import sys
from copy import deepcopy
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from jsonschema import Draft202012Validator
from referencing import Registry, Resource

from mxcheat.cheatsheet.row import AVAILABILITIES
from mxcheat.live.results import SIDE_STATUSES, VERDICT_STATUSES
from tests.faults.launchers import launcher
from tests.support import mxcheat

if TYPE_CHECKING:
    from collections.abc import Iterator

SCHEMAS: dict[str, Any] = {
    path.stem: json.loads(path.read_text("utf-8"))
    for path in sorted((Path(__file__).parents[2] / "docs" / "schemas").glob("*.json"))
}
# Objects whose keys are names: of inputs, of settings, of rows.
MAPS = ("inputs", "settings", "replaced_from", "claims", "severity", "libraries", "skipped")
# What can be of any type.
FREE = "value"

MINE = """\
rows:
- id: clamp
  section: tensor/operation
  function: A row of one's own
  pytorch: x.sin()
  gluon: x[0:3].sin()
  availability: equivalent
  also: {pytorch: [torch.sin(x)], gluon: [nd.sin(x)]}
  answers: {pytorch: [Tensor.sin], gluon: [NDArray.sin]}
  arguments:
  - {pytorch: out=None, rule: 1 - x, note: nd has none,
     shown: {pytorch: x * 0.3, gluon: x * (1 - rule(0.3))}}
  differences:
  - {says: nd takes no list., gluon: "nd.sin([x])", shows: error, instead: {gluon: nd.sin(x)}}
  hybridized: F.sin(x)
  weights:
  - {pytorch: weight, rule: x.T}
  - {gluon: weight}
  versions:
  - {gluon: since 1.5, says: it is a method}
  inputs: {x: "uniform(3)"}
"""
# Something of every kind that a scan can find.
NET = """\
from mxnet import nd
nd.concat(a, b)
nd.no_such_thing(a)
getattr(nd, name)
"""
LIGHT = [
    ("lookup", ["lookup", "clamp", "--json"], 0),
    ("lookup", ["lookup", "qwertyuiop", "--json"], 1),
    ("list", ["list", "--json"], 0),
    ("list", ["list", "--data", "MINE", "--own", "--json"], 0),
    ("export", ["export", "--format", "json"], 0),
    ("check", ["check", "--json", "MINE"], 0),
    ("check", ["check", "--json", "BROKEN"], 1),
    ("scan", ["scan", "--json", "NET"], 1),
    ("scan", ["scan", "--json", "EMPTY"], 0),
]
LIVE = [
    ("try", ["try", "addmm", "--bench", "--json"], 0),
    ("try", ["try", "addmm", "--ctx", "gpu7", "--json"], 3),
    ("try", ["try", "--pytorch", "x / (1, 2)", "--gluon", "x", "--inputs", "x=2", "--json"], 1),
    ("try", ["try", "clamp", "--difference", "1", "--json"], 0),
    ("try", ["try", "NO_MXNET", "clamp", "--json"], 0),
    ("verify", ["verify", "addmm", "clamp", "--json"], 0),
    ("doctor", ["doctor", "NO_MXNET", "--data", "MINE", "--json"], 3),
    ("check", ["check", "--live", "--json", "MINE"], 0),
]


def command(folder: Path, arguments: list[str]) -> tuple[int, Any]:
    """Exit code and document of a command; words in capitals stand for what is made in `folder`."""
    files = {
        "MINE": MINE,
        "BROKEN": MINE.replace("function:", "fucntion:"),
        "NET": NET,
        "EMPTY": "",
    }
    env = {}
    words: list[str | Path] = []
    for word in arguments:
        if word in files:
            (folder / f"{word}.yaml").write_text(files[word])
            words.append(folder / f"{word}.yaml")
        elif word == "NO_MXNET":
            env["MXCHEAT_MXNET_PYTHON"] = launcher(folder, f'exec "{sys.executable}" -S "$@"')
        else:
            words.append(word)
    done = mxcheat(*words, env=env)
    return done.code, done.json


def validator(name: str, schemas: dict[str, Any]) -> Draft202012Validator:
    named = ((f"{each}.json", Resource.from_contents(schema)) for each, schema in schemas.items())
    registry: Registry[Any] = Registry().with_resources(named)
    return Draft202012Validator(schemas[name], registry=registry)


def closed(name: str) -> Draft202012Validator:
    """The schema without its tolerance for keys that it does not name."""
    schemas = deepcopy(SCHEMAS)
    for schema in schemas.values():
        for part in _parts(schema):
            if "properties" in part or "$ref" in part:
                part["unevaluatedProperties"] = False
    # What is added to a row is named where it is added.
    del schemas["row"]["unevaluatedProperties"]
    return validator(name, schemas)


def _parts(schema: Any) -> Iterator[dict[str, Any]]:
    if isinstance(schema, dict):
        yield schema
        for part in schema.values():
            yield from _parts(part)
    elif isinstance(schema, list):
        for part in schema:
            yield from _parts(part)


def mutations(document: Any) -> Iterator[tuple[str, Any]]:
    """The document with one key less, or with one value of another type; and which that is."""
    for path in _keys(document):
        *way, key = path
        changed = deepcopy(document)
        holder = _at(changed, way)
        value = holder.pop(key)
        if not (way and way[-1] in MAPS):
            yield f"without {path}", changed
        if key != FREE:
            mended = deepcopy(changed)
            _at(mended, way)[key] = "text" if isinstance(value, dict) else {"not": "this"}
            yield f"other {path}", mended


def _keys(document: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Where a key stands, in the first element of every list."""
    if isinstance(document, dict):
        for key, value in document.items():
            yield (*path, key)
            if key != FREE:
                yield from _keys(value, (*path, key))
    elif isinstance(document, list) and document:
        yield from _keys(document[0], (*path, 0))


def _at(document: Any, path: list[Any]) -> Any:
    for key in path:
        document = document[key]
    return document


def check(name: str, code: int, expected: int, document: Any) -> None:
    """The document fits its schema to the last key, and no part of it can go."""
    assert code == expected
    closed(name).validate(document)
    few = {key: part[:2] if isinstance(part, list) else part for key, part in document.items()}
    open_ended = validator(name, SCHEMAS)
    changed = list(mutations(few))
    assert len(changed) > 5
    for what, mutation in changed:
        assert not open_ended.is_valid(mutation), what


@pytest.mark.parametrize(("name", "arguments", "expected"), LIGHT, ids=str)
def test_a_document(name: str, arguments: list[str], expected: int, tmp_path: Path) -> None:
    code, document = command(tmp_path, arguments)
    check(name, code, expected, document)


@pytest.mark.live
@pytest.mark.parametrize(("name", "arguments", "expected"), LIVE, ids=str)
def test_a_document_of_a_run(
    name: str, arguments: list[str], expected: int, tmp_path: Path
) -> None:
    code, document = command(tmp_path, arguments)
    check(name, code, expected, document)


@pytest.mark.parametrize("name", SCHEMAS)
def test_a_schema_is_one(name: str) -> None:
    Draft202012Validator.check_schema(SCHEMAS[name])
    assert SCHEMAS[name]["$id"] == f"{name}.json"
    for part in _parts(SCHEMAS[name]):
        if "properties" in part and "required" in part:
            assert set(part["required"]) <= set(part["properties"])


def test_words_are_those_of_the_code() -> None:
    assert SCHEMAS["row"]["properties"]["availability"]["enum"] == list(AVAILABILITIES)
    assert SCHEMAS["try"]["$defs"]["status"]["enum"] == list(SIDE_STATUSES)
    assert SCHEMAS["try"]["$defs"]["verdict"]["enum"] == list(VERDICT_STATUSES)
