"""Rows made by hand, a stand-in for the live session, and the app on both."""

from __future__ import annotations

import os

os.environ.setdefault("TEXTUAL_FPS", "120")

import threading
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any

import pytest

from mxcheat.cheatsheet.arrays import from_values
from mxcheat.cheatsheet.row import Cheatsheet, Printed, Row, Source
from mxcheat.live.compare import compare_sides
from mxcheat.live.results import Failure, Output, SideResult, TryResult
from mxcheat.tui.app import MxcheatApp
from mxcheat.tui.screens.main import MainScreen

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable

    from textual.pilot import Pilot

    from mxcheat.cheatsheet.row import Side
    from mxcheat.live.device import Device
    from mxcheat.live.session import Trial

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
        apis={"pytorch": ("torch.clamp",), "gluon": ("mxnet.nd.clip",)},
        inputs={"x": "uniform(2, 3)"},
    ),
    Row(
        id="round",
        section="tensor",
        function="Round halves [/red] x[0]",
        pytorch="torch.round(x)",
        gluon="nd.round(x)",
        availability="differs",
        apis={"pytorch": ("torch.round",), "gluon": ("mxnet.nd.round",)},
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

    A run starts its sides when `start` is set, and ends when `finish` is set or on cancel.
    """

    def __init__(self) -> None:
        self.start, self.finish = threading.Event(), threading.Event()
        self.cancelled, self.closed = threading.Event(), False
        self.ran: list[tuple[str, str]] = []
        self.pytorch = side("pytorch", array("y", 1.0, 2.0))
        self.gluon = side("gluon", array("y", 1.0, 2.0))
        self.problem: Exception | None = None
        self.frameworks: dict[Side, dict[str, Any] | Failure] = {
            "pytorch": {"version": "2.13.0+cpu"},
            "gluon": {"version": "1.9.1"},
        }

    def at_once(self) -> FakeSession:
        """Runs end as soon as they are begun."""
        self.start.set()
        self.finish.set()
        return self

    def warm_up(self) -> dict[Side, dict[str, Any] | Failure]:
        return self.frameworks

    def devices(self, side: Side) -> list[str]:
        return ["cpu", "gpu1"] if side == "pytorch" else ["cpu"]

    def run(
        self, trial: Trial, device: Device, timeout: float, on_start: Callable[[Side], None]
    ) -> TryResult:
        assert trial.row is not None
        self.ran.append((trial.row.id, str(device)))
        self._wait(self.start)
        if self.problem:
            raise self.problem
        on_start("pytorch")
        on_start("gluon")
        self._wait(self.finish)
        sides = (self.pytorch, self.gluon)
        if self.cancelled.is_set():
            sides = (side("pytorch", status="cancelled"), side("gluon", status="cancelled"))
        return TryResult(trial.row, str(device), {}, *sides, compare_sides(*sides))

    def _wait(self, event: threading.Event) -> None:
        while not event.wait(0.01) and not self.cancelled.is_set():
            pass

    def cancel(self) -> None:
        self.cancelled.set()

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
        pytest.fail(f"never happened; the screen shows\n{self.shown}")


@asynccontextmanager
async def driven(
    engine: Any, query: str = "", size: tuple[int, int] = (120, 36), sheet: Cheatsheet = SHEET
) -> AsyncIterator[Driver]:
    """The app running on `engine`, closed at the end."""
    app = MxcheatApp(sheet, query, lambda: engine)
    try:
        async with app.run_test(size=size) as pilot:
            await pilot.pause()
            yield Driver(app, pilot)
    finally:
        app.runner.close()
