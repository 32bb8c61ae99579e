"""Help: every key and every glyph, from the tables that the app itself uses."""

from __future__ import annotations

from itertools import zip_longest
from typing import TYPE_CHECKING, Any, ClassVar

from textual.binding import Binding
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.style import Style

from mxcheat.render.language import label
from mxcheat.render.words import AVAILABILITY, DOCUMENTED, LOUD, NOT_RUN, SILENT, VERDICT
from mxcheat.tui.actions import ACTIONS, PANES
from mxcheat.tui.keymap import key_name
from mxcheat.tui.survival import Guarded
from mxcheat.tui.text.lines import MUTED, RUN_ONLY, cut, labelled, sign, wrap
from mxcheat.tui.widgets.flow import Flow

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from textual import events
    from textual.app import ComposeResult
    from textual.binding import BindingType
    from textual.widget import Widget

    from mxcheat.tui.keymap import KeyMap
    from mxcheat.tui.shown import Scope

    _Modal = ModalScreen[Any]
else:
    _Modal = object  # of several bases, Textual takes the styles of the first screen

# All keys: the pane that has the focus first, then what works elsewhere.
_ORDER: tuple[Scope, ...] = ("main", "search", "row", "edit", "app")
_BLANK = Content("")
_KEY_GUTTER = 18
_HEADING = "bold $text-primary"
# What one does most, in two columns.
_MOST = (
    ("row.run", "run both sides"),
    ("row.edit", "edit code and inputs"),
    ("row.docs", "each framework's docs"),
    ("row.bench", "time both sides"),
    ("copy.choose", "copy or save"),
    ("difference.choose", "go to a difference"),
    ("filter.choose", "filter the rows"),
    ("device.choose", "choose the device"),
    ("app.commands", "every command"),
    ("app.quit", "quit"),
)
_ESCAPE = "stops a run, else closes what is open, else clears the search"
_MOST_GUTTER = 8
_COLUMN_GAP = 3
_VERDICTS = {
    "equal": "the same, bit for bit",
    "close": "within the tolerance",
    "stochastic": "(random)",
    "different": "undocumented",
    "not-compared": "see the reason",
}
_AVAILABLE = {
    "equivalent": "same numbers",
    "differs": "a counterpart, not the same",
    "workaround": "composed from others",
    "pytorch-only": "no way in Gluon",
    "gluon-only": "no way in PyTorch",
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
            box.border_title = label("Help")
            box.border_subtitle = with_way_out(label("↑ ↓ scroll"), label("Esc closes"))
            yield page

    def _page(self, width: int) -> list[Content]:
        """What one does most and what the signs mean, on one screen; every key below."""
        others = [scope for scope in _ORDER if scope != self._first]
        lines = [*self._most(width), *_signs(width), _BLANK, *_heading(label("Every key"))]
        for scope in (self._first, *others):
            lines += [_BLANK, *_heading(label(PANES[scope].title))]
            lines += _table(self._keys(scope), width)
        return lines

    def _most(self, width: int) -> list[Content]:
        """The keys that are used most, in two columns; Escape on a line of its own."""
        entries = [_key_and_word(self._keymap.shown(name), label(says)) for name, says in _MOST]
        half = (len(entries) + 1) // 2
        lines = _in_columns([entries[:half], entries[half:]], width)
        return [*lines, *wrap(_key_and_word("Esc", label(_ESCAPE)), width)]

    def _keys(self, scope: Scope) -> list[tuple[str, str]]:
        """The actions of a scope by key; those without one are in the palette."""
        shown = (
            (" ".join(map(key_name, self._keymap.keys(action.id))), action) for action in ACTIONS
        )
        actions = [
            (key, label(action.tooltip))
            for key, action in shown
            if key and action.scope == scope and key != key_name("escape")  # it has its own line
        ]
        more = [(label(key), label(meaning)) for key, meaning in PANES[scope].more]
        return [*actions, *more]


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


def _key_and_word(key: str, says: str) -> Content:
    return Content.assemble((f"{key:<{_MOST_GUTTER}}", "bold"), says)


def _signs(width: int) -> list[Content]:
    """What every glyph means: of rows and of runs beside each other, of differences below."""
    rows = [_meaning(sign(mark), _AVAILABLE[name]) for name, mark in AVAILABILITY.items()]
    runs = [_meaning(sign(VERDICT[name]), says) for name, says in _VERDICTS.items()]
    runs.insert(3, sign(DOCUMENTED))
    columns = [[*_heading(label("A row")), *rows], [*_heading(label("A run")), *runs]]
    loud = Content("   ").join(
        [
            Content.styled(f"{label('A difference')}  ", _HEADING),
            sign(SILENT) + f" {label('(both run)')}",
            sign(LOUD) + f" {label('(one raises)')}",
            sign(NOT_RUN),
        ]
    )
    code = Content.assemble((RUN_ONLY, MUTED), label("before code: only the run needs it"))
    return [_BLANK, *_in_columns(columns, width), *wrap(loud, width), *wrap(code, width)]


def _meaning(mark: Content, says: str) -> Content:
    return mark + Content.styled(f"  {label(says)}", MUTED)


def _in_columns(columns: Sequence[Sequence[Content]], width: int) -> list[Content]:
    """Columns beside each other, or below each other where they do not fit."""
    widths = [max(line.cell_length for line in column) for column in columns]
    if sum(widths) + _COLUMN_GAP * (len(columns) - 1) > width:
        return [cut(line, width) for column in columns for line in column]
    lines = []
    for parts in zip_longest(*columns, fillvalue=_BLANK):
        line = _BLANK
        for part, room in zip(parts, widths, strict=True):
            line += part.pad_right(room - part.cell_length + _COLUMN_GAP)
        lines.append(line)
    return lines
