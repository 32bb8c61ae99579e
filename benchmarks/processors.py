"""Whether every row holds on other processors: with other kernels, orders of sums, engines.

    .venv/bin/python -m benchmarks.processors [ROW...]

Runs `mxcheat verify` under each setting, and prints a line for each: how many rows hold, how long
it took, the row that comes closest to breaking its tolerance (the share of it that it takes), and
why a row does not hold. Ends with 1 if one does not.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import Any

_SSE = {
    "ATEN_CPU_CAPABILITY": "default",
    "OPENBLAS_CORETYPE": "Nehalem",
    "ONEDNN_MAX_CPU_ISA": "SSE41",
    "DNNL_MAX_CPU_ISA": "SSE41",
    "MKL_ENABLE_INSTRUCTIONS": "SSE4_2",
}
_AVX = {
    "ATEN_CPU_CAPABILITY": "default",
    "OPENBLAS_CORETYPE": "Sandybridge",
    "ONEDNN_MAX_CPU_ISA": "AVX",
    "DNNL_MAX_CPU_ISA": "AVX",
    "MKL_ENABLE_INSTRUCTIONS": "AVX",
}
_NO_ONEDNN = {"MXNET_MKLDNN_ENABLED": "0"}
_SAFE = {"MXNET_SAFE_ACCUMULATION": "1"}
_NAIVE = {"MXNET_ENGINE_TYPE": "NaiveEngine"}
_ONE_THREAD = {"OMP_NUM_THREADS": "1"}
_ALL_CORES = {"OMP_NUM_THREADS": str(os.cpu_count())}  # otherwise each side takes half of them
# What a processor or a user may choose: a name, and the environment that brings it about here.
SETTINGS: dict[str, dict[str, str]] = {
    "as it is": {},
    "SSE4.1": _SSE,
    "AVX": _AVX,
    "no oneDNN in MXNet": _NO_ONEDNN,
    "safe accumulation": _SAFE,
    "naive engine": _NAIVE,
    "one thread": _ONE_THREAD,
    "all cores": _ALL_CORES,
    "all but AVX": {**_SSE, **_NO_ONEDNN, **_SAFE, **_NAIVE, **_ONE_THREAD},
}
_CHOICES = {name for chosen in SETTINGS.values() for name in chosen}


def main(rows: list[str]) -> int:
    """Print a line for each setting as it is known, and what does not hold below it."""
    held = True
    for name, chosen in SETTINGS.items():
        document = verified(chosen, rows)
        failed = [row for row in document["rows"] if not row["ok"]]
        held = held and not failed
        summary = document["summary"]
        counts = f"{summary['ok']} of {summary['rows']} rows hold"
        seconds = f"{document['seconds']:.0f} s"
        print(f"{name:<20}  {counts}  {seconds:>5}  {_closest(document)}", flush=True)
        for row in failed:
            print(f"    {row['id']}: {row['reason']}", flush=True)
    return 0 if held else 1


def verified(chosen: dict[str, str], rows: list[str]) -> dict[str, Any]:
    """What `verify --json` prints under a setting, without what is set here already."""
    inherited = {name: value for name, value in os.environ.items() if name not in _CHOICES}
    command = [sys.executable, "-m", "mxcheat", "verify", "--json", *rows]
    done = subprocess.run(
        command, env={**inherited, **chosen}, stdout=subprocess.PIPE, text=True, check=False
    )
    document: dict[str, Any] = json.loads(done.stdout)
    return document


def _closest(document: dict[str, Any]) -> str:
    judged = [row for row in document["rows"] if row["share"] is not None]
    closest = max(judged, key=lambda row: row["share"], default=None)
    return f"closest: {closest['id']}, {closest['share']:.2f}" if closest else "no numbers"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
