"""One registry of what keys do: bindings, footer, help and command palette are made from it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from textual.binding import Binding

Scope = Literal["main", "app"]


@dataclass(frozen=True)
class Action:
    """Something a key does.

    `id` is stable, so that keys can be remapped by it; `call` is the Textual action;
    `label` is the footer's word (none there if empty); `title` is the palette's entry.
    """

    id: str
    keys: str
    shown: str
    call: str
    tooltip: str
    scope: Scope = "main"
    label: str = ""
    title: str = ""
    priority: bool = False

    def binding(self) -> Binding:
        """The Textual binding for it."""
        return Binding(
            self.keys,
            self.call,
            self.label or self.tooltip,
            show=bool(self.label),
            key_display=self.shown,
            tooltip=self.tooltip,
            id=self.id,
            priority=self.priority,
        )


ACTIONS = (
    Action(
        "row.run",
        "enter",
        "Enter",
        "run_row",
        "Run both sides of the highlighted row on the selected device",
        label="Run",
        title="Row: Run both sides",
        priority=True,  # before the search field takes Enter for itself
    ),
    Action("run.cancel", "escape", "Esc", "cancel_run", "Stop the run", label="Cancel"),
    Action("pane.leave", "escape", "Esc", "leave_pane", "Go back to the search", label="Back"),
    Action("query.clear", "escape", "Esc", "clear_query", "Clear the search", label="Clear"),
    Action(
        "device.next",
        "f2,ctrl+t",
        "F2",
        "next_device",
        "Choose the next device to run on",
        label="Device",
        title="Device: Next",
    ),
    Action("results.up", "up", "↑", "move(-1)", "Previous result"),
    Action("results.down", "down", "↓", "move(1)", "Next result"),
    Action("results.page_up", "pageup", "PgUp", "page(-1)", "A page of results up"),
    Action("results.page_down", "pagedown", "PgDn", "page(1)", "A page of results down"),
    Action("results.first", "ctrl+home", "^Home", "move(-1000000)", "First result"),
    Action("results.last", "ctrl+end", "^End", "move(1000000)", "Last result"),
    Action("detail.up", "ctrl+up", "^↑", "scroll_detail(-3)", "Scroll the row up"),
    Action("detail.down", "ctrl+down", "^↓", "scroll_detail(3)", "Scroll the row down"),
    Action(
        "pane.next",
        "tab,shift+tab",
        "Tab",
        "next_pane",
        "Go between the search and the row (there, the arrow keys scroll)",
        title="Row: Scroll",
    ),
    Action(
        "row.setup",
        "f3",
        "F3",
        "toggle_setup",
        "Show or fold the set-up of both sides",
        title="Row: Show or fold the set-up",
    ),
    Action(
        "app.help", "f1", "F1", "app.help", "Show every key", "app", label="Help", title="App: Help"
    ),
    Action("app.suspend", "ctrl+z", "^Z", "app.suspend_process", "Suspend to the shell", "app"),
    Action(
        "app.quit",
        "ctrl+q",
        "^Q",
        "app.quit",
        "Quit; nothing is left running",
        "app",
        label="Quit",
        title="App: Quit",
        priority=True,
    ),
)


def bindings(scope: Scope) -> list[Binding]:
    """The bindings of one scope, in the registry's order."""
    return [action.binding() for action in ACTIONS if action.scope == scope]
