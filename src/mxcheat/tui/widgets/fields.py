"""Fields that are typed into: the search, and editors of code with our colours."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, cast

from rich.highlighter import Highlighter
from rich.text import Text
from textual.binding import Binding
from textual.content import Content
from textual.message import Message
from textual.widgets import Input, TextArea

from mxcheat.render.inert import inert_line, one_for_one
from mxcheat.tui.actions import bindings_beside
from mxcheat.tui.filters import ALL, WORD, toggled, without
from mxcheat.tui.survival import Guarded
from mxcheat.tui.text.lines import highlight
from mxcheat.tui.widgets.flow import Titled, settled_size

if TYPE_CHECKING:
    from rich.style import Style
    from textual import events
    from textual.binding import BindingType
    from textual.widget import Widget

    from mxcheat.tui.keymap import KeyMap
    from mxcheat.tui.shown import Scope

_PROBLEM = "underline $text-error"


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
            placeholder="a name, code or words",
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


class Editor(Guarded, InTurn, Titled, TextArea, inherit_bindings=False):
    """Code being changed; a line that is wrong can be marked, with what is wrong beside it."""

    SCOPE: Scope = "edit"
    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings_beside(TextArea.BINDINGS, "edit"),
        Binding("ctrl+home", "start", "Start of the text", show=False),
        Binding("ctrl+end", "end", "End of the text", show=False),
    ]

    def __init__(self, keymap: KeyMap, placeholder: str) -> None:
        super().__init__(
            tab_behavior="indent",
            placeholder=Content(placeholder),
            highlight_cursor_line=False,
            classes="pane",
        )
        self.keymap = keymap
        self.cursor_blink = False
        self._problem: tuple[int, str] | None = None
        self._coloured: tuple[str, list[Content]] | None = None

    @property
    def height_of_text(self) -> int:
        """Lines on the screen that the text takes."""
        return self.wrapped_document.height

    def mark(self, line: int | None, message: str = "") -> None:
        """Mark a line (from 0) as wrong and say why beside it; None marks nothing."""
        problem = None if line is None else (line, inert_line(message))
        if problem != self._problem:
            self._problem = problem
            self.notify_style_update()  # forgets the lines that have been drawn
            self.refresh()

    def put(self, text: str) -> None:
        """Replace the whole text, in a way that can be undone."""
        self.replace(text, self.document.start, self.document.end)
        self.move_cursor(self.document.start)

    def get_line(self, line_index: int) -> Text:
        """A line in colour; characters that act are replaced, one for one, by their signs."""
        content = self._lines()[line_index]
        line = Text(content.plain, end="", no_wrap=True)
        for start, end, style in content.spans:
            line.stylize(self._style(str(style)), start, end)
        if self._problem is not None and self._problem[0] == line_index:
            line.stylize(self._style(_PROBLEM))
            line.append(f"   {self._problem[1]}", self._style("italic $text-error"))
        return line

    def _lines(self) -> list[Content]:
        """All lines with their colours, computed once for each text: a string may span lines."""
        text = "\n".join(map(one_for_one, self.document.lines))
        if self._coloured is None or self._coloured[0] != text:
            self._coloured = (text, highlight(text).split("\n", allow_blank=True))
        return self._coloured[1]

    def _style(self, style: str) -> Style:
        return (self.visual_style + self.app.stylesheet.parse_style(style)).rich_style

    def on_key(self, event: events.Key) -> None:
        """Handle keys that indent; Escape is left to the screen."""
        edits = {
            "enter": self._new_line,
            "backspace": self._unindent_at_cursor,
            "shift+tab": self._unindent_line,
        }
        if event.key == "escape":
            event.prevent_default()
        elif event.key in edits and edits[event.key]():
            event.prevent_default()
            event.stop()

    def _before_cursor(self) -> str:
        row, column = self.cursor_location
        return self.document.get_line(row)[:column]

    def _new_line(self) -> bool:
        """A line that is indented like the one above, and further after a colon."""
        before = self._before_cursor()
        indent = len(before) - len(before.lstrip(" "))
        deeper = self.indent_width if before.rstrip().endswith(":") else 0
        self.replace("\n" + " " * (indent + deeper), *sorted(self.selection))
        return True

    def _unindent_at_cursor(self) -> bool:
        """Back to the tab stop before, if there are only spaces to the left."""
        before = self._before_cursor()
        if not before or before.strip(" ") or not self.selection.is_empty:
            return False
        row, column = self.cursor_location
        stop = (column - 1) // self.indent_width * self.indent_width
        self.replace("", (row, stop), (row, column))
        return True

    def _unindent_line(self) -> bool:
        """One tab stop less in the line of the cursor."""
        row, column = self.cursor_location
        line = self.document.get_line(row)
        spaces = min(self.indent_width, len(line) - len(line.lstrip(" ")))
        self.replace("", (row, 0), (row, spaces))
        self.move_cursor((row, max(0, column - spaces)))
        return True

    def action_start(self) -> None:
        """To the start of the text."""
        self.move_cursor(self.document.start)

    def action_end(self) -> None:
        """To the end of the text."""
        self.move_cursor(self.document.end)
