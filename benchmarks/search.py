"""Search in process over a thousand rows: how long a query takes, beside rapidfuzz's WRatio.

Every sixth query of tests/search/queries.tsv is asked once of an index that has answered a few
others, so that its tables are made and no answer is remembered; the median over several such
rounds is that query's time. WRatio is asked for as many results from the rows as lines of text.
"""

from __future__ import annotations

import statistics
import time
from itertools import pairwise
from typing import TYPE_CHECKING

from rapidfuzz import fuzz, process

from benchmarks.figures import Figure, milliseconds, ratio, spread
from benchmarks.peers import texts_of
from benchmarks.queries import queries
from benchmarks.rows import COUNT, thousand_rows
from mxcheat.search import Index, find

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from benchmarks.setting import Setting

ROUNDS = 5
LIMIT = 10
# One of each kind: all tables are made, and what is imported late is imported.
FIRST = ("hardsigmoid", "clmpa", "draw numbers at random", "y = net(x[0])", "随机数")


def measure(setting: Setting) -> Iterator[Figure]:
    """Median and 99th percentile of a query; the ratio to WRatio; making the tables."""
    sheet = thousand_rows(setting.home / "thousand.yaml")
    lines = [" ".join(texts_of(row)) for row in sheet.rows]
    texts = [query.text for query in queries()[::6]]
    first, ours, theirs = [], [], []
    for _ in range(ROUNDS):
        index = Index(sheet.rows, sheet.calls)

        def search(query: str, index: Index = index) -> object:
            return find(index, query, LIMIT)

        def match(query: str) -> object:
            return process.extract(query, lines, scorer=fuzz.WRatio, limit=LIMIT)

        first.append(sum(_times(search, FIRST)))
        ours.append(_times(search, texts))
        theirs.append(_times(match, texts))
    by_query = _medians(ours)
    yield spread(f"a query over {COUNT} rows", by_query, {50: 2.0, 99: 8.0})
    yield ratio("the same", by_query, "WRatio", _medians(theirs))
    what = f"the first {len(FIRST)} queries, which make the tables"
    yield Figure(what, milliseconds(statistics.median(first)), "", "")


def _times(search: Callable[[str], object], texts: Sequence[str]) -> list[float]:
    """Seconds that each query takes."""
    moments = [time.perf_counter()]
    for text in texts:
        search(text)
        moments.append(time.perf_counter())
    return [end - start for start, end in pairwise(moments)]


def _medians(rounds: Sequence[Sequence[float]]) -> list[float]:
    """The median over all rounds of each query."""
    return [statistics.median(times) for times in zip(*rounds, strict=True)]
