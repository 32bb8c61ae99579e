"""Editing a row in place: one editor for each side, and one for the inputs."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from rich.text import Text
from textual import on
from textual.binding import Binding
from textual.containers import Container, Vertical
from textual.content import Content
from textual.widgets import TextArea

from mxcheat.cheatsheet.sides import LABELS, SIDES
from mxcheat.render.inert import inert_line, one_for_one
from mxcheat.render.language import label, said, told
from mxcheat.tui.actions import bindings_beside
from mxcheat.tui.differences import absence
from mxcheat.tui.drafts import Draft, InputLineError, Typed, draft_of, edited
from mxcheat.tui.scratch import is_scratch
from mxcheat.tui.survival import Guarded
from mxcheat.tui.text.lines import highlight, pointer
from mxcheat.tui.widgets.flow import Drawn, Titled
from mxcheat.tui.widgets.pair import COMPACT_BELOW, STACK_BELOW
from mxcheat.tui.widgets.search import InTurn

if TYPE_CHECKING:
    from rich.style import Style
    from textual import events
    from textual.app import ComposeResult
    from textual.binding import BindingType

    from mxcheat.cheatsheet.row import Row
    from mxcheat.tui.keymap import KeyMap
    from mxcheat.tui.shown import Run, Scope, Shown

_PROBLEM = "underline $text-error"
_LEAST = 3
_MOST_INPUTS = 6
_EXAMPLE = "x: uniform(2, 3)"
_NAMES = (*LABELS.values(), "Inputs")


class Editor(Guarded, InTurn, Titled, TextArea, inherit_bindings=False):
    """Code being changed; a line that is wrong can be marked, with what is wrong beside it."""

    SCOPE: Scope = "edit"
    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings_beside(TextArea.BINDINGS, "edit"),
        Binding("ctrl+home", "start", "Start of the text", show=False),
        Binding("ctrl+end", "end", "End of the text", show=False),
    ]

    def __init__(self, keymap: KeyMap, placeholder: str = "") -> None:
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


class Editors(Guarded, Vertical):
    """Three editors in the place of the forms."""

    def __init__(self, keymap: KeyMap) -> None:
        super().__init__(id="editors")
        self.display = False
        self.code = {side: Editor(keymap) for side in SIDES}
        self.inputs = Editor(keymap, said("none; write {example}", example=_EXAMPLE))
        self._pair = Container(*self.code.values(), classes="pair")
        self._row: Row | None = None
        self._marked = Drawn()

    def compose(self) -> ComposeResult:
        """The sides beside each other, the inputs of both below."""
        yield self._pair
        yield self.inputs

    @property
    def draft(self) -> Draft:
        """What the editors hold."""
        return Draft(self.code["pytorch"].text, self.code["gluon"].text, self.inputs.text)

    def show(self, shown: Shown) -> None:
        """Show what is being edited, and the lines that its run has failed on.

        What the editors hold is theirs: it is replaced only when they open, or for another row.
        """
        opens = shown.editing and not self.display
        self.display = shown.editing
        if shown.row is None or not shown.editing:
            return
        if opens or shown.row is not self._row:
            self._load(shown.row, shown.draft or draft_of(shown.row))
        if shown.run is not None and self._marked.is_new(shown.run):
            self._mark_problems(shown.run)

    def _load(self, row: Row, draft: Draft) -> None:
        """Edit `draft` of `row`; what was typed before is reported again, so that it is kept."""
        if self._row is not None:
            self.post_message(Typed(self._row, self.draft))
        for editor, text in zip(self._editors, _texts(draft), strict=True):
            editor.load_text(text)
        for side, editor in self.code.items():
            editor.placeholder = Content(absence(row, side))
        self._row = row
        self._marked = Drawn()
        self._draw()

    def put(self, row: Row, draft: Draft) -> None:
        """Hold `draft` from now on, if `row` is what they hold; undo brings each text back."""
        if self._row is row:
            for editor, text in zip(self._editors, _texts(draft), strict=True):
                if editor.text != text:
                    editor.put(text)

    def enter(self) -> None:
        """Put the cursor in the first editor; from one of them, in the next."""
        editors = self._editors
        inside = [place for place, editor in enumerate(editors) if editor.has_focus]
        place = (inside[0] + 1) % len(editors) if inside else 0
        editors[place].focus()
        if self._row is not None and is_scratch(self._row):
            example = _texts(draft_of(self._row))[place]
            if editors[place].text == example:  # it gives way to what is typed
                editors[place].select_all()

    def _mark_problems(self, run: Run) -> None:
        """Mark the lines that a run of what is typed has failed on."""
        if self.draft != (run.draft or draft_of(run.row)):
            return
        for side in SIDES:
            outcome = run.outcome(side)
            error = outcome.error if outcome else None
            if error is not None and error.line is not None:
                self.code[side].mark(error.line - 1, pointer(error.type))
            else:
                self.code[side].mark(None)
        if isinstance(run.error, InputLineError):
            self.inputs.mark(run.error.line, told(run.error.what))

    @property
    def focused(self) -> Editor | None:
        """The editor that the cursor is in."""
        return next((editor for editor in self._editors if editor.has_focus), None)

    @property
    def _editors(self) -> tuple[Editor, ...]:
        return (*self.code.values(), self.inputs)

    @on(Editor.Changed)
    def _typed(self, event: Editor.Changed) -> None:
        event.stop()
        assert isinstance(event.text_area, Editor)
        if self._row is not None:
            event.text_area.mark(None)
            self._draw()
            self.post_message(Typed(self._row, self.draft))

    def on_resize(self, event: events.Resize) -> None:
        """Adapt to the room there is."""
        self._pair.set_class(event.size.width < COMPACT_BELOW, "-compact")
        self._pair.set_class(event.size.width < STACK_BELOW, "-stacked")
        self.inputs.set_class(event.size.width < COMPACT_BELOW, "-compact")
        self.call_after_refresh(self._draw)

    def _draw(self) -> None:
        """Say what is edited, and give the text the room it takes."""
        if self._row is None:
            return
        own = _texts(draft_of(self._row))
        for name, editor, text in zip(_NAMES, self._editors, own, strict=True):
            editor.entitle(label(name) + edited(is_so=editor.text != text))
        room = self.container_size.height // 2
        least = _LEAST if room > _MOST_INPUTS else 1
        rows = max(editor.height_of_text for editor in self.code.values())
        for editor in self.code.values():
            _set_rows(editor, min(max(rows, least), room))
        _set_rows(self.inputs, min(max(self.inputs.height_of_text, 1), _MOST_INPUTS))


def _texts(draft: Draft) -> tuple[str, str, str]:
    return draft.pytorch, draft.gluon, draft.inputs


def _set_rows(editor: Editor, rows: int) -> None:
    editor.styles.height = rows + editor.styles.gutter.height
