"""Figures of a large array, block by block, for what does not travel. Python 3.8 syntax.

Each block has a digest of its values, which tells whether two are the same, and sums that move by
no more than their elements do, which tell whether they are alike (live/verdict/parts.py). Elements
have weights, so that an exchange of two moves a sum too.

Values are widened first (integers to 64 bits, floats to float64; a complex number is two of them):
arrays of unlike width have the same figures if they hold the same values.
"""

from __future__ import annotations

import hashlib
import math
from random import Random
from typing import Any, Callable, NamedTuple, Sequence

# Elements of a block at least, and how many blocks there are at most.
_SHORTEST = 4096
_MOST = 1024
# Elements that are added up at a time: few enough for a cache, and for torch to start no threads.
_PIECE = 8192


class Block(NamedTuple):
    """Figures of one block as float64; of what is neither nan nor infinite, but for `odd`.

    `size` is the sum of magnitudes, `weighted` that of weighted values; `odd` the weighted sum of
    1 for each nan, 2 for inf, 3 for -inf.
    """

    digest: str
    least: float
    greatest: float
    total: float
    size: float
    weighted: float
    odd: float


def block_length(count: int) -> int:
    """Elements of each block, but for the last, of an array of `count`."""
    length = _SHORTEST
    while length * _MOST < count:
        length *= 2
    return length


def weights() -> list[float]:
    """Weights in [0, 1) for the parts of a piece, the same wherever they are made."""
    return _random(2 * _PIECE, 1)


def _random(count: int, seed: int) -> list[float]:
    generator = Random(seed)  # noqa: S311 - nothing is secret here
    return [generator.random() for _ in range(count)]


def blocks(count: int, figures: Callable[[int, int], Block]) -> list[Block]:
    """Those of `count` elements; `figures(start, end)` gives those of a piece of a block."""
    length = block_length(count)
    shares = _random(-(-length // _PIECE), 2)
    made = []
    for start in range(0, count, length):
        end = min(start + length, count)
        pieces = [figures(at, min(at + _PIECE, end)) for at in range(start, end, _PIECE)]
        made.append(_together(pieces, shares))
    return made


def _together(pieces: Sequence[Block], shares: Sequence[float]) -> Block:
    """The figures of a block: the weight of an element is that in its piece, times the piece's."""
    return Block(
        digest("".join(piece.digest for piece in pieces).encode()),
        min(piece.least for piece in pieces),
        max(piece.greatest for piece in pieces),
        sum(piece.total for piece in pieces),
        sum(piece.size for piece in pieces),
        sum(piece.weighted * share for piece, share in zip(pieces, shares)),
        sum(piece.odd * share for piece, share in zip(pieces, shares)),
    )


def digest(data: Any) -> str:
    """The digest of a piece's widened little-endian bytes."""
    return hashlib.blake2b(data, digest_size=8).hexdigest()


def of_array(values: Any, weight: Any, data: Any) -> Block:
    """Figures of a flat float64 array of torch or NumPy, which is changed; `data` its bytes."""
    code, weight = digest(data), weight[: len(values)]
    up, down = values == math.inf, values == -math.inf
    nan = values != values  # noqa: PLR0124 - nan is what differs from itself
    infinite = nan | up | down
    odd = 0.0
    if bool(infinite.any()):
        odd = float(((nan * 1.0 + up * 2.0 + down * 3.0) * weight).sum())
        values[infinite] = 0.0
    return Block(
        code,
        float(values.min()),
        float(values.max()),
        float(values.sum()),
        float(abs(values).sum()),
        float((values * weight).sum()),
        odd,
    )


def of_values(values: Sequence[float], weight: Sequence[float], data: bytes) -> Block:
    """The same of plain numbers."""
    odd = 0.0
    finite = values
    if not all(map(math.isfinite, values)):
        odd = sum(_odd(value) * share for value, share in zip(values, weight))
        finite = [value if math.isfinite(value) else 0.0 for value in values]
    return Block(
        digest(data),
        min(finite),
        max(finite),
        sum(finite),
        sum(map(abs, finite)),
        sum(value * share for value, share in zip(finite, weight)),
        odd,
    )


def _odd(value: float) -> int:
    if math.isfinite(value):
        return 0
    return 1 if math.isnan(value) else 2 if value > 0 else 3
