"""The compiled form of a data file: JSON, keyed by content, that start-up loads.

It is never needed: without a cache that can be written, the YAML is read each time.
"""

from __future__ import annotations

import hashlib
import json
import os
from typing import TYPE_CHECKING, Any

from mxcheat import __version__
from mxcheat.cheatsheet.row import Cheatsheet, Printed, Row, Source
from mxcheat.paths import cache_directory

if TYPE_CHECKING:
    from pathlib import Path

# Raise when rows gain a field, so that what an older build compiled is not read.
_FORMAT = 2


def content_key(data: bytes) -> str:
    """Name of the compiled form of files with these bytes."""
    return hashlib.sha256(f"{_FORMAT} {__version__} ".encode() + data).hexdigest()


def read_compiled(data: bytes) -> Cheatsheet | None:
    """The compiled form of a data file, or None when there is none that can be used."""
    directory = cache_directory()
    if directory is None:
        return None
    try:
        document = json.loads((directory / f"{content_key(data)}.json").read_bytes())
        return _from_json(document)
    except (OSError, ValueError, TypeError, KeyError, AttributeError):
        return None


def write_compiled(data: bytes, sheet: Cheatsheet) -> None:
    """Keep the compiled form, replacing older ones; a cache that cannot be written is fine."""
    directory = cache_directory()
    if directory is None:
        return
    target = directory / f"{content_key(data)}.json"
    partial = target.with_suffix(f".{os.getpid()}.partial")
    try:
        directory.mkdir(parents=True, exist_ok=True)
        partial.write_text(json.dumps(_to_json(sheet)))
        partial.replace(target)
        _drop_oldest(directory, keep=8)
    except OSError:
        partial.unlink(missing_ok=True) if directory.is_dir() else None


def _drop_oldest(directory: Path, keep: int) -> None:
    compiled = sorted(directory.glob("*.json"), key=lambda path: path.stat().st_mtime)
    for path in compiled[:-keep]:
        path.unlink(missing_ok=True)


def _to_json(sheet: Cheatsheet) -> dict[str, Any]:
    return {
        "rows": [{**vars(row), "printed": [vars(p) for p in row.printed]} for row in sheet.rows],
        "sections": dict(sheet.sections),
        "sources": [vars(source) for source in sheet.sources.values()],
        "calls": dict(sheet.calls),
    }


def _from_json(document: dict[str, Any]) -> Cheatsheet:
    rows = tuple(_row(fields) for fields in document["rows"])
    sources = {fields["id"]: Source(**fields) for fields in document["sources"]}
    return Cheatsheet(rows, document["sections"], sources, document["calls"])


def _row(fields: dict[str, Any]) -> Row:
    fields["printed"] = tuple(Printed(**printed) for printed in fields["printed"])
    fields["apis"] = {side: tuple(names) for side, names in fields["apis"].items()}
    for name in ("keywords", "gradient", "cases"):
        fields[name] = tuple(fields[name])
    return Row(**fields)
