"""What each action of the main screen does, and whether it makes sense now."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from mxcheat.tui.take import Take

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from mxcheat.tui.screens.main import MainScreen

_FAR = 1_000_000
_STEP = 3


class Commands:
    """The actions of the registry by id, each of them one call of a widget."""

    def __init__(self, screen: MainScreen) -> None:
        self._screen = screen
        self._take = Take(screen)
        search, results, row = screen.search, screen.results, screen.row
        self._deeds: Mapping[str, Callable[[], object]] = {
            "row.run": partial(self._use, row.run),
            "row.bench": partial(self._use, row.bench),
            "row.edit": partial(self._use, row.edit),
            "edit.run": partial(self._use, row.run),
            "edit.next": row.edit,
            "edit.reset": row.reset,
            "run.cancel": row.cancel,
            "pane.leave": search.focus,
            "query.clear": search.clear,
            "filter.choose": partial(self._offer, "filter"),
            "filter.clear": search.clear_filter,
            "device.choose": partial(self._offer, "device"),
            "device.next": screen.device.next,
            "results.up": partial(results.move, -1),
            "results.down": partial(results.move, 1),
            "results.page_up": partial(results.move_pages, -1),
            "results.page_down": partial(results.move_pages, 1),
            "results.first": partial(results.move, -_FAR),
            "results.last": partial(results.move, _FAR),
            "detail.up": partial(self._scroll, -_STEP),
            "detail.down": partial(self._scroll, _STEP),
            "pane.next": self._next_pane,
            "row.setup": row.detail.code.forms.toggle,
            "copy.choose": partial(self._offer, "what_to_take"),
            "copy.pytorch": partial(self._use, self._take.pytorch),
            "copy.gluon": partial(self._use, self._take.gluon),
            "copy.output": partial(self._use, self._take.output),
            "copy.link": partial(self._use, self._take.link),
            "row.save": partial(self._use, self._take.save),
        }
        # An action that is not named here is always possible.
        self._possible: Mapping[str, Callable[[], bool]] = {
            "row.run": lambda: results.row is not None and not row.editing,
            "row.bench": lambda: results.row is not None,
            "row.edit": lambda: results.row is not None and not row.editing,
            "edit.reset": lambda: row.edited,
            "run.cancel": lambda: row.running,
            "pane.leave": lambda: self._in_pane and not row.running,
            "query.clear": lambda: bool(search.value) and not self._in_pane and not row.running,
            "row.setup": lambda: row.detail.code.forms.can_fold,
            "filter.clear": lambda: search.is_filtered,
            "copy.choose": lambda: results.row is not None,
            "copy.pytorch": lambda: self._take.has_form("pytorch"),
            "copy.gluon": lambda: self._take.has_form("gluon"),
            "copy.output": lambda: self._take.has_output,
            "copy.link": lambda: results.row is not None,
            "row.save": lambda: results.row is not None,
        }

    def do(self, action: str) -> None:
        """Do what the action of this id does."""
        self._deeds[action]()

    def possible(self, action: str) -> bool:
        """Whether it makes sense now; of those on one key, one does."""
        return self._possible.get(action, lambda: True)()

    def _use(self, deed: Callable[[], object]) -> None:
        """Do something with the highlighted row, and remember that it was used."""
        row = self._screen.results.row
        if row is not None:
            self._screen.show_row()  # it may not be in view yet: keys come fast
            self._screen.state.used(row.id)
            deed()

    def _offer(self, what: str) -> None:
        from mxcheat.tui import choosers  # noqa: PLC0415 - seldom needed

        getattr(choosers, f"choose_{what}")(self._screen)

    @property
    def _in_pane(self) -> bool:
        return self._screen.focused not in (None, self._screen.search)

    def _next_pane(self) -> None:
        search = self._screen.search
        (self._screen.row.detail if search.has_focus else search).focus()

    def _scroll(self, by: int) -> None:
        self._screen.row.detail.scroll_relative(y=by, animate=False)
