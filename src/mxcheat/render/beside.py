"""Both sides of a try beside each other: the code, then the outputs, level with each other."""

from __future__ import annotations

from itertools import zip_longest
from typing import TYPE_CHECKING

from mxcheat.cheatsheet.sides import LABELS
from mxcheat.live.verdict.pairs import pair_outputs
from mxcheat.render.fold import fold
from mxcheat.render.inert import inert, inert_line
from mxcheat.render.language import label, told
from mxcheat.render.marks import marked_arrays, marked_lines, start_of
from mxcheat.render.times import first_call
from mxcheat.render.words import SILENT, STATUS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from mxcheat.cheatsheet.row import Row
    from mxcheat.live.results import Output, SideResult, TryResult
    from mxcheat.live.verdict.tolerance import Terms
    from mxcheat.render.marks import Marked
    from mxcheat.render.page import Line, Page, Span

    # What stands on one side, and what beside it on the other.
    _Level = tuple[list[Line], list[Line]]

_TEXT_LINES = 20
# Columns of a side below which the sides stand below each other.
_NARROWEST = 30
# What stands before what differs, so that it is seen without colours as well.
_MARK = SILENT.glyph


def write_sides(page: Page, result: TryResult) -> None:
    """Write both sides in columns, or below each other on a narrow page."""
    half = (page.width - 3) // 2
    levels = list(_levels(result))
    if half < _NARROWEST:
        for position in (0, 1):
            if position:
                page.line()
            for level in levels:
                for line in _folded(level[position], page.width):
                    page.line(*line)
        return
    for left, right in levels:
        page.beside(_folded(left, half), _folded(right, half), half, indent=0)


def output_title(output: Output, gap: str = "  ") -> str:
    """Name, dtype and shape of an output in one line; a value that is no array by its kind."""
    name = inert_line(output.name)
    if output.kind == "array" and output.shape is not None:
        return f"{name}{gap}{output.dtype} {tuple(output.shape)}"
    return f"{name}{gap}{output.dtype or output.kind}"


def _levels(result: TryResult) -> Iterator[_Level]:
    left, right = result.sides
    yield _head(left, result.row), _head(right, result.row)
    yield [()], [()]
    yield from _outputs(result)
    yield _written(left), _written(right)


def _head(side: SideResult, row: Row | None) -> list[Line]:
    """Which side it is, what was run and how it failed, if it did.

    A difference may concern one side only: then the other is not run, though the row has it.
    """
    sign = STATUS[side.status]
    if side.status == "none" and row is not None and row.form(side.side) is not None:
        sign = sign._replace(word="not run here")
    name = f"{LABELS[side.side]} {side.version or ''}".strip()
    is_recorded = side.origin == "recorded"
    # How long it took where it was recorded says nothing of this machine.
    more = label("recorded") if is_recorded else first_call(side)
    head = " · ".join(filter(None, (name, side.device, more)))
    lines: list[Line] = [[(head, "title")]]
    lines += _lines(inert(side.code), "code")
    if not side.ok:
        lines += [(), [(f"{sign.glyph} {label(sign.word)}", sign.tone)]]
    if side.error:
        lines += _lines(inert(_why_failed(side)), sign.tone)
    return lines


def _why_failed(side: SideResult) -> str:
    """What a framework has raised, as it said it; what has kept it from running in our words."""
    return str(side.error) if side.status == "error" else told(str(side.error))


def _outputs(result: TryResult) -> Iterator[_Level]:
    """The outputs as they are compared; what differs is marked if the sides differ."""
    left, right = result.sides
    pairs = pair_outputs(left.outputs, right.outputs)
    if not (left.ok and right.ok) or isinstance(pairs, str):
        for one, other in zip_longest(left.outputs, right.outputs):
            yield _alone(one), _alone(other)
        return
    compared = result.row is None or result.row.compare == "values"
    differ = compared and result.verdict.status == "different"
    for one, other in pairs:
        marked = _marked(one, other, result.terms if differ else None)
        yield [_title(one), *_spans(marked[0])], [_title(other), *_spans(marked[1])]


def _marked(one: Output, other: Output, terms: Terms | None) -> tuple[Marked, Marked]:
    arrays = marked_arrays(one, other, terms, room=len(_MARK))
    if arrays:
        return arrays
    texts = _text(one), _text(other)
    if terms and one.value != other.value:
        return marked_lines(*texts)
    return [(texts[0], False)], [(texts[1], False)]


def _spans(pieces: Marked) -> Iterator[Line]:
    """Lines of spans; the sign before what differs takes the place of a space there."""
    line: list[Span] = []
    for text, differs in pieces:
        first, *others = text.split("\n")
        if differs and line:
            line[-1] = (line[-1][0].removesuffix(" "), "")
        line.append((f"{_MARK}{first}", "bad") if differs else (first, ""))
        for other in others:
            yield line
            line = [(other, "")]
    yield line


def _alone(output: Output | None) -> list[Line]:
    return [_title(output), *_lines(_text(output))] if output else []


def _title(output: Output) -> Line:
    return [(output_title(output), "quiet")]


def _text(output: Output) -> str:
    return start_of(output.text) if output.array else inert(output.text)


def _written(side: SideResult) -> list[Line]:
    lines: list[Line] = []
    for name, text in (("stdout", side.stdout), ("stderr", side.stderr)):
        if text.strip():
            lines += [[(name, "quiet")], *_lines(_tail(inert(text.rstrip("\n"))))]
    return [*lines, [("(output was cut)", "quiet")]] if side.truncated else lines


def _lines(text: str, tone: str = "") -> list[Line]:
    return [[(line, tone)] for line in text.split("\n")]


def _tail(text: str) -> str:
    lines = text.split("\n")
    if len(lines) <= _TEXT_LINES:
        return text
    return "\n".join([f"... {len(lines) - _TEXT_LINES} lines above", *lines[-_TEXT_LINES:]])


def _folded(lines: Sequence[Line], width: int) -> list[Line]:
    return [piece for line in lines for piece in fold(line, width)]
