"""Live runs from the command line, beside the bare imports, which nothing can do without."""

from __future__ import annotations

import json
import resource
import statistics
import subprocess
import time
from typing import TYPE_CHECKING

from benchmarks.figures import CannotMeasureError, Figure, at_most, interleaved, ratio
from benchmarks.setting import MXCHEAT, PYTHON, Setting, check_output
from mxcheat.cheatsheet.sides import SIDES
from mxcheat.loading import load

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mxcheat.cheatsheet.row import Row

PAIRS = 8
# MXNet 1.9.1 asks NumPy for a name that it has no longer; with that put back it imports.
IMPORTS = ("import torch", "import numpy; numpy.bool = bool; import mxnet")
TRY = [MXCHEAT, "try", "addmm"]


def measure(setting: Setting) -> Iterator[Figure]:
    """One-shot `try` and seconds a row of `verify`, beside both imports started together."""
    ours, theirs = interleaved(
        PAIRS + 1, lambda: setting.piped(TRY, "torch.addmm"), lambda: _both_imports(setting)
    )
    yield ratio("try addmm", ours[1:], "slower import", theirs[1:], 1.25)
    yield _verify(setting, statistics.median(theirs[1:]))


def _both_imports(setting: Setting) -> float:
    """Seconds until both imports, started side by side, have ended."""
    began = time.perf_counter()
    started = [
        subprocess.Popen([PYTHON, "-c", code], env=setting.environment, stderr=subprocess.DEVNULL)
        for code in IMPORTS
    ]
    codes = [process.wait(120) for process in started]
    took = time.perf_counter() - began
    if any(codes):
        raise CannotMeasureError(f"{' and '.join(IMPORTS)} ended with {codes}")
    return took


def _verify(setting: Setting, imports: float) -> Figure:
    """Seconds a row of the whole command, over the rows that start no process group."""
    ids = [row.id for row in load().rows if not _starts_group(row)]
    command = [MXCHEAT, "verify", *ids, "--json"]
    began, computed = time.perf_counter(), _children_computed()
    done = subprocess.run(command, env=setting.environment, capture_output=True, check=False)
    took, computed = time.perf_counter() - began, _children_computed() - computed
    check_output(command[:2], done.stdout, '"summary"', done.stderr)
    summary = json.loads(done.stdout)["summary"]
    rows = summary["rows"]
    beside = (
        f"{computed / rows:.2f} s of a processor; imports alone {imports / rows:.3f} s; "
        f"{summary['ok']} of {rows} ok"
    )
    return at_most("verify --json, a row", took / rows, "s", 0.12, beside)


def _children_computed() -> float:
    """Seconds of processor time of all processes below this one that have ended."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _starts_group(row: Row) -> bool:
    snippets = [snippet.code for side in SIDES if (snippet := row.snippet(side))]
    return "init_process_group" in "\n".join(snippets)
