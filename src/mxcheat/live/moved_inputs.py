"""Whether a difference is the inputs' own: a kink, a tie, or what cancellation leaves.

On a kink of ReLU or a tie of argmax no rounding error is small: the last bit of an input decides
what comes out. So the inputs of a run that came out different are moved by a few units in the last
place. A side that then differs from itself as much as the sides differ could not do better.
"""

from __future__ import annotations

import math
import random
import struct
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from mxcheat.cheatsheet.arrays import Array, from_bytes
from mxcheat.live.compare import compare_sides, side_name

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mxcheat.live.results import SideResult, TryResult, Verdict

# An element moves by one to so many units: unlike steps break a tie.
_MOST_UNITS = 4
# A side explains a difference by moving at least by this share of it.
_AS_MUCH = 0.5
_SEED = 1
# Dtypes of inputs that are moved: the format of struct for an element's bits.
_BITS = {"float64": "q", "float32": "i", "float16": "h"}


def is_in_question(result: TryResult, inputs: Mapping[str, Any]) -> bool:
    """Whether moving the inputs could explain the verdict: it measured numbers of live sides."""
    verdict = result.verdict
    measured = verdict.max_abs_diff is not None and math.isfinite(verdict.max_abs_diff)
    live = all(side.ok and side.origin == "live" for side in result.sides)
    is_different = verdict.status == "different"
    return is_different and measured and live and any(map(_is_moved, inputs.values()))


def move(inputs: Mapping[str, Any]) -> dict[str, Any]:
    """The inputs with each floating-point element moved by one to four units in its last place.

    The steps are always the same. Infinities and nan stay.
    """
    generator = random.Random(_SEED)  # noqa: S311 - nothing is secret here
    return {
        name: _moved(value, generator) if _is_moved(value) else value
        for name, value in inputs.items()
    }


def explain(result: TryResult, moved: tuple[SideResult, SideResult]) -> Verdict:
    """The verdict of `result`, its reason completed if a side of it moved as far as they differ."""
    verdict = result.verdict
    assert verdict.max_abs_diff is not None
    for side, again in zip(result.sides, moved, strict=True):
        own = compare_sides(side, again, terms=result.terms)
        size = own.max_abs_diff or 0.0
        if own.status == "different" and size >= _AS_MUCH * verdict.max_abs_diff:
            said = (
                "the inputs lie on a kink or a tie, or nearly all of it cancels: moved by up to "
                f"{_MOST_UNITS} units in their last place they move {side_name(side)} by {size:.3g}"
                f" at {own.where}"
            )
            return replace(verdict, reason=f"{verdict.reason}; {said}")
    return verdict


def _is_moved(value: Any) -> bool:
    return isinstance(value, Array) and value.dtype in _BITS and value.size > 0


def _moved(array: Array, generator: random.Random) -> Array:
    count, whole = len(array.values), _BITS[array.dtype]
    bits = struct.unpack(f"<{count}{whole}", array.data)
    steps = (generator.choice((-1, 1)) * generator.randint(1, _MOST_UNITS) for _ in bits)
    values = zip(array.values, bits, steps, strict=True)
    after = [_step(value, bit, step, whole) for value, bit, step in values]
    return from_bytes(array.shape, array.dtype, struct.pack(f"<{count}{whole}", *after))


def _step(value: float, bits: int, step: int, whole: str) -> int:
    """The bits of the number `step` units away; of zero, the smallest numbers of either sign."""
    if not math.isfinite(value):
        return bits
    lowest = -(1 << (8 * struct.calcsize(whole) - 1))
    if value == 0:
        return step if step > 0 else lowest - step
    # Numbers of one sign are in the order of their bits; the least step down ends at zero.
    return max(bits + step, 0) if bits >= 0 else max(bits - step, lowest)
