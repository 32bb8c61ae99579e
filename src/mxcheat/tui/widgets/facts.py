"""What is known about a row besides its forms: notes, inputs, rows near it, what was printed."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from textual.content import Content
from textual.style import Style

from mxcheat.cheatsheet.sides import LABELS
from mxcheat.render.inert import inert
from mxcheat.render.language import label, said
from mxcheat.tui.differences import DifferenceRow
from mxcheat.tui.drafts import draft_of
from mxcheat.tui.text.claims import arguments, differences
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
# In a window of fewer lines the table of arguments gives way to what is silent.
_TALL = 32
# Prose wider than this is hard to read.
_WIDEST = 100
_ERRATUM = "Erratum"
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
        short = self.app.size.height < _TALL
        parts = (row, result, draft, editing, shown.related, shown.why_nothing, short)
        if not self._drawn.is_new(*parts):
            return
        if row is None:
            self.flow(lambda width: wrap(foreign(shown.why_nothing), width))
            return
        specs = (draft or draft_of(row)).inputs
        inputs = partial(_inputs, specs, result.inputs if result else {}, not editing)
        self.flow(lambda width: _lines(row, shown, inputs, short, min(width, _WIDEST)))


def _lines(row: Row, shown: Shown, inputs: Layout, short: bool, width: int) -> list[Content]:
    """What one needs first comes first; what was printed comes last."""
    room = width - _GUTTER
    ran = shown.result is not None and not shown.is_stale
    claims = {
        "Arguments": arguments(row.arguments, room),
        "Differs": differences(row.differences, room),
    }
    if short and row.silent:  # what is silent stays above the fold
        claims = dict(reversed(claims.items()))
    made = {"Inputs": inputs(room)}
    named: dict[str, list[Content]] = {
        **(made if ran else {}),  # what gave the outputs stands below them
        "Notes": wrap(foreign(row.notes), room) if row.notes else [],
        **claims,
        "Hybrid": _hybridized(row, room),
        _ERRATUM: wrap(foreign(row.erratum), room) if row.erratum else [],
        **made,
        "Related": wrap(_links(shown.related), room) if shown.related else [],
        "Printed": [line.stylize(MUTED) for line in _printed(row, shown.sheet, room)],
    }
    if isinstance(row, DifferenceRow):
        others = differences(row.of.differences, room, row.number)
        named = {"Instead": _instead(row, room), "Inputs": inputs(room), "Differs": others}
    parts = (
        labelled(
            Content.styled(label(name), _WARNING if name == _ERRATUM else MUTED), body, _GUTTER
        )
        for name, body in named.items()
        if body
    )
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
        for name, form in ((LABELS["pytorch"], pytorch), (LABELS["gluon"], gluon)):
            code = highlight(inert(form)) if form else Content.styled("–", MUTED)
            body = wrap_code(code, width - 9)
            lines += labelled(Content.styled(name, MUTED), body, 9)
        for title in titles:
            lines += wrap(foreign_line(said("in {title}", title=title), f"italic {MUTED}"), width)
    return lines


def _title(source: str, sheet: Cheatsheet) -> str:
    known = sheet.sources.get(source)
    return f"{known.title} ({known.origin})" if known else source


def _way(printed: Printed) -> tuple[str, str]:
    return printed.pytorch, printed.gluon


def _hybridized(row: Row, width: int) -> list[Content]:
    """The form that hybridizes where the row's own does not, or why none does."""
    if row.hybridized is None:
        return []
    form = row.hybridized.form
    return (
        wrap_code(highlight(inert(form)), width)
        if form
        else wrap(foreign(row.hybridized.reason), width)
    )


def _instead(row: DifferenceRow, width: int) -> list[Content]:
    """What to write instead, a side a line."""
    lines: list[Content] = []
    for side, code in row.difference.instead.items():
        body = wrap_code(highlight(inert(code)), width - 9)
        lines += labelled(Content.styled(LABELS[side], MUTED), body, 9)
    return lines


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
