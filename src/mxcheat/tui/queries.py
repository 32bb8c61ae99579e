"""Going back to earlier queries, and forth again."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence


class Earlier:
    """Where one stands among earlier queries, latest first; typing something else ends it."""

    def __init__(self) -> None:
        self._at = -1
        self._first = ""
        self._given: str | None = None

    def step(self, by: int, now: str, queries: Sequence[str]) -> str:
        """The query `by` steps before `now`; after the latest comes what was typed at first."""
        if now != self._given:
            self._at, self._first = -1, now
        others = [query for query in queries if query != self._first]
        self._at = max(-1, min(len(others) - 1, self._at + by))
        self._given = others[self._at] if self._at >= 0 else self._first
        return self._given
