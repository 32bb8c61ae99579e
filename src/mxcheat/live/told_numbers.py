"""Whether the numbers of a sentence are those of the run that it speaks of."""

from __future__ import annotations

import math
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from mxcheat.cheatsheet.arrays import Array
    from mxcheat.live.results import SideResult, TryResult

# A number that stands by itself: not in a name (float32, SHA-256), nor a version (1.9.1).
_NUMBER = re.compile(r"(?<![\w.])(?<![A-Za-z]-)-?\d+(?:\.\d+)?(?:e[-+]?\d+)?(?![\w]|\.\d)")


def untold_numbers(sentence: str, code: Iterable[str], results: Iterable[TryResult]) -> list[str]:
    """The numbers of a sentence that neither code, nor inputs, errors or outputs hold.

    A number stands for each value that is rounded to its last digit.
    """
    said = _NUMBER.findall(sentence)
    if not said:
        return []
    results = list(results)
    texts = [*code, *(text for result in results for text in _texts(result))]
    known = {float(number) for text in texts for number in _NUMBER.findall(text)}
    left = [number for number in said if float(number) not in known]
    arrays = [array for result in results for array in _arrays(result)] if left else []
    return [number for number in left if not any(_holds(array, number) for array in arrays)]


def _texts(result: TryResult) -> Iterator[str]:
    for described in result.inputs.values():
        yield f"{described['text']} {described['shape']}"
    for side in result.sides:
        yield f"{side.code}\n{side.error or ''}"
        yield from (f"{output.text} {output.shape}" for output in side.outputs)


def _arrays(result: TryResult) -> Iterator[Array]:
    sides: tuple[SideResult, ...] = result.sides
    return (output.array for side in sides for output in side.outputs if output.array)


def _holds(array: Array, number: str) -> bool:
    wanted = float(number)
    slack = _half_of_the_last_digit(number)
    return any(
        not isinstance(value, complex) and math.isfinite(value) and abs(value - wanted) <= slack
        for value in array.values
    )


def _half_of_the_last_digit(number: str) -> float:
    """How far a value may be from the number that it is rounded to; 0 for a whole number."""
    digits, _, exponent = number.partition("e")
    decimals = len(digits.partition(".")[2])
    if not decimals and not exponent:
        return 0.0
    return 0.5000001 * 10.0 ** (int(exponent or 0) - decimals)
