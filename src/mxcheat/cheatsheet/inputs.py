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

A maker takes dtype=NAME for every dtype in which its numbers are useful. A specification is read
into a plan, which finds everything that is wrong with it; numbers are made only for a run. They
come from Python's own generator, seeded with the name of the input, so they are the same
everywhere, and one input does not change another.
"""

from __future__ import annotations

import ast
import math
import random
import struct
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from mxcheat.cheatsheet.arrays import Array, from_values, rounded
from mxcheat.cheatsheet.makers import MAKERS
from mxcheat.errors import MxcheatError, did_you_mean

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from mxcheat.cheatsheet.makers import Maker
    from mxcheat.cheatsheet.row import InputSpec

# Elements of one input, and of all inputs that one run is given.
ELEMENT_LIMIT = 1_000_000
TOTAL_LIMIT = 2 * ELEMENT_LIMIT
DTYPES = (
    *("float64", "float32", "float16", "int64", "int32", "int16", "int8", "uint8"),
    *("bool", "complex64", "complex128"),
)
_SCALARS = (bool, int, float, str)
_MAX_DIMENSIONS = 8
_MAX_TEXT = 100_000  # characters of one specification
_MAX_BITS = 1024  # of a whole number: what float64 can hold
_UNREADABLE = (SyntaxError, ValueError, TypeError, RecursionError, MemoryError)


class InputError(MxcheatError):
    """An input specification that cannot be read."""


class _UnfitError(Exception):
    """What is wrong with a specification, and what to do about it."""

    def __init__(self, what: str, hint: str = "") -> None:
        super().__init__(what, hint)


@dataclass(frozen=True)
class Plan:
    """What an input will be; `values` makes the numbers of an array, in C order.

    `shape` and `dtype` are those of an array; without `values` the input is `plain` as it is.
    """

    name: str = ""
    shape: tuple[int, ...] = ()
    dtype: str = ""
    values: Callable[[random.Random], list[Any]] | None = field(default=None, repr=False)
    plain: Any = None

    def make(self) -> Any:
        """The input: an Array, or a plain Python value."""
        if self.values is None:
            return self.plain
        generator = random.Random(self.name)  # noqa: S311 - numbers to compute with, no secrets
        return from_values(self.shape, self.dtype, self.values(generator))


def plan_inputs(specs: Mapping[str, InputSpec]) -> dict[str, Plan]:
    """Read every input of one run, and make none. Raises InputError."""
    plans = {name: plan_input(name, spec) for name, spec in specs.items()}
    total = sum(math.prod(plan.shape) for plan in plans.values())
    if total > TOTAL_LIMIT:
        what = f"the inputs {', '.join(plans)} have {total:,} elements together"
        raise InputError(what, hint=f"at most {TOTAL_LIMIT:,} are made for a run")
    return plans


def make_inputs(specs: Mapping[str, InputSpec]) -> dict[str, Any]:
    """Make every input: an Array, or a plain Python value. Raises InputError."""
    return {name: plan.make() for name, plan in plan_inputs(specs).items()}


def plan_input(name: str, spec: InputSpec) -> Plan:
    """Read one input from its specification. Raises InputError."""
    given: Any = spec
    try:
        if isinstance(spec, str):
            given = _read(spec)
        plan = given if isinstance(given, Plan) else _plan_of_value(given)
    except _UnfitError as error:
        what, hint = error.args
        raise InputError(f"input {name}: {_shown(given)} {what}", hint=hint) from None
    return replace(plan, name=name)


def parse_specs(text: str) -> dict[str, InputSpec]:
    """Read `x=uniform(2, 3); k=2` (as --inputs takes it). Raises InputError."""
    try:
        statements = ast.parse(text).body
    except _UNREADABLE as error:
        message = f"--inputs {_shown(text)} cannot be read ({_reason(error)})"
        raise InputError(message, hint="write x=uniform(2, 3); k=2") from None
    specs: dict[str, InputSpec] = {}
    for statement in statements:
        targets = statement.targets if isinstance(statement, ast.Assign) else []
        target = targets[0] if len(targets) == 1 else None
        if not isinstance(target, ast.Name) or not isinstance(statement, ast.Assign):
            given = _shown(ast.get_source_segment(text, statement) or text)
            raise InputError(f"--inputs: {given} gives no one name", hint="write x=uniform(2, 3)")
        specs[target.id] = ast.get_source_segment(text, statement.value) or ""
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
    """What is wrong, without the file name that a SyntaxError appends."""
    reason = error.msg if isinstance(error, SyntaxError) else str(error)
    return reason.partition(";")[0] or "it is nested too deeply"


def _shown(spec: object) -> str:
    """A specification as a message quotes it, shortened if it is long."""
    try:
        text = repr(spec)
    except ValueError:  # a whole number of thousands of digits
        return "a whole number"
    return text if len(text) <= 80 else f"{text[:60]}...{text[-10:]}"


@lru_cache(maxsize=4096)
def _read(spec: str) -> Any:
    """The plan of a call of a maker, or the value that is written out."""
    if len(spec) > _MAX_TEXT:
        raise _UnfitError(f"is longer than {_MAX_TEXT:,} characters")
    try:
        node = ast.parse(spec.strip(), mode="eval").body
    except _UNREADABLE as error:
        raise _UnfitError(f"is not an expression ({_reason(error)})") from None
    return _plan_of_call(spec, node) if isinstance(node, ast.Call) else _literal(node)


class _Constants(ast.NodeTransformer):
    """Puts numbers in place of the names that stand for them: nan and inf."""

    def visit_Name(self, node: ast.Name) -> ast.expr:
        special = node.id in ("nan", "inf")
        return ast.copy_location(ast.Constant(float(node.id)), node) if special else node


def _literal(node: ast.expr) -> Any:
    try:
        value = ast.literal_eval(_Constants().visit(node))
    except _UNREADABLE:
        hint = f"use a literal or one of: {', '.join(MAKERS)}"
        raise _UnfitError("is neither a literal nor a call of a maker", hint) from None
    value = list(value) if isinstance(value, tuple) else value
    if not isinstance(value, (*_SCALARS, list)):
        raise _UnfitError(f"is a {type(value).__name__}", "use a number, text or list")
    return value


def _plan_of_value(value: Any) -> Plan:
    """The plan of what is written out: an array of a list, anything else as it is."""
    if isinstance(value, list):
        return _plan_of_list(value)
    if isinstance(value, int) and value.bit_length() > _MAX_BITS:
        raise _UnfitError("is larger than any float64")
    return Plan(plain=value)


def _plan_of_list(value: list[Any]) -> Plan:
    shape: list[int] = []
    level: Any = value
    while isinstance(level, (list, tuple)):
        shape.append(len(level))
        level = level[0] if level else None
        if len(shape) > _MAX_DIMENSIONS:
            raise _UnfitError(f"has over {_MAX_DIMENSIONS} dimensions")
    if math.prod(shape) > ELEMENT_LIMIT:
        raise _UnfitError(f"is larger than {ELEMENT_LIMIT:,} elements")
    flat = value
    for length in shape[1:]:
        if not all(isinstance(part, (list, tuple)) and len(part) == length for part in flat):
            raise _UnfitError("has rows of unequal length")
        flat = [item for part in flat for item in part]
    if not all(isinstance(item, (bool, int, float)) for item in flat):
        raise _UnfitError("holds something other than numbers")
    dtype = "float32"
    if flat and all(isinstance(item, int) for item in flat):
        dtype = "bool" if all(isinstance(item, bool) for item in flat) else "int64"
    _require_fit(dtype, flat)
    return Plan("", tuple(shape), dtype, lambda _: flat)


def _require_fit(dtype: str, numbers: list[Any]) -> tuple[Any, ...]:
    """The numbers as the dtype holds them. Raises _UnfitError for one that it cannot hold."""
    try:
        return rounded(dtype, numbers)
    except (OverflowError, ValueError, struct.error) as error:
        raise _UnfitError(f"does not fit {dtype} ({error})") from None


def _plan_of_call(spec: str, node: ast.Call) -> Plan:
    called = node.func.id if isinstance(node.func, ast.Name) else spec.partition("(")[0].strip()
    maker = MAKERS.get(called) if isinstance(node.func, ast.Name) else None
    if maker is None:
        raise _UnfitError(f"calls {called}", did_you_mean(called, MAKERS))
    shape = _shape(called, [_literal(part) for part in node.args])
    options = {
        str(word.arg): word.value.id if isinstance(word.value, ast.Name) else _literal(word.value)
        for word in node.keywords
    }
    dtype = str(options.pop("dtype", maker.dtype))
    if dtype not in DTYPES:
        raise _UnfitError(f"has dtype {dtype!r}", did_you_mean(dtype, DTYPES))
    if maker.other_kinds.get(kind := dtype.rstrip("0123456789").removeprefix("u")):
        hint = f"use {maker.other_kinds[kind]}"
        raise _UnfitError(f"makes nothing useful in {dtype}", hint)
    bounds = _bounds(maker, options)
    _require_range(dtype, maker.range(math.prod(shape), **bounds))

    def values(generator: random.Random) -> list[Any]:
        numbers = maker.values(generator, shape, **bounds)
        if kind == "int":
            return [int(number) for number in numbers]
        if kind == "complex" and maker.is_random:
            return list(map(complex, numbers, maker.values(generator, shape, **bounds)))
        return numbers

    return Plan("", tuple(shape), dtype, values)


def _shape(called: str, lengths: list[Any]) -> list[int]:
    if not all(type(length) is int and length >= 0 for length in lengths):
        raise _UnfitError("has a shape that is not made of whole numbers")
    if called == "symmetric":
        if len(lengths) != 1:
            raise _UnfitError("has no one size", "write symmetric(3) for 3 x 3")
        lengths = lengths * 2
    if len(lengths) > _MAX_DIMENSIONS:
        raise _UnfitError(f"has over {_MAX_DIMENSIONS} dimensions")
    if math.prod(lengths) > ELEMENT_LIMIT:
        raise _UnfitError(f"is larger than {ELEMENT_LIMIT:,} elements")
    return lengths


def _bounds(maker: Maker, options: dict[str, Any]) -> dict[str, Any]:
    """The bounds that are given and the maker's own, by name."""
    for word in options:
        if word not in maker.bounds:
            allowed = ", ".join((*maker.bounds, "dtype")) if maker.bounds else "dtype only"
            raise _UnfitError(f"has the option {word!r}", f"allowed: {allowed}")
    bounds = {**maker.bounds, **options}
    for word, bound in bounds.items():
        is_number = type(bound) is int or (type(bound) is float and not maker.is_whole)
        if not is_number or not _is_finite(bound):
            expected = "a whole number" if maker.is_whole else "a finite number"
            raise _UnfitError(f"has {word}={_shown(bound)}", f"expected {expected}")
    if bounds and (
        bounds["low"] > bounds["high"] or (maker.is_whole and bounds["low"] == bounds["high"])
    ):
        raise _UnfitError("has impossible bounds", "low has to be below high")
    return bounds


def _is_finite(bound: float) -> bool:
    return bound.bit_length() < _MAX_BITS if isinstance(bound, int) else math.isfinite(bound)


def _require_range(dtype: str, ends: tuple[float, float]) -> None:
    """Check that a dtype holds the least and the greatest number, and can tell them apart."""
    low, high = _require_fit(dtype, list(ends))
    if low == high and ends[0] != ends[1]:
        raise _UnfitError(f"is the same number everywhere in {dtype}", "widen the bounds")
    if not math.isfinite(abs(high - low)):
        raise _UnfitError("has bounds too far apart")
