"""What running a snippet needs from a framework: torch and mxnet behind one interface.

Standard library only, besides the framework the process holds; Python 3.8 syntax.
"""

from __future__ import annotations

import abc
import contextlib
import ctypes
import hashlib
import importlib
import importlib.util
import math
import sys
from typing import TYPE_CHECKING, Any, ClassVar, Mapping, Sequence

if TYPE_CHECKING:
    from mxcheat.live import worker_numpy, worker_torchvision
else:  # found by name beside the script that is run, worker.py
    import worker_numpy
    import worker_torchvision

# An array travels whole up to this many elements; of a larger one the leading part,
# with statistics and a digest of all of it.
ELEMENT_LIMIT = 100_000

_TORCH_CPU_FIX = "pip install --force-reinstall torch (the build with CUDA)"
_MXNET_CPU_FIX = "pip install mxnet-cu112, with the libraries of CUDA 11.2 and cuDNN 8"


class UnavailableError(Exception):
    """The device that was asked for is not here; `fix` says how to get it."""

    def __init__(self, message: str, fix: str) -> None:
        super().__init__(message)
        self.fix = fix


class Adapter(abc.ABC):
    """What running a snippet needs from a framework."""

    filename: str
    # Where the classes live whose methods rows name without a module: `Tensor.view`.
    homes: ClassVar[Mapping[str, Sequence[str]]]

    @abc.abstractmethod
    def versions(self) -> dict[str, Any]:
        """Version of the framework and of NumPy, as strings (None where there is none)."""

    @abc.abstractmethod
    def wake(self) -> None:
        """Run one small operation on the CPU, so that the first of a snippet finds all set up."""

    @abc.abstractmethod
    def devices(self) -> list[str]:
        """Names of the devices that snippets can be placed on, "cpu" first."""

    @abc.abstractmethod
    def device(self, kind: str, index: int) -> Any:
        """The framework's device object. Raises UnavailableError, saying what is missing."""

    def preload(self, module: str) -> None:
        """Import a module that takes long, so that children need not."""
        with contextlib.suppress(Exception):  # the snippet that imports it will be told
            importlib.import_module(module)

    @abc.abstractmethod
    def namespace(self, device: Any) -> dict[str, Any]:
        """The names every snippet may use without importing them."""

    @abc.abstractmethod
    def scope(self, device: Any) -> Any:
        """A context in which new arrays are placed on `device`."""

    @abc.abstractmethod
    def seed(self, seed: int) -> None:
        """Fix the framework's random state."""

    @abc.abstractmethod
    def array(self, data: bytes, shape: list[int], dtype: str, device: Any) -> Any:
        """An array on `device` from C-ordered little-endian bytes."""

    @abc.abstractmethod
    def synchronize(self) -> None:
        """Wait until everything asked of the devices has happened; raises its errors."""

    @abc.abstractmethod
    def attach_gradient(self, array: Any) -> Any:
        """Return `array` as one whose gradient can be asked for."""

    def recording(self) -> Any:
        """A context in which operations are recorded for the backward pass."""
        return contextlib.nullcontext()

    @abc.abstractmethod
    def backward(self, outputs: list[Any]) -> None:
        """Run the backward pass from the floating-point arrays among `outputs`."""

    @abc.abstractmethod
    def is_array(self, value: Any) -> bool:
        """Whether `value` is one of the framework's arrays."""

    @abc.abstractmethod
    def read(self, array: Any) -> tuple[bytes, list[int], str, dict[str, Any] | None]:
        """Bytes (the leading ELEMENT_LIMIT elements), shape, dtype, statistics if cut."""

    @abc.abstractmethod
    def describe(self, value: Any) -> tuple[str, Any] | None:
        """Kind and plain value of a dtype, device or shape object; None for anything else."""


def load(framework: str) -> Adapter:
    """Import the framework and return its adapter; whatever the import raises comes out."""
    return TorchAdapter() if framework == "torch" else MXNetAdapter()


class TorchAdapter(Adapter):
    filename = "<pytorch>"
    homes: ClassVar = {
        "Tensor": ["torch.Tensor"],
        "Module": ["torch.nn.Module"],
        "Optimizer": ["torch.optim.Optimizer"],
    }

    def __init__(self) -> None:
        import torch

        self.torch = torch
        names = "float64 float32 float16 int64 int32 int16 int8 uint8 bool complex64 complex128"
        self.dtypes = {name: getattr(torch, name) for name in names.split()}

    def versions(self) -> dict[str, Any]:
        numpy = sys.modules.get("numpy")
        return {"version": self.torch.__version__, "numpy": getattr(numpy, "__version__", None)}

    def wake(self) -> None:
        self.torch.ones(2).sum()

    def devices(self) -> list[str]:
        return ["cpu"] + ["gpu%d" % i for i in range(self.torch.cuda.device_count())]

    def device(self, kind: str, index: int) -> Any:
        if kind == "cpu":
            if index:
                raise UnavailableError("torch has one CPU device, cpu0", "use cpu")
            return self.torch.device("cpu")
        count = self.torch.cuda.device_count()
        if not self.torch.backends.cuda.is_built():
            message = "torch %s is a build without CUDA" % self.torch.__version__
            raise UnavailableError(message, _TORCH_CPU_FIX)
        if index >= count:
            message = "torch sees %d GPUs, and gpu%d is not one of them" % (count, index)
            raise UnavailableError(message, "check nvidia-smi and CUDA_VISIBLE_DEVICES")
        return self.torch.device("cuda", index)

    def preload(self, module: str) -> None:
        if module == "torchvision":
            worker_torchvision.declare_missing_operators(self.torch)
        super().preload(module)

    def namespace(self, device: Any) -> dict[str, Any]:
        torch = self.torch
        other = device
        if device.type == "cuda" and torch.cuda.device_count() > 1:
            other = torch.device("cuda", 1 - min(device.index, 1))
        names = {"torch": torch, "nn": torch.nn, "F": torch.nn.functional}
        return dict(names, device=device, other_device=other)

    def scope(self, device: Any) -> Any:
        # torch puts new tensors on the CPU by itself, and without the cost of a scope.
        return contextlib.nullcontext() if device.type == "cpu" else device

    def seed(self, seed: int) -> None:
        self.torch.manual_seed(seed)

    def array(self, data: bytes, shape: list[int], dtype: str, device: Any) -> Any:
        torch_dtype = self.dtypes[dtype]
        if not data:
            return self.torch.empty(shape, dtype=torch_dtype, device=device)
        flat = self.torch.frombuffer(bytearray(data), dtype=torch_dtype)
        return flat.reshape(shape).clone().to(device)

    def synchronize(self) -> None:
        if self.torch.cuda.is_initialized():
            self.torch.cuda.synchronize()

    def attach_gradient(self, array: Any) -> Any:
        return array.requires_grad_()

    def backward(self, outputs: list[Any]) -> None:
        torch = self.torch
        # A scalar's backward: one with weights of its own imports half a second of sympy.
        total = torch.zeros(())
        for out in outputs:
            if isinstance(out, torch.Tensor) and out.requires_grad:
                weights = torch.tensor(_head_weights(out.numel()), dtype=out.dtype)
                total = total + (out * weights.reshape(out.shape).to(out.device)).sum()
        total.backward()

    def is_array(self, value: Any) -> bool:
        return isinstance(value, self.torch.Tensor) or _is_numpy(value)

    def read(self, array: Any) -> tuple[bytes, list[int], str, dict[str, Any] | None]:
        if _is_numpy(array):
            return _read_numpy(array)
        torch = self.torch
        shape, dtype = list(array.shape), str(array.dtype).replace("torch.", "")
        dense = array.detach()
        if dense.is_quantized:
            dense = dense.dequantize()
        dense = dense.to_dense() if dense.layout != torch.strided else dense
        dense = dense.cpu().resolve_conj().resolve_neg().contiguous()
        if dtype not in self.dtypes:
            dense = dense.to(torch.float32)  # bfloat16, float8: exact in float32
        count = dense.numel()
        statistics = None
        if count > ELEMENT_LIMIT:
            statistics = self._statistics(dense)
            dense = dense.flatten()[:ELEMENT_LIMIT]
        size = min(count, ELEMENT_LIMIT) * dense.element_size()
        return ctypes.string_at(dense.data_ptr(), size) if count else b"", shape, dtype, statistics

    def _statistics(self, array: Any) -> dict[str, Any]:
        whole = ctypes.string_at(array.data_ptr(), array.numel() * array.element_size())
        double = array.abs().double() if array.is_complex() else array.double()
        return {
            "min": double.min().item(),
            "max": double.max().item(),
            "mean": double.mean().item(),
            "std": double.std().item(),
            "digest": hashlib.sha256(whole).hexdigest(),
        }

    def describe(self, value: Any) -> tuple[str, Any] | None:
        if isinstance(value, self.torch.dtype):
            return "dtype", str(value).replace("torch.", "")
        if isinstance(value, self.torch.device):
            kind = "gpu" if value.type == "cuda" else value.type
            return "device", "%s:%d" % (kind, value.index or 0)
        return None


class MXNetAdapter(Adapter):
    filename = "<gluon>"
    homes: ClassVar = {
        "NDArray": ["mxnet.nd.NDArray"],
        "Block": [
            "mxnet.gluon.Block",
            "mxnet.gluon.HybridBlock",
            "mxnet.gluon.nn.HybridSequential",
        ],
        "Trainer": ["mxnet.gluon.Trainer"],
        "Parameter": ["mxnet.gluon.Parameter"],
        "ParameterDict": ["mxnet.gluon.ParameterDict"],
        "Dataset": ["mxnet.gluon.data.Dataset"],
        "EvalMetric": ["mxnet.metric.EvalMetric"],
        "Symbol": ["mxnet.sym.Symbol"],
        "KVStore": ["mxnet.kv.KVStore"],
    }

    def __init__(self) -> None:
        if importlib.util.find_spec("mxnet") is not None:
            worker_numpy.restore_removed_names()
        import mxnet
        import numpy

        self.mx = mxnet
        self.np = numpy

    def versions(self) -> dict[str, Any]:
        return {"version": self.mx.__version__, "numpy": self.np.__version__}

    def wake(self) -> None:
        self.mx.nd.ones(2).sum().wait_to_read()

    def devices(self) -> list[str]:
        return ["cpu"] + ["gpu%d" % i for i in range(self._gpu_count())]

    def _gpu_count(self) -> int:
        if not self.mx.runtime.Features().is_enabled("CUDA"):
            return 0
        return int(self.mx.context.num_gpus())

    def device(self, kind: str, index: int) -> Any:
        if kind == "cpu":
            return self.mx.cpu(index)
        if not self.mx.runtime.Features().is_enabled("CUDA"):
            message = "mxnet %s is a build without CUDA" % self.mx.__version__
            raise UnavailableError(message, _MXNET_CPU_FIX)
        count = self._gpu_count()
        if index >= count:
            message = "mxnet sees %d GPUs, and gpu%d is not one of them" % (count, index)
            raise UnavailableError(message, "check nvidia-smi and CUDA_VISIBLE_DEVICES")
        return self.mx.gpu(index)

    def namespace(self, device: Any) -> dict[str, Any]:
        mx = self.mx
        other = mx.Context(device.device_type, 1 - min(device.device_id, 1))
        if device.device_type == "gpu" and self._gpu_count() < 2:
            other = device
        return {
            "mx": mx,
            "nd": mx.nd,
            "npx": mx.npx,
            "gluon": mx.gluon,
            "nn": mx.gluon.nn,
            "autograd": mx.autograd,
            "ctx": device,
            "other_ctx": other,
        }

    def scope(self, device: Any) -> Any:
        return device

    def seed(self, seed: int) -> None:
        self.mx.random.seed(seed)
        self.np.random.seed(seed)

    def array(self, data: bytes, shape: list[int], dtype: str, device: Any) -> Any:
        values = self.np.frombuffer(data, dtype=dtype).reshape(shape)
        return self.mx.nd.array(values, dtype=dtype, ctx=device)

    def synchronize(self) -> None:
        self.mx.nd.waitall()

    def attach_gradient(self, array: Any) -> Any:
        array.attach_grad()
        return array

    def recording(self) -> Any:
        return self.mx.autograd.record(train_mode=False)

    def backward(self, outputs: list[Any]) -> None:
        arrays = [out for out in outputs if isinstance(out, self.mx.nd.NDArray)]
        heads = [out for out in arrays if "float" in str(out.dtype)]
        weights = []
        for out in heads:
            weight = self.np.array(_head_weights(out.size), dtype=out.dtype).reshape(out.shape)
            array = self.mx.nd.array(weight, dtype=out.dtype, ctx=out.context)
            is_numpy_array = isinstance(out, self.mx.np.ndarray)
            weights.append(array.as_np_ndarray().reshape(out.shape) if is_numpy_array else array)
        self.mx.autograd.backward(heads, weights, train_mode=False)  # as it was recorded

    def is_array(self, value: Any) -> bool:
        return isinstance(value, self.mx.nd.NDArray) or _is_numpy(value)

    def read(self, array: Any) -> tuple[bytes, list[int], str, dict[str, Any] | None]:
        return _read_numpy(array.asnumpy() if isinstance(array, self.mx.nd.NDArray) else array)

    def describe(self, value: Any) -> tuple[str, Any] | None:
        if isinstance(value, self.np.dtype):
            return "dtype", str(value)
        if isinstance(value, type) and issubclass(value, self.np.generic):
            return "dtype", self.np.dtype(value).name
        if isinstance(value, self.mx.Context):
            return "device", "%s:%d" % (value.device_type, value.device_id)
        return None


def _head_weights(count: int) -> list[float]:
    """Unequal weights, the same on both sides, so that no gradient cancels by symmetry."""
    return [math.cos(0.7 * i + 0.3) for i in range(count)]


def _is_numpy(value: Any) -> bool:
    """Whether `value` is an array or a scalar of NumPy, if that was ever imported."""
    numpy = sys.modules.get("numpy")
    return numpy is not None and isinstance(value, (numpy.ndarray, numpy.generic))


def _read_numpy(array: Any) -> tuple[bytes, list[int], str, dict[str, Any] | None]:
    import numpy

    values = numpy.ascontiguousarray(array).reshape(numpy.shape(array))
    shape, dtype = list(values.shape), str(values.dtype)
    if values.size <= ELEMENT_LIMIT:
        return values.tobytes(), shape, dtype, None
    sizes = abs(values) if values.dtype.kind == "c" else values
    statistics = {
        "min": float(sizes.min()),
        "max": float(sizes.max()),
        "mean": float(sizes.astype("float64").mean()),
        "std": float(sizes.astype("float64").std(ddof=1)),
        "digest": hashlib.sha256(values.tobytes()).hexdigest(),
    }
    return values.ravel()[:ELEMENT_LIMIT].tobytes(), shape, dtype, statistics
