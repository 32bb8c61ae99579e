"""Judging arrays of which only the leading elements are here, and figures of all of them."""

from __future__ import annotations

import math
import zlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

    from mxcheat.cheatsheet.arrays import Array

_FIGURES = ("min", "max", "mean", "std")


def judge_rest(first: Array, second: Array, rtol: float, atol: float) -> tuple[str, str]:
    """Status and reason for two arrays whose leading elements agree, one of them cut at least.

    All of it is judged by checksum, else by minimum, maximum, mean and standard deviation.
    """
    left, right = _figures(first), _figures(second)
    if left["checksum"] == right["checksum"] and first.dtype == second.dtype:
        return "equal", "equal by checksum"
    part = f"first {min(len(first.values), len(second.values)):,} of {first.size:,} elements"
    # A mean may be small beside what it was made of.
    scale = max(abs(left[key]) for key in ("min", "max"))
    slack = atol + rtol * scale
    for key in _FIGURES:
        a, b = left[key], right[key]
        both_nan = math.isnan(a) and math.isnan(b)
        if not both_nan and not math.isclose(a, b, rel_tol=rtol, abs_tol=slack):
            return "different", f"the {part} agree, but the {key} is {a:g} against {b:g}"
    return "close", f"compared on the {part}, and on min, max, mean and std of all"


def _figures(array: Array) -> dict[str, Any]:
    """What a worker says of an array that it cut, worked out for one that is whole."""
    if array.statistics is not None:
        return array.statistics
    values = [abs(value) if isinstance(value, complex) else float(value) for value in array.values]
    mean = sum(values) / len(values)
    squares = sum((value - mean) * (value - mean) for value in values)
    return {
        "min": _extreme(values, min),
        "max": _extreme(values, max),
        "mean": mean,
        "std": math.sqrt(squares / (len(values) - 1)) if squares >= 0 else math.nan,
        "checksum": f"{zlib.crc32(array.data):08x}{zlib.adler32(array.data):08x}",
    }


def _extreme(values: list[float], choose: Callable[[list[float]], float]) -> float:
    """The least or greatest; nan if there is one, as the frameworks have it."""
    return math.nan if any(map(math.isnan, values)) else choose(values)
