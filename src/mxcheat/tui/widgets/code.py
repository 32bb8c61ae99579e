"""The code of a row: to be read, or being changed in the same place."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.containers import Vertical

from mxcheat.tui.drafts import draft_of
from mxcheat.tui.trouble import Guarded
from mxcheat.tui.widgets.flow import settled_size
from mxcheat.tui.widgets.forms import Forms

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from mxcheat.cheatsheet.row import Row
    from mxcheat.tui.drafts import Draft
    from mxcheat.tui.runs import Run
    from mxcheat.tui.widgets.editors import Editors


class Code(Guarded, Vertical):
    """Both forms, or editors with what they run."""

    virtual_size = settled_size()

    def __init__(self) -> None:
        super().__init__(id="code")
        self.forms = Forms()
        self._editors: Editors | None = None
        self._row: Row | None = None
        self._draft: Draft | None = None

    def compose(self) -> ComposeResult:
        """The editors come when they are first wanted: to import them takes a while."""
        yield self.forms

    @property
    def editing(self) -> bool:
        """Whether the editors are in view."""
        return self._editors is not None and self._editors.display

    def show(self, row: Row, draft: Draft | None) -> None:
        """Show a row as it is, or as it has been changed to."""
        self._row, self._draft = row, draft
        if self._editors is not None and self.editing:
            self._editors.load(row, draft or draft_of(row))
        else:
            self.forms.show_row(row, draft)

    def edit(self) -> None:
        """Put the cursor in the first editor; from one of them, in the next."""
        if self._row is None:
            return
        if self._editors is None:
            from mxcheat.tui.widgets.editors import Editors  # noqa: PLC0415 - seldom needed

            self._editors = Editors()
            self._editors.display = False
            self.mount(self._editors)
        if not self.editing:
            self._swap(editing=True)
        self.call_after_refresh(self._editors.enter)

    def close(self) -> None:
        """Back to the forms, as they have been changed."""
        if self.editing:
            self._swap(editing=False)

    def keep(self, draft: Draft | None) -> None:
        """What the editors hold is what the forms will show."""
        self._draft = draft

    def reset(self) -> None:
        """Let the editors go back to the row as it is."""
        if self._editors is not None:
            self._editors.reset()

    def show_problems(self, run: Run) -> None:
        """Mark the lines that a run has stumbled over."""
        if self._editors is not None and self.editing:
            self._editors.show_problems(run)

    def _swap(self, *, editing: bool) -> None:
        assert self._editors is not None
        self._editors.display, self.forms.display = editing, not editing
        if self._row is not None:
            self.show(self._row, self._draft)
