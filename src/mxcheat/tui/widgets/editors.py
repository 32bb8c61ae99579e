"""Editing a row in place: one editor for each side, and one for the inputs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import on
from textual.containers import Container, Vertical

from mxcheat.cheatsheet.sides import LABELS, SIDES
from mxcheat.tui.drafts import EDITED, Draft, InputLineError, Typed, draft_of
from mxcheat.tui.survival import Guarded
from mxcheat.tui.widgets.fields import Editor
from mxcheat.tui.widgets.flow import Drawn
from mxcheat.tui.widgets.pair import COMPACT_BELOW, STACK_BELOW

if TYPE_CHECKING:
    from textual import events
    from textual.app import ComposeResult

    from mxcheat.cheatsheet.row import Row
    from mxcheat.tui.keymap import KeyMap
    from mxcheat.tui.shown import Run, Shown

_LEAST = 3
_MOST_INPUTS = 6
_EXAMPLE = "x: uniform(2, 3)"
_NAMES = (*LABELS.values(), "Inputs")


class Editors(Guarded, Vertical):
    """Three editors in the place of the forms."""

    def __init__(self, keymap: KeyMap) -> None:
        super().__init__(id="editors")
        self.display = False
        self.code = {side: Editor(keymap, "no counterpart") for side in SIDES}
        self.inputs = Editor(keymap, f"none; write {_EXAMPLE}")
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
        self._row = row
        self._marked = Drawn()
        self._draw()

    def reset(self) -> None:
        """Back to the row as it is; undo brings each text back."""
        if self._row is not None:
            for editor, text in zip(self._editors, _texts(draft_of(self._row)), strict=True):
                if editor.text != text:
                    editor.put(text)

    def enter(self) -> None:
        """Put the cursor in the first editor; from one of them, in the next."""
        editors = self._editors
        inside = [place for place, editor in enumerate(editors) if editor.has_focus]
        editors[(inside[0] + 1) % len(editors) if inside else 0].focus()

    def _mark_problems(self, run: Run) -> None:
        """Mark the lines that a run of what is typed has failed on."""
        if self.draft != (run.draft or draft_of(run.row)):
            return
        for side in SIDES:
            outcome = run.outcome(side)
            line = outcome.error.line if outcome and outcome.error else None
            self.code[side].mark(None if line is None else line - 1)
        if isinstance(run.error, InputLineError):
            self.inputs.mark(run.error.line, run.error.what)

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
            editor.entitle(name if editor.text == text else f"{name}{EDITED}")
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
