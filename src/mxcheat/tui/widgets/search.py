"""The search field."""

from __future__ import annotations

from textual.widgets import Input


class SearchField(Input):
    """Where the query is typed; keys it has no use for move through the results."""

    def __init__(self) -> None:
        super().__init__(
            placeholder="a name from either side, a line of code, a few words",
            select_on_focus=False,
            compact=True,
            id="search",
        )
        self.border_title = "mxcheat"
