"""A short list over the screen, from which one thing is chosen."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, Literal

from textual import on
from textual.binding import Binding
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from mxcheat.tui.screens.over import Over, with_way_out
from mxcheat.tui.text.marks import MUTED, foreign_line
from mxcheat.tui.text.wrap import labelled, wrap
from mxcheat.tui.trouble import Guarded

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from textual import events
    from textual.app import ComposeResult
    from textual.binding import BindingType
    from textual.geometry import Size

_LETTER = 3
_GAP = 2
_WIDEST_TEXT = 28
_WIDTH = 72


@dataclass(frozen=True)
class Choice:
    """A line of the list.

    `id` is what choosing it gives, "" for a heading; `letter` chooses it at once; `chosen` says
    that it is what holds now.
    """

    id: str
    text: str
    detail: str = ""
    letter: str = ""
    chosen: bool = False


class _Lines(OptionList):
    """The list itself; it bears a window that has no room for it."""

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """As many lines as it would take if there were room at all."""
        return super().get_content_height(container, viewport, max(width, _LETTER))

    def _move_page(self, direction: Literal[-1, 1]) -> None:
        if self.scrollable_content_region:
            super()._move_page(direction)


class Chooser(Guarded, Over, ModalScreen[str]):
    """Gives the id of what was chosen, or None; tells `on_look` of every line that is lit."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "dismiss", "Close", id="choice.leave"),
    ]

    def __init__(
        self,
        title: str,
        choices: Sequence[Choice],
        on_look: Callable[[str], None] | None = None,
    ) -> None:
        super().__init__()
        self._title = title
        self._choices = choices
        self._on_look = on_look

    def compose(self) -> ComposeResult:
        """The list, lit where the choice stands."""
        options = _Lines(*self._options(), id="choices", compact=True)
        options.border_title = self._title
        options.border_subtitle = with_way_out("↑ ↓ Enter chooses", "Esc leaves")
        places = [place for place, choice in enumerate(self._choices) if choice.chosen]
        first = next((place for place, choice in enumerate(self._choices) if choice.id), None)
        options.highlighted = places[0] if places else first
        yield options

    @on(OptionList.OptionSelected)
    def _take(self, event: OptionList.OptionSelected) -> None:
        self._choose(event.option_id)

    @on(OptionList.OptionHighlighted)
    def _look(self, event: OptionList.OptionHighlighted) -> None:
        if self._on_look is not None and event.option_id:
            self._on_look(event.option_id)

    def on_key(self, event: events.Key) -> None:
        """A letter chooses its line."""
        for choice in self._choices:
            if choice.letter and choice.letter == event.character:
                event.stop()
                self._choose(choice.id)
                return

    def _choose(self, choice: str | None) -> None:
        if self.is_current:  # of keys that come at once, the first has closed it
            self.dismiss(choice)

    def _options(self) -> list[Option]:
        texts = [len(choice.text) for choice in self._choices if choice.id]
        gutter = min(max(texts, default=0), _WIDEST_TEXT) + _GAP
        return [
            Option(self._prompt(choice, gutter), id=choice.id or None, disabled=not choice.id)
            for choice in self._choices
        ]

    def _prompt(self, choice: Choice, gutter: int) -> Content:
        if not choice.id:
            return Content.styled(choice.text, f"italic {MUTED}")
        mark = choice.letter or ("●" if choice.chosen else "○")
        lit = choice.letter or choice.chosen
        start = Content.styled(f"{mark:<{_LETTER - 1}} ", "bold $text-primary" if lit else MUTED)
        text = foreign_line(choice.text, "bold" if choice.chosen else "")
        detail = wrap(foreign_line(choice.detail, MUTED), _WIDTH - gutter - _LETTER)
        return Content("\n").join(labelled(start + text, detail, gutter + _LETTER))
