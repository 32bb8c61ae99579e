"""Lets torchvision's Python parts be imported beside a torch build that its binary is not for.

PyPI's torchvision carries CUDA code; beside a CPU build of torch its operators cannot load,
and the import stops at the first one it registers a fake for. Declaring those operators is
all that datasets, transforms and models need; a call of one would raise.
"""

from __future__ import annotations

from typing import Any

OPERATORS = (
    "nms(Tensor dets, Tensor scores, float iou_threshold) -> Tensor",
    "qnms(Tensor dets, Tensor scores, float iou_threshold) -> Tensor",
)

# torch.library withdraws declarations when their Library object is collected.
_kept: list[Any] = []


def declare_missing_operators(torch: Any) -> None:
    """Declare torchvision's operators if torch is a build without CUDA."""
    if torch.version.cuda is None and not _kept:
        library = torch.library.Library("torchvision", "DEF")
        for operator in OPERATORS:
            library.define(operator)
        _kept.append(library)
