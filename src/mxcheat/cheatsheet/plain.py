"""A cheatsheet as plain dicts, lists and tuples, which can be kept, and back."""

from __future__ import annotations

from typing import Any

from mxcheat.cheatsheet.row import Cheatsheet, Printed, Row, Source


def to_plain(sheet: Cheatsheet) -> dict[str, Any]:
    """All of the sheet."""
    return {
        "rows": [{**vars(row), "printed": [vars(p) for p in row.printed]} for row in sheet.rows],
        "sections": dict(sheet.sections),
        "sources": [vars(source) for source in sheet.sources.values()],
        "calls": dict(sheet.calls),
    }


def from_plain(plain: dict[str, Any]) -> Cheatsheet:
    """The sheet that `to_plain` was given."""
    rows = tuple(_row(fields) for fields in plain["rows"])
    sources = {fields["id"]: Source(**fields) for fields in plain["sources"]}
    return Cheatsheet(rows, plain["sections"], sources, plain["calls"])


def _row(fields: dict[str, Any]) -> Row:
    printed = tuple(Printed(**each) for each in fields["printed"])
    return Row(**{**fields, "printed": printed})
