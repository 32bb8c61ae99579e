"""The outputs of both sides, next to each other."""

from __future__ import annotations

import time
from functools import partial
from typing import TYPE_CHECKING

from textual.content import Content

from mxcheat.cheatsheet.sides import FRAMEWORKS, LABELS, SIDES
from mxcheat.render.inert import inert_line
from mxcheat.render.language import label
from mxcheat.render.words import STATUS
from mxcheat.tui.text.lines import MUTED, duration, wrap
from mxcheat.tui.text.outcome import blocks_of, blocks_of_pair, describe
from mxcheat.tui.widgets.flow import Drawn
from mxcheat.tui.widgets.pair import Pair

if TYPE_CHECKING:
    from textual import events

    from mxcheat.cheatsheet.sides import Side
    from mxcheat.live.results import SideResult
    from mxcheat.live.verdict.tolerance import Terms
    from mxcheat.tui.shown import Run, Shown
    from mxcheat.tui.text.lines import Layout
    from mxcheat.tui.widgets.flow import Flow

_FAILED = ("error", "timeout", "crashed")
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
        """Draw the titles again: without a lower border they say more."""
        super().on_resize(event)
        self._draw_heads()

    def show(self, shown: Shown) -> None:
        """Show how the row's run stands; dimmed if the code has been changed since."""
        run = self._run = shown.run
        self.display = run is not None and _has_something(run)
        if run is None or not self.display:
            return
        self._draw_heads()
        sides = [run.shown(side) for side in SIDES]
        for pane, (_, old) in zip(self.panes, sides, strict=True):
            pane.stale = shown.is_stale or (old and _is_late(run))
        left, right = (result for result, _ in sides)
        if self._drawn.is_new(run.row, left, right, run.result):
            self.lay_out(*_blocks(run, left, right))
            self.post_message(self.Filled(self))

    def _draw_heads(self) -> None:
        if self._run is not None and self.display:
            for pane, side in zip(self.panes, SIDES, strict=True):
                _draw_head(pane, side, self._run, closed=bool(pane.styles.border_bottom[0]))


def _has_something(run: Run) -> bool:
    """Whether there is anything to see: outputs, or a wait that is worth a word."""
    return any(run.shown(side)[0] for side in SIDES) or (run.running and _is_late(run))


def _is_late(run: Run) -> bool:
    """Whether the outputs of the run before have been in the place of its own for long."""
    return not run.running or time.monotonic() - run.began >= _PATIENCE


def _blocks(
    run: Run, left: SideResult | None, right: SideResult | None
) -> tuple[list[Layout], list[Layout]]:
    if left is None or right is None:
        one, other = (
            [_waiting(run, side)] if result is None else blocks_of(result)
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
    word = label(STATUS["none"].word) if side not in run.sides else "…"
    return partial(wrap, Content.styled(word, MUTED))


def _draw_head(pane: Flow, side: Side, run: Run, *, closed: bool) -> None:
    """What a side gave and how long it took, in the pane's border."""
    result = run.outcome(side) if run.running and _is_late(run) else run.shown(side)[0]
    if result is None:
        summary, took, measure = _progress(run, side), "", str(run.device)
    else:
        summary = _summary(result)
        took = "" if result.elapsed_ms is None else duration(result.elapsed_ms)
        measure = " · ".join(filter(None, (took, result.device)))
    title = inert_line(" · ".join(filter(None, (LABELS[side], summary))))
    if took and not closed and len(title) + len(took) + 5 <= pane.size.width:
        title += f" · {took}"
    pane.entitle(title)
    pane.border_subtitle = Content("" if side not in run.sides else measure)
    status = result.status if result else ""
    pane.set_class(status in _FAILED, "-failed")
    pane.set_class(status == "unavailable", "-unavailable")


def _progress(run: Run, side: Side) -> str:
    """How far a side is."""
    if side not in run.sides or not run.running:
        return ""
    if side in run.started:
        return f"running {run.elapsed(side, time.monotonic()):.1f} s"
    if run.bench and run.started:
        return "next"
    return f"starting {FRAMEWORKS[side]}…"


def _summary(side: SideResult) -> str:
    """What a side gave, or how it failed; recorded outputs are labelled."""
    if side.status == "none":
        return ""
    if not side.ok:
        mark = STATUS[side.status]
        return f"{mark.glyph} {label(mark.word)}"
    recorded = f"recorded with {side.version} · " if side.origin == "recorded" else ""
    if len(side.outputs) == 1:
        return recorded + describe(side.outputs[0])
    return recorded + (f"{len(side.outputs)} outputs" if side.outputs else "no output")
