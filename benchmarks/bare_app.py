"""The floor for the app: Textual with an input, a list of so many lines and a footer."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, ClassVar

from textual.app import App
from textual.widgets import Footer, Input, OptionList

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.binding import BindingType


class BareApp(App[None]):
    """Does nothing."""

    BINDINGS: ClassVar[list[BindingType]] = [("f1", "nothing", "Help"), ("ctrl+q", "quit", "Quit")]

    def __init__(self, count: int) -> None:
        super().__init__()
        self.count = count

    def compose(self) -> ComposeResult:
        """Input, list, footer."""
        yield Input(placeholder="Search")
        yield OptionList(*(f"Row number {number}" for number in range(self.count)))
        yield Footer()


if __name__ == "__main__":
    BareApp(int(sys.argv[1])).run()
