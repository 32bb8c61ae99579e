"""What is shown, as one frozen record: widgets draw it, actions and copying are judged by it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from mxcheat.cheatsheet.sides import SIDES
from mxcheat.live.device import CPU, Device
from mxcheat.tui.differences import DifferenceRow
from mxcheat.tui.drafts import parted
from mxcheat.tui.filters import WORD
from mxcheat.tui.scratch import is_scratch

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from mxcheat.cheatsheet.row import Row, Snippet
    from mxcheat.cheatsheet.sheet import Cheatsheet
    from mxcheat.cheatsheet.sides import Side
    from mxcheat.errors import MxcheatError
    from mxcheat.live.claims import Shown as Claim
    from mxcheat.live.results import Described, Failure, SideResult, TryResult
    from mxcheat.tui.drafts import Draft
    from mxcheat.tui.scanned import Scanned

# Where an action's keys work: while a pane has the focus (a widget with that SCOPE), anywhere on
# the main screen, or on every screen.
Scope = Literal["search", "row", "edit", "main", "app"]
# Code that runs before the form is shown up to this many lines; more is folded.
SHORT_SETUP = 3
CANCELLED = "cancelled"


@dataclass(frozen=True)
class Framework:
    """What is known of one framework: its version, or what keeps it from being used."""

    name: str
    version: str = ""
    problem: str = ""
    fix: str = ""
    devices: tuple[str, ...] = ()

    def has(self, device: Device) -> bool:
        """Whether it can run on a device."""
        return not self.problem and str(device) in self.devices


@dataclass(frozen=True)
class Documented:
    """What one side's framework says of the names of a row, or why it says nothing."""

    said: Mapping[str, Described] = field(default_factory=dict)
    problem: Failure | None = None


@dataclass(frozen=True, eq=False)
class Run:
    """One run of a row, from the key to its end. Times are seconds of the monotonic clock.

    `draft` is what was run if the row had been edited. `before` is what the row gave the time
    before, which stays in view until this run has something to show. `claim` says of a difference
    whether it shows.
    """

    number: int
    row: Row
    device: Device
    began: float
    draft: Draft | None = None
    bench: bool = False
    before: TryResult | None = None
    running: bool = True
    cancelling: bool = False
    started: Mapping[Side, float] = field(default_factory=dict)
    ended: Mapping[Side, SideResult] = field(default_factory=dict)
    result: TryResult | None = None
    error: MxcheatError | None = None
    claim: Claim | None = None

    @property
    def sides(self) -> list[Side]:
        """The sides that are run."""
        return sides_of(self.draft or self.row)

    @property
    def cancelled(self) -> bool:
        """Whether it was stopped before its end."""
        stopped = self.result is None or self.result.verdict.reason == CANCELLED
        return not self.running and self.error is None and stopped

    @property
    def is_done(self) -> bool:
        """Whether it came to its end with a result."""
        return self.result is not None and not self.cancelled

    @property
    def latest(self) -> TryResult | None:
        """What it gave, or else what the run before it gave."""
        return self.result or self.before

    def outcome(self, side: Side) -> SideResult | None:
        """What this run gave on a side, so far."""
        return self.result.side(side) if self.result else self.ended.get(side)

    def shown(self, side: Side) -> tuple[SideResult | None, bool]:
        """What to show of a side, and whether it comes from the run before."""
        outcome = self.outcome(side)
        if self.before and (outcome is None or _is_empty(outcome)):
            return self.before.side(side), True
        return outcome, False

    def elapsed(self, side: Side, now: float) -> float:
        """Seconds since the side's clock started, or since the key was pressed."""
        return now - self.started.get(side, self.began)


@dataclass(frozen=True, eq=False)
class Shown:
    """Everything the screen shows: the query, the row in view, how its run stands, the device.

    `key` gives the key of an action as people write it. `row` may be a difference, in place of its
    row; it is None where nothing was found, and then `why_nothing` says why. `run` is the row's
    latest run; `current` is the run that is going on, which may be of another row. `in_row` says
    that the row has the focus. `own` has the ids of rows that are the user's own, `runs`
    what has been run, latest first. `scanned` is what a scan found, where there was one.
    """

    sheet: Cheatsheet
    key: Callable[[str], str]
    device: Device = CPU
    devices: tuple[Device, ...] = (CPU,)
    frameworks: tuple[Framework, ...] = ()
    query: str = ""
    row: Row | None = None
    why_nothing: str = ""
    draft: Draft | None = None
    run: Run | None = None
    current: Run | None = None
    related: tuple[Row, ...] = ()
    documents: Mapping[Side, Documented] = field(default_factory=dict)
    documented: bool = False
    unfolded: bool = False
    editing: bool = False
    in_row: bool = False
    scanned: Scanned | None = None
    own: frozenset[str] = frozenset()
    runs: tuple[Run, ...] = ()

    @property
    def scope(self) -> Scope:
        """Where keys go that are pressed now."""
        if self.editing:
            return "edit"
        return "row" if self.in_row else "search"

    @property
    def is_filtered(self) -> bool:
        """Whether the query says which rows to look at."""
        return WORD.search(self.query) is not None

    def lacking(self, device: Device) -> list[Framework]:
        """The frameworks of which it is known that they cannot run on a device."""
        return [each for each in self.frameworks if not each.has(device)]

    @property
    def is_idle(self) -> bool:
        """Whether there is nothing that Escape would stop or fold first."""
        return self.current is None and not self.documented

    @property
    def difference(self) -> DifferenceRow | None:
        """The difference in view."""
        return self.row if isinstance(self.row, DifferenceRow) else None

    @property
    def whole(self) -> Row | None:
        """The row in view, or the one whose difference is in view."""
        return self.difference.of if self.difference else self.row

    @property
    def is_scratch(self) -> bool:
        """Whether the row in view is a pair of the user's own that stands in no sheet."""
        return self.row is not None and is_scratch(self.row)

    def has_script(self, side: Side) -> bool:
        """Whether what is run on a side can run by itself."""
        source = self.draft or self.row
        traced = self.difference is not None and self.difference.traced
        return source is not None and not traced and source.snippet(side) is not None

    @property
    def leaves_difference(self) -> bool:
        """Whether Escape goes back from a difference to its row."""
        return self.difference is not None and self.is_idle and not self.editing

    @property
    def is_stale(self) -> bool:
        """Whether the code has been changed since the latest run."""
        return self.run is not None and self.run.draft != self.draft

    @property
    def result(self) -> TryResult | None:
        """The latest result of the row, whatever code it is of."""
        return self.run.latest if self.run else None

    @property
    def has_long_setup(self) -> bool:
        """Whether there is code before the form that can be folded."""
        snippets = map(self.snippet, SIDES)
        return any(snippet is not None and is_long(snippet.before) for snippet in snippets)

    def edits(self, side: Side) -> bool:
        """Whether the code of a side has been edited: the inputs alone may have been."""
        if self.draft is None or self.row is None:
            return False
        snippet = self.row.snippet(side)
        return self.draft.text(side) != (snippet.code.rstrip("\n") if snippet else "")

    def form(self, side: Side) -> str | None:
        """The form of a side, as it has been edited if it has; None or "" for none."""
        if self.row is not None and self.draft is not None and self.edits(side):
            return parted(self.draft.text(side), self.row.snippet(side)).form.strip()
        return self.row.form(side) if self.row else None

    def snippet(self, side: Side) -> Snippet | None:
        """The code of a side in its parts, as it has been edited if it has; None for none."""
        own = self.row.snippet(side) if self.row else None
        if self.draft is None or not self.edits(side):
            return own
        text = self.draft.text(side)
        return parted(text, own) if text.strip() else None


def in_order(devices: Iterable[Device]) -> tuple[Device, ...]:
    """Devices by kind and number, each once."""
    return tuple(sorted(set(devices), key=lambda device: (device.kind, device.index)))


def sides_of(source: Row | Draft) -> list[Side]:
    """The sides that there is code for."""
    return [side for side in SIDES if source.snippet(side) is not None]


def is_long(setup: str) -> bool:
    """Whether code before a form is folded until it is asked for."""
    return setup.strip("\n").count("\n") >= SHORT_SETUP


def _is_empty(outcome: SideResult) -> bool:
    return outcome.status == CANCELLED and not (outcome.stdout or outcome.stderr)
