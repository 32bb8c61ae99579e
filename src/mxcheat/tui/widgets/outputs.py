"""The outputs of both sides, next to each other."""

from __future__ import annotations

import time
from functools import partial
from itertools import chain, zip_longest
from typing import TYPE_CHECKING

from textual.content import Content

from mxcheat.cheatsheet.sides import FRAMEWORKS, LABELS, SIDES
from mxcheat.render.inert import inert_line
from mxcheat.render.language import label, said
from mxcheat.render.page import width_of
from mxcheat.render.times import first_call
from mxcheat.render.words import STATUS
from mxcheat.tui.differences import absence
from mxcheat.tui.text.lines import MUTED, labelled, wrap
from mxcheat.tui.widgets.flow import Drawn
from mxcheat.tui.widgets.pair import Pair

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual import events

    from mxcheat.cheatsheet.sides import Side
    from mxcheat.live.results import SideResult
    from mxcheat.live.verdict.tolerance import Terms
    from mxcheat.tui.shown import Run, Shown
    from mxcheat.tui.text.lines import Layout
    from mxcheat.tui.widgets.flow import Flow

_FAILED = ("error", "timeout", "crashed")
_LABEL = 9
# A title has a space on either side, and some of the rule.
_ROOM_BESIDE = 7
# A run that is over sooner goes straight to its outputs: nothing flickers in between.
_PATIENCE = 0.1


class Outputs(Pair):
    """The outputs of a row's latest run; dimmed where they are not of the code in view."""

    def __init__(self) -> None:
        super().__init__(id="outputs")
        self.display = False
        self._run: Run | None = None
        self._drawn = Drawn()

    def on_resize(self, event: events.Resize) -> None:
        """Draw the titles again: with more room they say more."""
        super().on_resize(event)
        self._draw_heads()

    def lay_out(self, left: Sequence[Layout], right: Sequence[Layout]) -> None:
        """Show the blocks of both sides; in a narrow window, in one pane."""
        self.right.display = not self._stacked
        super().lay_out(left, right)

    def _lines(self, side: int, width: int) -> list[Content]:
        """The lines of one side; of both in a narrow window, what differs first."""
        if not self._stacked:
            return super()._lines(side, width)
        return _joined(self._blocks, width) if side == 0 else []

    def show(self, shown: Shown) -> None:
        """Show how the row's run stands; dimmed if the code has been changed since."""
        run = self._run = shown.run
        self.display = run is not None and _has_something(run)
        if run is None or not self.display:
            return
        sides = [run.shown(side) for side in SIDES]
        for pane, (_, old) in zip(self.panes, sides, strict=True):
            pane.stale = shown.is_stale or (old and _is_late(run))
        self._draw_heads()
        left, right = (result for result, _ in sides)
        if self._drawn.is_new(run.row, left, right, run.result):
            self.lay_out(*_blocks(run, left, right))
            self.post_message(self.Filled(self))

    def _draw_heads(self) -> None:
        if self._run is not None and self.display:
            if self._stacked:
                self.left.entitle(_joined_head(self._run, stale=self.left.stale))
                return
            for pane, side in zip(self.panes, SIDES, strict=True):
                _draw_head(pane, side, self._run)


def _has_something(run: Run) -> bool:
    """Whether there is anything to see: outputs, or a wait that is worth a word."""
    return any(run.shown(side)[0] for side in SIDES) or (run.running and _is_late(run))


def _is_late(run: Run) -> bool:
    """Whether the outputs of the run before have been in the place of its own for long."""
    return not run.running or time.monotonic() - run.began >= _PATIENCE


def _blocks(
    run: Run, left: SideResult | None, right: SideResult | None
) -> tuple[list[Layout], list[Layout]]:
    from mxcheat.tui.text.outcome import (  # noqa: PLC0415 - after the first paint
        blocks_of,
        blocks_of_pair,
    )

    if left is None or right is None or len(run.sides) < len(SIDES):
        one, other = (
            blocks_of(result) if result and side in run.sides else [_waiting(run, side)]
            for side, result in zip(SIDES, (left, right), strict=True)
        )
        return one, other
    return blocks_of_pair(left, right, marked=_terms(run, left, right))


def _terms(run: Run, left: SideResult, right: SideResult) -> Terms | None:
    """What both sides were computed from, where they were compared and found to differ."""
    if run.row.compare != "values":
        return None
    for result in filter(None, (run.result, run.before)):
        if result.sides == (left, right) and result.verdict.status == "different":
            return result.terms
    return None


def _waiting(run: Run, side: Side) -> Layout:
    word = absence(run.row, side) if side not in run.sides else "…"
    return partial(wrap, Content.styled(word, MUTED))


def _joined(blocks: tuple[Sequence[Layout], Sequence[Layout]], width: int) -> list[Content]:
    """Each output of both sides, one side below the other; those first that differ."""
    room = width - _LABEL
    pairs = [
        [block(room) if block else [] for block in pair]
        for pair in zip_longest(*blocks, fillvalue=None)
    ]
    pairs.sort(key=lambda pair: not any(map(_is_marked, chain(*pair))))
    lines: list[Content] = []
    for pair in pairs:
        names = [LABELS[side] for side in SIDES]
        if [line.plain for line in pair[0]] == [line.plain for line in pair[1]]:
            pair, names = pair[:1], [label("both")]  # noqa: PLW2901 - once will do
        for name, part in zip(names, pair, strict=True):
            lines += labelled(Content.styled(name, MUTED), part, _LABEL)
    return lines


def _is_marked(line: Content) -> bool:
    from mxcheat.tui.text.outcome import DIFFERS  # noqa: PLC0415 - after the first paint

    return any(span.style == DIFFERS for span in line.spans)


def _joined_head(run: Run, *, stale: bool) -> str:
    """What both sides gave, in one line."""
    heads = []
    for side in SIDES:
        result, _ = run.shown(side)
        heads.append(_progress(run, side) if result is None else _summary(result))
    previous = _previous() if stale else ""
    return inert_line(previous + " │ ".join(dict.fromkeys(filter(None, heads))))


def _previous() -> str:
    return f"{label('previous run')}: "


def _draw_head(pane: Flow, side: Side, run: Run) -> None:
    """What a side gave, in the pane's border; with room, how long its first call took."""
    result, _ = run.shown(side)
    previous = _previous() if pane.stale else ""
    summary = _progress(run, side) if result is None else previous + _summary(result)
    title = inert_line(" · ".join(filter(None, (LABELS[side], summary))))
    measure = _measure(result) if result is not None and side in run.sides else ""
    if measure and width_of(title) + width_of(measure) + _ROOM_BESIDE <= pane.size.width:
        title += f" · {measure}"
    pane.entitle(title)
    status = result.status if result and not previous else ""
    pane.set_class(status in _FAILED, "-failed")
    pane.set_class(status == "unavailable", "-unavailable")


def _measure(result: SideResult) -> str:
    """How long the one call took that gave this, and where; a benchmark says more of the time."""
    return " · ".join(filter(None, (first_call(result), result.device if result.ok else "")))


def _progress(run: Run, side: Side) -> str:
    """How far a side is."""
    if side not in run.sides or not run.running:
        return ""
    if side in run.started:
        return said("running {time}", time=f"{run.elapsed(side, time.monotonic()):.1f} s")
    if run.bench and run.started:
        return label("next")
    return said("starting {what}…", what=FRAMEWORKS[side])


def _summary(side: SideResult) -> str:
    """What a side gave, or how it failed; recorded outputs are labelled."""
    from mxcheat.render.beside import output_title  # noqa: PLC0415 - after the first paint

    if side.status == "none":
        return ""
    if not side.ok:
        mark = STATUS[side.status]
        return f"{mark.glyph} {label(mark.word)}"
    is_recorded = side.origin == "recorded"
    recorded = said("recorded ({version})", version=side.version) + " · " if is_recorded else ""
    if len(side.outputs) == 1:
        return recorded + output_title(side.outputs[0], " ")
    return recorded + label(f"{len(side.outputs)} outputs" if side.outputs else "no output")
