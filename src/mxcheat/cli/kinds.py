"""What values of each kind there are, for completion; the kind is what a metavar says."""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING

from mxcheat.cli.arguments import kind_of

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator, Sequence

    from mxcheat.cheatsheet.sheet import Cheatsheet

    # Word -> what it means. The empty word stands for any name of a file, and its meaning for
    # what is to stand before that name.
    Group = dict[str, str]


def values(action: argparse.Action, typed: str, files: Sequence[str]) -> Iterator[Group]:
    """What an option or a word that begins with `typed` may be; `files` are rows of the user's.

    Raises MxcheatError for a file or a configuration with problems.
    """
    kind = kind_of(action)
    if action.choices is not None:
        yield dict.fromkeys(action.choices, "")
    elif kind in ("ROW", "QUERY"):
        yield from _rows(_sheet(files))
    elif kind == "S":
        yield _sections(_sheet(files))
    elif kind == "A":
        yield _availabilities()
    elif kind == "CTX":
        yield _devices()
    elif kind == "KIND":
        yield _kinds_of_findings()
    elif kind in ("FILE", "PATH", "PROGRAM"):
        yield {"": ""}
    elif kind == "CODE" and typed.startswith("@"):
        yield {"": "@"}


def _sheet(files: Sequence[str]) -> Cheatsheet:
    from pathlib import Path  # noqa: PLC0415 - options and commands are known without

    from mxcheat.config import row_files  # noqa: PLC0415
    from mxcheat.loading import load  # noqa: PLC0415

    configured = [*map(Path, row_files())]
    return load([*configured, *map(Path, files)], configured)


def _rows(sheet: Cheatsheet) -> Iterator[Group]:
    """Ids, then the names of either side: in full, then as code writes them."""
    from mxcheat.cheatsheet.code import short_name  # noqa: PLC0415 - ids are known without

    yield {row.id: row.function for row in sheet.rows}
    named = [
        (side, name, row.function)
        for row in sheet.rows
        for side, names in row.answers.items()
        for name in names
    ]
    yield {name: function for _, name, function in named}
    yield {short_name(name, side): function for side, name, function in named}
    yield {
        f"mx.{name.removeprefix('mxnet.')}": function
        for _, name, function in named
        if name.startswith("mxnet.")
    }


def _sections(sheet: Cheatsheet) -> Group:
    """Sections, and what several of them lie below."""
    above = {name.partition("/")[0]: "all below it" for name in sheet.sections}
    return {**above, **sheet.sections}


def _availabilities() -> Group:
    from mxcheat.cheatsheet.row import AVAILABILITIES  # noqa: PLC0415

    return dict.fromkeys(AVAILABILITIES, "")


def _kinds_of_findings() -> Group:
    from mxcheat.scan.findings import KINDS  # noqa: PLC0415

    return dict(KINDS)


def _devices() -> Group:
    """The CPU and the first GPU, even if there is none; of the others, those the driver shows."""
    try:
        shown = re.findall(r"^nvidia(\d+)$", "\n".join(os.listdir("/dev")), re.MULTILINE)
    except OSError:
        shown = []
    return dict.fromkeys(["cpu", *(f"gpu{index}" for index in sorted({0, *map(int, shown)}))], "")
