"""Arrays as plain values: what crosses between processes, printed the same for both sides.

NumPy is not needed here: the process that draws loads no numerical library.
"""

from __future__ import annotations

import base64
import math
import struct
from dataclasses import dataclass, field
from itertools import islice
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

# Format characters of `struct`, little-endian; complex numbers are pairs. A dtype that `struct`
# lacks travels as the next one that holds it: small floats and quantized numbers exactly.
_FORMATS = {
    "float128": "d",
    "qint8": "f",
    "quint8": "f",
    "qint32": "f",
    "float8_e4m3fn": "f",
    "float8_e4m3fnuz": "f",
    "float8_e5m2": "f",
    "float8_e5m2fnuz": "f",
    "float8_e8m0fnu": "f",
    "uint64": "Q",
    "uint32": "I",
    "uint16": "H",
    "complex32": "ff",
    "complex256": "dd",
    "float64": "d",
    "float32": "f",
    "float16": "e",
    "bfloat16": "f",
    "int64": "q",
    "int32": "i",
    "int16": "h",
    "int8": "b",
    "uint8": "B",
    "bool": "?",
    "complex64": "ff",
    "complex128": "dd",
}

# Elements shown along one axis before the middle is left out, as NumPy does.
_EDGE = 3
_SHOWN_ELEMENTS = 200
# More than anybody reads; with many axes, even the ends of each add up to that.
_MOST_SHOWN = 10_000


@dataclass(frozen=True)
class Array:
    """Values in C order, with shape and dtype.

    Of an array that was too large to travel whole, `values` has the leading elements, and
    `statistics` has figures for each block of all of it (live/worker/sums.py).
    """

    shape: tuple[int, ...]
    dtype: str
    values: tuple[Any, ...] = field(repr=False)
    data: bytes = field(default=b"", repr=False)
    statistics: tuple[Any, ...] | None = None
    text: str = field(default="", compare=False)

    @property
    def size(self) -> int:
        """Number of elements, those left out included."""
        return math.prod(self.shape)

    @property
    def __array_interface__(self) -> dict[str, Any]:
        """What `numpy.asarray(array)` reads: it shares these bytes, and cannot write them.

        A dtype that NumPy lacks comes as one that holds it (bfloat16 as float32). Raises
        ValueError for an array that did not travel whole.
        """
        if len(self.values) < self.size:
            raise ValueError(f"only {len(self.values):,} of {self.size:,} elements are here")
        typestr = _typestr(_FORMATS[self.dtype])
        return {"version": 3, "shape": self.shape, "typestr": typestr, "data": self.data}

    def to_wire(self) -> dict[str, Any]:
        return {
            "shape": list(self.shape),
            "dtype": self.dtype,
            "data": base64.b64encode(self.data).decode(),
        }


def from_values(shape: Sequence[int], dtype: str, values: Sequence[Any]) -> Array:
    """An array of `dtype` from numbers in C order, rounded to what the dtype can hold."""
    return from_bytes(shape, dtype, _packed(dtype, values))


def rounded(dtype: str, values: Sequence[Any]) -> tuple[Any, ...]:
    """Numbers as `dtype` holds them. Raises OverflowError or struct.error where it cannot."""
    return _unpacked(_FORMATS[dtype], _packed(dtype, values))


def _packed(dtype: str, values: Sequence[Any]) -> bytes:
    form = _FORMATS[dtype]
    parts = [part for value in values for part in (value.real, value.imag)] if form[1:] else values
    return struct.pack(f"<{len(parts)}{form[0]}", *parts)


def _unpacked(form: str, data: bytes) -> tuple[Any, ...]:
    count = len(data) // struct.calcsize(f"<{form[0]}")
    numbers = struct.unpack(f"<{count}{form[0]}", data)
    return tuple(map(complex, numbers[::2], numbers[1::2])) if len(form) == 2 else numbers


def from_bytes(
    shape: Sequence[int], dtype: str, data: bytes, statistics: tuple[Any, ...] | None = None
) -> Array:
    """An array from C-ordered little-endian bytes. Raises ValueError for bytes that do not fit."""
    form = _FORMATS.get(dtype)
    if form is None:
        raise ValueError(f"unknown dtype {dtype!r}")
    size = struct.calcsize(f"<{form[0]}") * len(form)
    count, rest = divmod(len(data), size)
    expected = math.prod(shape)
    if rest or count > expected or (count < expected and statistics is None):
        raise ValueError(f"{len(data)} bytes do not make a {dtype} array of shape {tuple(shape)}")
    values = _unpacked(form, data)
    array = Array(tuple(shape), dtype, values, data, statistics)
    return Array(array.shape, dtype, values, data, statistics, format_array(array))


def _typestr(form: str) -> str:
    """A format of `struct` as NumPy writes it: kind and bytes, little-endian."""
    kind = "c" if form[1:] else "b" if form == "?" else "f" if form in "efd" else "i"
    kind = "u" if form in "BHIQ" else kind
    return f"<{kind}{struct.calcsize(f'<{form}')}"


def format_array(array: Array) -> str:
    """The array as nested brackets with aligned columns, the middle left out when large.

    An array of very many axes is shown as one row of its elements.
    """
    if array.size == 0:
        return "[]"
    shape = _shown_shape(array)
    part = _shown_part(array, shape)
    shown = list(_elements(part))
    form = number_format(shown)
    if not array.shape:
        return form(shown[0])
    width = max(map(len, map(form, shown)), default=0)
    return _brackets(part, lambda value: form(value).rjust(width), len(shape))


def shown_values(array: Array) -> Iterator[Any]:
    """The elements that the array's text shows, in its order."""
    return _elements(_shown_part(array, _shown_shape(array)))


def _shown_shape(array: Array) -> tuple[int, ...]:
    ends = math.prod(min(length, 2 * _EDGE) for length in array.shape)
    return (array.size,) if ends > _MOST_SHOWN else array.shape


def _shown_part(array: Array, shape: tuple[int, ...], start: int = 0) -> Any:
    """The elements of this shape that begin at a place in C order, as nested lists.

    Ellipses stand for what is left out, and for what did not travel.
    """
    if not shape:
        return array.values[start] if start < len(array.values) else ...
    length, inner = shape[0], shape[1:]
    is_cut = array.size > _SHOWN_ELEMENTS and length > 2 * _EDGE
    indices = [*range(_EDGE), *range(length - _EDGE, length)] if is_cut else range(length)
    parts = [_shown_part(array, inner, start + index * math.prod(inner)) for index in indices]
    return [*parts[:_EDGE], ..., *parts[_EDGE:]] if is_cut else parts


def _elements(part: Any) -> Iterator[Any]:
    if isinstance(part, list):
        for each in part:
            yield from _elements(each)
    elif part is not ...:
        yield part


def _brackets(part: Any, form: Callable[[Any], str], axes: int, indent: int = 1) -> str:
    """Nested lists of so many axes as text, each axis but the last with its items on lines."""
    if not isinstance(part, list):
        return "..." if part is ... else form(part)
    gap = "\n" * (axes - 1) + " " * indent if axes > 1 else " "
    items = (_brackets(each, form, axes - 1, indent + 1) for each in part)
    return "[" + ("," + gap).join(items) + "]"


def index_at(shape: Sequence[int], offset: int) -> tuple[int, ...]:
    """Index of the element at a position in C order."""
    index: list[int] = []
    for length in reversed(shape):
        offset, position = divmod(offset, length)
        index.append(position)
    return tuple(reversed(index))


def number_format(values: Sequence[Any], digits: int = 4) -> Callable[[Any], str]:
    """One way to print all of `values`, so that columns line up, to `digits` decimals."""
    if not values or not isinstance(values[0], float):
        complex_ = values and isinstance(values[0], complex)
        return f"{{0.real:.{digits}f}}{{0.imag:+.{digits}f}}j".format if complex_ else str
    finite = [abs(value) for value in islice(values, 10_000) if math.isfinite(value) and value]
    if finite and (max(finite) >= 1e6 or min(finite) < 1e-4):
        return f"{{:.{digits}e}}".format
    if all(float(value).is_integer() for value in finite):
        return lambda value: f"{value:.0f}." if math.isfinite(value) else str(value)
    return f"{{:.{digits}f}}".format
