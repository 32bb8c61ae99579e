"""The recorded queries of tests/search/queries.tsv."""

from __future__ import annotations

from typing import NamedTuple

from benchmarks.setting import ROOT


class Query(NamedTuple):
    """What was typed, the rows of which one is to come first, and whether it was kept aside.

    No rows: nothing is to be found.
    """

    text: str
    rows: tuple[str, ...]
    held: bool


def queries() -> list[Query]:
    """All of them, in the order of the file."""
    lines = (ROOT / "tests" / "search" / "queries.tsv").read_text("utf-8").splitlines()
    fields = [line.split("\t") for line in lines if line and not line.startswith("#")]
    return [Query(text, _rows(row), "held" in marks) for text, row, *marks in fields]


def _rows(text: str) -> tuple[str, ...]:
    return () if text == "-" else tuple(text.split("|"))
