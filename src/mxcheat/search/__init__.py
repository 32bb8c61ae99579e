"""From what someone remembers to the rows they mean: pure functions over rows."""

from mxcheat.search.index import Index
from mxcheat.search.nothing import Unanswered, suggest, unanswered
from mxcheat.search.rank import Hit, find, ranked

__all__ = ["Hit", "Index", "Unanswered", "find", "ranked", "suggest", "unanswered"]
