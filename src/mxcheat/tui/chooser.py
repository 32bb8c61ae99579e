"""A short list over the screen, from which one thing is chosen."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Literal

from textual import on
from textual.binding import Binding
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from mxcheat.render.inert import inert_line
from mxcheat.render.language import label, said
from mxcheat.render.page import width_of
from mxcheat.tui.help import Over, with_way_out
from mxcheat.tui.survival import Guarded
from mxcheat.tui.text.lines import MUTED, foreign_line, labelled, wrap

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from textual import events
    from textual.app import ComposeResult
    from textual.binding import BindingType
    from textual.geometry import Size

    from mxcheat.tui.choices import Choice

_LEAST_WIDTH = 3
_GAP = 2
_WIDEST_TEXT = 28
_WIDTH = 72
_CHOSEN = "[x]"


class _Lines(OptionList):
    """The list itself; it works even in a window that has no room for it."""

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """The lines it takes, even in a window too narrow for any text."""
        return super().get_content_height(container, viewport, max(width, _LEAST_WIDTH))

    def _move_page(self, direction: Literal[-1, 1]) -> None:
        if self.scrollable_content_region:
            super()._move_page(direction)


class Chooser(Guarded, Over, ModalScreen[str]):
    """Returns the id that was chosen, or None; calls `on_look` for every highlighted line.

    Digits choose at once where they stand before lines; whatever else is typed filters the list.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", "Close", id="choice.leave"),
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
        self._typed = ""
        self._lines = _Lines(id="choices", compact=True)

    def compose(self) -> ComposeResult:
        """The list, with the current choice highlighted."""
        self._lines.border_title = label(self._title)
        self._lines.add_options(self._options(self._choices))
        places = [place for place, choice in enumerate(self._choices) if choice.chosen]
        first = next((place for place, choice in enumerate(self._choices) if choice.id), None)
        self._lines.highlighted = places[0] if places else first
        self._say_keys()
        yield self._lines

    @on(OptionList.OptionSelected)
    def _take(self, event: OptionList.OptionSelected) -> None:
        self._choose(event.option_id)

    @on(OptionList.OptionHighlighted)
    def _look(self, event: OptionList.OptionHighlighted) -> None:
        if self._on_look is not None and event.option_id:
            self._on_look(event.option_id)

    def on_key(self, event: events.Key) -> None:
        """A digit chooses the line it stands on; anything else that is typed filters."""
        for choice in self._choices:
            if choice.digit and choice.digit == event.character:
                event.stop()
                self._choose(choice.id)
                return
        if event.key == "backspace":
            self._filter(self._typed[:-1])
        elif event.is_printable and event.character:
            self._filter(self._typed + event.character)
        else:
            return
        event.stop()

    def _filter(self, typed: str) -> None:
        """Show the lines that hold every word of what is typed."""
        if typed == self._typed or (typed.isspace() and not self._typed):
            return
        self._typed = typed
        words = typed.casefold().split()
        left = [choice for choice in self._choices if not words or choice.fits(words)]
        left = [choice for choice in left if choice.id or not words]
        width = self._lines.outer_size.width
        self._lines.styles.min_width = width  # it is not to jump about while one types
        self._lines.clear_options()
        nothing = Option(label("nothing fits; ⌫ takes a letter back"), disabled=True)
        self._lines.add_options(self._options(left) or [nothing])
        self._lines.highlighted = next((at for at, each in enumerate(left) if each.id), None)
        self._say_keys()

    def _say_keys(self) -> None:
        keys = label("type to filter · Enter")
        if self._typed:
            keys = said("filter: {typed}", typed=inert_line(self._typed))
        self._lines.border_subtitle = with_way_out(keys, label("Esc closes"))

    def action_leave(self) -> None:
        """Show the whole list again if it is filtered; else close it."""
        if self._typed:
            self._filter("")
        else:
            self._choose(None)

    def _choose(self, choice: str | None) -> None:
        if self.is_current:  # of keys that come at once, the first has closed it
            self.dismiss(choice)

    def _options(self, choices: Sequence[Choice]) -> list[Option]:
        texts = [width_of(choice.text) for choice in self._choices if choice.id]
        gutter = min(max(texts, default=0), _WIDEST_TEXT) + _GAP
        return [
            Option(self._prompt(choice, gutter), id=choice.id or None, disabled=not choice.id)
            for choice in choices
        ]

    def _prompt(self, choice: Choice, gutter: int) -> Content:
        """A line: a digit, or a mark on what is chosen; the text, and what is to be known of it."""
        if not choice.id:
            return Content.styled(choice.text, f"italic {MUTED}")
        margin = self._margin
        mark = choice.digit or (_CHOSEN if choice.chosen else "")
        start = Content.styled(mark.ljust(margin), "bold $text-primary")
        text = foreign_line(choice.text, "bold" if choice.chosen else "")
        detail = wrap(foreign_line(choice.detail, MUTED), _WIDTH - gutter - margin)
        return Content("\n").join(labelled(start + text, detail, gutter + margin))

    @property
    def _margin(self) -> int:
        """Cells before each line, for digits or for the mark."""
        if any(choice.chosen for choice in self._choices):
            return len(_CHOSEN) + 1
        return 2 if any(choice.digit for choice in self._choices) else 1
