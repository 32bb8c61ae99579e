"""Inputs of a snippet: a small language for arrays, made once and given to both sides.

    uniform(2, 3)                     float32 in [-1, 1); low=, high= move the bounds
    normal(2, 3)                      float32, standard normal
    positive(2, 3)                    float32 in [0.1, 2)
    symmetric(3)                      float32, a symmetric 3 x 3 matrix
    integers(2, 3, low=0, high=10)    int64, high excluded
    booleans(2, 3)                    bool
    arange(2, 3)                      float32 0, 1, 2, ... in that shape
    zeros(2, 3), ones(2, 3)           float32
    [[1, 2], [3, 4]]                  a literal: int64, float32 or bool by its elements
    3, 0.5, True, 'text'              a plain Python value

Every maker takes dtype=NAME. Values come from Python's own generator, seeded by the name of
the input, so they are the same everywhere and one input does not move another.
"""

from __future__ import annotations

import ast
import math
import random
import struct
from typing import TYPE_CHECKING, Any

from mxcheat.cheatsheet.arrays import Array, from_values
from mxcheat.errors import MxcheatError, did_you_mean

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from mxcheat.cheatsheet.row import InputSpec

ELEMENT_LIMIT = 1_000_000
DTYPES = (
    *("float64", "float32", "float16", "int64", "int32", "int16", "int8", "uint8"),
    *("bool", "complex64", "complex128"),
)
_SCALARS = (bool, int, float, str)
_MAX_DIMENSIONS = 8


class InputError(MxcheatError):
    """An input specification that cannot be read."""


def make_inputs(specs: Mapping[str, InputSpec]) -> dict[str, Any]:
    """Make every input: an Array, or a plain Python value. Raises InputError."""
    return {name: make_input(name, spec) for name, spec in specs.items()}


def make_input(name: str, spec: InputSpec) -> Any:
    """Make one input from its specification. Raises InputError."""
    if isinstance(spec, list):
        return _literal_array(name, spec)
    if not isinstance(spec, str):
        return spec
    try:
        node = ast.parse(spec.strip(), mode="eval").body
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        raise _problem(name, spec, f"is not an expression ({_reason(error)})") from None
    if isinstance(node, ast.Call):
        return _call(name, spec, node)
    value = _literal(name, spec, node)
    return _literal_array(name, value) if isinstance(value, list) else value


def parse_specs(text: str) -> dict[str, InputSpec]:
    """Read `x=uniform(2, 3); k=2` (as --inputs takes it). Raises InputError."""
    try:
        statements = ast.parse(text).body
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        message = f"--inputs {text!r} cannot be read ({_reason(error)})"
        raise InputError(message, hint="write x=uniform(2, 3); k=2") from None
    specs: dict[str, InputSpec] = {}
    for statement in statements:
        targets = statement.targets if isinstance(statement, ast.Assign) else []
        target = targets[0] if len(targets) == 1 else None
        if not isinstance(target, ast.Name) or not isinstance(statement, ast.Assign):
            given = ast.unparse(statement)
            raise InputError(f"--inputs: {given!r} gives no one name", hint="write x=uniform(2, 3)")
        specs[target.id] = ast.unparse(statement.value)
    return specs


def describe_input(value: Any) -> dict[str, Any]:
    """Shape, dtype and text of an input, as `try --json` shows it."""
    if isinstance(value, Array):
        return {"shape": list(value.shape), "dtype": value.dtype, "text": value.text}
    return {"shape": None, "dtype": type(value).__name__, "text": repr(value)}


def to_wire(value: Any) -> Any:
    """An input as workers take it."""
    return value.to_wire() if isinstance(value, Array) else value


def _reason(error: Exception) -> str:
    """What is wrong, without the file name that a SyntaxError puts behind it."""
    return error.msg if isinstance(error, SyntaxError) else str(error)


def _problem(name: str, spec: object, what: str, hint: str = "") -> InputError:
    return InputError(f"input {name}: {spec!r} {what}", hint=hint)


def _literal(name: str, spec: object, node: ast.expr) -> Any:
    try:
        value = ast.literal_eval(node)
    except (ValueError, TypeError, SyntaxError, MemoryError, RecursionError):
        hint = f"use a literal or one of: {', '.join(MAKERS)}"
        raise _problem(name, spec, "is neither a literal nor a call of a maker", hint) from None
    value = list(value) if isinstance(value, tuple) else value
    if not isinstance(value, (*_SCALARS, list)):
        raise _problem(name, spec, f"is a {type(value).__name__}", "use a number, text or list")
    return value


def _literal_array(name: str, value: list[Any]) -> Array:
    shape: list[int] = []
    level: Any = value
    while isinstance(level, (list, tuple)):
        shape.append(len(level))
        level = level[0] if level else None
        if len(shape) > _MAX_DIMENSIONS:
            raise _problem(name, "the literal", f"has over {_MAX_DIMENSIONS} dimensions")
    flat = value
    for length in shape[1:]:
        if not all(isinstance(part, (list, tuple)) and len(part) == length for part in flat):
            raise _problem(name, value, "has rows of unequal length")
        flat = [item for part in flat for item in part]
    if not all(isinstance(item, (bool, int, float)) for item in flat):
        raise _problem(name, value, "holds something other than numbers")
    if flat and all(isinstance(item, bool) for item in flat):
        return from_values(shape, "bool", flat)
    whole = bool(flat) and all(isinstance(item, int) for item in flat)
    return _build(name, value, shape, "int64" if whole else "float32", flat)


def _call(name: str, spec: str, node: ast.Call) -> Array:
    maker_name = ast.unparse(node.func)
    maker = MAKERS.get(maker_name)
    if maker is None:
        raise _problem(name, spec, f"calls {maker_name}", did_you_mean(maker_name, MAKERS))
    shape = [_literal(name, spec, argument) for argument in node.args]
    options = {
        str(word.arg): word.value.id
        if isinstance(word.value, ast.Name)
        else _literal(name, spec, word.value)
        for word in node.keywords
    }
    if not all(isinstance(length, int) and length >= 0 for length in shape):
        raise _problem(name, spec, "has a shape that is not made of whole numbers")
    if len(shape) > _MAX_DIMENSIONS or math.prod(shape) > ELEMENT_LIMIT:
        raise _problem(name, spec, f"is larger than {ELEMENT_LIMIT:,} elements")
    default_dtype, values = maker
    dtype = options.pop("dtype", default_dtype)
    if dtype not in DTYPES:
        raise _problem(name, spec, f"has dtype {dtype!r}", did_you_mean(str(dtype), DTYPES))
    generator = random.Random(name)  # noqa: S311 - numbers to compute with, no secrets
    shape = [shape[0], shape[0]] if maker_name == "symmetric" and shape else shape
    try:
        numbers = values(generator, shape, **options)
    except TypeError:
        allowed = "low, high" if maker_name in _BOUNDED else "dtype only"
        unknown = ", ".join(options)
        raise _problem(name, spec, f"has options {unknown}", f"allowed: {allowed}") from None
    except ValueError as error:
        raise _problem(name, spec, f"has impossible bounds ({error})") from None
    return _build(name, spec, shape, dtype, numbers)


def _build(name: str, spec: object, shape: list[int], dtype: str, numbers: list[Any]) -> Array:
    if dtype.startswith(("int", "uint")):
        numbers = [int(number) for number in numbers]
    elif dtype.startswith("complex"):
        numbers = [complex(number, -number / 2) for number in numbers]
    try:
        return from_values(shape, dtype, numbers)
    except (OverflowError, ValueError, struct.error) as error:
        raise _problem(name, spec, f"does not fit {dtype} ({error})") from None


def _uniform(
    generator: random.Random, shape: list[int], *, low: float = -1, high: float = 1
) -> list[float]:
    return [generator.uniform(low, high) for _ in range(math.prod(shape))]


def _positive(generator: random.Random, shape: list[int]) -> list[float]:
    return _uniform(generator, shape, low=0.1, high=2)


def _normal(generator: random.Random, shape: list[int]) -> list[float]:
    return [generator.gauss(0, 1) for _ in range(math.prod(shape))]


def _integers(
    generator: random.Random, shape: list[int], *, low: int = 0, high: int = 10
) -> list[int]:
    return [generator.randrange(low, high) for _ in range(math.prod(shape))]


def _booleans(generator: random.Random, shape: list[int]) -> list[bool]:
    return [generator.random() < 0.5 for _ in range(math.prod(shape))]


def _symmetric(generator: random.Random, shape: list[int]) -> list[float]:
    size = shape[0] if shape else 0
    half = _uniform(generator, [size, size])
    return [half[i * size + j] + half[j * size + i] for i in range(size) for j in range(size)]


def _arange(_generator: random.Random, shape: list[int]) -> list[int]:
    return list(range(math.prod(shape)))


def _zeros(_generator: random.Random, shape: list[int]) -> list[int]:
    return [0] * math.prod(shape)


def _ones(_generator: random.Random, shape: list[int]) -> list[int]:
    return [1] * math.prod(shape)


_BOUNDED = ("uniform", "integers")
MAKERS: dict[str, tuple[str, Callable[..., list[Any]]]] = {
    "uniform": ("float32", _uniform),
    "normal": ("float32", _normal),
    "positive": ("float32", _positive),
    "symmetric": ("float32", _symmetric),
    "integers": ("int64", _integers),
    "booleans": ("bool", _booleans),
    "arange": ("float32", _arange),
    "zeros": ("float32", _zeros),
    "ones": ("float32", _ones),
}
