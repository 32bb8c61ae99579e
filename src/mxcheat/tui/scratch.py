"""A pair of the user's own, which stands in no sheet; it is edited and run as every row is."""

from __future__ import annotations

from mxcheat.cheatsheet.row import Row


def scratch_row(number: int) -> Row:
    """The row that such a pair begins as: something small that runs on both sides."""
    return Row(
        id=f"scratch-{number}",
        section="",
        function="A pair of your own",
        pytorch="y = x * 2",
        gluon="y = x * 2",
        availability="equivalent",
        inputs={"x": "normal(2, 3)"},
    )


def is_scratch(row: Row) -> bool:
    """Whether a row is such a pair: it belongs to no section."""
    return not row.section
