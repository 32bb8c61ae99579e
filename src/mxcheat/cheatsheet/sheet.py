"""A sheet of rows: laid over another, filtered, and as plain values that can be kept."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from mxcheat.cheatsheet import plain
from mxcheat.cheatsheet.row import AVAILABILITIES, Row
from mxcheat.errors import MxcheatError, did_you_mean

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


@dataclass(frozen=True)
class Source:
    """A document that printed rows: where it stood, and what it is called."""

    id: str
    title: str
    origin: str


@dataclass(frozen=True)
class Cheatsheet:
    """All rows in their order, with the titles of sections and the documents cited.

    `calls` says how often public code calls a name, which breaks ties in search. `origins` has the
    file that each row comes from.
    """

    rows: tuple[Row, ...]
    sections: Mapping[str, str]
    sources: Mapping[str, Source]
    calls: Mapping[str, int] = field(default_factory=dict)
    origins: Mapping[str, str] = field(default_factory=dict)

    def row(self, row_id: str) -> Row | None:
        """The row with this id, or None."""
        return next((row for row in self.rows if row.id == row_id), None)


EMPTY = Cheatsheet((), {}, {})


def overlay(base: Cheatsheet, added: Cheatsheet) -> Cheatsheet:
    """`base` with the rows of `added`: a known id replaces that row, a new one is appended."""
    rows = {row.id: row for row in base.rows}
    rows.update({row.id: row for row in added.rows})
    origins = {**base.origins, **added.origins}
    return Cheatsheet(tuple(rows.values()), added.sections, added.sources, base.calls, origins)


class FilterError(MxcheatError):
    """An unknown section or availability."""


def filtered(
    rows: Iterable[Row],
    sections: Iterable[str],
    section: str | None,
    availability: str | None = None,
) -> list[Row]:
    """Rows that pass both filters; a section includes those below it, None lets every row pass.

    Raises FilterError, naming the nearest word, for an unknown one.
    """
    known = list(sections)
    if section is not None and not any(_within(name, section) for name in known):
        groups = dict.fromkeys(name.rpartition("/")[0] or name for name in known)
        hint = did_you_mean(section, [*groups, *known])
        raise FilterError(f"no section {section!r}", hint=hint)
    if availability is not None and availability not in AVAILABILITIES:
        hint = did_you_mean(availability, AVAILABILITIES)
        raise FilterError(f"no availability {availability!r}", hint=hint)
    return [
        row
        for row in rows
        if (section is None or _within(row.section, section))
        and availability in (None, row.availability)
    ]


def by_section(rows: Iterable[Row]) -> dict[str, list[Row]]:
    """Rows by section, in the order in which the sections begin: a user's rows come last."""
    sections: dict[str, list[Row]] = {}
    for row in rows:
        sections.setdefault(row.section, []).append(row)
    return sections


def _within(section: str, wanted: str) -> bool:
    return section == wanted or section.startswith(wanted.rstrip("/") + "/")


def to_plain(sheet: Cheatsheet) -> dict[str, Any]:
    """All of a sheet as dicts, lists and tuples."""
    return {
        "rows": [*map(plain.to_plain, sheet.rows)],
        "sections": dict(sheet.sections),
        "sources": [vars(source) for source in sheet.sources.values()],
        "calls": dict(sheet.calls),
        "origins": dict(sheet.origins),
    }


def from_plain(kept: dict[str, Any]) -> Cheatsheet:
    """The sheet that `to_plain` was given."""
    rows = tuple(plain.from_plain(Row, values) for values in kept["rows"])
    sources = {values["id"]: Source(**values) for values in kept["sources"]}
    return Cheatsheet(rows, kept["sections"], sources, kept["calls"], kept["origins"])
