"""Every key and every glyph, from the registries that the app itself uses."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen

from mxcheat.render.words import AVAILABILITY, VERDICT
from mxcheat.tui.keys import ACTIONS
from mxcheat.tui.text.marks import MEANING, MUTED, sign
from mxcheat.tui.text.wrap import labelled, wrap
from mxcheat.tui.widgets.flow import Flow

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from textual.app import ComposeResult
    from textual.binding import BindingType

    from mxcheat.render.words import Sign

_KEY_GUTTER = 12
_SIGN_GUTTER = 24
_HEADING = "bold $text-primary"
_VERDICTS = {
    "equal": "the same, bit for bit",
    "close": "within the tolerance that is named",
    "stochastic": "random on both sides, and the distributions agree",
    "different": "more than the tolerance apart",
    "not-compared": "nothing to compare; the reason stands beside it",
}
_MORE = (
    ("Mouse", "Click a result to see it, double-click to run it; click a device or a key below"),
    ("^P", "Commands by name, and themes"),
)


class HelpScreen(ModalScreen[None]):
    """Help; any of the keys that opened or leave things closes it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,f1,enter,q", "dismiss", "Close", key_display="Esc", id="help.close"),
    ]

    def compose(self) -> ComposeResult:
        """One page of text."""
        page = Flow()
        page.flow(_page)
        with VerticalScroll(id="help") as box:
            box.border_title = "Help"
            box.border_subtitle = "Esc closes"
            yield page


def _page(width: int) -> list[Content]:
    keys = [(action.shown, action.tooltip) for action in ACTIONS]
    blank = Content("")
    return [
        *_heading("Keys"),
        *_table([*keys, *_MORE], width),
        blank,
        *_heading("Availability of a row"),
        *_legend(AVAILABILITY, MEANING, width),
        blank,
        *_heading("Verdict of a run"),
        *_legend(VERDICT, _VERDICTS, width),
    ]


def _heading(text: str) -> list[Content]:
    return [Content.styled(text, _HEADING)]


def _table(entries: Iterable[tuple[str, str]], width: int) -> list[Content]:
    lines: list[Content] = []
    for key, meaning in entries:
        body = wrap(Content(meaning), width - _KEY_GUTTER)
        lines += labelled(Content.styled(f"  {key}", "bold"), body, _KEY_GUTTER)
    return lines


def _legend(signs: Mapping[str, Sign], meaning: Mapping[str, str], width: int) -> list[Content]:
    lines: list[Content] = []
    for name, mark in signs.items():
        body = wrap(Content.styled(meaning[name], MUTED), width - _SIGN_GUTTER)
        lines += labelled(Content("  ") + sign(mark), body, _SIGN_GUTTER)
    return lines
