"""Runs rows in threads and reports by messages; touches no widget."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Protocol

from textual.message import Message

from mxcheat.errors import MxcheatError
from mxcheat.live.interpreters import FRAMEWORKS

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.widget import Widget

    from mxcheat.cheatsheet.row import Side
    from mxcheat.live.device import Device
    from mxcheat.live.results import Failure, TryResult
    from mxcheat.live.session import Trial
    from mxcheat.tui.runs import Run

TIMEOUT = 30.0


class Engine(Protocol):
    """What the app asks of a live session."""

    def warm_up(self) -> dict[Side, dict[str, Any] | Failure]:
        """Import both frameworks."""

    def devices(self, side: Side) -> list[str]:
        """Names of the devices a side has."""

    def run(
        self, trial: Trial, device: Device, timeout: float, on_start: Callable[[Side], None]
    ) -> TryResult:
        """Run both sides and judge."""

    def cancel(self) -> None:
        """End what is running."""

    def close(self) -> None:
        """End everything."""


@dataclass
class Framework:
    """What is known of one framework: its version, or what keeps it from being used."""

    name: str
    version: str = ""
    problem: str = ""
    fix: str = ""
    devices: list[str] = field(default_factory=list)


@dataclass
class FrameworksKnown(Message):
    """Both frameworks have been started, or have failed to."""

    frameworks: list[Framework]


@dataclass
class SideStarted(Message):
    """A side's framework is there, and its clock is running."""

    number: int
    side: Side


@dataclass
class RunEnded(Message):
    """A run is over: with a result, or with a problem and what would mend it."""

    number: int
    result: TryResult | None = None
    problem: str = ""
    hint: str = ""


class _AbandonedError(Exception):
    """The run was cancelled before its side had a framework to run on."""


class Runner:
    """Owns the session. `warm_up` and `start` return at once and report to `target`."""

    def __init__(self, engine: Callable[[], Engine]) -> None:
        self._make = engine
        self._made: Engine | None = None
        self._making = threading.Lock()
        self._stopped = threading.Event()
        self._abandoned: set[int] = set()

    @property
    def engine(self) -> Engine:
        """The session, made when first needed (its modules take a while to import)."""
        with self._making:
            if self._made is None:
                self._made = self._make()
            return self._made

    def warm_up(self, target: Widget) -> None:
        """Import both frameworks in the background."""
        self._in_thread(target, lambda: self._warm_up(target), "warm-up")

    def start(self, target: Widget, run: Run) -> None:
        """Run both sides of a row."""
        self._in_thread(target, lambda: self._run(target, run), f"run {run.number}")

    def cancel(self, target: Widget, run: Run) -> None:
        """Stop a run; RunEnded follows."""
        self._abandoned.add(run.number)
        if run.started:
            self.engine.cancel()
        else:
            # An import is worth finishing: the next run will want it.
            target.post_message(RunEnded(run.number, problem="cancelled"))

    def stop(self) -> None:
        """Make every thread come to its end soon."""
        self._stopped.set()
        if self._made is not None:
            self._made.cancel()

    def close(self) -> None:
        """End both frameworks and whatever they started."""
        self.stop()
        if self._made is not None:
            self._made.close()

    @staticmethod
    def _in_thread(target: Widget, work: Callable[[], None], name: str) -> None:
        target.run_worker(work, name=name, group="live", thread=True, exit_on_error=False)

    def _warm_up(self, target: Widget) -> None:
        try:
            found = self.engine.warm_up()
        except MxcheatError as error:
            problem = Framework("live runs", problem=error.message, fix=error.hint)
            target.post_message(FrameworksKnown([problem]))
            return
        frameworks = [self._framework(side, info) for side, info in found.items()]
        if not self._stopped.is_set():
            target.post_message(FrameworksKnown(frameworks))

    def _framework(self, side: Side, info: dict[str, Any] | Failure) -> Framework:
        name = FRAMEWORKS[side]
        if not isinstance(info, dict):
            return Framework(name, problem=info.message, fix=info.fix)
        devices = [] if self._stopped.is_set() else self.engine.devices(side)
        return Framework(name, str(info.get("version", "")), devices=devices)

    def _run(self, target: Widget, run: Run) -> None:
        from mxcheat.live.session import trial_of  # noqa: PLC0415 - after the first paint

        def on_start(side: Side) -> None:
            if self._stopped.is_set() or run.number in self._abandoned:
                raise _AbandonedError
            target.post_message(SideStarted(run.number, side))

        try:
            result = self.engine.run(trial_of(run.row), run.device, TIMEOUT, on_start)
        except _AbandonedError:
            target.post_message(RunEnded(run.number, problem="cancelled"))
        except MxcheatError as error:
            target.post_message(RunEnded(run.number, problem=error.message, hint=error.hint))
        else:
            target.post_message(RunEnded(run.number, result))
