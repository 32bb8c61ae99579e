"""The matchers beside which search is shown, each as good as was found: WRatio and fzf.

fzf gets a row as one line: id, function, the function in Chinese, both forms, keywords. WRatio
gets these texts one by one, and a row counts by the best of them, which ranks better than lines.
"""

from __future__ import annotations

import shutil
import subprocess
from typing import TYPE_CHECKING

from rapidfuzz import fuzz, process, utils

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from mxcheat.cheatsheet.row import Row

    # From a query to the ids of rows, best first.
    Matcher = Callable[[str], Sequence[str]]

# Capitals do not count; of equals, the one whose match begins first comes first.
_FZF_OPTIONS = ("--delimiter=\t", "--nth=2..", "-i", "--tiebreak=begin")


def texts_of(row: Row) -> list[str]:
    """What is known of a row but its notes."""
    said = (row.id, row.function, row.chinese, row.pytorch, row.gluon, *row.keywords)
    return [" ".join(text.split()) for text in said if text]


def wratio(rows: Sequence[Row]) -> Matcher:
    """rapidfuzz over texts in small letters and without punctuation."""
    said = [(utils.default_process(text), row.id) for row in rows for text in texts_of(row)]
    texts, ids = zip(*said, strict=True)

    def match(query: str) -> list[str]:
        typed = utils.default_process(query)
        found = process.extract(typed, texts, scorer=fuzz.WRatio, limit=None)
        return list(dict.fromkeys(ids[number] for _, _, number in found))

    return match


def fzf(rows: Sequence[Row]) -> Matcher | None:
    """`fzf --filter`: the words of a query in any order; None where fzf is not installed."""
    command = shutil.which("fzf")
    lines = "\n".join(f"{row.id}\t{' '.join(texts_of(row))}" for row in rows)

    def match(query: str) -> list[str]:
        done = subprocess.run(
            [str(command), *_FZF_OPTIONS, f"--filter={query}"],
            input=lines,
            capture_output=True,
            text=True,
            check=False,  # 1 when nothing matches
        )
        return [line.split("\t")[0] for line in done.stdout.splitlines()]

    return match if command else None
