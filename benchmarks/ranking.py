"""How often the right row comes first, and among the first three, beside WRatio and fzf.

The queries of tests/search/queries.tsv over the shipped rows: those that the ranking was tuned
on, and those kept aside.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from benchmarks.figures import Figure, at_least
from benchmarks.peers import fzf, wratio
from benchmarks.queries import queries
from mxcheat.loading import load
from mxcheat.search import Index, find

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from benchmarks.peers import Matcher
    from benchmarks.queries import Query
    from benchmarks.setting import Setting

GOALS = {1: 0.97, 3: 0.99}


def measure(_: Setting) -> Iterator[Figure]:
    """Top-1 and top-3 of both parts, ours and theirs."""
    sheet = load()
    index = Index(sheet.rows, sheet.calls)
    peers = {"WRatio": wratio(sheet.rows), "fzf": fzf(sheet.rows)}
    everything = queries()
    asked = [query for query in everything if query.rows]
    for part in ("tuned", "held"):
        of_part = [query for query in asked if query.held == (part == "held")]
        for among, goal in GOALS.items():
            ours = _share(lambda text: [hit.row.id for hit in find(index, text)], of_part, among)
            beside = " · ".join(
                f"{name} {_share(peer, of_part, among):.1%}" if peer else f"no {name}"
                for name, peer in peers.items()
            )
            what = f"{part} queries ({len(of_part)}), row among the first {among}"
            yield at_least(what, ours, beside, goal)
    nothing = [query for query in everything if not query.rows]
    refused = sum(not find(index, query.text) for query in nothing) / len(nothing)
    what = f"nothing found where there is nothing ({len(nothing)})"
    yield Figure(what, f"{refused:.1%}", "", "")


def _share(match: Matcher, asked: Sequence[Query], among: int) -> float:
    """The share of queries of whose rows one is among the first so many."""
    right = (not set(query.rows).isdisjoint(match(query.text)[:among]) for query in asked)
    return sum(right) / len(asked)
