"""Arrays as NumPy reads them."""

from __future__ import annotations

import math

import numpy as np
import pytest

from mxcheat.cheatsheet.arrays import _FORMATS, from_bytes, from_values

# What stands for a dtype that NumPy, or `struct`, does not have.
HELD_IN = {
    "bfloat16": "float32",
    "complex32": "complex64",
    "complex256": "complex128",
    "float128": "float64",
}


@pytest.mark.parametrize("dtype", _FORMATS)
def test_numpy_reads_every_dtype(dtype: str) -> None:
    given = [True, False] if dtype == "bool" else [1, 2]
    read = np.asarray(from_values((2, 1), dtype, given))
    held = HELD_IN.get(dtype, "float32" if dtype.startswith(("q", "float8")) else dtype)
    assert (read.dtype, read.shape) == (np.dtype(held), (2, 1))
    assert read.tolist() == [[given[0]], [given[1]]]


@pytest.mark.parametrize("shape", [(), (0, 3), (1, 2, 3)])
def test_numpy_reads_every_shape(shape: tuple[int, ...]) -> None:
    read = np.asarray(from_values(shape, "int64", range(math.prod(shape))))
    assert np.array_equal(read, np.arange(math.prod(shape)).reshape(shape))
    assert not read.flags.writeable


def test_an_array_that_is_cut_short_is_not_read_as_a_whole_one() -> None:
    cut = from_bytes((9,), "uint8", b"abc", ())
    with pytest.raises(ValueError, match="only 3 of 9 elements"):
        np.asarray(cut)
