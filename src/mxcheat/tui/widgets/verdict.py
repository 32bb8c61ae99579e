"""The line that is always in view: how the row's run stands, or whether the sides agree."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from textual.content import Content

from mxcheat.live.interpreters import FRAMEWORKS
from mxcheat.render.words import VERDICT, Sign, difference
from mxcheat.tui.text.marks import MUTED, foreign_line, sign
from mxcheat.tui.text.wrap import cut, wrap
from mxcheat.tui.widgets.flow import Flow

if TYPE_CHECKING:
    from mxcheat.live.device import Device
    from mxcheat.live.results import TryResult, Verdict
    from mxcheat.tui.runs import Run

LINES = 2


class VerdictBar(Flow):
    """Two lines: the state in a word, a glyph and a number; then the reason."""

    def show_idle(self, device: Device) -> None:
        """Nothing has been run yet."""
        self._say(
            Content.styled(f"Enter runs both sides on {device}", MUTED),
            Content.styled("↑ ↓ choose a row · Tab scrolls it · F1 lists every key", MUTED),
        )

    def show_nothing(self) -> None:
        """There is no row."""
        self._say(Content(""))

    def show_run(self, run: Run) -> None:
        """How a run stands, or what came of it."""
        if run.running:
            self._say(*_progress(run, time.monotonic()))
        elif run.problem == "cancelled":
            self._say(sign(Sign("–", "cancelled", "quiet")), Content(""))
        elif run.result is None:
            head = sign(Sign("✗", "not run", "bad"))
            reason = foreign_line(f"{run.problem} → {run.hint}" if run.hint else run.problem)
            self._say(head, reason)
        else:
            self._say(*_outcome(run.result, run.row.availability))

    def show_busy(self, other: Run) -> None:
        """Another row is being run."""
        elapsed = other.elapsed(time.monotonic())
        text = f"{other.row.id} is running, {elapsed:.1f} s · Esc cancels it"
        self._say(foreign_line(text, MUTED))

    def _say(self, head: Content, reason: Content | None = None) -> None:
        self.flow(lambda width: _fit(head, reason or Content(""), width))


def _fit(head: Content, reason: Content, width: int) -> list[Content]:
    """Two lines; what does not fit on the second ends in an ellipsis."""
    first, *more = wrap(reason, width)
    if more:
        first = cut(reason, width)
    return [cut(head, width), first]


def _progress(run: Run, now: float) -> tuple[Content, Content]:
    waiting = [FRAMEWORKS[side] for side in run.waiting_for()]
    if run.cancelling:
        head = "stopping…"
    elif run.started:
        head = f"running {run.elapsed(now):.1f} s"
    else:
        head = f"starting {' and '.join(waiting)}… {now - run.began:.1f} s"
    also = f"starting {waiting[0]}… · " if run.started and waiting else ""
    mark = sign(Sign("▸", head, "fair"))
    return mark, Content.styled(f"{also}on {run.device} · Esc cancels", MUTED)


def _outcome(result: TryResult, availability: str) -> tuple[Content, Content]:
    verdict = result.verdict
    if verdict.status == "not-compared" and verdict.reason == "cancelled":
        return sign(Sign("–", "cancelled", "quiet")), Content("")
    promised = availability == "differs" and verdict.status == "different"
    mark = VERDICT[verdict.status]
    head = sign(Sign(mark.glyph, mark.word, "fair") if promised else mark)
    if promised:
        head += Content.styled(", as this row says", "$text-warning")
    size = difference(verdict.max_abs_diff, verdict.max_rel_diff)
    if size:
        where = f" at {verdict.where}" if verdict.where else ""
        head += foreign_line(f"   {size}{where}")
    return head, foreign_line(_reason(verdict), MUTED)


def _reason(verdict: Verdict) -> str:
    """The reason, and the tolerance unless the reason names it."""
    if verdict.rtol is None or "rtol" in verdict.reason or verdict.status == "equal":
        return verdict.reason
    return f"{verdict.reason} · rtol {verdict.rtol:g}, atol {verdict.atol:g}"
