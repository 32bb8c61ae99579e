"""Rows of one section, or of one availability."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mxcheat.cheatsheet.row import AVAILABILITIES
from mxcheat.errors import MxcheatError, did_you_mean

if TYPE_CHECKING:
    from collections.abc import Iterable

    from mxcheat.cheatsheet.row import Row


class FilterError(MxcheatError):
    """A section or an availability that nobody knows."""


def filtered(
    rows: Iterable[Row],
    sections: Iterable[str],
    section: str | None,
    availability: str | None = None,
) -> list[Row]:
    """Rows that pass both filters; a section stands for all below it, None lets every row pass.

    Raises FilterError, naming the nearest word, for one that is not known.
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
