"""The footer: the keys that work now."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from textual.content import Content
from textual.style import Style

from mxcheat.tui.keymap import key_name
from mxcheat.tui.keys import ACTIONS
from mxcheat.tui.text.wrap import cut
from mxcheat.tui.widgets.flow import Flow

if TYPE_CHECKING:
    from collections.abc import Mapping

    from textual.binding import Binding
    from textual.screen import Screen

_GAP = Content("  ")
_ORDER = [action.id for action in ACTIONS]
# These stay where there is no room for all.
_LAST_TO_GO = {action.id for action in ACTIONS if action.scope == "app"}


class KeyBar(Flow):
    """One line of keys and words; a click on a word does what the key does.

    One widget, where Textual's own footer builds a widget a key whenever one changes.
    """

    def __init__(self) -> None:
        super().__init__(id="keys")
        self._shown: list[Binding] = []

    def on_mount(self) -> None:
        """Follow the screen's bindings."""
        self.screen.bindings_updated_signal.subscribe(self, self._follow)

    def _follow(self, screen: Screen[object]) -> None:
        if not screen.is_active:
            return
        bindings: dict[str, Binding] = {}
        for active in screen.active_bindings.values():
            if active.binding.show and active.binding.id:
                bindings.setdefault(active.binding.id, active.binding)
        shown = [bindings[name] for name in _ORDER if name in bindings]
        if shown != self._shown:
            self._shown = shown
            words = {binding.id or "": _word(binding) for binding in shown}
            self.flow(partial(_line, words))


def _word(binding: Binding) -> Content:
    click = Style.from_meta({"@click": f"app.simulate_key('{binding.key}')"})
    key = (key_name(binding.key), "bold $text-primary")
    return Content.assemble(key, f" {binding.description}").stylize(click)


def _line(words: Mapping[str, Content], width: int) -> list[Content]:
    """As many words as fit, those of the app itself among them."""
    left = dict(words)
    for name in reversed([name for name in words if name not in _LAST_TO_GO]):
        if _GAP.join(left.values()).cell_length <= width:
            break
        del left[name]
    return [cut(_GAP.join(left.values()), width)]
