"""What a worker answered, turned into a SideResult; nothing in it is taken on trust."""

from __future__ import annotations

import math
import struct
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from mxcheat.live.host.process import describe_exit
from mxcheat.live.outputs import read_outputs
from mxcheat.live.results import Failure, SideResult
from mxcheat.live.worker import wire

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mxcheat.cheatsheet.sides import Side
    from mxcheat.live.host.watch import RunOutcome

_FAILED = ("error", "unavailable")
# What reading a document that is no reply comes to.
_NO_REPLY = (
    LookupError,
    TypeError,
    ValueError,
    AttributeError,
    ArithmeticError,
    RecursionError,
    struct.error,
)
_GARBLED = Failure("protocol", "the snippet wrote into the channel that its outputs travel on")
_SPEECHLESS = "; the snippet closed or replaced what they travel through"
_SIGNALS = {
    "SIGKILL": "the process was killed from outside; most often memory had run out",
    "SIGSEGV": "compiled code touched memory that is not its own (endless recursion does, too)",
    "SIGABRT": "compiled code gave up; stderr may say why",
    "SIGBUS": "compiled code touched memory that is not there (a file that shrank, a full disk)",
    "SIGFPE": "compiled code divided by zero",
    "SIGILL": "compiled code uses an instruction that this processor does not have",
}


def read_reply(
    blank: SideResult, outcome: RunOutcome | Failure, version: str | None, timeout: float
) -> SideResult:
    """Fill in `blank` from what became of the run; `timeout` in seconds."""
    if isinstance(outcome, Failure):
        known = outcome.type in ("unavailable", "cancelled")
        return replace(blank, status=outcome.type if known else "crashed", error=outcome)
    result = replace(
        blank,
        version=version,
        stdout=outcome.stdout,
        stderr=outcome.stderr,
        truncated=outcome.truncated,
    )
    if outcome.ended == "reply" and outcome.reply is not None:
        return _read(result, outcome.reply)
    return _without_reply(result, outcome, timeout)


def why_no_answer(side: Side, outcome: RunOutcome, timeout: float) -> Failure:
    """Why a question of ours to `side` was not answered; `timeout` in seconds."""
    return read_reply(SideResult(side, "ok"), outcome, None, timeout).error or _GARBLED


def _without_reply(result: SideResult, outcome: RunOutcome, timeout: float) -> SideResult:
    if outcome.ended == "timeout":
        message = f"still running after {timeout:g} s"
        return replace(result, status="timeout", error=Failure("timeout", message))
    if outcome.ended == "cancelled":
        return replace(result, status="cancelled", error=Failure("cancelled", "stopped"))
    garbled = _GARBLED if outcome.ended == "garbled" else None
    failure = outcome.failure or garbled or _crash(outcome.exit_code)
    return replace(result, status="crashed", error=failure)


def _crash(exit_code: int | None) -> Failure:
    if exit_code is None:
        return Failure("crashed", "the process was lost")
    if exit_code < 0:
        name = describe_exit(exit_code)
        return Failure(name, _SIGNALS.get(name, "the process was ended by this signal"))
    how = f"the process ended by itself ({describe_exit(exit_code)}) before its outputs were sent"
    return Failure("exit", how + _SPEECHLESS if exit_code == wire.SPEECHLESS else how)


def _read(result: SideResult, reply: Mapping[str, Any]) -> SideResult:
    try:
        return _read_status(result, reply)
    except _NO_REPLY:
        return replace(result, status="crashed", error=_GARBLED)


def _read_status(result: SideResult, reply: Mapping[str, Any]) -> SideResult:
    status = reply["status"]
    if status == "ok":
        return replace(
            result,
            outputs=read_outputs(reply["outputs"]),
            omitted=int(reply["omitted"]),
            elapsed_ms=_finite(reply["elapsed_ms"]),
            bench=_bench(reply["bench"]),
        )
    if status in _FAILED:
        return replace(result, status=status, error=_failure(reply["error"]))
    raise ValueError(f"unknown status {str(status)[:80]!r}")


def _bench(figures: Mapping[str, Any] | None) -> dict[str, float] | None:
    if figures is None:
        return None
    median, spread = _finite(figures["median_ms"]), _finite(figures["iqr_ms"])
    return {"median_ms": median, "iqr_ms": spread, "iterations": int(figures["iterations"])}


def _finite(figure: Any) -> float:
    if not math.isfinite(figure):
        raise ValueError(f"{figure} is no time")
    return float(figure)


def _failure(error: Mapping[str, Any]) -> Failure:
    line = error.get("line")
    return Failure(
        str(error["type"]),
        str(error["message"]),
        line=line if isinstance(line, int) else None,
        fix=str(error.get("fix", "")),
        traceback=str(error.get("traceback", "")),
    )
