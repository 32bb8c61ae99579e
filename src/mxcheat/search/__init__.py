"""From what someone remembers to the rows they mean: pure functions over rows."""

from mxcheat.search.index import Index
from mxcheat.search.rank import Hit, find, ranked, suggest

__all__ = ["Hit", "Index", "find", "ranked", "suggest"]
