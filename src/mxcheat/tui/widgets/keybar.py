"""The footer: the keys that work now."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.content import Content
from textual.style import Style
from textual.widgets import Static

from mxcheat.tui.keys import ACTIONS

if TYPE_CHECKING:
    from textual.screen import Screen

_ORDER = [action.id for action in ACTIONS]


class KeyBar(Static):
    """One line of keys and words; a click on a word does what the key does.

    One widget, where Textual's own footer builds a widget a key whenever one changes.
    """

    auto_links = False

    def __init__(self) -> None:
        super().__init__(id="keys")
        self._line = Content("")

    def on_mount(self) -> None:
        """Follow the screen's bindings."""
        self.screen.bindings_updated_signal.subscribe(self, self._follow)

    def _follow(self, screen: Screen[object]) -> None:
        shown: dict[str, Content] = {}
        for active in screen.active_bindings.values():
            binding = active.binding
            if binding.show and binding.id and binding.id not in shown:
                click = Style.from_meta({"@click": f"app.simulate_key('{binding.key}')"})
                word = Content.assemble(
                    (binding.key_display or binding.key, "bold $text-primary"),
                    f" {binding.description}",
                )
                shown[binding.id] = word.stylize(click)
        line = Content("  ").join(shown[id_] for id_ in _ORDER if id_ in shown)
        if not line.is_same(self._line):
            self._line = line
            self.update(line, layout=False)
