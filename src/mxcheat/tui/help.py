"""Help: every key and every glyph, from the tables that the app itself uses."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from textual.binding import Binding
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.style import Style

from mxcheat.render.words import AVAILABILITY, VERDICT
from mxcheat.tui.actions import ACTIONS, PANES
from mxcheat.tui.keymap import key_name
from mxcheat.tui.survival import Guarded
from mxcheat.tui.text.lines import MEANING, MUTED, labelled, sign, wrap
from mxcheat.tui.widgets.flow import Flow

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from textual import events
    from textual.app import ComposeResult
    from textual.binding import BindingType
    from textual.widget import Widget

    from mxcheat.render.words import Sign
    from mxcheat.tui.keymap import KeyMap
    from mxcheat.tui.shown import Scope

    _Modal = ModalScreen[Any]
else:
    _Modal = object  # of several bases, Textual takes the styles of the first screen

# After the pane that has the focus: what works there too, then what works elsewhere.
_ORDER: tuple[Scope, ...] = ("main", "app", "search", "row", "edit")
_BLANK = Content("")
_KEY_GUTTER = 18
_SIGN_GUTTER = 24
_HEADING = "bold $text-primary"
_VERDICTS = {
    "equal": "the same, bit for bit",
    "close": "within the tolerance that is named",
    "stochastic": "random on both sides, and the distributions agree",
    "different": "more than the tolerance apart",
    "not-compared": "nothing to compare; the reason stands beside it",
}


class Over(_Modal):
    """For modal screens: a click beside the box closes them."""

    def on_click(self, event: events.Click) -> None:
        """Close, unless the click was on the box."""
        if event.widget is self and self.is_current:
            self.dismiss()


def with_way_out(keys: str, leave: str) -> Content:
    """What keys do, for a lower border; a click on `leave` closes the screen."""
    way_out = Content(leave).stylize(Style.from_meta({"@click": "screen.dismiss"}))
    return Content(f"{keys} · ") + way_out


class HelpScreen(Guarded, Over, ModalScreen[None]):
    """Help; the key that opened it closes it, and those that leave other things."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,f1,enter,q", "dismiss", "Close", key_display="Esc", id="help.close"),
    ]

    def __init__(self, keymap: KeyMap, focused: Widget | None) -> None:
        super().__init__()
        self._keymap = keymap
        self._first = scope_of(focused)

    def compose(self) -> ComposeResult:
        """One page of text."""
        page = Flow()
        page.flow(self._page)
        with VerticalScroll(id="help") as box:
            box.border_title = "Help"
            box.border_subtitle = with_way_out("↑ ↓ scroll", "Esc closes")
            yield page

    def _page(self, width: int) -> list[Content]:
        others = [scope for scope in _ORDER if scope != self._first]
        lines: list[Content] = []
        for scope in (self._first, *others):
            lines += [*_heading(PANES[scope].title), *_table(self._keys(scope), width), _BLANK]
        return [
            *lines,
            *_heading("Availability of a row"),
            *_legend(AVAILABILITY, MEANING, width),
            _BLANK,
            *_heading("Verdict of a run"),
            *_legend(VERDICT, _VERDICTS, width),
        ]

    def _keys(self, scope: Scope) -> list[tuple[str, str]]:
        """The actions of a scope by key; those without one are in the palette."""
        shown = (
            (" ".join(map(key_name, self._keymap.keys(action.id))), action) for action in ACTIONS
        )
        actions = [(key, action.tooltip) for key, action in shown if key and action.scope == scope]
        return [*actions, *PANES[scope].more]


def scope_of(focused: Widget | None) -> Scope:
    """The scope of the pane that has the focus."""
    nodes = focused.ancestors_with_self if focused else []
    scopes: list[Scope] = [node.SCOPE for node in nodes if hasattr(node, "SCOPE")]
    return scopes[0] if scopes else "search"


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
