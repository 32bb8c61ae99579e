"""Puts back the NumPy names that mxnet 1.9.1 reads and newer NumPy no longer has.

Only what is missing is added, and only in a process that is about to import mxnet: NumPy 2
has a `bool` of its own, and replacing it would break NumPy itself. The names were found by
importing mxnet and reading what it asks for.
"""

from __future__ import annotations

import math
from typing import Any

# Exact, and used by mxnet.
ALIASES = {
    "bool": bool,
    "Inf": math.inf,
    "PINF": math.inf,
    "NINF": -math.inf,
    "NAN": math.nan,
    "NaN": math.nan,
    "PZERO": 0.0,
    "NZERO": -0.0,
}
# Read by mxnet, and never called.
LISTED = (
    *("alltrue", "in1d", "mirr", "msort", "npv", "pmt", "ppmt", "product", "pv", "rate"),
    *("round_", "row_stack", "sometrue", "trapz"),
)


def restore_removed_names() -> None:
    """Give NumPy the names that `import mxnet` reads, where they are missing."""
    import numpy

    for name, value in {**ALIASES, **{name: _placeholder(name) for name in LISTED}}.items():
        if name not in vars(numpy):
            setattr(numpy, name, value)


def _placeholder(name: str) -> Any:
    def gone(*_args: Any, **_kwargs: Any) -> None:
        raise NotImplementedError("this NumPy has no %s; mxnet only lists the name" % name)

    gone.__name__ = name
    return gone
