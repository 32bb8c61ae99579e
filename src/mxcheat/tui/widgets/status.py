"""What is known of the frameworks, discreetly."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.content import Content
from textual.widgets import Static

from mxcheat.tui.text.marks import TONES, foreign_line
from mxcheat.tui.trouble import Guarded

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mxcheat.tui.runner import Framework


class FrameworkStatus(Guarded, Static):
    """`torch 2.13.0 · mxnet 1.9.1`, or which of them is missing."""

    def __init__(self) -> None:
        super().__init__(Content("starting torch and mxnet…"), id="status")

    def show(self, frameworks: Sequence[Framework]) -> None:
        """Show versions; what is missing in a warning's colour."""
        self.update(Content(" · ").join(map(_short, frameworks)))


class Notice(Guarded, Static):
    """What is wrong and how to mend it, or a word for who is new; no room while all is well."""

    def __init__(self) -> None:
        super().__init__(id="notice")
        self.display = False
        self._greeting = Content("")
        self._problems: list[Content] = []

    def show(self, frameworks: Sequence[Framework]) -> None:
        """Name each framework that cannot be used, and the command that helps."""
        self._problems = [
            Content.assemble(
                (f"○ {each.name} ", f"bold {TONES['fair']}"),
                foreign_line(each.problem),
                foreign_line(f" → {each.fix}" if each.fix else "", "bold"),
            )
            for each in frameworks
            if each.problem
        ]
        self._draw()

    def greet(self, said: str) -> None:
        """Say what to do first; "" once it has been done."""
        if said != self._greeting.plain:
            self._greeting = Content.styled(said, "$text-primary")
            self._draw()

    def _draw(self) -> None:
        lines = [*filter(None, [self._greeting]), *self._problems]
        self.display = bool(lines)
        self.update(Content("\n").join(lines))


def _short(framework: Framework) -> Content:
    if framework.problem:
        return Content.styled(f"○ {framework.name} missing", TONES["fair"])
    # The build's own suffix (+cpu, +cu126) says nothing that matters here.
    return foreign_line(f"{framework.name} {framework.version.partition('+')[0]}")
