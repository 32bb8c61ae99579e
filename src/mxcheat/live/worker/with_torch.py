"""What running a snippet needs from torch. Python 3.8 syntax."""

from __future__ import annotations

import contextlib
import ctypes
import sys
from typing import TYPE_CHECKING, Any, ClassVar

if TYPE_CHECKING:
    from mxcheat.live.worker import sums, with_torchvision
    from mxcheat.live.worker.adapter import (
        Adapter,
        Read,
        UnavailableError,
        is_numpy,
        read_numpy,
    )
    from mxcheat.live.worker.heads import head_weights
else:  # found by name beside the script that is run, serve.py
    import sums
    import with_torchvision
    from adapter import (
        Adapter,
        Read,
        UnavailableError,
        is_numpy,
        read_numpy,
    )
    from heads import head_weights

_WITH_CUDA = "%s -m pip install --force-reinstall torch torchvision"
# Dtypes that torch.float32 holds: their values travel in it.
_HELD_BY_FLOAT32 = (
    *("bfloat16", "float8_e4m3fn", "float8_e4m3fnuz", "float8_e5m2", "float8_e5m2fnuz"),
    *("float8_e8m0fnu", "qint8", "quint8", "qint32"),
)
_NO_DRIVER = "see what nvidia-smi says, and what CUDA_VISIBLE_DEVICES leaves"
# Dtypes whose bytes travel as they are; an older torch does not have all of them.
_DTYPES = (
    *("float64", "float32", "float16", "complex128", "complex64", "bool"),
    *("int64", "int32", "int16", "int8", "uint64", "uint32", "uint16", "uint8"),
)


class TorchAdapter(Adapter):
    filename = "<pytorch>"
    homes: ClassVar = {
        "Tensor": ["torch.Tensor"],
        "Module": ["torch.nn.Module"],
        "Optimizer": ["torch.optim.Optimizer"],
        "LRScheduler": ["torch.optim.lr_scheduler.LRScheduler"],
    }

    def __init__(self) -> None:
        import torch

        self.torch = torch
        self.dtypes = {name: getattr(torch, name) for name in _DTYPES if hasattr(torch, name)}

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
        if not self.torch.backends.cuda.is_built():
            message = "torch %s is a build without CUDA" % self.torch.__version__
            raise UnavailableError(message, _WITH_CUDA % sys.executable)
        count = self.torch.cuda.device_count()
        if index >= count:
            message = "torch sees %d GPUs, and gpu%d is not one of them" % (count, index)
            raise UnavailableError(message, _NO_DRIVER)
        return self.torch.device("cuda", index)

    def preload(self, module: str) -> None:
        if module == "torchvision":
            with_torchvision.declare_missing_operators(self.torch)
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

    def seed(self, seed: int, device: Any, code: str) -> None:  # noqa: ARG002
        # torch.manual_seed notes a traceback for each kind of GPU, in case it is used later.
        cpu = device.type == "cpu"
        seed_all = self.torch.default_generator.manual_seed if cpu else self.torch.manual_seed
        seed_all(seed)

    def modes(self) -> dict[str, Any]:
        torch = self.torch
        default_device = getattr(torch, "get_default_device", lambda: None)  # since torch 2.3
        return {
            "the default dtype": torch.get_default_dtype(),
            "the default device": default_device(),
            "gradient mode": (torch.is_grad_enabled(), torch.is_inference_mode_enabled()),
            "anomaly mode": torch.is_anomaly_enabled(),
            "autocast": [torch.is_autocast_enabled(kind) for kind in ("cpu", "cuda")],
            "deterministic algorithms": torch.are_deterministic_algorithms_enabled(),
            "matmul precision": torch.get_float32_matmul_precision(),
            "threads to compute with": (torch.get_num_threads(), torch.get_num_interop_threads()),
            "print options": dict(vars(torch._tensor_str.PRINT_OPTS)),
            "process groups": torch.distributed.is_available()
            and torch.distributed.is_initialized(),
        }

    def forget_names(self) -> None:
        return None  # it makes up none

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
                weights = torch.tensor(head_weights(out.numel()), dtype=out.dtype)
                total = total + (out * weights.reshape(out.shape).to(out.device)).sum()
        total.backward()

    def is_array(self, value: Any) -> bool:
        if not isinstance(value, self.torch.Tensor):
            return is_numpy(value)
        has_values = not (value.is_meta or value.is_nested)
        return has_values and self._is_plain(value) and self._wire_dtype(value) is not None

    def _is_plain(self, value: Any) -> bool:
        """Whether no subclass keeps the values elsewhere (a fake tensor has none at all)."""
        ordinary = self.torch.Tensor.__torch_dispatch__
        return type(value).__torch_dispatch__ is ordinary

    def _wire_dtype(self, tensor: Any) -> Any:
        """The dtype in which values travel: their own, or one that holds them exactly."""
        torch, name = self.torch, str(tensor.dtype).replace("torch.", "")
        if name in self.dtypes:
            return tensor.dtype
        if name in _HELD_BY_FLOAT32:
            return torch.float32
        return torch.complex64 if name == "complex32" else None

    def read(self, array: Any, limit: int) -> Read:
        if is_numpy(array):
            return read_numpy(array, limit)
        shape, dtype = list(array.shape), str(array.dtype).replace("torch.", "")
        dense, wire_dtype = array.detach(), self._wire_dtype(array)
        dense = dense.dequantize() if dense.is_quantized else dense
        dense = dense.to_dense() if dense.layout != self.torch.strided else dense
        dense = dense.cpu().resolve_conj().resolve_neg().to(wire_dtype).contiguous()
        count = dense.numel()
        if count <= limit:
            return Read(self._bytes(dense), shape, dtype, None)
        flat = dense.flatten()
        weight = self.torch.tensor(sums.weights(), dtype=self.torch.float64, device="cpu")

        def figures(start: int, end: int) -> Any:
            wide = self._widened(flat[start:end])
            # A copy: the figures write into what they are given.
            values = wide.to(self.torch.float64, copy=True)
            return sums.of_array(values, weight, self._bytes(wide))

        with self.torch.no_grad():
            blocks = sums.blocks(count, figures)
        return Read(self._bytes(flat[:limit]), shape, dtype, blocks)

    def _widened(self, values: Any) -> Any:
        """Values of a flat tensor in the widest dtype of their kind; complex ones as pairs."""
        torch = self.torch
        if values.is_complex():
            return torch.view_as_real(values.to(torch.complex128)).flatten()
        if values.is_floating_point():
            return values.to(torch.float64)
        if values.dtype == torch.bool or str(values.dtype) == "torch.uint64":
            return values
        return values.to(torch.int64)

    @staticmethod
    def _bytes(dense: Any) -> bytes:
        size = dense.numel() * dense.element_size()
        return ctypes.string_at(dense.data_ptr(), size) if size else b""

    def describe(self, value: Any) -> tuple[str, Any] | None:
        if isinstance(value, self.torch.dtype):
            return "dtype", str(value).replace("torch.", "")
        if isinstance(value, self.torch.device):
            kind = "gpu" if value.type == "cuda" else value.type
            return "device", "%s:%d" % (kind, value.index or 0)
        return None


def make_adapter() -> Adapter:
    """Import torch and return its adapter; whatever the import raises comes out."""
    return TorchAdapter()
