"""Where a GPU is asked for, and the frameworks are stand-ins that say what they have."""

from __future__ import annotations

import sys
from importlib import import_module
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from mxcheat.live.worker import wire

with pytest.MonkeyPatch.context() as patch:  # a worker finds what lies beside it by name
    patch.syspath_prepend(str(Path(wire.__file__).parent))
    UnavailableError = import_module("adapter").UnavailableError
    MXNetAdapter = import_module("with_mxnet").MXNetAdapter
    TorchAdapter = import_module("with_torch").TorchAdapter


def torch_with(gpus: int, *, cuda: bool) -> Any:
    """PyTorch's adapter on a torch of so many GPUs, built with CUDA or without."""
    adapter = object.__new__(TorchAdapter)
    adapter.torch = SimpleNamespace(
        __version__="2.13.0",
        backends=SimpleNamespace(cuda=SimpleNamespace(is_built=lambda: cuda)),
        cuda=SimpleNamespace(device_count=lambda: gpus),
        device=lambda kind, index=0: SimpleNamespace(type=kind, index=index),
        nn=SimpleNamespace(functional=None),
    )
    return adapter


def mxnet_with(gpus: int, *, cuda: bool) -> Any:
    """MXNet's adapter on an mxnet of so many GPUs, built with CUDA or without."""
    adapter = object.__new__(MXNetAdapter)
    features = SimpleNamespace(is_enabled=lambda name: cuda and name == "CUDA")
    adapter.mx = SimpleNamespace(
        __version__="1.9.1",
        runtime=SimpleNamespace(Features=lambda: features),
        context=SimpleNamespace(num_gpus=lambda: gpus),
        Context=lambda kind, index: f"{kind}({index})",
        gpu=lambda index: SimpleNamespace(device_type="gpu", device_id=index),
        cpu=lambda index: SimpleNamespace(device_type="cpu", device_id=index),
        nd=None,
        npx=None,
        gluon=SimpleNamespace(nn=None),
        autograd=None,
    )
    return adapter


@pytest.mark.parametrize("make", [torch_with, mxnet_with])
def test_a_build_without_cuda_names_the_one_it_takes(make: Any) -> None:
    adapter = make(0, cuda=False)
    assert adapter.devices() == ["cpu"]
    with pytest.raises(UnavailableError, match="is a build without CUDA") as caught:
        adapter.device("gpu", 0)
    assert f"{sys.executable} -m pip install" in caught.value.fix
    if make is mxnet_with:
        assert "CUDA 11.2 and cuDNN 8" in caught.value.fix
        assert caught.value.fix.endswith("mxnet-cu112")


@pytest.mark.parametrize("make", [torch_with, mxnet_with])
@pytest.mark.parametrize(("gpus", "asked"), [(0, 0), (1, 1), (2, 7)])
def test_a_gpu_that_is_not_there_is_not_replaced(make: Any, gpus: int, asked: int) -> None:
    adapter = make(gpus, cuda=True)
    expected = f"sees {gpus} GPUs, and gpu{asked} is not one of them"
    with pytest.raises(UnavailableError, match=expected) as caught:
        adapter.device("gpu", asked)
    assert "nvidia-smi" in caught.value.fix


def test_the_device_that_is_asked_for_is_the_one_that_is_given() -> None:
    device = torch_with(2, cuda=True).device("gpu", 1)
    assert (device.type, device.index) == ("cuda", 1)
    context = mxnet_with(2, cuda=True).device("gpu", 1)
    assert (context.device_type, context.device_id) == ("gpu", 1)
    assert mxnet_with(2, cuda=True).devices() == torch_with(2, cuda=True).devices()


@pytest.mark.parametrize(
    ("kind", "index", "gpus", "other"),
    [("cpu", 0, 0, "cpu(1)"), ("cpu", 1, 0, "cpu(0)"), ("gpu", 0, 2, "gpu(1)")],
)
def test_the_other_device_of_a_row_that_needs_two(
    kind: str, index: int, gpus: int, other: str
) -> None:
    adapter = mxnet_with(gpus, cuda=gpus > 0)
    device = adapter.device(kind, index)
    assert adapter.namespace(device)["other_ctx"] == other


def test_with_one_gpu_the_other_device_is_the_same() -> None:
    mxnet, torch = mxnet_with(1, cuda=True), torch_with(1, cuda=True)
    context, device = mxnet.device("gpu", 0), torch.device("gpu", 0)
    assert mxnet.namespace(context)["other_ctx"] is context
    assert torch.namespace(device)["other_device"] is device
