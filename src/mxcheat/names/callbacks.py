"""What the frameworks give to functions that they are handed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mxcheat.names.kinds import value_of
from mxcheat.names.values import Public, unsure

if TYPE_CHECKING:
    from mxcheat.names.values import Value

# Symbol that is handed a function -> what that is given; the last goes for all further ones.
_GIVEN = {
    "mxnet.gluon.nn.Lambda": ("NDArray",),
    "mxnet.gluon.nn.HybridLambda": ("F", "NDArray"),
    "mxnet.metric.CustomMetric": ("-", "-"),
    "mxnet.metric.np": ("-", "-"),
    "mxnet.nd.contrib.foreach": ("NDArray", "[NDArray]"),
    "mxnet.nd.contrib.while_loop": ("NDArray",),
    "Dataset.transform": ("NDArray",),
    "Dataset.transform_first": ("NDArray",),
    "Block.apply": ("Block",),
    "Block.register_forward_hook": ("Block", "[NDArray]", "NDArray"),
    "Block.register_forward_pre_hook": ("Block", "[NDArray]"),
    "Module.apply": ("torch.Module",),
    "Module.register_forward_hook": ("torch.Module", "[Tensor]", "Tensor"),
    "Module.register_forward_pre_hook": ("torch.Module", "[Tensor]"),
    "Module.register_full_backward_hook": ("torch.Module", "[Tensor]", "[Tensor]"),
    "Tensor.register_hook": ("Tensor",),
}


def given_to(symbol: str, count: int) -> list[Value] | None:
    """What a function with `count` parameters is given by what it is handed to, or None."""
    specs = _GIVEN.get(symbol)
    if specs is None:
        return None
    every = [*specs, *[specs[-1]] * count][:count]
    return [Public("mxnet.nd") if spec == "F" else unsure(value_of(spec)) for spec in every]
