"""Puts back the NumPy names that mxnet 1.9.1 reads and newer NumPy no longer has.

Only what is missing is added, and only in a process that is about to import mxnet: NumPy 2
has a `bool` of its own, and replacing it would break NumPy itself. The names were found by
importing mxnet and reading what it asks for; none is called by mxnet's own code paths, save
the dtype and constant aliases, which are exact.
"""

from __future__ import annotations

from typing import Any

_LISTED = (
    *("alltrue", "in1d", "mirr", "msort", "npv", "pmt", "ppmt", "product", "pv", "rate"),
    *("round_", "row_stack", "sometrue", "trapz"),
)


def restore_removed_names() -> None:
    """Give NumPy the names that `import mxnet` reads, where they are missing."""
    import numpy

    aliases: dict[str, Any] = {
        "bool": bool,
        "Inf": numpy.inf,
        "PINF": numpy.inf,
        "NINF": -numpy.inf,
        "NAN": numpy.nan,
        "NaN": numpy.nan,
        "PZERO": 0.0,
        "NZERO": -0.0,
    }
    aliases.update({name: _placeholder(name) for name in _LISTED})
    for name, value in aliases.items():
        if name not in vars(numpy):
            setattr(numpy, name, value)


def _placeholder(name: str) -> Any:
    def gone(*_args: Any, **_kwargs: Any) -> None:
        raise NotImplementedError("this NumPy has no %s; mxnet only lists the name" % name)

    gone.__name__ = name
    return gone
