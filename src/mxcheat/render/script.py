"""One side of a row as a program that runs by itself: imports, inputs, the code, what it gives."""

from __future__ import annotations

import ast
import math
import re
from inspect import getsource
from typing import TYPE_CHECKING, Any

from mxcheat.cheatsheet.arrays import Array
from mxcheat.cheatsheet.inputs import make_inputs
from mxcheat.live.worker.heads import head_weights
from mxcheat.live.worker.old_numpy import ALIASES, LISTED
from mxcheat.live.worker.snippet import bound_names
from mxcheat.live.worker.with_torchvision import OPERATORS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from mxcheat.cheatsheet.row import InputSpec, Snippet
    from mxcheat.cheatsheet.sides import Side

# A larger array is not written out: numbers of its shape and range are made instead.
_MOST_NUMBERS = 400
_WORD = re.compile(r"[A-Za-z_]\w*")
# What a snippet finds without an import, and the lines that give it; in the order of the script.
_ALWAYS = {"math": "import math", "np": "import numpy as np"}
_TORCH = {
    "torch": "import torch",
    "nn": "from torch import nn",
    "F": "import torch.nn.functional as F",
}
_MXNET = {
    "mx": "import mxnet as mx",
    "autograd": "from mxnet import autograd",
    "gluon": "from mxnet import gluon",
    "nd": "from mxnet import nd",
    "npx": "from mxnet import npx",
    "nn": "from mxnet.gluon import nn",
}
# Words of code that starts Python processes of its own.
_STARTS_PROCESSES = {"multiprocessing"}
_NOT_AGAIN = """\
# The processes that this starts are not to run it again.
globals().pop("__file__", None)
"""
_PRINTED = """\
for output in outputs:
    print(output)"""
_ARRAYS = """\
def arrays_in(value):
    if isinstance(value, {array}):
        return [value]
    parts = value.values() if isinstance(value, dict) else value
    is_container = isinstance(value, (list, tuple, dict))
    return [array for part in parts for array in arrays_in(part)] if is_container else []
"""
_BACKWARD: dict[Side, str] = {
    "pytorch": """\
# The gradients of the outputs, each weighted so that nothing cancels.
total = torch.zeros(())
for output in arrays_in(outputs):
    if output.requires_grad:
        weight = torch.tensor(head_weights(output.numel()), dtype=output.dtype)
        total = total + (output * weight.reshape(output.shape)).sum()
total.backward()""",
    "gluon": """\
# The gradients of the outputs, each weighted so that nothing cancels.
heads = [output for output in arrays_in(outputs) if "float" in str(output.dtype)]
weights = []
for output in heads:
    weight = np.array(head_weights(output.size)).reshape(output.shape)
    weight = mx.nd.array(weight, dtype=output.dtype)
    is_numpy = isinstance(output, mx.np.ndarray)
    weights.append(weight.as_np_ndarray().reshape(output.shape) if is_numpy else weight)
mx.autograd.backward(heads, weights, train_mode=False)""",
}


def script_of(
    side: Side,
    snippet: Snippet,
    inputs: Mapping[str, InputSpec],
    gradient: Iterable[str] = (),
    samples: str = "",
) -> str:
    """A program that does what `snippet` does on `inputs`, on the CPU, and prints its outputs.

    With `gradient`, the gradients of these inputs are printed too, as a run compares them.
    `samples` is the folder that rows about files read. Raises InputError.
    """
    code, wanted = _with_outputs(snippet.code.strip("\n")), list(gradient)
    made = [_input(side, *item) for item in make_inputs(inputs).items()]
    recorded = [_require(side, name) for name in wanted]
    backward = [*_backward(side), *(f'print("{name}.grad", {name}.grad)' for name in wanted)]
    if side == "gluon" and wanted:
        code = f"mx.autograd.set_recording(True)\n{code}\nmx.autograd.set_recording(False)"
    body = [*_places(side, code, samples), *made, *recorded, "", code, _PRINTED]
    body += ["", *backward] if wanted else []
    text = "\n".join(body)
    if _STARTS_PROCESSES.intersection(_WORD.findall(code)):
        text = f"{_NOT_AGAIN}\n{text}"
    return "\n".join([*_imports(side, text), "", text, ""])


def _imports(side: Side, text: str) -> Iterator[str]:
    used = set(_WORD.findall(text))
    if "torchvision" in used:
        used.add("torch")
    if side == "pytorch":
        yield from (line for name, line in {**_ALWAYS, **_TORCH}.items() if name in used)
        yield from _torchvision() if "torchvision" in used else ()
        yield from ("", "torch.manual_seed(0)") if "torch" in used else ()
        return
    yield from (_ALWAYS[name] for name in ("math",) if name in used)
    yield _ALWAYS["np"]
    yield from ("", *_old_numpy(), "")
    yield from (line for name, line in _MXNET.items() if name in {*used, "mx"})
    yield from ("", "mx.random.seed(0)")


def _old_numpy() -> Iterator[str]:
    """What has to be done before mxnet is imported."""
    yield "# Names that MXNet 1.9.1 reads and newer releases of NumPy have not."
    values = {name: _literal(value) for name, value in ALIASES.items()}
    yield f"names = {{{', '.join(f'{name!r}: {value}' for name, value in values.items())}}}"
    yield f"names.update(dict.fromkeys({' '.join(LISTED)!r}.split()))"
    yield from ("for name, value in names.items():", "    vars(np).setdefault(name, value)")


def _torchvision() -> Iterator[str]:
    """An import of torchvision that works beside a torch that it was not built for."""
    yield from ("", "try:", "    import torchvision")
    yield "except RuntimeError:  # not built for this torch: most works without its operators"
    yield '    library = torch.library.Library("torchvision", "DEF")'
    yield from (f'    library.define("{operator}")' for operator in OPERATORS)


def _backward(side: Side) -> Iterator[str]:
    """The backward pass, as a run makes it."""
    array = "torch.Tensor" if side == "pytorch" else "mx.nd.NDArray"
    yield from ("", getsource(head_weights), "", _ARRAYS.format(array=array), "", _BACKWARD[side])


def _places(side: Side, code: str, samples: str) -> Iterator[str]:
    """The device, and the folder of samples, where the code asks for them."""
    used = set(_WORD.findall(code))
    names, device = ("device", "other_device"), 'torch.device("cpu")'
    if side == "gluon":
        names, device = ("ctx", "other_ctx"), "mx.cpu()"
    yield from (f"{name} = {device}" for name in names if name in used)
    if "samples" in used:
        yield f"samples = {samples!r}"


def _input(side: Side, name: str, value: Any) -> str:
    if not isinstance(value, Array):
        return f"{name} = {_literal(value)}"
    if value.size > _MOST_NUMBERS:
        remark, numbers = "  # other numbers than mxcheat's, as there are many", _made(value)
    else:
        remark, numbers = "", f"[{', '.join(_number(value.dtype, each) for each in value.values)}]"
    shape = ", ".join(map(str, value.shape))
    if side == "pytorch":
        return (
            f"{name} = torch.tensor({numbers}, dtype=torch.{value.dtype}).reshape({shape}){remark}"
        )
    dtype = f'dtype="{value.dtype}"'
    return f"{name} = mx.nd.array(np.array({numbers}).reshape({shape}), {dtype}){remark}"


def _made(value: Array) -> str:
    """NumPy code for as many numbers as an array has, in its range."""
    if value.dtype == "bool":
        return f"np.random.RandomState(0).rand({value.size}) < 0.5"
    real = [number for number in value.values if not isinstance(number, complex)] or [0.0, 1.0]
    low, high = min(real), max(real)
    if "int" in value.dtype:
        return f"np.random.RandomState(0).randint({low}, {high + 1}, {value.size})"
    return f"np.random.RandomState(0).uniform({low:.6g}, {high:.6g}, {value.size})"


def _number(dtype: str, number: Any) -> str:
    """A number of an array, with the digits that its dtype tells apart."""
    is_short = dtype in ("float32", "float16") and math.isfinite(number)
    return f"{number:.9g}" if is_short else _literal(number)


def _literal(value: Any) -> str:
    """A value as Python code: what is not finite has no literal."""
    if isinstance(value, type):
        return value.__name__
    text = repr(value)
    return f'float("{text}")' if text in ("nan", "inf", "-inf") else text


def _require(side: Side, name: str) -> str:
    return f"{name}.requires_grad_()" if side == "pytorch" else f"{name}.attach_grad()"


def _with_outputs(code: str) -> str:
    """The code with what its last statement gives put into `outputs`."""
    try:
        tree = ast.parse(code)
    except (SyntaxError, ValueError):
        return f"{code}\noutputs = []"
    last = tree.body[-1] if tree.body else None
    if not isinstance(last, ast.Expr):
        return f"{code}\noutputs = [{', '.join(bound_names(last))}]"
    lines = code.split("\n")
    value = ast.get_source_segment(code, last.value) or "None"
    star = "*" if isinstance(last.value, ast.Tuple) else ""
    before = lines[: last.lineno - 1]
    start = lines[last.lineno - 1].encode()[: last.col_offset].decode()
    before += [start.rstrip().rstrip(";")] if start.strip() else []
    return "\n".join([*before, f"outputs = [{star}({value})]"])
