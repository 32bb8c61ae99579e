"""The highlighted row: reading it, changing it, running it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import on
from textual.containers import Vertical

from mxcheat.tui.differences import DifferenceRow, difference_row
from mxcheat.tui.drafts import Drafts, Typed
from mxcheat.tui.trouble import Guarded
from mxcheat.tui.widgets.detail import Detail
from mxcheat.tui.widgets.facts import Facts
from mxcheat.tui.widgets.runbar import RunBar

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.widget import Widget

    from mxcheat.cheatsheet.row import Row
    from mxcheat.cheatsheet.sheet import Cheatsheet
    from mxcheat.live.device import Device
    from mxcheat.tui.keys import Scope
    from mxcheat.tui.runner import Runner


class RowPane(Guarded, Vertical):
    """One row in detail with the verdict below."""

    def __init__(self, sheet: Cheatsheet, runner: Runner) -> None:
        super().__init__(id="row")
        self.detail = Detail(sheet, runner)
        self.bar = RunBar(runner)
        self.drafts = Drafts()
        self._row: Row | None = None
        self._differences: dict[str, DifferenceRow] = {}

    def compose(self) -> ComposeResult:
        """The verdict is always in view, however far the detail is scrolled."""
        yield self.detail
        yield self.bar

    def on_mount(self) -> None:
        """Leaving the pane ends the editing."""
        self.watch(self.screen, "focused", self._focus_moved, init=False)

    def _focus_moved(self, focused: Widget | None) -> None:
        if focused is not None and self not in focused.ancestors:
            self.detail.code.close()
            self._show_run()
        self._judge()

    @property
    def running(self) -> bool:
        """Whether a row is being run, in view or not."""
        return self.bar.runs.current is not None

    def show(self, row: Row) -> None:
        """Show a row, with what its latest run gave; one of its differences in view stays."""
        if self.difference is None or self.difference.of is not row:
            self._show(row)

    def show_difference(self, number: int) -> None:
        """Show a difference of the row in view, by its number."""
        row = self.difference.of if self.difference else self._row
        if row is not None:
            name = f"{row.id} {number}"
            if name not in self._differences:
                self._differences[name] = difference_row(row, number)
            self._show(self._differences[name])

    def leave_difference(self) -> None:
        """Go back from a difference to the form of its row."""
        if self.difference is not None:
            self._show(self.difference.of)

    @property
    def row(self) -> Row | None:
        """The row in view, or the difference that is in its place."""
        return self._row

    @property
    def difference(self) -> DifferenceRow | None:
        """The difference in view."""
        return self._row if isinstance(self._row, DifferenceRow) else None

    def _show(self, row: Row) -> None:
        self._row = row
        self.detail.show_row(row, self.bar.runs.of(row), self.drafts.of(row))
        self._judge()
        self.refresh_bindings()

    def show_nothing(self, said: str) -> None:
        """There is no row to show; `said` tells why."""
        self._row = None
        self.detail.show_nothing(said)
        self._judge()

    def use(self, device: Device) -> None:
        """Run on this device from now on."""
        if device != self.bar.device:
            self.bar.device = device
            self.bar.judge()

    def run(self) -> None:
        """Run both sides of the row in view."""
        self.bar.start()

    def bench(self) -> None:
        """Time both sides of the row in view, one after the other."""
        self.bar.start(bench=True)

    def cancel(self) -> None:
        """Stop the run that is going on."""
        self.bar.cancel()

    def edit(self) -> None:
        """Change the code and the inputs of the row in view; from one editor, go to the next."""
        self.detail.code.edit()
        self._show_run()
        self._judge()

    def document(self) -> None:
        """Show the documentation of the row in view, or fold it."""
        if self.detail.documented:
            self.detail.fold_documentation()
        else:
            self.detail.show_documentation()
        self._judge()

    def reset(self) -> None:
        """Let the row in view be as it was."""
        self.detail.code.reset()

    @property
    def editing(self) -> bool:
        """Whether the row is being changed."""
        return self.detail.code.editing

    @property
    def edited(self) -> bool:
        """Whether the row in view has been changed."""
        return self.drafts.of(self._row) is not None

    @on(RunBar.Changed)
    def _run_changed(self, event: RunBar.Changed) -> None:
        if event.run.row is self._row:
            self._show_run()

    @on(Facts.DifferenceWanted)
    def _difference_wanted(self, event: Facts.DifferenceWanted) -> None:
        self.show_difference(event.number)

    @on(Typed)
    def _typed(self, event: Typed) -> None:
        """Keep what was typed; what ran before is not what would run now."""
        self.drafts.keep(event.row, event.draft)
        if event.row is self._row:
            self.detail.code.keep(self.drafts.of(self._row))
            self._judge()
            self._show_run()
            self.refresh_bindings()

    def _show_run(self) -> None:
        self.detail.show_run(self.bar.runs.of(self._row), self.drafts.of(self._row))

    def _judge(self) -> None:
        self.screen.set_class(self.editing, "-editing")
        self.screen.set_class(self.detail.documented, "-reading")
        self.bar.show(self._row, self.drafts.of(self._row), self._scope)

    @property
    def _scope(self) -> Scope:
        """Where keys go that are pressed now."""
        if self.editing:
            return "edit"
        return "row" if self.screen.focused is self.detail else "search"
