"""The search field."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from rich.highlighter import Highlighter
from textual.message import Message
from textual.widgets import Input

from mxcheat.tui.filters import WORD, without
from mxcheat.tui.keymap import keymap_in
from mxcheat.tui.keys import Scope, bindings_beside
from mxcheat.tui.trouble import Guarded
from mxcheat.tui.widgets.flow import settled_size
from mxcheat.tui.widgets.in_turn import InTurn

if TYPE_CHECKING:
    from rich.text import Text
    from textual import events
    from textual.binding import BindingType


class SearchField(Guarded, InTurn, Input, inherit_bindings=False):
    """Where the query is typed; keys of the registry are passed on."""

    SCOPE: Scope = "search"
    virtual_size = settled_size()
    BINDINGS: ClassVar[list[BindingType]] = [*bindings_beside(Input.BINDINGS, "search")]

    @dataclass
    class Pressed(Message):
        """A key with an action was pressed.

        It comes in turn with `Changed`: a binding would overtake what was typed just before.
        """

        key: str

    def __init__(self) -> None:
        super().__init__(
            placeholder="a name, code or words",
            select_on_focus=False,
            compact=True,
            id="search",
        )
        self.border_title = "mxcheat"
        self.cursor_blink = False  # it would be all that ever moves, and cost a slow line its room
        self.highlighter = FilterWords()

    def on_key(self, event: events.Key) -> None:
        """Pass on what is not for this field."""
        if keymap_in(self).actions(event.key, "search", "main"):
            event.prevent_default()
            event.stop()
            self.post_message(self.Pressed(event.key))

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
