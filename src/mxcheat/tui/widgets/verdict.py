"""The line that is always in view: how the row's run stands, or whether the sides agree."""

from __future__ import annotations

import time
from functools import partial
from typing import TYPE_CHECKING

from textual.content import Content

from mxcheat.cheatsheet.sides import FRAMEWORKS, LABELS
from mxcheat.render.words import VERDICT, Sign, difference
from mxcheat.tui.drafts import EDITED
from mxcheat.tui.keymap import key_of
from mxcheat.tui.text.marks import MUTED, foreign_line, sign
from mxcheat.tui.text.wrap import cut, wrap
from mxcheat.tui.widgets.flow import Flow

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mxcheat.cheatsheet.sides import Side
    from mxcheat.errors import MxcheatError
    from mxcheat.live.device import Device
    from mxcheat.live.results import TryResult, Verdict
    from mxcheat.tui.keys import Scope
    from mxcheat.tui.runs import Run

# A longer reason ends in an ellipsis.
MOST_LINES = 6
_STALE = "before the last change"


class VerdictBar(Flow):
    """The state in a word, a glyph and a number; then the reason, on as many lines as it takes."""

    def show_idle(self, sides: Sequence[Side], device: Device, scope: Scope) -> None:
        """Nothing has been run yet: what the keys of a scope would do."""
        key = partial(key_of, self)
        names = "both sides" if len(sides) > 1 else "".join(LABELS[side] for side in sides)
        says = f"{key('row.run')} runs {names} on {device}"
        also = (
            f"↑ ↓ another row · {key('pane.next')} to scroll this one · {key('app.help')} all keys"
        )
        if scope == "edit":
            says = f"{key('edit.run')} runs what is typed on {device}"
            also = f"{key('edit.reset')} goes back to the row · {key('pane.leave')} keeps it so"
        elif scope == "row":
            also = f"↑ ↓ scroll · {key('pane.next')}, or typing, goes back to the search"
        self._say(Content.styled(says, MUTED), Content.styled(also, MUTED))

    def show_nothing(self) -> None:
        """There is no row."""
        self._say(Content(""))

    def show_run(self, run: Run, *, stale: bool = False) -> None:
        """How a run stands, or what came of it; `stale` if the code has been changed since."""
        if run.running:
            self._say(*_progress(run, time.monotonic(), key_of(self, "run.cancel")))
        elif run.error is not None:
            self._say(sign(Sign("✗", "not run", "bad")), foreign_line(_advice(run.error)))
        elif run.cancelled or run.result is None:
            also = "what is shown is of the run before" if run.before else ""
            self._say(sign(Sign("–", "cancelled", "quiet")), Content.styled(also, MUTED))
        else:
            self._say(*_outcome(run, run.result), stale=stale)

    def show_busy(self, other: Run) -> None:
        """Another row is being run."""
        cancel, start = key_of(self, "run.cancel"), key_of(self, "row.run")
        text = f"{other.row.id} is running · {cancel} cancels it, {start} runs this row instead"
        self._say(foreign_line(text, MUTED))

    def _say(self, head: Content, reason: Content | None = None, *, stale: bool = False) -> None:
        self.stale = stale
        if stale:
            reason = Content(" · ").join(filter(None, (Content(_STALE), reason)))
        self.flow(lambda width: _fit(head, reason or Content(""), width))


def _fit(head: Content, reason: Content, width: int) -> list[Content]:
    """The head, and the reason on another line."""
    lines = [*wrap(head, width), *wrap(reason, width)]
    if len(lines) > MOST_LINES:
        lines[MOST_LINES - 1 :] = [cut(Content(" ").join(lines[MOST_LINES - 1 :]), width)]
    return lines


def _advice(error: MxcheatError) -> str:
    return f"{error.message} → {error.hint}" if error.hint else error.message


def _progress(run: Run, now: float, cancel: str) -> tuple[Content, Content]:
    """What is going on, and since when; then what is still to come."""
    waiting = [FRAMEWORKS[side] for side in run.sides if side not in run.started]
    busy = [side for side in run.started if side not in run.ended]
    also = ""
    if run.cancelling:
        head = "stopping…"
    elif not run.started:
        head = f"starting {' and '.join(waiting)}… {now - run.began:.1f} s"
    else:
        side = busy[0] if busy else next(iter(run.started))
        verb = f"timing {LABELS[side]}" if run.bench else "running"
        head = f"{verb} {run.elapsed(side, now):.1f} s"
        also = f"{_waiting(waiting, bench=run.bench)} · " if waiting else ""
    mark = sign(Sign("▸", head, "fair"))
    return mark, Content.styled(f"{also}on {run.device} · {cancel} cancels", MUTED)


def _waiting(frameworks: list[str], *, bench: bool) -> str:
    return f"then {frameworks[0]}" if bench else f"starting {frameworks[0]}…"


def _outcome(run: Run, result: TryResult) -> tuple[Content, Content]:
    verdict = result.verdict
    edited = run.draft is not None
    differs = run.row.availability == "differs" and verdict.status == "different"
    promised = not edited and (bool(run.claim.holds) if run.claim else differs)
    mark = VERDICT[verdict.status]
    head = sign(Sign(mark.glyph, mark.word, "fair") if promised else mark)
    if promised:
        head += Content.styled(", as this row says", "$text-warning")
    elif run.claim and run.claim.outcome and not edited:
        head += Content.styled(", not as this row says", "$text-error")
    if edited:
        head += Content.styled(EDITED, "$text-accent")
    size = difference(verdict)
    if size:
        head += foreign_line(f"   {size}")
    reason = _reason(verdict) if run.row.compare == "values" else verdict.reason
    return head, foreign_line(reason, MUTED)


def _reason(verdict: Verdict) -> str:
    """The reason, and the tolerance unless the reason names it."""
    if not verdict.rtol or "rtol" in verdict.reason or verdict.status == "equal":
        return verdict.reason
    return f"{verdict.reason} · rtol {verdict.rtol:.2g}, atol {verdict.atol:.2g}"
