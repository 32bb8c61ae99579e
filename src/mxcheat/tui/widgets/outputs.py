"""What both sides left, side by side."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from textual.content import Content

from mxcheat.live.interpreters import FRAMEWORKS
from mxcheat.render.inert import inert_line
from mxcheat.render.words import SIDE_NAMES, STATUS
from mxcheat.tui.text.marks import MUTED, TONES, bounded, foreign
from mxcheat.tui.text.wrap import wrap, wrap_code
from mxcheat.tui.widgets.pair import Pair

if TYPE_CHECKING:
    from textual import events

    from mxcheat.cheatsheet.row import Side
    from mxcheat.live.results import Failure, Output, SideResult
    from mxcheat.tui.runs import Run
    from mxcheat.tui.widgets.flow import Flow, Layout

_HANG = 2
_FAILED = ("error", "timeout", "crashed", "unavailable")


class Outputs(Pair):
    """The outputs of a row's latest run; dimmed while it is being run again."""

    def __init__(self) -> None:
        super().__init__(id="outputs")
        self.display = False
        self._run: Run | None = None

    def on_resize(self, event: events.Resize) -> None:
        """Where a pane has no lower border, its title says what that would."""
        super().on_resize(event)
        self._draw_heads()

    def show_run(self, run: Run | None) -> None:
        """Show a run as it stands; nothing for None."""
        self.display = run is not None and (run.running or run.result is not None)
        if run is None or not self.display:
            return
        self.set_class(run.running and run.result is not None, "-stale")
        self._run = run
        if run.result is None:
            self._show_waiting(run)
            return
        self._draw_heads()
        left, right = (_blocks(side) for side in run.result.sides)
        self.show(left, right)

    def _draw_heads(self) -> None:
        if self._run is not None and self._run.result is not None:
            sides = self._run.result.sides
            for pane, side in zip((self.left, self.right), sides, strict=True):
                _draw_head(pane, side, compact=self.has_class("-compact"))

    def _show_waiting(self, run: Run) -> None:
        sides: tuple[tuple[Flow, Side], ...] = ((self.left, "pytorch"), (self.right, "gluon"))
        blocks: list[list[Layout]] = []
        for pane, side in sides:
            pane.border_title, pane.border_subtitle = SIDE_NAMES[side], ""
            pane.set_class(False, "-failed")
            blocks.append([partial(wrap, Content.styled(_waiting(run, side), MUTED))])
        self.show(*blocks)


def _waiting(run: Run, side: Side) -> str:
    if side not in run.sides():
        return STATUS["none"].word
    return "running" if side in run.started else f"starting {FRAMEWORKS[side]}…"


def _draw_head(pane: Flow, side: SideResult, *, compact: bool) -> None:
    """What was left and how long it took, in the pane's border."""
    took = "" if side.elapsed_ms is None else _milliseconds(side.elapsed_ms)
    measure = " · ".join(filter(None, (took, side.device)))
    parts = [SIDE_NAMES[side.side], _summary(side), took if compact else ""]
    pane.border_title = Content(inert_line(" · ".join(filter(None, parts))))
    pane.border_subtitle = Content("" if side.status == "none" else measure)
    pane.set_class(side.status in _FAILED, "-failed")


def _summary(side: SideResult) -> str:
    """What a side left, or how it failed; recorded outputs are called so."""
    if not side.ok:
        mark = STATUS[side.status]
        return f"{mark.glyph} {mark.word}"
    recorded = f"recorded with {side.version} · " if side.origin == "recorded" else ""
    if len(side.outputs) == 1:
        return recorded + _describe(side.outputs[0])
    return recorded + (f"{len(side.outputs)} outputs" if side.outputs else "no output")


def _describe(output: Output) -> str:
    """`y float32 (2, 3)`; a value that is no array by its kind."""
    if output.shape is None or output.kind != "array":
        return f"{output.name} {output.dtype or output.kind}"
    return f"{output.name} {output.dtype} {tuple(output.shape)}"


def _milliseconds(elapsed: float) -> str:
    digits = 2 if elapsed < 1 else 1 if elapsed < 10 else 0
    return f"{elapsed:,.{digits}f} ms"


def _blocks(side: SideResult) -> list[Layout]:
    """The failure or the outputs, then what was written to stdout and stderr."""
    many = len(side.outputs) > 1
    values: list[Content] = []
    for output in side.outputs:
        head = [Content.styled(inert_line(_describe(output)), MUTED)] if many else []
        values.append(Content("\n").join([*head, bounded(output.text)]))
    for name, text in (("stdout", side.stdout), ("stderr", side.stderr)):
        if text:
            values.append(Content("\n").join([Content.styled(name, MUTED), bounded(text)]))
    said = [_failure(side.error, side.status)] if side.error else []
    if side.truncated:
        said.append(Content.styled("(more was written than is kept)", MUTED))
    if not said and not values:
        said.append(Content.styled(STATUS[side.status].word, MUTED))
    return [
        *(partial(wrap, content) for content in said),
        *(partial(wrap_code, content, hang=_HANG) for content in values),
    ]


def _failure(failure: Failure, status: str) -> Content:
    """Type and line, the message, and what would mend it."""
    tone = TONES[STATUS[status].tone]
    lines = []
    if failure.type != status:
        where = f" in line {failure.line}" if failure.line else ""
        lines.append(foreign(f"{failure.type}{where}", f"bold {tone}"))
    if failure.message:
        lines.append(bounded(failure.message))
    if failure.fix:
        lines.append(Content.assemble(("→ ", tone), foreign(failure.fix)))
    return Content("\n").join(lines)
