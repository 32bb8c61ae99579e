"""The makers of the input language: what each makes, and in which dtypes that is useful."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    import random
    from collections.abc import Callable, Mapping


class Maker(NamedTuple):
    """What a maker makes: its values, the least and greatest of them, and what it takes.

    `other_kinds` says what to write for a kind of dtype in which its numbers mean nothing.
    The imaginary parts of complex numbers are drawn like the real ones if `is_random`, else 0.
    """

    dtype: str
    values: Callable[..., list[Any]]
    range: Callable[..., tuple[float, float]]
    other_kinds: Mapping[str, str]
    bounds: Mapping[str, float] = {}
    is_random: bool = False

    @property
    def is_whole(self) -> bool:
        """Whether bounds are whole numbers, the upper one excluded."""
        return self.dtype == "int64"


def _uniform(
    generator: random.Random, shape: list[int], low: float = -1, high: float = 1
) -> list[float]:
    return [generator.uniform(low, high) for _ in range(math.prod(shape))]


def _positive(generator: random.Random, shape: list[int]) -> list[float]:
    return _uniform(generator, shape, low=0.1, high=2)


def _normal(generator: random.Random, shape: list[int]) -> list[float]:
    return [generator.gauss(0, 1) for _ in range(math.prod(shape))]


def _integers(generator: random.Random, shape: list[int], low: int, high: int) -> list[int]:
    return [generator.randrange(low, high) for _ in range(math.prod(shape))]


def _booleans(generator: random.Random, shape: list[int]) -> list[bool]:
    return [generator.random() < 0.5 for _ in range(math.prod(shape))]


def _symmetric(generator: random.Random, shape: list[int]) -> list[float]:
    size = shape[0]
    half = _uniform(generator, shape)
    return [half[i * size + j] + half[j * size + i] for i in range(size) for j in range(size)]


def _arange(_generator: random.Random, shape: list[int]) -> list[int]:
    return list(range(math.prod(shape)))


def _zeros(_generator: random.Random, shape: list[int]) -> list[int]:
    return [0] * math.prod(shape)


def _ones(_generator: random.Random, shape: list[int]) -> list[int]:
    return [1] * math.prod(shape)


_NO_BOOL = {"bool": "booleans(...)"}
_REAL = {"int": "integers(...)", **_NO_BOOL}
MAKERS: dict[str, Maker] = {
    "uniform": Maker(
        *("float32", _uniform, lambda _, low, high: (low, high), _REAL),
        bounds={"low": -1, "high": 1},
        is_random=True,
    ),
    "normal": Maker("float32", _normal, lambda _: (-9, 9), _REAL, is_random=True),
    "positive": Maker("float32", _positive, lambda _: (0.1, 2), _REAL, is_random=True),
    "symmetric": Maker("float32", _symmetric, lambda _: (-2, 2), _REAL, is_random=True),
    "integers": Maker(
        *("int64", _integers, lambda _, low, high: (low, high - 1), _NO_BOOL),
        bounds={"low": 0, "high": 10},
        is_random=True,
    ),
    "booleans": Maker("bool", _booleans, lambda _: (0, 1), {}),
    "arange": Maker("float32", _arange, lambda size: (0, max(size - 1, 0)), _NO_BOOL),
    "zeros": Maker("float32", _zeros, lambda _: (0, 0), {}),
    "ones": Maker("float32", _ones, lambda _: (1, 1), {}),
}
