"""What a live run gives back: outputs, the two sides, the verdict, and their JSON."""

from __future__ import annotations

import math
import signal
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from mxcheat.cheatsheet.arrays import from_values
from mxcheat.live.verdict.tolerance import UNKNOWN, Terms

if TYPE_CHECKING:
    from mxcheat.cheatsheet.arrays import Array
    from mxcheat.cheatsheet.row import Row
    from mxcheat.cheatsheet.sides import Side

SCHEMA = 1

SIDE_STATUSES = ("ok", "error", "timeout", "crashed", "unavailable", "none", "cancelled")
VERDICT_STATUSES = ("equal", "close", "different", "stochastic", "not-compared")
AGREEING = ("equal", "close", "stochastic")
# Dtypes of Python numbers that an array can have.
STORED = ("int64", "uint64", "float64", "complex128")


@dataclass(frozen=True)
class Described:
    """What a framework says of one of its names; empty where it says nothing."""

    name: str
    signature: str
    doc: str


@dataclass(frozen=True)
class Step:
    """A step from a container, of that kind and length, to one of the values it holds.

    The first step of all is to an output (kind "output"). `name` is the container's, `key` what
    Items say of the value.
    """

    kind: str
    position: int
    key: str | None
    length: int
    name: str


@dataclass(frozen=True)
class Items:
    """What a container holds: each value with its key, "" in a sequence or a set.

    A key is a text that tells its type as well, None if it cannot be compared. Of a container with
    too many values the leading ones are here, and `digest` is of all; `exact` says that none of
    them has a tolerance.
    """

    values: tuple[tuple[str | None, Output], ...]
    length: int
    digest: str = ""
    exact: bool = False


@dataclass(frozen=True)
class Output:
    """One value that a snippet left: an array, or something small enough to print.

    `kind` is "array", "number", "bool", "text", "bytes", "none", "dtype", "device", "range",
    "object", or that of a container: "sequence", "mapping", "set", "record". `shape` and `dtype`
    are those of an array or a number; `text` is bounded.
    `array` holds the values of an array, of a number that is an output, of a sequence of numbers of
    one type; `value` any other comparable value, Items for a container's.
    A container of arrays comes as one output for each value in it: `path` leads to this one.
    """

    name: str
    kind: str
    shape: tuple[int, ...] | None
    dtype: str | None
    text: str
    array: Array | None = None
    value: Any = None
    path: tuple[Step, ...] = ()

    def as_array(self) -> Array | None:
        """The values: its array, or one of no dimensions for a number."""
        if self.array is not None or self.dtype not in (*STORED, "bool"):
            return self.array
        return from_values((), self.dtype, [self.value])

    def to_json(self) -> dict[str, Any]:
        shape = None if self.shape is None else list(self.shape)
        return {
            "name": self.name,
            "kind": self.kind,
            "shape": shape,
            "dtype": self.dtype,
            "text": self.text,
        }


# Types of failure that are no exception and no signal; their message says all.
_OUR_OWN_TYPES = ("unavailable", "timeout", "cancelled", "crashed", "protocol", "exit")


@dataclass(frozen=True)
class Failure:
    """Why a side has no outputs: a type (an exception, a signal), a message, what mends it."""

    type: str
    message: str
    line: int | None = None
    fix: str = ""
    traceback: str = ""

    def to_json(self) -> dict[str, Any]:
        return vars(self).copy()

    def __str__(self) -> str:
        if self.type in _OUR_OWN_TYPES:
            return self.message
        where = f" (line {self.line})" if self.line else ""
        return f"{self.type}{where}: {self.message}" if self.message else f"{self.type}{where}"


def describe_exit(code: int) -> str:
    """A return code in words: the signal's name, or the number."""
    if code < 0:
        try:
            return signal.Signals(-code).name
        except ValueError:
            return f"signal {-code}"
    return f"exit code {code}"


@dataclass(frozen=True)
class SideResult:
    """What became of one side. `status` is one of SIDE_STATUSES, `elapsed_ms` milliseconds.

    `omitted` counts the outputs beyond those that a reply carries; `alone` is false if other
    runs were in its process before; `seconds` is wall-clock time from question to answer.
    """

    side: Side
    status: str
    code: str = ""
    version: str | None = None
    device: str = "cpu"
    stdout: str = ""
    stderr: str = ""
    truncated: bool = False
    outputs: tuple[Output, ...] = ()
    omitted: int = 0
    error: Failure | None = None
    elapsed_ms: float | None = None
    origin: str = "live"
    bench: dict[str, float] | None = None
    alone: bool = True
    seconds: float = 0.0

    @property
    def ok(self) -> bool:
        """Whether the snippet ran to its end and left its outputs."""
        return self.status == "ok"

    def to_json(self) -> dict[str, Any]:
        return {
            "status": self.status,
            "origin": self.origin,
            "version": self.version,
            "device": self.device,
            "code": self.code,
            "stdout": self.stdout,
            "stderr": self.stderr,
            "truncated": self.truncated,
            "outputs": [output.to_json() for output in self.outputs],
            "omitted": self.omitted,
            "error": self.error.to_json() if self.error else None,
            "elapsed_ms": self.elapsed_ms,
            "bench": self.bench,
        }


@dataclass(frozen=True)
class Verdict:
    """Whether the sides agree. `where` names the output and the index that differ most.

    The differences are that element's, None where there is no number to give (nothing was
    compared, or the difference is not finite). `rtol` and `atol` are the tolerances that were
    applied to the output that the reason is about; `share` is the largest share of what was
    allowed that an element took, above 1 where it broke the tolerance. `partly` says what was left
    out, or judged by figures only, if something was.
    """

    status: str
    reason: str
    max_abs_diff: float | None = None
    max_rel_diff: float | None = None
    rtol: float | None = None
    atol: float | None = None
    where: str = ""
    share: float | None = None
    partly: str | None = None

    def to_json(self) -> dict[str, Any]:
        return {
            "status": self.status,
            "max_abs_diff": _finite(self.max_abs_diff),
            "max_rel_diff": _finite(self.max_rel_diff),
            "rtol": self.rtol,
            "atol": self.atol,
            "share": _finite(self.share),
            "where": self.where,
            "reason": self.reason,
            "partly": self.partly,
        }


def _finite(number: float | None) -> float | None:
    return number if number is not None and math.isfinite(number) else None


@dataclass(frozen=True, repr=False)
class TryResult:
    """One try: the inputs both sides were given (described), the sides, and the verdict.

    `terms` is what the tolerance of the verdict was derived from.
    """

    row: Row | None
    ctx: str
    inputs: dict[str, dict[str, Any]]
    pytorch: SideResult
    gluon: SideResult
    verdict: Verdict
    terms: Terms = UNKNOWN

    def __repr__(self) -> str:
        what = self.row.id if self.row else "a pair"
        statuses = "".join(f", {side.side} {side.status}" for side in self.sides if not side.ok)
        reason = f": {self.verdict.reason}" if self.verdict.reason else ""
        return f"<{what} on {self.ctx}{statuses}, {self.verdict.status}{reason}>"

    @property
    def sides(self) -> tuple[SideResult, SideResult]:
        """PyTorch first."""
        return self.pytorch, self.gluon

    @property
    def lacks_a_side(self) -> bool:
        """Whether a framework or a device is missing, which no second run will bring."""
        return any(side.status == "unavailable" for side in self.sides)

    def side(self, side: Side) -> SideResult:
        """The result of one side."""
        return self.pytorch if side == "pytorch" else self.gluon

    def to_json(self) -> dict[str, Any]:
        return {
            "schema": SCHEMA,
            "row": self.row.public_json() if self.row else None,
            "ctx": self.ctx,
            "inputs": self.inputs,
            "pytorch": self.pytorch.to_json(),
            "gluon": self.gluon.to_json(),
            "verdict": self.verdict.to_json(),
        }
