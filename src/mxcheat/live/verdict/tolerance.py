"""How far apart two correct floating-point results may be, from what they were computed from.

A sum of n terms, in any order, is off by at most n units of roundoff of its terms together
(Higham, Accuracy and Stability of Numerical Algorithms, 2002, section 4.2); and, save with
probability 2 exp(-t^2 / 2) for each rounding, by at most t sqrt(n) of them (Higham and Mary, 2019).
So two elements a and b may be apart by

    rtol * max(|a|, |b|) + atol,    rtol = min(n, t sqrt(n)) * u,    atol = rtol * scale

where u is the unit roundoff of the coarser dtype. The absolute part is for elements that are small
beside the terms that cancelled in them. docs/live.md says what goes into n and scale, and why.
"""

from __future__ import annotations

import ast
import math
import struct
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from mxcheat.cheatsheet.arrays import Array

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

# Half the distance from 1 to the next number; a dtype that is not here is taken for float32.
_UNIT_ROUNDOFF = {
    "float64": 2.0**-53,
    "complex128": 2.0**-53,
    "float16": 2.0**-11,
    "bfloat16": 2.0**-8,
}
_SINGLE = 2.0**-24
# Probability that a run of correct programs breaks the bound.
_FALSE_ALARM = 1e-6
# Units of roundoff an operation adds besides its sums: an elementary function is good to two ulps.
_UNITS_AN_OPERATION = 4
# Length of the sums of a run that is given no array.
_UNKNOWN_LENGTH = 100
# Elements from which the scale of an array is taken.
_SAMPLE = 10_000
_OPERATIONS = (ast.Call, ast.BinOp, ast.UnaryOp, ast.AugAssign)


@dataclass(frozen=True)
class Terms:
    """What the outputs of a run were computed from.

    `largest` counts the elements of the largest input, `along` those that the longest sum can
    run over where the result keeps an axis, `operations` those that the code writes out, and
    `scale` is the size of the terms: that of the inputs, but no more than one.
    """

    largest: int = 1
    along: int = _UNKNOWN_LENGTH
    operations: int = 1
    scale: float = 1.0

    def roundings(self, size: int) -> int:
        """The roundings behind one element of an output of `size` elements."""
        length = max(self.along, self.largest // max(1, size))
        return length + _UNITS_AN_OPERATION * self.operations


UNKNOWN = Terms()


def terms_of(
    codes: Iterable[str], inputs: Iterable[Any], outputs: Iterable[Array], *, gradient: bool
) -> Terms:
    """What a run of `codes` on `inputs` computes with; with `gradient`, backward as well."""
    arrays = [value for value in inputs if isinstance(value, Array)]
    written = max(map(_operations, codes), default=0)
    scales = [size for array in arrays if is_real(array.dtype) and (size := typical(array.values))]
    lengths = [_along(array.shape) for array in (*arrays, *outputs)]
    return Terms(
        largest=max((array.size for array in arrays), default=1),
        along=max(lengths + ([] if arrays else [_UNKNOWN_LENGTH])),
        operations=max(1, written) * (2 if gradient else 1),
        scale=min(1.0, max(scales, default=1.0)),
    )


@dataclass(frozen=True)
class Tolerance:
    """What is allowed between the elements of two arrays: rtol * max(|a|, |b|) + atol.

    `constants` is the part of rtol that is there for float32 constants in float64 programs.
    """

    rtol: float
    atol: float
    constants: float = 0.0

    def share(self, a: complex, b: complex) -> float:
        """How much of what is allowed lies between two elements: infinite if nothing is."""
        if a == b or (a != a and b != b):  # noqa: PLR0124 - nan is what differs from itself
            return 0.0
        gap, most = magnitude(a - b), max(magnitude(a), magnitude(b))
        allowed = self.atol + self.rtol * most
        return gap / allowed if math.isfinite(gap) and allowed else math.inf


EXACT = Tolerance(0.0, 0.0)


def tolerance(first: Array, second: Array, terms: Terms) -> Tolerance:
    """What is allowed between two arrays of one shape."""
    dtypes = first.dtype, second.dtype
    if "bool" in dtypes or not any(map(is_real, dtypes)):  # what is true is not nearly true
        return EXACT
    u = _unit_roundoff(first, second)
    roundings = terms.roundings(first.size)
    chances = max(1, first.size) * roundings
    spread = math.sqrt(2 * math.log(2 * chances / _FALSE_ALARM))
    rtol = min(roundings, spread * math.sqrt(roundings)) * u
    constants = _SINGLE if u < _SINGLE else 0.0  # MXNet's operators keep theirs in float32
    rtol = min(rtol, half_of_digits(first, second)) + constants
    return Tolerance(rtol, rtol * max(terms.scale, _scale(first, second)), constants)


def half_of_digits(first: Array, second: Array) -> float:
    """The relative difference at which two arrays agree in half of the digits of their dtype."""
    return math.sqrt(_unit_roundoff(first, second))


def is_real(dtype: str) -> bool:
    """Whether arithmetic in the dtype rounds."""
    return "float" in dtype or "complex" in dtype


def magnitude(number: complex) -> float:
    """Absolute value; that of a complex number may be beyond a float, then the largest one."""
    try:
        return abs(number)
    except OverflowError:
        return math.nextafter(math.inf, 0)


def typical(values: Sequence[Any]) -> float:
    """The lower median of what is neither zero nor infinite, as a magnitude; 0 without any.

    A few large elements do not move it: small ones beside them are held to their own size.
    """
    step = -(-len(values) // _SAMPLE) or 1
    is_complex = bool(values) and isinstance(values[0], complex)
    measure: Callable[[Any], float] = magnitude if is_complex else abs
    sizes = sorted([size for size in map(measure, values[::step]) if 0 < size < math.inf])
    return sizes[(len(sizes) - 1) // 2] if sizes else 0.0


def _scale(first: Array, second: Array) -> float:
    return max(typical(first.values), typical(second.values))


def _unit_roundoff(first: Array, second: Array) -> float:
    u = max(_UNIT_ROUNDOFF.get(array.dtype, _SINGLE) for array in (first, second))
    held = {first.dtype, second.dtype} == {"float64"} and all(map(_is_widened, (first, second)))
    return _SINGLE if held else u


def _is_widened(array: Array) -> bool:
    """Whether float64 holds what was computed in float32 (`.item()`, a copy in NumPy)."""
    finite = [value for value in array.values if math.isfinite(value)]
    if all(map(float.is_integer, finite)):
        return False
    try:
        narrow = struct.unpack(f"{len(finite)}f", struct.pack(f"{len(finite)}f", *finite))
    except OverflowError:
        return False
    return narrow == tuple(finite)


def _along(shape: Sequence[int]) -> int:
    """Elements of all axes but the shortest; of one axis, its length."""
    axes = sorted(length for length in shape if length > 1)
    return math.prod(axes[1:]) if len(axes) > 1 else math.prod(axes)


@lru_cache(maxsize=256)  # the cases of a row have the same code
def _operations(code: str) -> int:
    """Calls and operators in the code, as it is written."""
    try:
        return sum(isinstance(node, _OPERATIONS) for node in ast.walk(ast.parse(code)))
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return 0  # then it did not run either
