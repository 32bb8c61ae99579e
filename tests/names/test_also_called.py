"""What else a symbol is called."""

from __future__ import annotations

import pytest

from mxcheat.names.also_called import also_called


@pytest.mark.parametrize(
    ("symbol", "other"),
    [
        ("torch.distributions.kl.kl_divergence", "torch.distributions.kl_divergence"),
        ("torch.utils.data._utils.collate.default_collate", "torch.utils.data.default_collate"),
        ("torchvision.ops.misc.FrozenBatchNorm2d", "torchvision.ops.FrozenBatchNorm2d"),
        ("torch.autograd.Function.apply", "Function.apply"),
        ("mxnet.nd.random_normal", "mxnet.nd.random.normal"),
    ],
)
def test_other_names(symbol: str, other: str) -> None:
    assert other in also_called(symbol)


@pytest.mark.parametrize(
    ("symbol", "above"),
    [
        ("torch.nn.functional.softmax", "torch.nn.softmax"),
        ("mxnet.gluon.nn.Dense", "mxnet.gluon.Dense"),
    ],
)
def test_a_module_that_is_known_has_its_own(symbol: str, above: str) -> None:
    assert above not in also_called(symbol)
