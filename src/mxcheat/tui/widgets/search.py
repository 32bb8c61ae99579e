"""The search field, and what it shares with editors: keys act in the order they are pressed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, cast

from rich.highlighter import Highlighter
from textual.message import Message
from textual.widgets import Input

from mxcheat.render.language import label
from mxcheat.tui.actions import bindings_beside
from mxcheat.tui.filters import ALL, WORD, toggled, without
from mxcheat.tui.survival import Guarded
from mxcheat.tui.widgets.flow import settled_size

if TYPE_CHECKING:
    from rich.text import Text
    from textual import events
    from textual.binding import BindingType
    from textual.widget import Widget

    from mxcheat.tui.keymap import KeyMap
    from mxcheat.tui.shown import Scope


class InTurn:
    """A key that edits does so at once; as a binding it would wait behind what is typed after it.

    Keys that have an action are left alone.
    """

    SCOPE: Scope
    keymap: KeyMap

    async def _on_key(self, event: events.Key) -> None:
        """Do what the widget itself binds the key to."""
        widget = cast("Widget", self)
        if self.keymap.actions(event.key, self.SCOPE, "main", "app"):
            if event.is_printable:
                event.prevent_default()  # a letter pressed with Alt would be typed as well
            return
        for binding in widget._bindings.key_to_bindings.get(event.key, ()):
            if await widget.app.run_action(binding.action, widget):
                event.prevent_default()
                event.stop()
                return


class SearchField(Guarded, InTurn, Input, inherit_bindings=False):
    """Where the query is typed; keys that have an action are passed on."""

    SCOPE: Scope = "search"
    virtual_size = settled_size()
    BINDINGS: ClassVar[list[BindingType]] = [*bindings_beside(Input.BINDINGS, "search")]

    @dataclass
    class Pressed(Message):
        """A key with an action was pressed.

        It comes in turn with `Changed`: a binding would overtake what was typed just before.
        """

        key: str

    def __init__(self, keymap: KeyMap) -> None:
        super().__init__(
            placeholder=label("a name, code or words"),
            select_on_focus=False,
            compact=True,
            id="search",
        )
        self.keymap = keymap
        self.border_title = "mxcheat"
        self.cursor_blink = False  # it would be all that ever moves, and cost a slow line its room
        self.highlighter = _FilterWords()

    def on_key(self, event: events.Key) -> None:
        """Pass on keys that are not for this field."""
        if self.keymap.actions(event.key, "search", "main"):
            event.prevent_default()
            event.stop()
            self.post_message(self.Pressed(event.key))

    def _on_paste(self, event: events.Paste) -> None:
        """Put in all of a pasted text, on one line; Textual's own takes its first line only."""
        event.prevent_default()
        event.stop()
        self.put(event.text)

    def action_paste(self) -> None:
        """Put in what was copied last, as a paste does."""
        self.put(self.app.clipboard)

    def put(self, text: str) -> None:
        """Put a text, of any number of lines, in the place of what is selected."""
        from mxcheat.search.pasted import as_query  # noqa: PLC0415 - after the first paint

        self.replace(as_query(text), *self.selection)

    def toggle_filter(self, word: str) -> None:
        """Put a filter word into the query, or take it out; ALL takes out every one."""
        self.value = without(self.value) if word == ALL else toggled(self.value, word)

    def clear_filter(self) -> None:
        """Leave what is searched for, in all rows."""
        self.value = without(self.value)


class _FilterWords(Highlighter):
    """Highlights filter words in the query."""

    def highlight(self, text: Text) -> None:
        """Style `text` in place."""
        for match in WORD.finditer(text.plain):
            text.stylize("bold italic", match.start(), match.end())
