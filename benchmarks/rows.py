"""Rows to measure with: a thousand like those of the sheet, one that floods, one with a clock."""

from __future__ import annotations

import random
import re
from typing import TYPE_CHECKING, Any

import yaml

from benchmarks.figures import CannotMeasureError
from mxcheat.cheatsheet.reader import read_file
from mxcheat.loading import load
from mxcheat.paths import mappings_file

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from mxcheat.cheatsheet.sheet import Cheatsheet

COUNT = 1000
_NAMED = (
    "pytorch",
    "gluon",
    "before",
    "after",
    "also",
    "hybridized",
    "answers",
    "misprint",
    "printed",
)
# Making inputs takes the loader seconds; the others name what the copies do not have.
_NOT_RUN = ("inputs", "cases", "gradient", "differences", "arguments", "weights")
_WORDED = ("function", "keywords", "notes")
_ENDINGS = (
    "along",
    "into",
    "all",
    "by",
    "fast",
    "with",
    "at",
    "safe",
    "each",
    "part",
    "out",
    "from",
)
_CLOCK = "import time\nprint(f'<{time.monotonic_ns()}>')\ny"
_WORD = re.compile(r"\b[a-z]{4,}\b")


def thousand_rows(path: Path) -> Cheatsheet:
    """The sheet and as many copies of its rows as make a thousand; these go into `path`."""
    shipped = yaml.load(mappings_file().read_bytes(), Loader=yaml.CSafeLoader)["rows"]
    choose = random.Random(0)  # noqa: S311 - the same rows every time
    vocabulary = sorted({word for row in shipped for word in _WORD.findall(row["function"])})
    rows = [_varied(row, ending, choose, vocabulary) for ending in _ENDINGS for row in shipped]
    write_rows(path, rows)
    unsound = {problem.row for problem in read_file(path, load()).problems}
    sound = [row for row in rows if row["id"] not in unsound]
    write_rows(path, sound[: COUNT - len(load().rows)])
    return load([path])


def write_rows(path: Path, rows: list[dict[str, Any]]) -> None:
    """A data file for `--data`."""
    path.write_text(yaml.dump({"rows": rows}, Dumper=yaml.CSafeDumper, allow_unicode=True))


def flood_row(beat: Path) -> dict[str, Any]:
    """A row that prints without end, and touches a file to show that it goes on."""
    code = (
        "import os\n"
        f"open({str(beat)!r}, 'w').close()\n"
        "while True:\n"
        f"    os.utime({str(beat)!r})\n"
        "    for _ in range(1000):\n"
        "        print('flood ' * 12)"
    )
    return {
        "id": "bench-flood",
        "section": "tensor/operation",
        "function": "Print without end",
        "pytorch": code,
        "availability": "pytorch-only",
        "compare": "none",
        "reason": "It never ends.",
    }


def clock_row() -> dict[str, Any]:
    """clamp with one more line, which prints `<nanoseconds>`: no two runs look alike."""
    row = load().row("clamp")
    if row is None:
        raise CannotMeasureError("the sheet has no row clamp")
    return {
        "id": "bench-clock",
        "section": row.section,
        "function": "Clamp, and say when",
        "pytorch": row.pytorch,
        "gluon": row.gluon,
        "availability": "equivalent",
        "inputs": dict(row.inputs),
        "after": {"pytorch": _CLOCK, "gluon": _CLOCK},
    }


def _varied(
    row: dict[str, Any], ending: str, choose: random.Random, vocabulary: list[str]
) -> dict[str, Any]:
    """A copy whose APIs have an ending, and in which every third word is another."""
    tails = {api.rpartition(".")[2] for apis in row.get("answers", {}).values() for api in apis}
    names = re.compile(rf"\b({'|'.join(map(re.escape, sorted(tails)))})\b") if tails else None

    def named(text: str) -> str:
        return names.sub(rf"\1_{ending}", text) if names else text

    def worded(text: str) -> str:
        return _WORD.sub(lambda m: m[0] if choose.randrange(3) else choose.choice(vocabulary), text)

    changes = {**dict.fromkeys(_NAMED, named), **dict.fromkeys(_WORDED, worded)}
    copy = {key: value for key, value in row.items() if key not in _NOT_RUN}
    copy["answers"] = {
        side: [api for api in apis if _is_called(api, row.get(side, ""))]
        for side, apis in row.get("answers", {}).items()
    }
    for key, change in changes.items():
        if key in copy:
            copy[key] = _each(change, copy[key])
    return {**copy, "id": f"{row['id']}-{ending}"}


def _is_called(api: str, form: str) -> bool:
    """Whether a form calls a public name by its module's short name: nd.clip(...)."""
    short = ".".join(api.split(".")[-2:])
    return re.search(rf"(?<![\w.]){re.escape(short)}\(", form) is not None


def _each(change: Callable[[str], str], value: Any) -> Any:
    """`change` applied to every text in a value."""
    if isinstance(value, dict):
        return {key: _each(change, item) for key, item in value.items()}
    if isinstance(value, list):
        return [_each(change, item) for item in value]
    return change(value) if isinstance(value, str) else value
