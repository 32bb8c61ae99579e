"""What a run gave, as text: the outputs of both sides level, and differences marked."""

from __future__ import annotations

from functools import partial
from itertools import zip_longest
from typing import TYPE_CHECKING

from textual.content import Content

from mxcheat.live.verdict.pairs import pair_outputs
from mxcheat.render.beside import output_title
from mxcheat.render.language import label, said, told
from mxcheat.render.marks import marked_arrays, marked_lines, start_of
from mxcheat.render.words import STATUS
from mxcheat.tui.text.lines import MUTED, TONES, bounded, foreign, wrap, wrap_code

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mxcheat.live.results import Failure, Output, SideResult
    from mxcheat.live.verdict.tolerance import Terms
    from mxcheat.render.marks import Marked
    from mxcheat.tui.text.lines import Layout

Texts = tuple[Content, Content]

DIFFERS = "bold underline $text-error"
_HANG = 2


def blocks_of_pair(
    left: SideResult, right: SideResult, *, marked: Terms | None
) -> tuple[list[Layout], list[Layout]]:
    """The outputs of both sides level with each other, then what each wrote.

    With `marked`, what the outputs were computed from, elements are marked that differ.
    """
    if not (left.ok and right.ok):
        return blocks_of(left), blocks_of(right)
    texts = beside(left.outputs, right.outputs, marked=marked)
    said = zip_longest(_written(left), _written(right))
    values = [*texts, *((a or Content(), b or Content()) for a, b in said)]
    return _laid_out([a for a, _ in values], left), _laid_out([b for _, b in values], right)


def blocks_of(side: SideResult) -> list[Layout]:
    """The failure or the outputs of one side, then what it wrote."""
    return _laid_out([*alone(side.outputs), *_written(side)], side)


def _laid_out(values: Sequence[Content], side: SideResult) -> list[Layout]:
    said = [_failure(side.error, side.status)] if side.error else []
    if side.truncated:
        said.append(Content.styled(label("(more was written than is kept)"), MUTED))
    if not said and not values:
        said.append(Content.styled(label(STATUS[side.status].word), MUTED))
    why = [partial(wrap, content) for content in said]
    given = [partial(wrap_code, content, hang=_HANG) for content in values]
    # Recorded outputs stand level with what they are held against; why they are comes below.
    return [*given, *why] if side.origin == "recorded" else [*why, *given]


def _written(side: SideResult) -> list[Content]:
    return [
        Content.styled(f"{name}\n", MUTED) + bounded(text)
        for name, text in (("stdout", side.stdout), ("stderr", side.stderr))
        if text
    ]


def _failure(failure: Failure, status: str) -> Content:
    """Type and line, the message, and how to fix it."""
    tone = TONES[STATUS[status].tone]
    lines = []
    if failure.type != status:
        what = {"error": failure.type, "line": failure.line}
        where = said("{error} in line {line}", **what) if failure.line else failure.type
        lines.append(foreign(where, f"bold {tone}"))
    if failure.message:
        ours = status != "error"  # what a framework has raised stays as it said it
        lines.append(bounded(told(failure.message) if ours else failure.message))
    if failure.fix:
        lines.append(Content.assemble(("→ ", tone), foreign(told(failure.fix))))
    return Content("\n").join(lines)


def beside(
    left: Sequence[Output], right: Sequence[Output], *, marked: Terms | None = None
) -> list[Texts]:
    """The outputs of both sides, paired as they are compared.

    With `marked`, what they were computed from, elements are marked that differ.
    """
    pairs = pair_outputs(left, right)
    if isinstance(pairs, str):
        texts = [(_text(one), _text(other)) for one, other in zip_longest(left, right)]
        heads = [(_head(one), _head(other)) for one, other in zip_longest(left, right)]
    else:
        texts = [_pair(one, other, marked=marked) for one, other in pairs]
        heads = [(_head(one), _head(other)) for one, other in pairs]
    if len(texts) == 1:
        return texts
    return [(head[0] + text[0], head[1] + text[1]) for head, text in zip(heads, texts, strict=True)]


def alone(outputs: Sequence[Output]) -> list[Content]:
    """The outputs of one side."""
    if len(outputs) == 1:
        return [_text(outputs[0])]
    return [_head(output) + _text(output) for output in outputs]


def _head(output: Output | None) -> Content:
    return Content.styled(f"{output_title(output, ' ')}\n", MUTED) if output else Content()


def _text(output: Output | None) -> Content:
    if output is None:
        return Content()
    return Content(start_of(output.text)) if output.array else bounded(output.text)


def _pair(left: Output, right: Output, *, marked: Terms | None) -> Texts:
    arrays = marked_arrays(left, right, marked)
    if arrays:
        return _styled(arrays[0]), _styled(arrays[1])
    texts = _text(left), _text(right)
    one_by_one = left.array is not None and right.array is not None
    if marked and not one_by_one and left.value != right.value:
        marks = marked_lines(texts[0].plain, texts[1].plain)
        return _with_marks(texts[0], marks[0]), _with_marks(texts[1], marks[1])
    return texts


def _styled(pieces: Marked) -> Content:
    return Content.assemble(*((text, DIFFERS if differs else "") for text, differs in pieces))


def _with_marks(text: Content, pieces: Marked) -> Content:
    """A text with the pieces of it marked that differ."""
    at = 0
    for piece, differs in pieces:
        end = at + len(piece)
        text = text.stylize(DIFFERS, at, end) if differs else text
        at = end
    return text
