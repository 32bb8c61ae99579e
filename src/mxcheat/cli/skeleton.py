"""From a name to the forms a row could begin with, by what the frameworks say of it."""

from __future__ import annotations

import ast
import re
from typing import TYPE_CHECKING, NamedTuple

from mxcheat.cheatsheet.code import short_name
from mxcheat.cheatsheet.sides import ARRAYS, MODULES
from mxcheat.cheatsheet.writing import ARRAY
from mxcheat.names.spelling import symbol_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mxcheat.cheatsheet.sides import Side
    from mxcheat.live.results import Described

# What stands before a name where it is looked for, in this order.
_HOMES: dict[Side, tuple[str, ...]] = {
    "pytorch": (
        *("torch.", "torch.nn.functional.", "torch.nn.", "Tensor.", "torch.linalg."),
        *("torch.special.", "torch.fft.", "torch.optim.", "torch.optim.lr_scheduler."),
        "torch.utils.data.",
    ),
    "gluon": (
        *("mxnet.nd.", "mxnet.nd.broadcast_", "mxnet.gluon.nn.", "mxnet.gluon.rnn.", "NDArray."),
        *("mxnet.nd.linalg.", "mxnet.nd.contrib.", "mxnet.gluon.loss.", "mxnet.np.", "mxnet.npx."),
        *("mxnet.optimizer.", "mxnet.gluon.data.", "mxnet.init.", "mxnet.metric."),
    ),
}
# First parts of public names that a snippet does not find as such.
_ROOTS = {"pytorch": (ARRAYS["pytorch"], "torchvision"), "gluon": (ARRAYS["gluon"], "mxnet")}
_LAYERS = ("torch.nn", "mxnet.gluon.nn", "mxnet.gluon.rnn", "mxnet.gluon.loss")
# Parameters that operators name each in its own way, and what an example calls them.
_SAME = {
    **dict.fromkeys(("input", "data", "lhs", "x1", "a", "tensor"), "x"),
    **dict.fromkeys(("other", "rhs", "x2", "b"), "y"),
}
# What a parameter is given by its name or its annotation, where it is no array.
_PLAIN = {"dim": "1", "axis": "1", "units": "3", "int": "3", "float": "0.5"}
_COUNTED = re.compile(r"(?:num|in|out)_\w+|(?:\w+_)?(?:size|dim|features|channels)")
_WORD = re.compile(r"[A-Z]?[a-z0-9]+|[A-Z0-9]+")


class Skeleton(NamedTuple):
    """A form, the public name it is of, and the inputs it takes."""

    api: str
    form: str
    inputs: Mapping[str, str]

    def with_arrays(self, spec: str) -> Skeleton:
        """The same form, its arrays made by another specification."""
        inputs = {name: spec if was == ARRAY else was for name, was in self.inputs.items()}
        return self._replace(inputs=inputs)

    @property
    def is_layer(self) -> bool:
        """Whether the form makes a layer and applies it."""
        return self.api.rpartition(".")[0] in _LAYERS


def candidates(name: str, side: Side) -> list[str]:
    """Public names that `name` may mean on a side, the likeliest first; spelled as in `apis`."""
    head, dot, rest = name.partition(".")
    last = name.rpartition(".")[2]
    spread = [f"{home}{word}" for word in _spellings(last) for home in _HOMES[side]]
    if dot and (head in MODULES[side] or head in _ROOTS[side]):
        full = f"{MODULES[side].get(head, head)}.{rest}"
        return [symbol_of(full) or full, *spread]
    return spread


def _spellings(name: str) -> list[str]:
    words = _WORD.findall(name)
    others = ("_".join(words).lower(), "".join(words).lower(), "".join(map(str.capitalize, words)))
    return list(dict.fromkeys((name, *others)))


def skeleton(said: Described, side: Side, at_most: int | None = None) -> Skeleton:
    """A call of what a framework describes; given `at_most` so many optional arrays."""
    home, _, last = said.name.rpartition(".")
    inputs = _arguments(said.signature, side, at_most, is_layer=home in _LAYERS)
    if home == ARRAYS[side]:
        given = [name for name in inputs if name != "self"]
        inputs = {"x": ARRAY, **{name: inputs[name] for name in given}}
        return Skeleton(said.name, f"x.{last}({', '.join(given)})", inputs)
    given = [_as_taken(name, spec, home) for name, spec in inputs.items()]
    call = f"{short_name(said.name, side)}({', '.join(given)})"
    if home in _LAYERS:
        operands = ("x", "y") if last.endswith("Loss") else ("x",)
        call = _applied(call, side, ", ".join(operands))
        inputs = {**dict.fromkeys(operands, ARRAY), **inputs}
    return Skeleton(said.name, call, inputs)


def _as_taken(name: str, spec: str, home: str) -> str:
    """An input as functions of `home` take it: those of mx.np and npx want arrays of their own."""
    is_foreign = spec == ARRAY and home in ("mxnet.np", "mxnet.npx")
    return f"{name}.as_np_ndarray()" if is_foreign else name


def _applied(layer: str, side: Side, operands: str) -> str:
    if side == "pytorch":
        return f"{layer}({operands})"
    return f"layer = {layer}\nlayer.initialize()\nlayer({operands})"


def _arguments(
    signature: str, side: Side, at_most: int | None, *, is_layer: bool
) -> dict[str, str]:
    """The parameters that have to be given, each with a specification of an input."""
    try:
        (function,) = ast.parse(f"def {signature}: ...").body
    except SyntaxError:
        return {"x": ARRAY}
    assert isinstance(function, ast.FunctionDef)
    every = [*function.args.posonlyargs, *function.args.args]
    count = len(every) - len(function.args.defaults)
    needed = every[:count]
    if not needed and side == "gluon":
        needed = _operands(every, function.args.defaults)[:at_most]
    if not every and function.args.vararg:
        # A layer that names none of its arguments takes sizes.
        return dict.fromkeys(("m", "n"), "3") if is_layer else {"x": ARRAY, "y": ARRAY}
    return {_SAME.get(each.arg, each.arg): _specification(each) for each in needed}


def _operands(every: list[ast.arg], defaults: list[ast.expr]) -> list[ast.arg]:
    """An operator's arrays: the first parameters, which its signature says are None."""
    found = []
    for parameter, default in zip(every, defaults, strict=True):
        is_none = isinstance(default, ast.Constant) and default.value is None
        if not is_none or parameter.arg in ("out", "name"):
            break
        found.append(parameter)
    return found


def _specification(parameter: ast.arg) -> str:
    annotation = ast.unparse(parameter.annotation) if parameter.annotation else ""
    counted = "3" if _COUNTED.fullmatch(parameter.arg) else ARRAY
    return _PLAIN.get(parameter.arg) or _PLAIN.get(annotation, counted)
