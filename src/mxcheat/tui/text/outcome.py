"""What a run gave, as text: the outputs of both sides level, and differences marked."""

from __future__ import annotations

import re
from functools import partial
from itertools import islice, zip_longest
from typing import TYPE_CHECKING, Any

from textual.content import Content

from mxcheat.cheatsheet.arrays import number_format, shown_values
from mxcheat.live.verdict.pairs import pair_outputs
from mxcheat.live.verdict.tolerance import UNKNOWN, Terms, tolerance
from mxcheat.render.inert import inert_line
from mxcheat.render.words import STATUS
from mxcheat.tui.text.lines import MUTED, TONES, bounded, foreign, wrap, wrap_code

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from mxcheat.live.results import Failure, Output, SideResult
    from mxcheat.tui.text.lines import Layout

    _Numbers = Sequence[tuple[Any, Any]]
    _Words = Sequence[tuple[str, str]]

Texts = tuple[Content, Content]

DIFFERS = "bold underline $text-error"
# Decimals of an array; the first that tells differing elements apart.
_DIGITS = (4, 6, 8, 12)
_LINES = 120
_NUMBER = re.compile(r" *[^\[\],\s]+")
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
        said.append(Content.styled("(more was written than is kept)", MUTED))
    if not said and not values:
        said.append(Content.styled(STATUS[side.status].word, MUTED))
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
        where = f" in line {failure.line}" if failure.line else ""
        lines.append(foreign(f"{failure.type}{where}", f"bold {tone}"))
    if failure.message:
        lines.append(bounded(failure.message))
    if failure.fix:
        lines.append(Content.assemble(("→ ", tone), foreign(failure.fix)))
    return Content("\n").join(lines)


def describe(output: Output) -> str:
    """`y float32 (2, 3)`; a value that is no array by its kind."""
    name = inert_line(output.name)
    if output.shape is None or output.kind != "array":
        return f"{name} {output.dtype or output.kind}"
    return f"{name} {output.dtype} {tuple(output.shape)}"


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
    return Content.styled(f"{describe(output)}\n", MUTED) if output else Content()


def _text(output: Output | None) -> Content:
    if output is None:
        return Content()
    return Content(_start(output.text)) if output.array else bounded(output.text)


def _pair(left: Output, right: Output, *, marked: Terms | None) -> Texts:
    one, other = left.array, right.array
    if one is None or other is None:
        texts = _text(left), _text(right)
        return _differing_lines(*texts) if marked and left.value != right.value else texts
    if not one.size or (one.shape != other.shape and (one.size, other.size) != (1, 1)):
        return _text(left), _text(right)
    starts = _start(left.text), _start(right.text)
    count = len(_numbers_in(starts[0]))
    numbers = list(islice(zip(shown_values(one), shown_values(other), strict=False), count))
    allowed = tolerance(one, other, marked or UNKNOWN)
    apart = [marked is not None and allowed.share(a, b) > 1 for a, b in numbers]
    words = _words(left, right, numbers, apart)
    width = max(len(word) for pair in words for word in pair)
    return (
        _with_words(starts[0], [a for a, _ in words], apart, width),
        _with_words(starts[1], [b for _, b in words], apart, width),
    )


def _words(left: Output, right: Output, numbers: _Numbers, apart: Sequence[bool]) -> _Words:
    """The elements of both sides as text, to as many digits as tell those apart that differ."""
    words: _Words = []
    for digits in _DIGITS:
        forms = _forms(left, right, numbers, digits)
        words = [(forms[0](a), forms[1](b)) for a, b in numbers]
        if all(a != b for differ, (a, b) in zip(apart, words, strict=True) if differ):
            break
    return words


def _forms(
    left: Output, right: Output, numbers: _Numbers, digits: int
) -> list[Callable[[Any], str]]:
    """How each side's elements are printed: those of two arrays of floats alike."""
    columns = [[a for a, _ in numbers], [b for _, b in numbers]]
    if all(isinstance(column[0], float) for column in columns):
        columns = [columns[0] + columns[1]] * 2
    return [
        number_format(column, digits) if output.kind == "array" else repr
        for output, column in zip((left, right), columns, strict=True)
    ]


def _with_words(text: str, words: Sequence[str], apart: Sequence[bool], width: int) -> Content:
    """An array's text with `words` for its numbers, those that are `apart` marked."""
    parts: list[tuple[str, str]] = []
    end = 0
    for match, word, differs in zip(_numbers_in(text), words, apart, strict=False):
        after_comma = match.start() > 0 and text[match.start() - 1] == ","
        pad = " " * (width - len(word) + after_comma)
        parts.append((text[end : match.start()] + pad, ""))
        parts.append((word, DIFFERS if differs else ""))
        end = match.end()
    return Content.assemble(*parts, text[end:])


def _differing_lines(left: Content, right: Content) -> Texts:
    """Texts with the lines marked that the other does not have in the same place."""
    pairs = zip_longest(left.split("\n"), right.split("\n"))
    marked = [
        (one and one.stylize(DIFFERS), other and other.stylize(DIFFERS))
        if one is None or other is None or one.plain != other.plain
        else (one, other)
        for one, other in pairs
    ]
    join = Content("\n").join
    return join(a for a, _ in marked if a is not None), join(b for _, b in marked if b is not None)


def _numbers_in(text: str) -> list[re.Match[str]]:
    return [match for match in _NUMBER.finditer(text) if match[0].strip() != "..."]


def _start(text: str) -> str:
    """The first lines of an array's text."""
    return "\n".join(text.split("\n")[:_LINES])
