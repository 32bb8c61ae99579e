"""python -m benchmarks [GROUP...]: measure, and print a table; `make bench` calls it."""

from __future__ import annotations

import importlib
import os
import sys
import tempfile
from pathlib import Path

from benchmarks.figures import HEADS, CannotMeasureError, line, table_line
from benchmarks.setting import Setting
from benchmarks.versions import versions

GROUPS = ("lookup", "search", "ranking", "names", "app", "live")


def main(names: list[str]) -> int:
    """Print the figures of the groups named, or of all. Reports and does not judge: 0."""
    unknown = [name for name in names if name not in GROUPS]
    if unknown:
        print(f"no group {unknown[0]!r}; there are {', '.join(GROUPS)}", file=sys.stderr)
        return 2
    load, _, _ = os.getloadavg()
    print(
        f"{versions()}\n{os.cpu_count()} processors, load {load:.2f}\n\n{line(HEADS)}", flush=True
    )
    for name in names or GROUPS:
        _report(name)
    return 0


def _report(name: str) -> None:
    group = importlib.import_module(f"benchmarks.{name}")
    print(f"{name}:")
    with tempfile.TemporaryDirectory(prefix="mxcheat-bench-") as home:
        try:
            for figure in group.measure(Setting(Path(home))):
                print(table_line(figure), flush=True)
        except CannotMeasureError as error:
            print(f"  not measured: {error}", flush=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
