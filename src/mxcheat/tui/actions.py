"""One table of what keys do: bindings, footer, help, palette and docs are made from it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from textual.binding import Binding

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from textual.binding import BindingType

    from mxcheat.tui.shown import Scope, Shown


class Pane(NamedTuple):
    """What help calls a scope, and the keys there that are not actions of this table."""

    title: str
    more: tuple[tuple[str, str], ...] = ()


PANES: dict[Scope, Pane] = {
    "search": Pane(
        "Search",
        (
            ("in:tensor", "Typed as a word: rows of that section only"),
            ("is:differs", "Typed as a word: rows of that availability only"),
            ("^A ^E ^W ^U ^K", "Start, end, delete a word, all before, all after the cursor"),
        ),
    ),
    "row": Pane("Row", (("↑ ↓ PgUp PgDn", "Scroll"), ("Home End", "Top, bottom"))),
    "edit": Pane(
        "Editors",
        (
            ("^Z ^Y", "Undo, redo"),
            ("Tab Shift+Tab", "One indentation more, less"),
            ("^Home ^End", "Start, end of the text"),
        ),
    ),
    "main": Pane("Everywhere"),
    "app": Pane(
        "mxcheat",
        (
            ("^C", "Copies what is selected; else stops a run; else says how to quit"),
            ("Click", "Shows a result; chooses a device, a difference, a word of the footer"),
            ("Double click", "Runs a result"),
            ("Drag", "Selects; ^C copies what is selected"),
        ),
    ),
}


def _always(_: Shown) -> bool:
    return True


def _has_row(shown: Shown) -> bool:
    return shown.row is not None


@dataclass(frozen=True)
class Action:
    """Something a key does.

    `id` is `noun.verb` and stable: keys are remapped by it. `keys` are separated by commas,
    the first is the one that is shown, and there may be none. `call` is the method that does it:
    of a part of the main screen, as in `results.move(1)`; of scope "app", an action of the app.
    `label` is the footer's word and `title` the palette's entry, neither there if empty. `when`
    says whether it makes sense now. With `uses_row`, the row is remembered as used.
    """

    id: str
    keys: str
    tooltip: str
    call: str
    scope: Scope = "main"
    label: str = ""
    title: str = ""
    priority: bool = False
    uses_row: bool = False
    when: Callable[[Shown], bool] = _always

    @property
    def command(self) -> str:
        """The Textual action that does it."""
        return self.call if self.scope == "app" else f"screen.do('{self.id}')"

    def binding(self) -> Binding:
        """The Textual binding for it."""
        return Binding(
            self.keys or f"no-key-{self.id}",  # so that the user can give it one
            self.command,
            self.label or self.tooltip,
            show=bool(self.label),
            tooltip=self.tooltip,
            id=self.id,
            priority=self.priority,
        )


# fmt: off
ACTIONS = (
    Action(
        "row.run", "enter,f5,ctrl+r", "Run both sides", "row.run",
        label="Run", title="Row: Run both sides", uses_row=True,
        when=lambda shown: shown.row is not None and not shown.editing,
    ),
    Action(
        "scan.choose", "ctrl+s", "Go through what was scanned: file, call, row",
        "screen.go_through", label="Scan", title="Scan: Files and calls",
        when=lambda shown: shown.scanned is not None,
    ),
    Action(
        "edit.run", "ctrl+r,f5,ctrl+enter", "Run what is typed",
        "row.run", "edit", label="Run", uses_row=True,
    ),
    Action("edit.next", "f4", "Go to the next editor", "row.edit", "edit", label="Next editor"),
    Action(
        "edit.external", "alt+e", "Edit in $EDITOR what the cursor is in", "screen.edit_outside",
        "edit", label="$EDITOR", title="Edit: Open in $EDITOR",
        when=lambda shown: shown.editing,
    ),
    Action(
        "run.cancel", "escape", "Stop the run", "row.cancel", label="Cancel",
        when=lambda shown: shown.current is not None,
    ),
    Action(
        "docs.fold", "escape", "Fold the documentation", "row.toggle_documentation", label="Fold",
        when=lambda shown: shown.documented and shown.current is None,
    ),
    Action(
        "difference.leave", "escape", "Go back from a difference to its row",
        "row.show_difference(0)", label="Form", when=lambda shown: shown.leaves_difference,
    ),
    Action(
        "pane.leave", "escape", "Go back to the search", "search.focus", label="Back",
        when=lambda shown: shown.in_row and shown.is_idle and not shown.leaves_difference,
    ),
    Action(
        "query.clear", "escape", "Clear the search", "search.clear", "search", label="Clear",
        when=lambda shown: (
            bool(shown.query)
            and not shown.in_row
            and shown.is_idle
            and not shown.leaves_difference
        ),
    ),
    Action(
        "filter.clear", "f8", "Show all rows again", "search.clear_filter", label="All rows",
        title="Rows: Show all", when=lambda shown: shown.is_filtered,
    ),
    Action(
        "row.edit", "f4", "Edit the code and the inputs", "row.edit", label="Edit",
        title="Row: Edit the code and the inputs", uses_row=True,
        when=lambda shown: shown.row is not None and not shown.editing,
    ),
    Action(
        "edit.reset", "ctrl+o", "Restore the row as the sheet has it",
        "row.restore", label="Restore", title="Row: Restore, without your edits",
        when=lambda shown: shown.draft is not None,
    ),
    Action(
        "difference.choose", "ctrl+n", "Go to a difference, to run it or edit it",
        "screen.offer('difference')", label="Differences", title="Row: Go to a difference",
        when=lambda shown: shown.whole is not None and bool(shown.whole.differences),
    ),
    Action(
        "row.docs", "f6", "Show or fold each framework's documentation",
        "row.toggle_documentation", label="Docs",
        title="Row: Each framework's documentation", uses_row=True, when=_has_row,
    ),
    Action(
        "row.bench", "f7,ctrl+b", "Time both sides, one after the other", "row.run(True)",
        label="Bench", title="Row: Time both sides", uses_row=True, when=_has_row,
    ),
    Action(
        "filter.choose", "ctrl+f", "Show only a section, or an availability",
        "screen.offer('filter')", label="Filter", title="Rows: Filter",
    ),
    Action(
        "related.choose", "ctrl+g", "Go to a related row", "screen.offer('related')",
        title="Row: Go to a related row", when=lambda shown: bool(shown.related),
    ),
    Action(
        "copy.choose", "f9,ctrl+y", "Copy or save: a form, a script, the output, the row",
        "screen.offer('copy')", label="Copy", title="Row: Copy or save", when=_has_row,
    ),
    Action(
        "device.choose", "f2", "Choose the device to run on", "screen.offer('device')",
        label="Device", title="Device: Choose",
    ),
    Action(
        "device.next", "ctrl+t", "Take the next device", "screen.action_use_device",
        title="Device: Next", when=lambda shown: len(shown.devices) > 1,
    ),
    Action(
        "copy.pytorch", "", "Copy the PyTorch form", "row.take('pytorch')", uses_row=True,
        title="Copy: PyTorch form", when=lambda shown: bool(shown.form("pytorch")),
    ),
    Action(
        "copy.gluon", "", "Copy the Gluon form", "row.take('gluon')", uses_row=True,
        title="Copy: Gluon form", when=lambda shown: bool(shown.form("gluon")),
    ),
    Action(
        "copy.output", "", "Copy the output of both sides", "row.take('output')", uses_row=True,
        title="Copy: Output of both sides", when=lambda shown: shown.result is not None,
    ),
    Action(
        "copy.link", "", "Copy the command that shows this row", "row.take('link')",
        title="Copy: Command that shows this row", uses_row=True,
        when=lambda shown: shown.row is not None and not shown.is_scratch,
    ),
    Action(
        "copy.pytorch_script", "", "Copy PyTorch as a script that runs by itself",
        "row.take('pytorch-script')", title="Copy: PyTorch as a script", uses_row=True,
        when=lambda shown: shown.has_script("pytorch"),
    ),
    Action(
        "copy.gluon_script", "", "Copy Gluon as a script that runs by itself",
        "row.take('gluon-script')", title="Copy: Gluon as a script", uses_row=True,
        when=lambda shown: shown.has_script("gluon"),
    ),
    Action(
        "row.save", "", "Save both sides as a Markdown file, here", "row.take('page')",
        title="Save: Markdown file, here", uses_row=True, when=_has_row,
    ),
    Action(
        "row.keep", "", "Save as a row of your own, here", "row.take('row')",
        title="Save: Row of your own, here", uses_row=True, when=_has_row,
    ),
    Action(
        "row.scratch", "alt+n", "Begin a pair of your own, which belongs to no row",
        "screen.begin_scratch", title="Row: Begin a pair of your own",
    ),
    Action(
        "runs.choose", "alt+r", "Go back to what was run before", "screen.offer('runs')",
        title="Runs: Earlier ones", when=lambda shown: bool(shown.runs),
    ),
    Action("results.up", "up", "Previous result", "results.move(-1)", "search"),
    Action("results.down", "down", "Next result", "results.move(1)", "search"),
    Action("results.page_up", "pageup", "A page of results up", "results.move_pages(-1)", "search"),
    Action(
        "results.page_down", "pagedown", "A page of results down", "results.move_pages(1)", "search"
    ),
    Action("results.first", "ctrl+home", "First result", "results.move(-1_000_000)", "search"),
    Action("results.last", "ctrl+end", "Last result", "results.move(1_000_000)", "search"),
    Action(
        "query.earlier", "alt+up", "An earlier query", "screen.recall(1)", "search",
    ),
    Action("query.later", "alt+down", "A later query", "screen.recall(-1)", "search"),
    Action("detail.up", "ctrl+up", "Scroll the row up", "detail.scroll_lines(-3)"),
    Action("detail.down", "ctrl+down", "Scroll the row down", "detail.scroll_lines(3)"),
    Action(
        "pane.next", "tab,shift+tab",
        "Go between the search and the row (there, the arrow keys scroll)", "screen.next_pane",
        title="Row: Scroll",
    ),
    Action(
        "row.setup", "f3", "Show or fold the set-up of both sides", "row.toggle_setup",
        title="Row: Show or fold set-up", when=lambda shown: shown.has_long_setup,
    ),
    Action("app.help", "f1", "Help, with every key", "app.help", "app", label="Help",
           title="App: Help"),
    Action(
        "app.commands", "ctrl+p", "Every command by name", "app.command_palette", "app",
        label="More", priority=True,
    ),
    Action("app.theme", "f10", "Choose the colours", "app.change_theme", "app", title="App: Theme"),
    Action(
        "app.density", "ctrl+l", "Compact or comfortable layout", "app.density", "app",
        title="App: Compact or comfortable layout",
    ),
    Action("app.suspend", "ctrl+z", "Suspend to the shell", "app.suspend_process", "app"),
    Action(
        "app.quit", "ctrl+q", "Quit; nothing is left running", "app.quit", "app", label="Quit",
        title="App: Quit", priority=True,
    ),
)
# fmt: on
BY_ID = {action.id: action for action in ACTIONS}


def bindings(scope: Scope) -> list[Binding]:
    """The bindings of one scope, in the table's order."""
    return [action.binding() for action in ACTIONS if action.scope == scope]


def bindings_beside(own: Iterable[BindingType], scope: Scope) -> list[Binding]:
    """The bindings of a scope, then those a widget has of its `own` on keys without an action."""
    actions = [action for action in ACTIONS if action.scope in (scope, "main")]
    taken = {key for action in actions for key in action.keys.split(",")}
    rest = [binding for binding in Binding.make_bindings(own) if binding.key not in taken]
    return [*bindings(scope), *rest]
