"""Screens that stand over the main one: with the mouse, too, one gets out of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from textual.content import Content
from textual.style import Style

if TYPE_CHECKING:
    from textual import events
    from textual.screen import ModalScreen

    _Modal = ModalScreen[Any]
else:
    _Modal = object  # of several bases, Textual takes the styles of the first screen


class Over(_Modal):
    """For modal screens: a click beside the box closes them."""

    def on_click(self, event: events.Click) -> None:
        """Close, if nothing of this screen was clicked on."""
        if event.widget is self and self.is_current:
            self.dismiss()


def with_way_out(keys: str, leave: str) -> Content:
    """What keys do, for a lower border; a click on `leave` closes the screen."""
    way_out = Content(leave).stylize(Style.from_meta({"@click": "screen.dismiss"}))
    return Content(f"{keys} · ") + way_out
