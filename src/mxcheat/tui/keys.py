"""One registry of what keys do: bindings, footer, help, palette and docs are made from it.

What an action does, and when it makes sense, stands in `commands.py`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, NamedTuple

from textual.binding import Binding

if TYPE_CHECKING:
    from collections.abc import Iterable

    from textual.binding import BindingType

# Where an action's keys work: while a pane has the focus (a widget with that SCOPE), anywhere on
# the main screen, or on every screen.
Scope = Literal["search", "row", "edit", "main", "app"]


class Pane(NamedTuple):
    """What help calls a scope, and what keys do there that are no actions of ours."""

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
            ("^C", "Copy what is selected; stop a run; else say how to quit"),
            ("Mouse", "A click shows a result, a second runs it; drag to select, ^C copies"),
            (
                "Click",
                "On words of the footer, devices, differences, rows, a folded set-up, Esc here",
            ),
        ),
    ),
}


@dataclass(frozen=True)
class Action:
    """Something a key does.

    `id` is `noun.verb` and stable: keys are remapped by it. `keys` are separated by commas,
    the first is the one that is shown, and there may be none; `label` is the footer's word (none
    there if empty); `title` is the palette's entry; `call` is the Textual action, by default the
    command of that id.
    """

    id: str
    keys: str
    tooltip: str
    scope: Scope = "main"
    label: str = ""
    title: str = ""
    priority: bool = False
    call: str = ""

    @property
    def command(self) -> str:
        """The Textual action that does it."""
        return self.call or f"screen.do('{self.id}')"

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


ACTIONS = (
    Action(
        "row.run",
        "enter,f5,ctrl+r",
        "Run both sides of the highlighted row on the selected device",
        label="Run",
        title="Row: Run both sides",
    ),
    Action("edit.run", "ctrl+r,f5,ctrl+enter", "Run what is typed", "edit", label="Run"),
    Action("edit.next", "f4", "Go to the next editor", "edit", label="Next editor"),
    Action("run.cancel", "escape", "Stop the run", label="Cancel"),
    Action("docs.fold", "escape", "Fold the documentation", label="Fold"),
    Action(
        "difference.leave",
        "escape",
        "Go back from a difference to the row's form",
        label="Form",
    ),
    Action("pane.leave", "escape", "Go back to the search", label="Back"),
    Action("query.clear", "escape", "Clear the search", "search", label="Clear"),
    Action(
        "filter.clear",
        "f8",
        "Show all rows again",
        label="All rows",
        title="Rows: Show all",
    ),
    Action(
        "row.edit",
        "f4",
        "Change the code and the inputs",
        label="Edit",
        title="Row: Change the code and the inputs",
    ),
    Action(
        "difference.choose",
        "ctrl+n",
        "Go to a difference, to run it or change it",
        label="Differences",
        title="Row: Go to a difference",
    ),
    Action(
        "row.docs",
        "f6",
        "Show or fold what the frameworks themselves say of both names",
        label="Docs",
        title="Row: Signatures and documentation of both names",
    ),
    Action("edit.reset", "ctrl+o", "Back to the row as it is", "edit", label="Reset"),
    Action(
        "row.bench",
        "f7,ctrl+b",
        "Time both sides, one after the other",
        label="Bench",
        title="Row: Time both sides",
    ),
    Action(
        "filter.choose",
        "ctrl+f",
        "Show only a section, or an availability",
        label="Filter",
        title="Rows: Filter",
    ),
    Action(
        "related.choose",
        "ctrl+g",
        "Go to a related row",
        title="Row: Go to a related row",
    ),
    Action(
        "copy.choose",
        "f9,ctrl+y",
        "Copy a form, the output or a link; save the row",
        label="Copy",
        title="Row: Take away",
    ),
    Action(
        "device.choose",
        "f2",
        "Choose the device to run on",
        label="Device",
        title="Device: Choose",
    ),
    Action("device.next", "ctrl+t", "Take the next device", title="Device: Next"),
    Action("copy.pytorch", "", "Copy the PyTorch form", title="Row: Copy the PyTorch form"),
    Action("copy.gluon", "", "Copy the Gluon form", title="Row: Copy the Gluon form"),
    Action("copy.output", "", "Copy the output of both sides", title="Row: Copy the output"),
    Action("copy.link", "", "Copy the command that shows this row", title="Row: Copy a link to it"),
    Action("row.save", "", "Save both sides as Markdown, here", title="Row: Save as Markdown"),
    Action("results.up", "up", "Previous result", "search"),
    Action("results.down", "down", "Next result", "search"),
    Action("results.page_up", "pageup", "A page of results up", "search"),
    Action("results.page_down", "pagedown", "A page of results down", "search"),
    Action("results.first", "ctrl+home", "First result", "search"),
    Action("results.last", "ctrl+end", "Last result", "search"),
    Action("detail.up", "ctrl+up", "Scroll the row up"),
    Action("detail.down", "ctrl+down", "Scroll the row down"),
    Action(
        "pane.next",
        "tab,shift+tab",
        "Go between the search and the row (there, the arrow keys scroll)",
        title="Row: Scroll",
    ),
    Action(
        "row.setup", "f3", "Show or fold the set-up of both sides", title="Row: Show or fold set-up"
    ),
    Action(
        "app.help", "f1", "Show every key", "app", label="Help", title="App: Help", call="app.help"
    ),
    Action(
        "app.commands",
        "ctrl+p",
        "Every command by name",
        "app",
        label="More",
        priority=True,
        call="app.command_palette",
    ),
    Action(
        "app.theme",
        "f10",
        "Choose the colours",
        "app",
        title="App: Theme",
        call="app.change_theme",
    ),
    Action(
        "app.density",
        "ctrl+l",
        "More lines without boxes, or comfortable",
        "app",
        title="App: Toggle compact",
        call="app.density",
    ),
    Action("app.suspend", "ctrl+z", "Suspend to the shell", "app", call="app.suspend_process"),
    Action(
        "app.quit",
        "ctrl+q",
        "Quit; nothing is left running",
        "app",
        label="Quit",
        title="App: Quit",
        priority=True,
        call="app.quit",
    ),
)


def bindings(scope: Scope) -> list[Binding]:
    """The bindings of one scope, in the registry's order."""
    return [action.binding() for action in ACTIONS if action.scope == scope]


def bindings_beside(own: Iterable[BindingType], scope: Scope) -> list[Binding]:
    """The bindings of a scope, then those a widget has of its `own` on keys without an action."""
    actions = [action for action in ACTIONS if action.scope in (scope, "main")]
    taken = {key for action in actions for key in action.keys.split(",")}
    rest = [binding for binding in Binding.make_bindings(own) if binding.key not in taken]
    return [*bindings(scope), *rest]
