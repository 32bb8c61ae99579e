"""Rows made by hand, a stand-in for the live session, and the app on both."""

from __future__ import annotations

import threading
from contextlib import asynccontextmanager
from dataclasses import replace
from typing import TYPE_CHECKING, Any, cast

from mxcheat.cheatsheet.arrays import from_values
from mxcheat.cheatsheet.row import Printed, Row
from mxcheat.cheatsheet.sheet import Cheatsheet, Source
from mxcheat.config.reader import Settings, Value
from mxcheat.live.results import Described, Failure, Output, SideResult, TryResult, Verdict
from mxcheat.live.verdict.compare import compare_sides
from mxcheat.tui.app import MxcheatApp
from mxcheat.tui.main_screen import MainScreen

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Sequence

    from textual.pilot import Pilot

    from mxcheat.cheatsheet.sides import Side
    from mxcheat.live.device import Device
    from mxcheat.live.session import Session
    from mxcheat.live.trial import Trial

SIZES = [(80, 24), (120, 36), (200, 50)]

ROWS = (
    Row(
        id="clamp",
        section="tensor",
        function="Clamp values to bounds",
        pytorch="torch.clamp(x, min=0.2)",
        gluon="nd.clip(x, 0.2, 9)",
        availability="equivalent",
        notes="See x[0] and [/red] and [bold]this[/bold].",
        erratum="The sheet prints one bound.",
        printed=(Printed("sheet", "Clamp", "torch.clamp(x)", "nd.clip(x)"),),
        answers={"pytorch": ("torch.clamp",), "gluon": ("mxnet.nd.clip",)},
        inputs={"x": "uniform(2, 3)"},
    ),
    Row(
        id="round",
        section="tensor",
        function="Round halves [/red] x[0]",
        pytorch="torch.round(x)",
        gluon="nd.round(x)",
        availability="differs",
        answers={"pytorch": ("torch.round",), "gluon": ("mxnet.nd.round",)},
        inputs={"x": [0.5, 1.5]},
    ),
    Row(
        id="named-axes",
        section="module",
        function="Name the axes of a tensor",
        pytorch="torch.zeros(2, names=('N',))",
        gluon=None,
        availability="pytorch-only",
        before={"pytorch": "a = 1\nb = 2\nc = 3\nd = 4\n"},
    ),
)
SHEET = Cheatsheet(
    ROWS,
    {"tensor": "Tensor operations", "module": "Modules"},
    {"sheet": Source("sheet", "The cheatsheet", "a book")},
)


def array(name: str, *values: float) -> Output:
    """An output that is a vector."""
    made = from_values((len(values),), "float32", values)
    return Output(name, "array", made.shape, made.dtype, made.text, made)


def side(side: Side, *outputs: Output, **more: Any) -> SideResult:
    """A side that went well, unless `more` says otherwise."""
    return SideResult(side, **{"status": "ok", "elapsed_ms": 1.25, "outputs": outputs, **more})


class FakeSession:
    """Stands in for the live session where only timing and states matter.

    A run starts its sides when `start` is set; PyTorch ends when `half` is set, the rest when
    `finish` is, or on cancel. A question is answered when `tell` is set, as it is at first: by
    `said`, or a sentence a name; what is in `unsaid` is raised instead.
    """

    def __init__(self) -> None:
        self.start, self.half, self.finish = (threading.Event() for _ in range(3))
        self.cancelled, self.stopped, self.closed = threading.Event(), threading.Event(), False
        self.ran: list[tuple[str, str]] = []
        self.trials: list[Trial] = []
        self.timeouts: list[float] = []
        self.pytorch = side("pytorch", array("y", 1.0, 2.0))
        self.gluon = side("gluon", array("y", 1.0, 2.0))
        self.problem: Exception | None = None
        self.asked: list[tuple[Side, tuple[str, ...]]] = []
        self.tell = threading.Event()
        self.tell.set()
        self.said: dict[str, Described] = {}
        self.unsaid: dict[Side, Exception] = {}
        self.frameworks: dict[Side, dict[str, Any] | Failure] = {
            "pytorch": {"version": "2.13.0+cpu"},
            "gluon": {"version": "1.9.1"},
        }

    def at_once(self) -> FakeSession:
        """Runs end as soon as they are begun."""
        for event in (self.start, self.half, self.finish):
            event.set()
        return self

    def as_session(self) -> Session:
        """This, where a session is asked for."""
        return cast("Session", self)

    def warm_up(self) -> dict[Side, dict[str, Any] | Failure]:
        return self.frameworks

    def devices(self, side: Side) -> list[str]:
        return ["cpu", "gpu1"] if side == "pytorch" else ["cpu"]

    def describe(self, side: Side, names: Sequence[str]) -> dict[str, Described]:
        self.asked.append((side, tuple(names)))
        self._wait(self.tell)
        if side in self.unsaid:
            raise self.unsaid[side]
        made = (Described(name, f"{name}(x, *, out=None)", f"Of {name}.") for name in names)
        return {each.name: self.said.get(each.name, each) for each in made}

    def run(
        self,
        trial: Trial,
        device: Device,
        timeout: float,
        *,
        on_start: Callable[[Side], None],
        on_end: Callable[[Side, SideResult], None],
        bench: bool,
        stop: threading.Event,
    ) -> TryResult:
        assert trial.row is not None
        self.cancelled = stop
        self.ran.append((trial.row.id, str(device)))
        self.trials.append(trial)
        self.timeouts.append(timeout)
        self._wait(self.start)
        if self.problem:
            raise self.problem
        on_start("pytorch")
        on_start("gluon")
        self._wait(self.half, self.finish)
        pytorch = self._side(self.pytorch, bench=bench)
        on_end("pytorch", pytorch)
        self._wait(self.finish)
        gluon = self._side(self.gluon, bench=bench)
        on_end("gluon", gluon)
        verdict = compare_sides(pytorch, gluon, trial.compare, trial.reason)
        if "cancelled" in (pytorch.status, gluon.status):
            verdict = Verdict("not-compared", "cancelled")
        return TryResult(trial.row, str(device), {}, pytorch, gluon, verdict)

    def _side(self, result: SideResult, *, bench: bool) -> SideResult:
        if self.cancelled.is_set():
            return side(result.side, status="cancelled")
        median = 0.5 if result.side == "pytorch" else 1.0
        figures = {"median_ms": median, "iqr_ms": 0.25, "iterations": 1200}
        return replace(result, bench=figures) if bench and result.ok else result

    def _wait(self, *events: threading.Event) -> None:
        ends = (*events, self.cancelled, self.stopped)
        while not any(event.wait(0.01) for event in ends):
            pass

    def stop(self) -> None:
        self.cancelled.set()
        self.stopped.set()

    def close(self) -> None:
        self.closed = True


class Driver:
    """The app under test, with what tests ask of it again and again."""

    def __init__(self, app: MxcheatApp, pilot: Pilot[None]) -> None:
        self.app, self.pilot = app, pilot

    @property
    def screen(self) -> MainScreen:
        screen = self.app.screen_stack[0]
        assert isinstance(screen, MainScreen)
        return screen

    @property
    def row_id(self) -> str | None:
        row = self.screen.results.row
        return row.id if row else None

    @property
    def shown(self) -> str:
        """Everything on the screen, as text."""
        return "\n".join(strip.text for strip in self.app.screen._compositor.render_strips())

    def place_of(self, words: str) -> tuple[int, int]:
        """Where on the screen some words begin: column and line."""
        strips = self.app.screen._compositor.render_strips()
        lines = [strip.text for strip in strips]
        return next((line.index(words), y) for y, line in enumerate(lines) if words in line)

    @property
    def told(self) -> str:
        """What was told in passing, the latest last."""
        return "\n".join(notice.message for notice in self.app._notifications)

    @property
    def verdict(self) -> str:
        return self.screen.row.verdict.text

    async def press(self, *keys: str) -> None:
        await self.pilot.press(*keys)
        await self.pilot.pause()

    async def until(self, true: Callable[[], bool], seconds: float = 5) -> None:
        """Wait for something that a thread brings about."""
        for _ in range(int(seconds / 0.02)):
            await self.pilot.pause(0.02)
            if true():
                await self.pilot.pause()
                return
        raise AssertionError(f"never happened; the screen shows\n{self.shown}")


def settings(**values: Any) -> Settings:
    """Settings as a file would give them; `python_torch` stands for `python.torch`."""
    named = {name.replace("python_", "python."): value for name, value in values.items()}
    return Settings({name: Value(value, f"FILE: {name}") for name, value in named.items()})


@asynccontextmanager
async def driven(
    engine: Any,
    query: str = "",
    size: tuple[int, int] = (120, 36),
    sheet: Cheatsheet = SHEET,
    **more: Any,
) -> AsyncIterator[Driver]:
    """The app running on `engine`, closed at the end; `more` are its settings and its state."""
    app = MxcheatApp(sheet, query, lambda: engine, **more)
    try:
        async with app.run_test(size=size, notifications=True) as pilot:
            await pilot.pause()
            yield Driver(app, pilot)
    finally:
        app.runner.close()
    for _, error in app.troubles.seen:
        raise error
