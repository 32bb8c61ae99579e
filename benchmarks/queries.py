"""The recorded queries of tests/search/queries.tsv."""

from __future__ import annotations

from typing import NamedTuple

from benchmarks.setting import ROOT


class Query(NamedTuple):
    """What was typed, the row that is to come first, and whether it was kept aside."""

    text: str
    row: str
    held: bool


def queries() -> list[Query]:
    """All of them, in the order of the file."""
    lines = (ROOT / "tests" / "search" / "queries.tsv").read_text("utf-8").splitlines()
    fields = [line.split("\t") for line in lines if line and not line.startswith("#")]
    return [Query(text, row, "held" in marks) for text, row, *marks in fields]
