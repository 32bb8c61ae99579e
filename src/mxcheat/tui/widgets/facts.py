"""What is known about a row besides its forms: notes, inputs, rows near it, what was printed."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from textual.content import Content
from textual.style import Style

from mxcheat.render.inert import inert
from mxcheat.tui.drafts import draft_of
from mxcheat.tui.text.lines import (
    MUTED,
    foreign,
    foreign_line,
    highlight,
    labelled,
    wrap,
    wrap_code,
)
from mxcheat.tui.widgets.flow import Drawn, Flow

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from mxcheat.cheatsheet.row import Printed, Row
    from mxcheat.cheatsheet.sheet import Cheatsheet
    from mxcheat.tui.shown import Shown
    from mxcheat.tui.text.lines import Layout

    # Inputs by name, each described as in a TryResult.
    _Made = Mapping[str, Mapping[str, Any]]

_GUTTER = 10
# Prose wider than this is hard to read.
_WIDEST = 100
_WARNING = "bold $text-warning"
_LINK = "underline $text-primary"


class Facts(Flow):
    """Paragraphs with their names in a column to the left; a click on a related row goes there."""

    def __init__(self) -> None:
        super().__init__(id="facts")
        self._drawn = Drawn()

    def show(self, shown: Shown) -> None:
        """Show what is known of the row; once it has been run, its inputs by value.

        While editors show the inputs, they are not specified here.
        """
        row, draft, editing = shown.row, shown.draft, shown.editing
        result = None if shown.is_stale else shown.result
        if not self._drawn.is_new(row, result, draft, editing, shown.related, shown.why_nothing):
            return
        if row is None:
            self.flow(lambda width: wrap(foreign_line(shown.why_nothing), width))
            return
        specs = (draft or draft_of(row)).inputs
        inputs = partial(_inputs, specs, result.inputs if result else {}, not editing)
        self.flow(lambda width: _lines(row, shown, inputs, min(width, _WIDEST)))


def _lines(row: Row, shown: Shown, inputs: Layout, width: int) -> list[Content]:
    room = width - _GUTTER
    parts: list[list[Content]] = []
    if row.notes:
        body = wrap(foreign(row.notes), room)
        parts.append(labelled(Content.styled("Notes", MUTED), body, _GUTTER))
    if row.erratum:
        body = wrap(foreign(row.erratum), room)
        parts.append(labelled(Content.styled("! Erratum", _WARNING), body, _GUTTER))
    body = inputs(room)
    if body:
        parts.append(labelled(Content.styled("Inputs", MUTED), body, _GUTTER))
    if shown.related:
        body = wrap(_links(shown.related), room)
        parts.append(labelled(Content.styled("Related", MUTED), body, _GUTTER))
    if row.printed:
        body = _printed(row, shown.sheet, room)
        parts.append(labelled(Content.styled("Printed", MUTED), body, _GUTTER))
    return [line for part in parts for line in (*part, Content(""))]


def _printed(row: Row, sheet: Cheatsheet, width: int) -> list[Content]:
    """Each way the row was printed, under the titles of the documents that did."""
    ways: dict[tuple[str, str], list[str]] = {}
    for printed in row.printed:
        ways.setdefault(_way(printed), []).append(_title(printed.source, sheet))
    lines: list[Content] = []
    for (pytorch, gluon), titles in ways.items():
        if lines:
            lines.append(Content(""))
        for name, form in (("PyTorch", pytorch), ("Gluon", gluon)):
            code = highlight(inert(form)) if form else Content.styled("–", MUTED)
            body = wrap_code(code, width - 9)
            lines += labelled(Content.styled(name, MUTED), body, 9)
        for title in titles:
            lines += wrap(foreign_line(f"in {title}", f"italic {MUTED}"), width)
    return lines


def _title(source: str, sheet: Cheatsheet) -> str:
    known = sheet.sources.get(source)
    return f"{known.title} ({known.origin})" if known else source


def _way(printed: Printed) -> tuple[str, str]:
    return printed.pytorch, printed.gluon


def _links(rows: Sequence[Row]) -> Content:
    """The ids of rows as links."""
    clicks = (Style.from_meta({"@click": f"screen.go_to({row.id!r})"}) for row in rows)
    ids = (
        foreign_line(row.id, _LINK).stylize(click) for row, click in zip(rows, clicks, strict=True)
    )
    return Content(" · ").join(ids)


def _inputs(specs: str, made: _Made, specified: bool, width: int) -> list[Content]:
    """Each input: its specification if wanted, and its values once it has been made."""
    pairs = [line.partition(":") for line in specs.split("\n") if line.strip()]
    column = min(16, 2 + max((len(name) for name, _, _ in pairs), default=0))
    lines: list[Content] = []
    for name, _, spec in pairs:
        body = wrap_code(highlight(inert(spec.strip())), width - column) if specified else []
        described = made.get(name.strip(), {})
        if "(" in spec and described.get("shape") is not None:
            body += wrap_code(foreign(str(described["text"]), MUTED), width - column, 2)
        lines += labelled(foreign_line(f"{name[: column - 2]}", "bold"), body, column)
    return lines
