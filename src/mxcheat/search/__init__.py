"""From what someone remembers to the rows they mean: pure functions over rows."""

from mxcheat.search.index import Index
from mxcheat.search.rank import Hit, find, ranked, suggest
from mxcheat.search.unanswered import Unanswered, unanswered

__all__ = ["Hit", "Index", "Unanswered", "find", "ranked", "suggest", "unanswered"]
