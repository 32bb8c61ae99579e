"""What is known about a row besides its forms: notes, inputs, rows near it, what was printed."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from operator import is_
from typing import TYPE_CHECKING, Any

from textual import on
from textual.content import Content
from textual.message import Message
from textual.style import Style

from mxcheat.cheatsheet.sides import LABELS
from mxcheat.render.inert import inert
from mxcheat.tui.differences import DifferenceRow
from mxcheat.tui.drafts import draft_of
from mxcheat.tui.text.claims import arguments, differences
from mxcheat.tui.text.highlight import highlight
from mxcheat.tui.text.marks import MUTED, foreign, foreign_line
from mxcheat.tui.text.wrap import labelled, wrap, wrap_code
from mxcheat.tui.widgets.flow import Flow

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from mxcheat.cheatsheet.row import Printed, Row
    from mxcheat.cheatsheet.sheet import Cheatsheet
    from mxcheat.live.results import TryResult
    from mxcheat.search.related import Related
    from mxcheat.tui.drafts import Draft
    from mxcheat.tui.widgets.flow import Layout

    # Inputs by name, each described as in a TryResult.
    _Made = Mapping[str, Mapping[str, Any]]

_GUTTER = 10
# In a window of fewer lines the table of arguments gives way to what is silent.
_TALL = 32
# Prose wider than this is hard to read.
_WIDEST = 100
_ERRATUM = "! Erratum"
_WARNING = "bold $text-warning"
_LINK = "underline $text-primary"
_MOST_RELATED = 5


class Facts(Flow):
    """Paragraphs with their names in a column to the left; a click on a related row goes there."""

    @dataclass
    class RelatedKnown(Message):
        """It is known which rows are near each other."""

        related: Related

    @dataclass
    class Wanted(Message):
        """Another row is to be shown."""

        row: Row

    @dataclass
    class DifferenceWanted(Message):
        """A difference of the row is to be shown, by its number."""

        number: int

    def __init__(self, sheet: Cheatsheet) -> None:
        super().__init__(id="facts")
        self._sheet = sheet
        self._shown: tuple[Any, ...] = ()
        self._related: Related | None = None
        self._short = False
        self.near: list[Row] = []

    def prepare(self) -> None:
        """Find out which rows are near each other; for a thread, as it takes a while."""
        from mxcheat.search.related import Related  # noqa: PLC0415 - after the first paint

        self.post_message(self.RelatedKnown(Related(self._sheet.rows)))

    @on(RelatedKnown)
    def _related_known(self, event: RelatedKnown) -> None:
        self._related = event.related
        self._show_again()

    def fit(self) -> None:
        """Arrange for the height of the window: where it is short, differences come sooner."""
        if self._short != self._is_short:
            self._show_again()

    @property
    def _is_short(self) -> bool:
        return self.app.size.height < _TALL

    def _show_again(self) -> None:
        if self._shown:
            shown, self._shown = self._shown, ()
            self.show_row(*shown)

    def show_row(
        self,
        row: Row,
        result: TryResult | None = None,
        draft: Draft | None = None,
        editing: bool = False,
    ) -> None:
        """Show what is known of `row`; with a result, the inputs by value.

        `draft` is what it has been changed to; with `editing`, an editor shows the inputs.
        """
        shown = (row, result, draft, editing)
        if len(self._shown) != len(shown) or not all(map(is_, shown, self._shown)):
            self._shown = shown
            whole = row.of if isinstance(row, DifferenceRow) else row
            self.near = self._related.to(whole, _MOST_RELATED) if self._related else []
            specs = (draft or draft_of(row)).inputs
            made = result.inputs if result else {}
            inputs = partial(_inputs, specs, made, not editing)
            self._short = self._is_short
            self.flow(lambda width: self._lines(row, inputs, min(width, _WIDEST)))

    def say(self, text: str) -> None:
        """Show a paragraph instead."""
        self._shown, self.near = (), []
        self.flow(lambda width: wrap(foreign_line(text), width))

    def action_go(self, place: int) -> None:
        """Go to a related row, by its place in the line."""
        self.post_message(self.Wanted(self.near[place]))

    def action_difference(self, number: int) -> None:
        """Go to a difference, by its number."""
        self.post_message(self.DifferenceWanted(number))

    def _lines(self, row: Row, inputs: Layout, width: int) -> list[Content]:
        """What one needs first comes first; what was printed comes last."""
        room = width - _GUTTER
        claims = {
            "Arguments": arguments(row.arguments, room),
            "Differs": differences(row.differences, room),
        }
        if self._short and row.silent:  # what is silent stays above the fold
            claims = dict(reversed(claims.items()))
        named: dict[str, list[Content]] = {
            "Notes": wrap(foreign(row.notes), room) if row.notes else [],
            **claims,
            "Hybrid": _hybridized(row, room),
            _ERRATUM: wrap(foreign(row.erratum), room) if row.erratum else [],
            "Inputs": inputs(room),
            "Related": wrap(_links(self.near), room) if self.near else [],
            "Printed": [line.stylize(MUTED) for line in self._printed(row, room)],
        }
        if isinstance(row, DifferenceRow):
            others = differences(row.of.differences, room, row.number)
            named = {"Instead": _instead(row, room), "Inputs": inputs(room), "Differs": others}
        parts = (
            labelled(Content.styled(name, _WARNING if name == _ERRATUM else MUTED), body, _GUTTER)
            for name, body in named.items()
            if body
        )
        return [line for part in parts for line in (*part, Content(""))]

    def _printed(self, row: Row, width: int) -> list[Content]:
        """Each way the row was printed, under the titles of the documents that did."""
        ways: dict[tuple[str, str], list[str]] = {}
        for printed in row.printed:
            ways.setdefault(_way(printed), []).append(self._title(printed.source))
        lines: list[Content] = []
        for (pytorch, gluon), titles in ways.items():
            if lines:
                lines.append(Content(""))
            for name, form in ((LABELS["pytorch"], pytorch), (LABELS["gluon"], gluon)):
                code = highlight(inert(form)) if form else Content.styled("–", MUTED)
                body = wrap_code(code, width - 9)
                lines += labelled(Content.styled(name, MUTED), body, 9)
            for title in titles:
                lines += wrap(foreign_line(f"in {title}", f"italic {MUTED}"), width)
        return lines

    def _title(self, source: str) -> str:
        known = self._sheet.sources.get(source)
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
    """The ids of rows, each to be clicked on."""
    clicks = (Style.from_meta({"@click": f"go({place})"}) for place in range(len(rows)))
    ids = (
        foreign_line(row.id, _LINK).stylize(click) for row, click in zip(rows, clicks, strict=True)
    )
    return Content(" · ").join(ids)


def _inputs(specs: str, made: _Made, specified: bool, width: int) -> list[Content]:
    """Each input, as it is specified if that is wanted, and its values once it has been made."""
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
