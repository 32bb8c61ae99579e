"""What else a symbol is called: older names, other modules, what its object inherits or shares."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mxcheat.names.kinds import label
from mxcheat.names.results import result_of
from mxcheat.names.spelling import is_framework, is_module
from mxcheat.names.values import Instance

if TYPE_CHECKING:
    from collections.abc import Iterator

# Older names of operators and modules.
_RENAMED = {
    "mxnet.contrib.amp.": "mxnet.amp.",
    "mxnet.nd.random_": "mxnet.nd.random.",
    "mxnet.nd.sample_": "mxnet.nd.random.",
    "mxnet.nd.linalg_": "mxnet.nd.linalg.",
    "mxnet.nd.broadcast_plus": "mxnet.nd.broadcast_add",
    "mxnet.nd.broadcast_minus": "mxnet.nd.broadcast_sub",
    "mxnet.nd.SliceChannel": "mxnet.nd.split",
    "mxnet.nd.SwapAxis": "mxnet.nd.swapaxes",
    "mxnet.nd.ElementWiseSum": "mxnet.nd.add_n",
    "mxnet.nd.MakeLoss": "mxnet.nd.make_loss",
    "mxnet.sym.Variable": "mxnet.sym.var",
    "mxnet.metric.np": "mxnet.metric.CustomMetric",
    "torch.nn.parameter.": "torch.nn.",
    "torch.random.": "torch.",
    "torch.autograd.no_grad": "torch.no_grad",
    "torch.autograd.enable_grad": "torch.enable_grad",
    "torch.autograd.set_grad_enabled": "torch.set_grad_enabled",
    "torch.amp.autocast": "torch.autocast",
    "torch.cuda.amp.autocast": "torch.autocast",
    "torch.cuda.amp.GradScaler": "torch.amp.GradScaler",
    "torch.autograd.function.": "torch.autograd.",
    "torch.distributed._tensor.": "torch.distributed.tensor.",
}
# What the objects of a kind share with another: a Symbol's methods are an array's, and so on.
_SHARED = {
    "Symbol": ("NDArray", "mxnet.nd"),
    "NDArray": ("mxnet.nd",),
    "mxnet.nd": ("NDArray",),
    "Block": ("ParameterDict",),
    "Tensor": ("torch",),
    "torch": ("Tensor",),
}


def also_called(symbol: str) -> Iterator[str]:
    """What else a symbol is called, the nearest first."""
    for old, new in _RENAMED.items():
        if symbol == old or (old[-1] in "._" and symbol.startswith(old)):
            yield new + symbol[len(old) :]
        elif symbol == new or (new[-1] == "." and symbol.startswith(new)):
            yield old + symbol[len(new) :]
    home, _, name = symbol.rpartition(".")
    yield from _above(home, name)
    if name[:1].isupper() and home == "mxnet.nd":
        yield f"{home}.{name.lower()}"
    made = result_of(home)
    if isinstance(made, Instance) and home.rpartition(".")[2][:1].isupper():
        yield f"{label(made.kind)}.{name}"  # HybridSequential.add is Block.add
    for other in _SHARED.get(home, ()):
        yield f"{other}.{name}"


def _above(home: str, name: str) -> Iterator[str]:
    """A name in the modules around a lesser one, which mostly offer it too."""
    while is_framework(home) and "." in home and not is_module(home):
        home = home.rpartition(".")[0]
        yield f"{home}.{name}"
