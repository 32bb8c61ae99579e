"""A row in a few lines, for a Python prompt and a notebook."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from mxcheat.cheatsheet.sides import LABELS, SIDES

if TYPE_CHECKING:
    from collections.abc import Iterable

    from mxcheat.cheatsheet.row import Difference, Row

_STYLE = 'style="text-align: left; vertical-align: top"'
_NO_FORM = "(no counterpart)"


def row_text(row: Row) -> str:
    """What it does, both forms, and the first of its differences that nothing warns of."""
    width = max(map(len, LABELS.values())) + 2
    lines = [f"{row.id}: {row.function} ({row.availability})"]
    for side in SIDES:
        first, *others = (row.form(side) or _NO_FORM).split("\n")
        lines += [f"  {LABELS[side]:<{width}}{first}", *(" " * (width + 2) + o for o in others)]
    lines += [f"  silent: {difference.says}" for difference in _silent(row.differences)[:1]]
    return _printable("\n".join(lines))


def row_html(row: Row) -> str:
    """The same as a table, with its notes and all silent differences below."""
    heads = "".join(f"<th {_STYLE}>{LABELS[side]}</th>" for side in SIDES)
    codes = (_html(row.form(side) or _NO_FORM) for side in SIDES)
    forms = "".join(f"<td {_STYLE}><pre>{code}</pre></td>" for code in codes)
    silent = "".join(f"<li>{_html(each.says)}</li>" for each in _silent(row.differences))
    return (
        f"<p><b>{_html(row.function)}</b> <code>{_html(row.id)}</code> {row.availability}</p>"
        f"<table><tr>{heads}</tr><tr>{forms}</tr></table>"
        + (f"<p>{_html(row.notes)}</p>" if row.notes else "")
        + (f"<p>Silent differences:</p><ul>{silent}</ul>" if silent else "")
    )


def _silent(differences: Iterable[Difference]) -> list[Difference]:
    return [difference for difference in differences if difference.loud is False]


def _html(text: str) -> str:
    return escape(_printable(text))


def _printable(text: str) -> str:
    """The text with control characters made visible: rows come from files."""
    return "".join(
        char if char.isprintable() or char == "\n" else ascii(char)[1:-1] for char in text
    )
