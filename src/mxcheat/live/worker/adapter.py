"""What running a snippet needs from a framework: torch and mxnet behind one interface.

Standard library only; Python 3.8 syntax. with_torch.py and with_mxnet.py implement it.
"""

from __future__ import annotations

import abc
import contextlib
import importlib
import sys
from typing import TYPE_CHECKING, Any, ClassVar, Mapping, NamedTuple, Sequence

if TYPE_CHECKING:
    from mxcheat.live.worker import sums
else:  # found by name beside the script that is run, serve.py
    import sums


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
    def seed(self, seed: int, device: Any, code: str) -> None:
        """Fix the state of the generators that `code` may draw from, run on `device`."""

    @abc.abstractmethod
    def modes(self) -> dict[str, Any]:
        """What the framework keeps for the whole process or thread, by what it is called.

        Values compare with ==, and asking changes nothing.
        """

    @abc.abstractmethod
    def forget_names(self) -> None:
        """Begin again to count the names that the framework makes up."""

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

    def hybridized(self, snippet: Any, namespace: dict[str, Any]) -> list[tuple[str, Any]]:
        """Named outputs of a snippet inside a hybridized block; as it is where there are none."""
        outputs: list[tuple[str, Any]] = snippet.execute(namespace)
        return outputs

    @abc.abstractmethod
    def backward(self, outputs: list[Any]) -> None:
        """Run the backward pass from the floating-point arrays among `outputs`."""

    @abc.abstractmethod
    def is_array(self, value: Any) -> bool:
        """Whether `value` is an array of the framework's, or of NumPy's, that can be read."""

    @abc.abstractmethod
    def read(self, array: Any, limit: int) -> Read:
        """What travels of an array: the leading `limit` elements, with figures of all if cut."""

    @abc.abstractmethod
    def describe(self, value: Any) -> tuple[str, Any] | None:
        """Kind and plain value of a dtype, device or shape object; None for anything else."""


class Read(NamedTuple):
    """What travels of an array: little-endian bytes in C order, shape, dtype, figures if cut."""

    data: bytes
    shape: list[int]
    dtype: str
    figures: list[sums.Block] | None


# Kinds of NumPy dtype that are numbers: boolean, integers, floats, complex.
_NUMPY_NUMBERS = "biufc"


def is_numpy(value: Any) -> bool:
    """Whether `value` is an array or a scalar of NumPy that holds numbers."""
    numpy = sys.modules.get("numpy")
    return (
        numpy is not None
        and isinstance(value, (numpy.ndarray, numpy.generic))
        and value.dtype.kind in _NUMPY_NUMBERS
    )


def read_numpy(array: Any, limit: int, name: str = "") -> Read:
    """What travels of a NumPy array, under the `name` of its dtype if it is not NumPy's.

    A wide float travels as float64 under its own name.
    """
    import numpy

    values = numpy.ascontiguousarray(array).reshape(numpy.shape(array))
    values = values.astype(values.dtype.newbyteorder("="), copy=False)
    shape, dtype = list(values.shape), name or str(values.dtype)
    if values.dtype.itemsize > 8 and values.dtype.kind == "f":
        values = values.astype("float64")
    if values.dtype.itemsize > 16:
        values = values.astype("complex128")
    if values.size <= limit:
        return Read(values.tobytes(), shape, dtype, None)
    flat = values.ravel()
    weight = numpy.array(sums.weights())

    def figures(start: int, end: int) -> Any:
        wide = _widened(flat[start:end])
        return sums.of_array(wide.astype("float64"), weight, wide.tobytes())

    with numpy.errstate(all="ignore"):
        blocks = sums.blocks(flat.size, figures)
    return Read(flat[:limit].tobytes(), shape, dtype, blocks)


def _widened(values: Any) -> Any:
    """Values of a flat NumPy array in the widest dtype of their kind; complex ones as pairs."""
    if values.dtype.kind == "c":
        return values.astype("complex128").view("float64")
    wide = {"f": "float64", "i": "int64", "u": "uint64", "b": "bool"}[values.dtype.kind]
    return values.astype(wide, copy=False)
