"""What the outputs are weighted with in the backward pass. Python 3.8 syntax."""

from __future__ import annotations

import math


def head_weights(count: int) -> list[float]:
    """Unequal weights, the same on both sides, so that no gradient cancels by symmetry."""
    return [math.cos(0.7 * i + 0.3) for i in range(count)]
