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
        self._deeds: Mapping[str, Callable[[], object]] = {
            **self._deeds_with_rows(),
            **self._deeds_on_screen(),
        }
        # An action that is not named here is always possible.
        self._possible = self._conditions()

    def _deeds_with_rows(self) -> Mapping[str, Callable[[], object]]:
        """What is done with the highlighted row, and with its run."""
        row, take = self._screen.row, self._take
        used = {
            "row.run": row.run,
            "row.bench": row.bench,
            "row.edit": row.edit,
            "row.docs": self._document,
            "edit.run": row.run,
            "copy.pytorch": take.pytorch,
            "copy.gluon": take.gluon,
            "copy.output": take.output,
            "copy.link": take.link,
            "row.save": take.save,
        }
        return {
            **{action: partial(self._use, deed) for action, deed in used.items()},
            "edit.next": row.edit,
            "edit.reset": row.reset,
            "run.cancel": row.cancel,
            "docs.fold": self._document,
            "difference.leave": row.leave_difference,
            "row.setup": row.detail.code.forms.toggle,
        }

    def _deeds_on_screen(self) -> Mapping[str, Callable[[], object]]:
        """What is done with the search, the results, the panes and the lists over them."""
        search, results = self._screen.search, self._screen.results
        return {
            "pane.leave": search.focus,
            "query.clear": search.clear,
            "filter.choose": partial(self._offer, "filter"),
            "filter.clear": search.clear_filter,
            "device.choose": partial(self._offer, "device"),
            "device.next": self._screen.device.next,
            "results.up": partial(results.move, -1),
            "results.down": partial(results.move, 1),
            "results.page_up": partial(results.move_pages, -1),
            "results.page_down": partial(results.move_pages, 1),
            "results.first": partial(results.move, -_FAR),
            "results.last": partial(results.move, _FAR),
            "detail.up": partial(self._scroll, -_STEP),
            "detail.down": partial(self._scroll, _STEP),
            "pane.next": self._next_pane,
            "difference.choose": partial(self._offer, "difference"),
            "related.choose": partial(self._offer, "related"),
            "copy.choose": partial(self._offer, "what_to_take"),
        }

    def _conditions(self) -> Mapping[str, Callable[[], bool]]:
        """When an action makes sense."""
        search, results, row = self._screen.search, self._screen.results, self._screen.row
        return {
            "row.run": lambda: results.row is not None and not row.editing,
            "row.bench": lambda: results.row is not None,
            "row.edit": lambda: results.row is not None and not row.editing,
            "row.docs": lambda: results.row is not None,
            "edit.reset": lambda: row.edited,
            "run.cancel": lambda: row.running,
            "docs.fold": lambda: row.detail.documented and not row.running,
            "difference.leave": lambda: self._on_difference,
            "difference.choose": lambda: results.row is not None and bool(results.row.differences),
            "pane.leave": lambda: self._in_pane and self._at_rest and not self._on_difference,
            "query.clear": lambda: (
                bool(search.value)
                and not self._in_pane
                and self._at_rest
                and not self._on_difference
            ),
            "row.setup": lambda: row.detail.code.forms.can_fold,
            "filter.clear": lambda: search.is_filtered,
            "related.choose": lambda: bool(row.detail.facts.near),
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
            self._screen.show_choice()  # keys come faster than messages
            self._screen.state.used(row.id)
            deed()

    def _offer(self, what: str) -> None:
        from mxcheat.tui import choosers  # noqa: PLC0415 - seldom needed

        getattr(choosers, f"choose_{what}")(self._screen)

    @property
    def _in_pane(self) -> bool:
        return self._screen.focused not in (None, self._screen.search)

    @property
    def _at_rest(self) -> bool:
        """Whether nothing is to be stopped or folded before one leaves."""
        row = self._screen.row
        return not (row.running or row.detail.documented)

    @property
    def _on_difference(self) -> bool:
        """Whether a difference is in view, and nothing is to be left before it."""
        row = self._screen.row
        return row.difference is not None and self._at_rest and not row.editing

    def _document(self) -> None:
        """Show the documentation where the arrow keys scroll it, or fold it and go back."""
        row = self._screen.row
        row.document()
        if not row.editing:
            (row.detail if row.detail.documented else self._screen.search).focus()

    def _next_pane(self) -> None:
        search = self._screen.search
        (self._screen.row.detail if search.has_focus else search).focus()

    def _scroll(self, by: int) -> None:
        self._screen.row.detail.scroll_relative(y=by, animate=False)
