"""The findings as SARIF 2.1.0, which code hosts and editors read."""

from __future__ import annotations

import hashlib
import os
from collections import Counter
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from mxcheat import __version__
from mxcheat.scan.findings import KINDS, kind_of, name_of, place_of, says
from mxcheat.scan.scanning import shown_path

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mxcheat.cheatsheet.row import Row
    from mxcheat.scan.files import Found
    from mxcheat.scan.findings import Told
    from mxcheat.scan.found import Call

_SCHEMA = (
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
)
_LEVELS = {"silent": "warning", "loud": "warning", "missing": "error", "unknown": "note"}


class Log:
    """A SARIF log of one run, to which files are added one by one.

    Each kind of finding is a rule; silent and loud differences have one for each row. A call that
    a row answers without a difference is not a result. It is not known where in its file a
    notebook's cell is, so its results name the cell and the line in it.
    """

    def __init__(self, rows: Mapping[str, Row]) -> None:
        """`rows` are the rows by their ids."""
        self._rows = rows
        self._rules: dict[str, dict[str, Any]] = {}
        self._places: dict[str, int] = {}
        self._results: list[dict[str, Any]] = []
        self._times: Counter[str] = Counter()

    def add(self, told: Told, found: Found) -> None:
        """Add the findings of a file."""
        path = shown_path(found)
        artifact = {"artifactLocation": {"uri": _uri(path)}}
        if told.why:
            self._result("unknown", None, f"{path}: {told.why}", {"physicalLocation": artifact})
        for call in told.calls:
            if kind_of(call) in _LEVELS:
                self._call(call, artifact)

    def to_json(self) -> dict[str, Any]:
        """The whole log."""
        driver = {
            "name": "mxcheat",
            "version": __version__,
            "semanticVersion": __version__,
            "rules": [*self._rules.values()],
        }
        run = {
            "tool": {"driver": driver},
            "columnKind": "unicodeCodePoints",
            "invocations": [{"executionSuccessful": True}],
            "results": self._results,
        }
        return {"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}

    def _call(self, call: Call, artifact: dict[str, Any]) -> None:
        row = self._rows.get(call.row or "")
        where: dict[str, Any] = {"physicalLocation": dict(artifact)}
        text = f"{name_of(call)}: {says(call, row)}"
        if call.cell is None:
            where["physicalLocation"]["region"] = {
                "startLine": call.line,
                "startColumn": call.column,
                "endLine": call.end_line,
                "endColumn": call.end_column,
                "snippet": {"text": call.code},
            }
        else:
            where["logicalLocations"] = [{"name": f"cell {call.cell}", "kind": "cell"}]
            text = f"{place_of(call)}: {text}"
        self._result(kind_of(call), row, text, where, call.code)

    def _result(
        self, kind: str, row: Row | None, text: str, where: dict[str, Any], code: str = ""
    ) -> None:
        rule = self._rule(kind, row)
        key = "\0".join((where["physicalLocation"]["artifactLocation"]["uri"], rule, code))
        self._times[key] += 1
        digest = hashlib.sha256(f"{key}\0{self._times[key]}".encode(errors="backslashreplace"))
        self._results.append(
            {
                "ruleId": rule,
                "ruleIndex": self._places[rule],
                "level": _LEVELS[kind],
                "message": {"text": text},
                "locations": [where],
                # By file and code, not by line, so that it stays when lines move.
                "partialFingerprints": {"mxcheatFinding/v1": digest.hexdigest()[:32]},
            }
        )

    def _rule(self, kind: str, row: Row | None) -> str:
        """The id of a finding's rule, which is created when it is first met."""
        rule = f"{kind}/{row.id}" if row else kind
        if rule not in self._rules:
            self._places[rule] = len(self._rules)
            short = f"{row.function}: {KINDS[kind]}" if row else KINDS[kind]
            self._rules[rule] = {
                "id": rule,
                "shortDescription": {"text": short},
                "defaultConfiguration": {"level": _LEVELS[kind]},
            }
            if row:
                self._rules[rule]["help"] = {"text": _help(row)}
        return rule


def _help(row: Row) -> str:
    """Both forms, the notes, and the command that shows the row."""
    forms = (("PyTorch", row.pytorch), ("MXNet Gluon", row.gluon))
    parts = [f"{name}: {form}" for name, form in forms if form]
    return "\n\n".join(filter(None, [*parts, row.notes, f"mxcheat lookup {row.id}"]))


def _uri(path: str) -> str:
    """A path as a URI reference, relative to the current folder unless it is absolute."""
    quoted = quote(os.fsencode(path.replace(os.sep, "/")))
    return f"file://{quoted}" if os.path.isabs(path) else quoted
