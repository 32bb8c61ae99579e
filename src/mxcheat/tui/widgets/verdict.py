"""What is always in view: whether the sides agree, or how the run stands; benchmark bars."""

from __future__ import annotations

import time
from functools import partial
from typing import TYPE_CHECKING

from textual.content import Content

from mxcheat.cheatsheet.sides import FRAMEWORKS, LABELS, SIDES
from mxcheat.render.language import label, said, told
from mxcheat.render.page import width_of
from mxcheat.render.times import columns_of, median, slower, untimed
from mxcheat.render.words import DOCUMENTED, VERDICT, Sign, claimed, difference, of_verdict
from mxcheat.tui.drafts import edited
from mxcheat.tui.shown import sides_of
from mxcheat.tui.text.lines import MUTED, cut, foreign_line, sign, wrap
from mxcheat.tui.widgets.flow import Flow

if TYPE_CHECKING:
    from mxcheat.errors import MxcheatError
    from mxcheat.live.claims import Outcome
    from mxcheat.live.results import SideResult, TryResult, Verdict
    from mxcheat.tui.shown import Run, Shown

# A longer reason ends in an ellipsis.
MOST_LINES = 6
_STALE = "previous run, before your last change"
_LABEL = 9
_NARROWEST = 6
_APART = 3


class VerdictBar(Flow):
    """The state as a word, a glyph and a number; then the reason, on as many lines as it needs."""

    def show(self, shown: Shown) -> None:
        """Show how the row's run stands; without one, what the keys would do."""
        head, reason = verdict_of(shown, time.monotonic())
        self.stale = shown.is_stale and shown.run is not None and shown.run.is_done
        if self.stale:
            reason = Content(" · ").join(filter(None, (Content(label(_STALE)), reason)))
        self.flow(partial(_fit, head, reason))


def verdict_of(shown: Shown, now: float) -> tuple[Content, Content]:
    """How the run of the row stands at a time of the monotonic clock: in a word, and more."""
    run, nothing = shown.run, Content("")
    if shown.row is None:
        return nothing, nothing
    if run is None:
        if shown.current is None:
            return _idle(shown)
        return _other_row_runs(shown.current, shown), nothing
    if run.running:
        return _progress(run, now, shown.key("run.cancel"))
    if run.result is None or run.cancelled:
        return _no_result(run)
    return _outcome(run, run.result)


def _no_result(run: Run) -> tuple[Content, Content]:
    if run.error is not None:
        return sign(Sign("✗", "not run", "bad")), foreign_line(_advice(run.error))
    also = label("showing the previous run") if run.before else ""
    return sign(Sign("–", "cancelled", "quiet")), Content.styled(also, MUTED)


def _idle(shown: Shown) -> tuple[Content, Content]:
    """Nothing has been run yet: what the keys would do."""
    key, device = shown.key, shown.device
    sides = sides_of(shown.draft or shown.row) if shown.row else []
    keys = {"key": key("row.run"), "device": device}
    if shown.scope == "edit":
        keys["key"] = key("edit.run")
        says = said("{key} runs what is typed on {device}", **keys)
    elif shown.draft is not None:
        says = said("{key} runs the edited code on {device}", **keys)
    elif len(sides) == 1:
        says = said("{key} runs {side} on {device}", side=LABELS[sides[0]], **keys)
    else:
        says = said("{key} runs both sides on {device}", **keys)
    return Content.styled(says, MUTED), Content.styled(_other_keys(shown), MUTED)


def _other_keys(shown: Shown) -> str:
    """What else there is to do with a row that has not been run."""
    key = shown.key
    if shown.scope == "edit":
        sentence = "{restore} restores the row · {leave} leaves, your code stays"
        return said(sentence, restore=key("edit.reset"), leave=key("pane.leave"))
    if shown.draft is not None:
        sentence = "{edit} edits it further · {restore} restores the row"
        return said(sentence, edit=key("row.edit"), restore=key("edit.reset"))
    if shown.scope == "row":
        return said("↑ ↓ scroll · {key}, or typing, goes back to the search", key=key("pane.next"))
    sentence = "↑ ↓ another row · {scroll} scrolls this one · {help} help"
    return said(sentence, scroll=key("pane.next"), help=key("app.help"))


def _other_row_runs(other: Run, shown: Shown) -> Content:
    sentence = "{row} is running · {cancel} cancels it, {run} runs this row instead"
    keys = {"cancel": shown.key("run.cancel"), "run": shown.key("row.run")}
    return foreign_line(said(sentence, row=other.row.id, **keys), MUTED)


def _fit(head: Content, reason: Content, width: int) -> list[Content]:
    """The head and the reason: on one line if they fit, else the reason on others."""
    if head and reason and head.cell_length + _APART + reason.cell_length <= width:
        return [head + " " * _APART + reason]
    lines = [*wrap(head, width), *(wrap(reason, width) if reason else [])]
    if len(lines) > MOST_LINES:
        lines[MOST_LINES - 1 :] = [cut(Content(" ").join(lines[MOST_LINES - 1 :]), width)]
    return lines


def _advice(error: MxcheatError) -> str:
    return " → ".join(map(told, filter(None, (error.message, error.hint))))


def _progress(run: Run, now: float, cancel: str) -> tuple[Content, Content]:
    """What is going on, and since when; then what is still to come."""
    waiting = [FRAMEWORKS[side] for side in run.sides if side not in run.started]
    busy = [side for side in run.started if side not in run.ended]
    also = ""
    if run.cancelling:
        head = label("stopping…")
    elif not run.started:
        what = f" {label('and')} ".join(waiting)
        head = said("starting {what}… {time}", what=what, time=f"{now - run.began:.1f} s")
    else:
        side = busy[0] if busy else next(iter(run.started))
        verb = "timing {side} {time}" if run.bench else "running {time}"
        head = said(verb, side=LABELS[side], time=f"{run.elapsed(side, now):.1f} s")
        also = f"{_waiting(waiting, bench=run.bench)} · " if waiting else ""
    mark = sign(Sign("▸", head, "fair"))
    stops = said("on {device} · {key} cancels", device=run.device, key=cancel)
    return mark, Content.styled(also + stops, MUTED)


def _waiting(frameworks: list[str], *, bench: bool) -> str:
    return said("then {what}" if bench else "starting {what}…", what=frameworks[0])


def _outcome(run: Run, result: TryResult) -> tuple[Content, Content]:
    """The verdict, and why it is that; of code as the row has it, whether the row foretells it."""
    verdict = result.verdict
    why = _reason(verdict) if run.row.compare == "values" else verdict.reason
    mark = sign_of_run(run, verdict)
    head = sign(mark)
    outcome = _claim(run)
    if outcome:
        if len(run.sides) < len(SIDES):
            why = ""  # there is nothing to compare, and no need to
        elif mark is not DOCUMENTED:
            head += Content.styled(f" · {label(VERDICT[verdict.status].word)}", MUTED)
        _, found = claimed(outcome)
        why = found if why in found else "; ".join(filter(None, (found, why)))
    if run.draft is not None:
        head += Content.styled(edited(), "$text-accent")
    size = difference(verdict, said)
    if size:
        head += foreign_line(f"   {size}")
    return head, foreign_line(told(why), MUTED)


def sign_of_run(run: Run, verdict: Verdict) -> Sign:
    """How a run came out; of code as the row has it, whether the row foretells it."""
    outcome = _claim(run)
    if outcome is None:
        return of_verdict(verdict, None if run.draft else run.row)
    return DOCUMENTED if outcome.holds and verdict.status == "different" else claimed(outcome)[0]


def _claim(run: Run) -> Outcome | None:
    """Whether a difference shows; None where none was run, it was edited, or a side is missing."""
    return run.claim.outcome if run.claim and run.draft is None else None


def _reason(verdict: Verdict) -> str:
    """The reason, and the tolerance where numbers were held against it and it is not named."""
    measured = verdict.rtol and verdict.max_abs_diff
    if not measured or "rtol" in verdict.reason or verdict.status == "equal":
        return verdict.reason
    return f"{verdict.reason} · rtol {verdict.rtol:.2g}, atol {verdict.atol:.2g}"


class Bars(Flow):
    """Median times to scale, with the interquartile range, the count and the ratio."""

    def __init__(self) -> None:
        super().__init__(id="bars")
        self.display = False

    def show(self, shown: Shown) -> None:
        """Show the benchmark of the latest result, and what of it could not be timed."""
        result = shown.result
        sides = [side for side in result.sides if side.bench] if result else []
        missed = _untimed(shown.run) if shown.run else []
        self.display = bool(sides or missed)
        if self.display:  # Textual lays out the whole screen for a hidden widget that is refreshed
            self.stale = shown.is_stale or (shown.run is not None and shown.run.running)
            self.flow(partial(_bar_lines, sides, missed))


def _untimed(run: Run) -> list[str]:
    """What of a run that was to be timed was not, and why."""
    return [*untimed(run.result)] if run.bench and run.is_done and run.result else []


def _bar_lines(sides: list[SideResult], missed: list[str], width: int) -> list[Content]:
    figures = columns_of(sides)
    room = width - _LABEL - 2 - max(map(width_of, figures), default=0)
    longest = max(map(median, sides), default=0.0)
    lines = []
    for side, figure in zip(sides, figures, strict=True):
        share = median(side) / longest if longest else 1.0
        bar = f"{_bar(share, room):<{room}}  " if room >= _NARROWEST else ""
        name = LABELS[side.side].ljust(_LABEL)
        lines.append(Content.assemble((name, MUTED), (bar, "$text-primary"), figure))
    if len(sides) == 2:
        lines.append(Content.styled(slower(*sides), "bold"))
    lines += [foreign_line(line, "$text-warning") for line in missed]
    return [cut(line, width) for line in lines]


def _bar(share: float, width: int) -> str:
    """A bar, to half a cell, in a given width; the shortest can still be seen."""
    whole, half = divmod(max(1, round(share * width * 2)), 2)
    return "━" * whole + "╸" * half
