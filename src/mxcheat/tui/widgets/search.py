"""The search field."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from rich.highlighter import Highlighter
from textual.widgets import Input

from mxcheat.tui.filters import WORD, without
from mxcheat.tui.keys import Scope, bindings
from mxcheat.tui.trouble import Guarded

if TYPE_CHECKING:
    from rich.text import Text
    from textual.binding import BindingType


class SearchField(Guarded, Input):
    """Where the query is typed; keys it has no use for move through the results."""

    SCOPE: Scope = "search"
    BINDINGS: ClassVar[list[BindingType]] = [*bindings("search")]

    def __init__(self) -> None:
        super().__init__(
            placeholder="a name from either side, a line of code, a few words",
            select_on_focus=False,
            compact=True,
            id="search",
        )
        self.border_title = "mxcheat"
        self.highlighter = FilterWords()

    @property
    def is_filtered(self) -> bool:
        """Whether the query says which rows to look at."""
        return WORD.search(self.value) is not None

    def clear_filter(self) -> None:
        """Leave what is searched for, in all rows."""
        self.value = without(self.value)


class FilterWords(Highlighter):
    """Sets filter words off from what is searched for."""

    def highlight(self, text: Text) -> None:
        """Style `text` in place."""
        for match in WORD.finditer(text.plain):
            text.stylize("bold italic", match.start(), match.end())
