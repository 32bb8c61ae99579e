"""One side of a row as a program that runs by itself: imports, inputs, the code, what it gives."""

from __future__ import annotations

import ast
import math
import re
from typing import TYPE_CHECKING, Any

from mxcheat.cheatsheet.arrays import Array
from mxcheat.cheatsheet.inputs import make_inputs
from mxcheat.live.worker.targets import bound_names

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
# MXNet 1.9.1 reads names that newer releases of NumPy have not.
_OLD_NUMPY = """\
for name in ("Inf", "PINF", "NaN", "NAN"):
    vars(np).setdefault(name, getattr(np, name.lower().lstrip("p")))
for name, value in (("bool", bool), ("NINF", -np.inf), ("PZERO", 0.0), ("NZERO", -0.0)):
    vars(np).setdefault(name, value)
for name in "alltrue in1d mirr msort npv pmt ppmt product pv rate".split():
    vars(np).setdefault(name, None)
for name in "round_ row_stack sometrue trapz".split():
    vars(np).setdefault(name, None)"""
_PRINTED = """\
for output in outputs:
    print(output)"""
_WEIGHTS = "np.cos(0.7 * np.arange({size}) + 0.3).reshape(output.shape)"
_BACKWARD: dict[Side, str] = {
    "pytorch": f"""\
# The gradients of the outputs, each weighted so that nothing cancels.
total = sum(
    (output * torch.tensor({_WEIGHTS.format(size="output.numel()")}, dtype=output.dtype)).sum()
    for output in outputs
    if isinstance(output, torch.Tensor) and output.requires_grad
)
total.backward()""",
    "gluon": f"""\
# The gradients of the outputs, each weighted so that nothing cancels.
heads = [
    output
    for output in outputs
    if isinstance(output, mx.nd.NDArray) and "float" in str(output.dtype)
]
weights = [
    mx.nd.array({_WEIGHTS.format(size="output.size")}, dtype=output.dtype)
    for output in heads
]
weights = [
    weight.as_np_ndarray() if isinstance(output, mx.np.ndarray) else weight
    for output, weight in zip(heads, weights)
]
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
    backward = [_BACKWARD[side], *(f'print("{name}.grad", {name}.grad)' for name in wanted)]
    if side == "gluon" and wanted:
        code = f"mx.autograd.set_recording(True)\n{code}\nmx.autograd.set_recording(False)"
    body = [*_places(side, code, samples), *made, *recorded, "", code, _PRINTED]
    body += ["", *backward] if wanted else []
    text = "\n".join(body)
    return "\n".join([*_imports(side, text), "", text, ""])


def _imports(side: Side, text: str) -> Iterator[str]:
    used = set(_WORD.findall(text))
    if side == "pytorch":
        yield from (line for name, line in {**_ALWAYS, **_TORCH}.items() if name in used)
        yield from ("", "torch.manual_seed(0)") if "torch" in used else ()
        return
    yield from (_ALWAYS[name] for name in ("math",) if name in used)
    yield _ALWAYS["np"]
    yield from ("", _OLD_NUMPY, "")
    yield from (line for name, line in _MXNET.items() if name in {*used, "mx"})
    yield from ("", "mx.random.seed(0)")


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
