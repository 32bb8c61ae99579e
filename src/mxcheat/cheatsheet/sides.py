"""The two sides of every row, and what belongs to each: its name, its framework, its modules.

Search and the fast path of a lookup load no more of the cheatsheet than this.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Literal

    Side = Literal["pytorch", "gluon"]

SIDES: tuple[Side, Side] = ("pytorch", "gluon")

# What people call a side.
LABELS: dict[Side, str] = {"pytorch": "PyTorch", "gluon": "Gluon"}

# The package that runs it.
FRAMEWORKS: dict[Side, str] = {"pytorch": "torch", "gluon": "mxnet"}

# The class of its arrays, as public names of their methods begin.
ARRAYS: dict[Side, str] = {"pytorch": "Tensor", "gluon": "NDArray"}

# The modules of its framework that a snippet finds without an import.
MODULES: dict[Side, dict[str, str]] = {
    "pytorch": {"torch": "torch", "nn": "torch.nn", "F": "torch.nn.functional"},
    "gluon": {
        "mx": "mxnet",
        "nd": "mxnet.nd",
        "npx": "mxnet.npx",
        "gluon": "mxnet.gluon",
        "nn": "mxnet.gluon.nn",
        "autograd": "mxnet.autograd",
    },
}
_ON_BOTH = ("np", "math", "samples")
# All the names that a snippet finds, beside its inputs.
PROVIDED: dict[Side, tuple[str, ...]] = {
    "pytorch": (*MODULES["pytorch"], "device", "other_device", *_ON_BOTH),
    "gluon": (*MODULES["gluon"], "ctx", "other_ctx", *_ON_BOTH),
}


def other(side: Side) -> Side:
    """The side across."""
    return SIDES[1 - SIDES.index(side)]
