"""What the inputs leave open: how far a side's own outputs go when its inputs move a little.

Results of an ill-conditioned program differ by more than its roundings: each is exact for inputs
that are a few units in the last place off. And on a kink of ReLU or a tie of argmax the last bit of
an input decides what comes out. So where the sides differ they run once more on inputs that were
moved by a few such units, and each is held against itself.
"""

from __future__ import annotations

import math
import random
import struct
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from mxcheat.cheatsheet.arrays import Array, from_bytes
from mxcheat.live.verdict.arrays import Pairing
from mxcheat.live.verdict.compare import compare_outputs, side_name
from mxcheat.live.verdict.pairs import pair_outputs
from mxcheat.live.verdict.tolerance import half_of_digits

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mxcheat.live.results import SideResult, TryResult, Verdict

# An element moves by one to so many units: unlike steps break a tie.
_MOST_UNITS = 4
# Dtypes of inputs that are moved: the format of struct for an element's bits.
_BITS = {"float64": "q", "float32": "i", "float16": "h"}
_SEED = 1
# A side that took longer is not run once more.
_SLOW_MS = 2000.0
# An output that is not there on moved inputs: the side failed.
_STANDS_STILL = (Pairing("equal"), "")


def is_in_question(result: TryResult, inputs: Mapping[str, Any]) -> bool:
    """Whether moving the inputs could explain the verdict, and is worth the wait.

    It measured a difference between live sides, which were not slow.
    """
    measured = result.verdict.status == "different" and bool(result.verdict.max_abs_diff)
    return measured and all(map(_is_live, result.sides)) and any(map(_is_moved, inputs.values()))


def move(inputs: Mapping[str, Any]) -> dict[str, Any]:
    """The inputs with each floating-point element moved by one to four units in its last place.

    The steps are always the same. Infinities and nan stay.
    """
    generator = random.Random(_SEED)  # noqa: S311 - nothing is secret here
    return {
        name: _moved(value, generator) if _is_moved(value) else value
        for name, value in inputs.items()
    }


def reconsider(result: TryResult, moved: tuple[SideResult, SideResult]) -> Verdict:
    """The verdict of `result`, knowing what both sides gave on moved inputs.

    It is close if each output differs at most twice as much as a side moves (by the share of the
    tolerance), and still agrees in half of its digits. It stays different otherwise; the reason
    says so if the inputs alone make a difference like that.
    """
    verdict = result.verdict
    differences = _differences(result, moved)
    if all(each.is_conditioning for each in differences):
        return _ill_conditioned(verdict, max(differences, key=lambda each: each.share))
    worst = max(differences, key=lambda each: each.found.share or 0.0)
    if not worst.is_explained:
        return verdict
    said = f"the inputs lie on a kink or a tie, or nearly all of it cancels: {worst.movement}"
    return replace(verdict, reason=f"{verdict.reason}; {said}")


@dataclass(frozen=True)
class _Difference:
    """An output that differs, what moved inputs make of it on the side that moves more."""

    found: Pairing
    own: Pairing
    name: str
    half: float

    @property
    def share(self) -> float:
        """How much of twice the movement the difference is."""
        own, found = self.own.share, self.found.share
        return found / (2 * own) if own and found else math.inf

    @property
    def is_explained(self) -> bool:
        return self.share <= 1 or self.found.share == self.own.share == math.inf

    @property
    def is_conditioning(self) -> bool:
        """Whether it is the movement of something smooth: a kink leaves no half of the digits."""
        found = self.found
        if not (found.share and found.rtol and found.share > 1):
            return False  # what differs is no size
        return self.share <= 1 and found.share * found.rtol <= self.half

    @property
    def movement(self) -> str:
        size = self.own.max_abs_diff or 0.0
        return (
            f"moved by up to {_MOST_UNITS} units in their last place they move {self.name} alone "
            f"by {size:.3g} at {self.own.where}"
        )


def _differences(result: TryResult, moved: tuple[SideResult, SideResult]) -> list[_Difference]:
    pairs = pair_outputs(result.pytorch.outputs, result.gluon.outputs)
    assert not isinstance(pairs, str)  # it measured
    own = {
        id(before): (compare_outputs(before, after, result.terms), side_name(side))
        for side, again in zip(result.sides, moved, strict=True)
        for before, after in zip(side.outputs, again.outputs, strict=False)
    }
    differences = []
    for left, right in pairs:
        found = compare_outputs(left, right, result.terms)
        if found.status == "different":
            moves = [own.get(id(each), _STANDS_STILL) for each in (left, right)]
            most, name = max(moves, key=lambda each: each[0].share or 0.0)
            half = half_of_digits(left.array, right.array) if left.array and right.array else 0.0
            differences.append(_Difference(found, most, name, half))
    return differences


def _ill_conditioned(verdict: Verdict, worst: _Difference) -> Verdict:
    found, twice = worst.found, 2 * (worst.own.share or 0.0)
    assert found.rtol is not None
    assert found.atol is not None
    rtol, atol = found.rtol * twice, found.atol * twice
    within = f"within twice that: rtol {rtol:.2g}, atol {atol:.2g}"
    reason = f"ill-conditioned: inputs {worst.movement}; {within}"
    if verdict.partly:
        reason += f"; partly compared: {verdict.partly}"
    return replace(verdict, status="close", reason=reason, rtol=rtol, atol=atol, share=worst.share)


def _is_live(side: SideResult) -> bool:
    return side.ok and side.origin == "live" and (side.elapsed_ms or 0.0) <= _SLOW_MS


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
