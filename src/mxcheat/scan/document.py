"""What was found as JSON: the files of `scan --json`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from mxcheat.cheatsheet.row import Row
    from mxcheat.scan.files import Found
    from mxcheat.scan.findings import Told
    from mxcheat.scan.found import Bite, Call, File


def file_entry(file: File, told: Told, found: Found, rows: Mapping[str, Row]) -> dict[str, Any]:
    """A file with what is told of it; `rows` are the rows by their ids."""
    return {
        "path": found.path,
        "given": found.given,
        "problem": file.problem,
        "uses": [*file.uses],
        "calls": [_call_entry(call, rows) for call in told.calls],
    }


def _call_entry(call: Call, rows: Mapping[str, Row]) -> dict[str, Any]:
    row = rows.get(call.row or "")
    return {
        "cell": call.cell,
        "line": call.line,
        "column": call.column,
        "end_line": call.end_line,
        "end_column": call.end_column,
        "code": call.code,
        "symbol": call.symbol,
        "certainty": call.certainty,
        "reason": call.reason or None,
        "row": call.row,
        "availability": row.availability if row else None,
        "differences": _bites(bite for bite in call.bites if bite.silent),
        "loud": _bites(bite for bite in call.bites if not bite.silent),
    }


def _bites(bites: Iterable[Bite]) -> list[dict[str, str]]:
    return [{"says": bite.says, "shows": bite.shows} for bite in bites]
