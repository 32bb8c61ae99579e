"""Two values beside each other as text: the elements that differ, to as many digits as tell them
apart."""

from __future__ import annotations

import re
from itertools import islice, zip_longest
from typing import TYPE_CHECKING, Any

from mxcheat.cheatsheet.arrays import number_format, shown_values
from mxcheat.live.verdict.tolerance import UNKNOWN, Terms, tolerance

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from mxcheat.live.results import Output

    # Pieces of a text in their order, each with whether it differs from the other side's.
    Marked = list[tuple[str, bool]]
    _Numbers = Sequence[tuple[Any, Any]]
    _Words = Sequence[tuple[str, str]]

# Decimals of an array; the first that tells differing elements apart.
_DIGITS = (4, 6, 8, 12)
# Lines of an array's text that are shown.
MOST_LINES = 120
_NUMBER = re.compile(r" *[^\[\],\s]+")


def marked_arrays(
    left: Output, right: Output, terms: Terms | None, *, room: int = 0
) -> tuple[Marked, Marked] | None:
    """The texts of two arrays; None where they are not held against each other by element.

    Without `terms`, what the outputs were computed from, nothing is marked. Where something is,
    there is `room` for a sign before each element.
    """
    one, other = left.array, right.array
    if one is None or other is None or not one.size:
        return None
    if one.shape != other.shape and (one.size, other.size) != (1, 1):
        return None
    starts = start_of(left.text), start_of(right.text)
    count = len(_numbers_in(starts[0]))
    numbers = list(islice(zip(shown_values(one), shown_values(other), strict=False), count))
    allowed = tolerance(one, other, terms or UNKNOWN)
    apart = [terms is not None and allowed.share(a, b) > 1 for a, b in numbers]
    words = _words(left, right, numbers, apart)
    columns = max(len(word) for pair in words for word in pair) + room * any(apart)
    width = columns if one.size > 1 else 0  # a single number needs no column
    return (
        _with_words(starts[0], [a for a, _ in words], apart, width),
        _with_words(starts[1], [b for _, b in words], apart, width),
    )


def marked_lines(left: str, right: str) -> tuple[Marked, Marked]:
    """Two texts with the lines marked that the other does not have in the same place."""
    pairs = list(zip_longest(left.split("\n"), right.split("\n")))
    return _joined([(a, a != b) for a, b in pairs]), _joined([(b, a != b) for a, b in pairs])


def start_of(text: str) -> str:
    """The first lines of an array's text."""
    return "\n".join(text.split("\n")[:MOST_LINES])


def _joined(lines: Sequence[tuple[str | None, bool]]) -> Marked:
    marked: Marked = []
    for line, differs in lines:
        if line is not None:
            marked += [("\n", False)] * bool(marked) + [(line, differs)]
    return marked


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


def _with_words(text: str, words: Sequence[str], apart: Sequence[bool], width: int) -> Marked:
    """An array's text with `words` for its numbers, those that are `apart` marked."""
    parts: Marked = []
    end = 0
    for match, word, differs in zip(_numbers_in(text), words, apart, strict=False):
        after_comma = match.start() > 0 and text[match.start() - 1] == ","
        pad = " " * (width - len(word) + after_comma)
        parts.append((text[end : match.start()] + pad, False))
        parts.append((word, differs))
        end = match.end()
    return [*parts, (text[end:], False)]


def _numbers_in(text: str) -> list[re.Match[str]]:
    return [match for match in _NUMBER.finditer(text) if match[0].strip() != "..."]
