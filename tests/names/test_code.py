"""Whole files, as people write them, kept in `code/`: each line with what it uses.

A file of `code/` holds several texts, each after a line `=== what it is`. In a text `#: ` behind a
line, or on lines of their own above it, gives the symbols that begin there, in any order; `!` is a
use that cannot be told.
"""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

import pytest

from mxcheat.cheatsheet.usage import read_usage
from mxcheat.names.resolve import read
from mxcheat.names.uses import Around
from mxcheat.paths import usage_file

AROUND = Around(listed={used.name for used in read_usage(usage_file())})

FILES = sorted(Path(__file__).with_name("code").glob("*.txt"))


def texts(path: Path) -> list[tuple[str, str]]:
    """The texts of a file, each with what it is."""
    parts = path.read_text("utf-8").split("=== ")[1:]
    return [(path.stem + ": " + name, text) for name, _, text in (p.partition("\n") for p in parts)]


def said(text: str) -> dict[int, list[str]]:
    """The symbols that a text says each line uses, by line."""
    found = defaultdict(list)
    waiting: list[str] = []
    for number, line in enumerate(text.split("\n"), 1):
        code, mark, symbols = line.partition("#: ")
        waiting += symbols.split() if mark else []
        if code.strip() and waiting:
            found[number] = sorted(waiting)
            waiting = []
    return dict(found)


def told(text: str) -> dict[int, list[str]]:
    """The symbols that are found in a text, by line."""
    found = defaultdict(list)
    for use in read(text, around=AROUND).uses:
        found[use.line].append(use.symbol or "!")
    return {line: sorted(symbols) for line, symbols in found.items()}


CASES = [case for path in FILES for case in texts(path)]


@pytest.mark.parametrize(("name", "text"), CASES, ids=[name for name, _ in CASES])
def test_each_line_uses_what_is_said_of_it(name: str, text: str) -> None:
    assert told(text) == said(text), name
