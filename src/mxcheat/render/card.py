"""A row as a card: both forms, whether they agree, what differs, what the print gets wrong."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mxcheat.render.inert import inert, inert_line
from mxcheat.render.words import AVAILABILITY

if TYPE_CHECKING:
    from collections.abc import Iterable

    from mxcheat.cheatsheet.row import Row
    from mxcheat.render.page import Page

_NARROW = 72
_NO_FORM = "(no counterpart)"


def write_card(page: Page, row: Row) -> None:
    """Write the whole row."""
    sign = AVAILABILITY[row.availability]
    page.line((inert_line(row.function), "title"))
    page.line(
        (f"{sign.glyph} {sign.word}", sign.tone),
        (f"  {row.id} · {inert_line(row.section)}", "quiet"),
    )
    page.line()
    write_forms(page, row)
    if row.notes:
        page.line()
        page.paragraph(inert(row.notes))
    if row.erratum:
        page.line()
        page.paragraph(inert(row.erratum), "erratum  ", "fair")


def write_forms(page: Page, row: Row) -> None:
    """Write both forms: side by side, or one above the other where it is narrow."""
    forms = [inert(form) if form else _NO_FORM for form in (row.pytorch, row.gluon)]
    longest = max(len(line) for form in forms for line in form.split("\n"))
    if page.width >= _NARROW and longest <= (page.width - 5) // 2:
        left = [("PyTorch", "quiet"), *((line, "code") for line in forms[0].split("\n"))]
        right = [("Gluon", "quiet"), *((line, "code") for line in forms[1].split("\n"))]
        page.columns(left, right)
        return
    for name, form in zip(("PyTorch  ", "Gluon    "), forms, strict=True):
        for i, line in enumerate(form.split("\n")):
            page.line((name if i == 0 else " " * len(name), "quiet"), (line, "code"))


def write_listing(page: Page, rows: Iterable[Row]) -> None:
    """Write one line a row: id, glyph, what it does."""
    rows = list(rows)
    width = max((len(row.id) for row in rows), default=0)
    for row in rows:
        sign = AVAILABILITY[row.availability]
        page.line(
            (f"{row.id:<{width}}  ", "code"),
            (f"{sign.glyph} ", sign.tone),
            (inert_line(row.function), ""),
        )
