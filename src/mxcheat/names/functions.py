"""What the parameters of a function hold: by its calls, its place in a class, or its hints."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from mxcheat.names.kinds import KINDS, array_of, value_of
from mxcheat.names.results import result_of
from mxcheat.names.spelling import by_word
from mxcheat.names.values import (
    PLAIN,
    UNKNOWN,
    Class,
    Instance,
    Mapped,
    Object,
    Public,
    Several,
    Typed,
    any_of,
    listed,
    unsure,
)

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from mxcheat.names.members import Members
    from mxcheat.names.scopes import Function
    from mxcheat.names.values import Value

# What a type with parameters is made of: one of them, many of one, each in its place, values.
_GENERIC = by_word(
    {
        "any": "union optional annotated final classvar",
        "each": "list sequence iterable iterator set frozenset collection deque generator",
        "tuple": "tuple",
        "mapped": "dict mapping mutablemapping ordereddict defaultdict",
    }
)
# Names that an F of MXNet has, and no force or function that is called F.
_OPERATORS = frozenset(
    [
        "linalg",
        "contrib",
        "expand_dims",
        "slice_axis",
        "concat",
        "stack",
        "one_hot",
        "zeros_like",
        "ones_like",
        "batch_dot",
        "pick",
        "broadcast_add",
        "broadcast_sub",
        "broadcast_mul",
        "broadcast_div",
        "broadcast_to",
        "broadcast_like",
        "SwapAxis",
        "FullyConnected",
        "Convolution",
        "Activation",
        "Dropout",
        "Pooling",
        "BatchNorm",
        "LayerNorm",
        "SequenceMask",
        "BlockGrad",
        "softmax",
        "log_softmax",
        "npx",
        "np",
    ]
)
_OF_TYPES = ("", "typing", "typing_extensions", "collections", "collections.abc")
_ARRAYS_GIVEN = "[NDArray]"
# What methods that a framework calls are given, by position after self.
_GIVEN = {
    ("EvalMetric", "update"): (_ARRAYS_GIVEN, _ARRAYS_GIVEN),
    ("CustomOp", "forward"): ("-", "-", _ARRAYS_GIVEN, _ARRAYS_GIVEN, _ARRAYS_GIVEN),
    ("CustomOp", "backward"): ("-", "-", *[_ARRAYS_GIVEN] * 5),
    ("Optimizer", "update"): ("-", "NDArray", "NDArray", "?"),
    ("Optimizer", "create_state"): ("-", "NDArray"),
}
# Those that are given only arrays, however many.
_OF_ARRAYS = {
    ("Block", "forward"), ("Block", "hybrid_forward"), ("Function", "forward"),
    ("Function", "backward"), ("torch.Module", "forward"), ("torch.Function", "forward"),
    ("torch.Function", "backward"),
}  # fmt: skip

# Symbol that takes a function -> what it calls that with; the last goes for all further ones.
_GIVEN_TO = {
    "mxnet.gluon.nn.Lambda": ("NDArray",),
    "mxnet.gluon.nn.HybridLambda": ("F", "NDArray"),
    "mxnet.metric.CustomMetric": ("-", "-"),
    "mxnet.metric.np": ("-", "-"),
    "mxnet.nd.contrib.foreach": ("NDArray", "[NDArray]"),
    "mxnet.nd.contrib.while_loop": ("NDArray",),
    "Dataset.transform": ("NDArray",),
    "Dataset.transform_first": ("NDArray",),
    "Block.apply": ("Block",),
    "Block.register_forward_hook": ("Block", "[NDArray]", "NDArray"),
    "Block.register_forward_pre_hook": ("Block", "[NDArray]"),
    "Module.apply": ("torch.Module",),
    "Module.register_forward_hook": ("torch.Module", "[Tensor]", "Tensor"),
    "Module.register_forward_pre_hook": ("torch.Module", "[Tensor]"),
    "Module.register_full_backward_hook": ("torch.Module", "[Tensor]", "[Tensor]"),
    "Tensor.register_hook": ("Tensor",),
}


def parameters(
    function: Function,
    members: Members,
    receiver: Value | None,
    given: Sequence[Value],
    named: Mapping[str, Value],
) -> dict[str, Value]:
    """What each parameter holds in this call, or in any where nothing is given."""
    arguments, positional = function.node.args, function.positional
    role = _of_role(function, members, positional)
    first: list[Value] = []
    if function.owner and function.binding != "static":
        owner = function.owner
        first = [owner if function.binding == "class" else receiver or Object(owner)]
    called = {**dict(zip(positional, [*first, *given], strict=False)), **named}
    values: dict[str, Value] = {}
    for name in (*positional, *(each.arg for each in arguments.kwonlyargs)):
        value = called.get(name, UNKNOWN)
        if value in (UNKNOWN, PLAIN):
            value = role.get(name, value)
        for hints in (function.annotated, function.defaults):
            if value is UNKNOWN:
                value = hints.get(name, UNKNOWN)
        values[name] = _usual(name, function, members) if value is UNKNOWN else value
    if arguments.vararg:
        rest = [*first, *given][len(positional) :]
        values[arguments.vararg.arg] = Several(rest[0] if rest else role.get("*", UNKNOWN))
    if arguments.kwarg:
        values[arguments.kwarg.arg] = UNKNOWN
    return values


def lacking(function: Function, values: Mapping[str, Value]) -> frozenset[int | str]:
    """The parameters whose values are not known, by place and by name."""
    positional = function.positional
    if function.owner and function.binding != "static":
        del positional[:1]
    names = {name for name, value in values.items() if value in (UNKNOWN, PLAIN)}
    return frozenset({*names, *(at for at, name in enumerate(positional) if name in names)})


def _usual(name: str, function: Function, members: Members) -> Value:
    """What a parameter so named usually holds.

    An F is a module of MXNet where nothing else is imported, or it has what only that has.
    """
    in_use = members.frameworks
    if name == "F" and (
        in_use == {"mxnet"} or (not in_use and _has_operators(function.node, name))
    ):
        return Public("mxnet.nd", sure=False)
    return members.usual(name)


def _has_operators(node: ast.AST, name: str) -> bool:
    return any(
        isinstance(part, ast.Attribute)
        and isinstance(part.value, ast.Name)
        and part.value.id == name
        and part.attr in _OPERATORS
        for part in ast.walk(node)
    )


def of_annotation(value: Value) -> Value:
    """An object of the class, or of the type, that an annotation names."""
    if isinstance(value, Public):
        return unsure(result_of(value.path))
    if isinstance(value, Typed):
        return value.each
    return Object(value) if isinstance(value, Class) else UNKNOWN


def is_generic(path: str) -> bool:
    """Whether a name of Python is that of a type with parameters that are types."""
    module, _, name = path.rpartition(".")
    return module in _OF_TYPES and name.lower() in _GENERIC


def typed(path: str, parts: Sequence[Value]) -> Typed | None:
    """The type that `path[parts]` is, such as List[NDArray], where `parts` are types.

    `path` is generic; None if nothing is known of the parts.
    """
    kind = _GENERIC[path.rpartition(".")[2].lower()]
    objects = [of_annotation(part) for part in parts]
    if not any(each is not UNKNOWN for each in objects):
        return None
    if kind == "any":
        return Typed(any_of([each for each in objects if each is not UNKNOWN]))
    if kind == "mapped":
        return Typed(Mapped(objects[-1]))
    return Typed(listed(objects) if kind == "tuple" and len(objects) > 1 else Several(objects[0]))


def _of_role(function: Function, members: Members, names: Sequence[str]) -> dict[str, Value]:
    """What a framework gives the parameters of a method that it calls."""
    owner = function.owner
    if owner is None or isinstance(function.node, ast.Lambda):
        return {}
    method = function.node.name
    kind = members.kind_of(owner)
    if kind is None and method == "hybrid_forward" and members.is_open(owner):
        found = _of_role_in("Block", method, names)
        return {name: unsure(value) for name, value in found.items()}
    return _of_role_in(kind, method, names) if kind else {}


def _of_role_in(kind: str, method: str, names: Sequence[str]) -> dict[str, Value]:
    if (kind, method) in _GIVEN:
        given = map(value_of, _GIVEN[kind, method])
        return dict(zip(names[1:], map(unsure, given), strict=False))
    if (kind, method) not in _OF_ARRAYS:
        return {}
    array = Instance(array_of(KINDS[kind].framework), sure=False)
    found: dict[str, Value] = dict.fromkeys((*names[1:], "*"), array)
    if method == "hybrid_forward" and len(names) > 1:
        found[names[1]] = Public("mxnet.nd")
    return found


def given_to(symbol: str, count: int) -> list[Value] | None:
    """What `symbol` calls a function of `count` parameters with, or None."""
    specs = _GIVEN_TO.get(symbol)
    if specs is None:
        return None
    every = [*specs, *[specs[-1]] * count][:count]
    return [Public("mxnet.nd") if spec == "F" else unsure(value_of(spec)) for spec in every]
