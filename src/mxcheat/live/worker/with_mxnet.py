"""What running a snippet needs from mxnet. Python 3.8 syntax."""

from __future__ import annotations

import importlib.util
import re
import sys
from typing import TYPE_CHECKING, Any, ClassVar

if TYPE_CHECKING:
    from mxcheat.live.worker import hybrid, old_numpy
    from mxcheat.live.worker.adapter import (
        Adapter,
        Read,
        UnavailableError,
        is_numpy,
        read_numpy,
    )
    from mxcheat.live.worker.heads import head_weights
else:  # found by name beside the script that is run, serve.py
    import hybrid
    import old_numpy
    from adapter import (
        Adapter,
        Read,
        UnavailableError,
        is_numpy,
        read_numpy,
    )
    from heads import head_weights

_WITH_CUDA = (
    "with CUDA 11.2 and cuDNN 8 on the machine: %s -m pip uninstall -y mxnet"
    " && %s -m pip install --no-deps mxnet-cu112"
)
# What code says that may draw from MXNet's generators; layers draw when they are initialized.
_DRAWS = re.compile(
    r"(?i)rand|sampl|seed|init|drop|zoneout|normal|uniform|shuffl|nomial|expo|poisson|gamma"
    r"|bernoulli|rrelu|sgld|fit|noise"
)
_NO_DRIVER = "see what nvidia-smi says, and what CUDA_VISIBLE_DEVICES leaves"


class MXNetAdapter(Adapter):
    filename = "<gluon>"
    homes: ClassVar = {
        "NDArray": ["mxnet.nd.NDArray", "mxnet.nd.sparse.CSRNDArray", "mxnet.np.ndarray"],
        "Block": [
            "mxnet.gluon.Block",
            "mxnet.gluon.HybridBlock",
            "mxnet.gluon.nn.HybridSequential",
            "mxnet.gluon.rnn.LSTM",
            "mxnet.gluon.rnn.RecurrentCell",
        ],
        "Trainer": ["mxnet.gluon.Trainer"],
        "Parameter": ["mxnet.gluon.Parameter"],
        "ParameterDict": ["mxnet.gluon.ParameterDict"],
        "Dataset": ["mxnet.gluon.data.Dataset"],
        "EvalMetric": ["mxnet.metric.EvalMetric", "mxnet.metric.CompositeEvalMetric"],
        "Optimizer": ["mxnet.optimizer.Optimizer"],
        "Function": ["mxnet.autograd.Function"],
        "CustomOp": ["mxnet.operator.CustomOp"],
        "Context": ["mxnet.Context"],
        "DataIter": ["mxnet.io.DataIter", "mxnet.io.NDArrayIter"],
        "RecordIO": ["mxnet.recordio.MXIndexedRecordIO"],
        "Module": ["mxnet.mod.Module"],
        "Executor": ["mxnet.executor.Executor"],
        "Symbol": ["mxnet.sym.Symbol"],
        "KVStore": ["mxnet.kv.KVStore"],
    }

    def __init__(self) -> None:
        if importlib.util.find_spec("mxnet") is not None:
            old_numpy.restore_removed_names()
        import mxnet
        import numpy

        self.mx = mxnet
        self.np = numpy
        self._drawn = True  # what ran last may have, so that seeds are no longer as they were

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
            raise UnavailableError(message, _WITH_CUDA % (sys.executable, sys.executable))
        count = self._gpu_count()
        if index >= count:
            message = "mxnet sees %d GPUs, and gpu%d is not one of them" % (count, index)
            raise UnavailableError(message, _NO_DRIVER)
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

    def seed(self, seed: int, device: Any, code: str) -> None:  # noqa: ARG002
        self.np.random.seed(seed)
        draws = _DRAWS.search(code) is not None
        if draws or self._drawn:  # it seeds 1,024 generators, which takes a millisecond
            self.mx.random.seed(seed)
        self._drawn = draws

    def modes(self) -> dict[str, Any]:
        mx = self.mx
        bulk = mx.engine.set_bulk_size(0)  # there is no other way to ask
        mx.engine.set_bulk_size(bulk)
        return {
            "the context": mx.context.current_context(),
            "NumPy mode": (mx.util.is_np_shape(), mx.util.is_np_array()),
            "recording": mx.autograd.is_recording(),
            "training mode": mx.autograd.is_training(),
            "bulk size": bulk,
            "attributes in scope": dict(mx.AttrScope._current.value._attr),
            "a block's scope": getattr(mx.gluon.block._BlockScope._current, "value", None),
        }

    def forget_names(self) -> None:
        self.mx.name.NameManager._current.value = self.mx.name.NameManager()

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
            weight = self.np.array(head_weights(out.size), dtype=out.dtype).reshape(out.shape)
            array = self.mx.nd.array(weight, dtype=out.dtype, ctx=out.context)
            is_numpy_array = isinstance(out, self.mx.np.ndarray)
            weights.append(array.as_np_ndarray().reshape(out.shape) if is_numpy_array else array)
        self.mx.autograd.backward(heads, weights, train_mode=False)  # as it was recorded

    def hybridized(self, snippet: Any, namespace: dict[str, Any]) -> list[tuple[str, Any]]:
        return hybrid.run_hybridized(self.mx, snippet, namespace)

    def is_array(self, value: Any) -> bool:
        return isinstance(value, self.mx.nd.NDArray) or is_numpy(value)

    def read(self, array: Any, limit: int) -> Read:
        values = array.asnumpy() if isinstance(array, self.mx.nd.NDArray) else array
        if values.dtype.names == ("bfloat16",):  # the upper half of a float32
            bits = values["bfloat16"].astype("uint32") << 16
            return read_numpy(bits.view("float32"), limit, "bfloat16")
        return read_numpy(values, limit)

    def describe(self, value: Any) -> tuple[str, Any] | None:
        if isinstance(value, self.np.dtype):
            return "dtype", str(value)
        if isinstance(value, type) and issubclass(value, self.np.generic):
            return "dtype", self.np.dtype(value).name
        if isinstance(value, self.mx.Context):
            return "device", "%s:%d" % (value.device_type, value.device_id)
        return None


def make_adapter() -> Adapter:
    """Import mxnet and return its adapter; whatever the import raises comes out."""
    return MXNetAdapter()
