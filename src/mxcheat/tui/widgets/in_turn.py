"""For fields that are typed into: keys act in the order in which they were pressed."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from mxcheat.tui.keymap import keymap_in

if TYPE_CHECKING:
    from textual import events
    from textual.widget import Widget

    from mxcheat.tui.keys import Scope


class InTurn:
    """A key that edits does so at once; as a binding it would wait behind what is typed after it.

    Keys of the registry are left alone.
    """

    SCOPE: Scope

    async def _on_key(self, event: events.Key) -> None:
        """Do what the widget itself binds the key to."""
        widget = cast("Widget", self)
        if keymap_in(widget).actions(event.key, self.SCOPE, "main", "app"):
            if event.is_printable:
                event.prevent_default()  # a letter pressed with Alt would be typed as well
            return
        for binding in widget._bindings.key_to_bindings.get(event.key, ()):
            if await widget.app.run_action(binding.action, widget):
                event.prevent_default()
                event.stop()
                return
