"""The thread that has the engine, apart from the app: quitting while the engine is being made."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any

from mxcheat.live.device import CPU
from mxcheat.live.session import Session
from mxcheat.tui.runner import Runner
from mxcheat.tui.shown import Run

from .driver import ROWS, FakeSession

if TYPE_CHECKING:
    from collections.abc import Callable


class Target:
    """Stands in for a widget: runs what it is given in a thread, and keeps what it is told."""

    def __init__(self) -> None:
        self.pool = ThreadPoolExecutor()
        self.told: list[Any] = []

    def run_worker(self, work: Callable[[], None], **_: Any) -> None:
        self.pool.submit(work)

    def post_message(self, message: Any) -> None:
        self.told.append(message)


class Counting(Session):
    """A session that says whether it was asked to import anything after it was stopped."""

    def __init__(self) -> None:
        super().__init__()
        self.warmed = False

    def warm_up(self) -> Any:
        self.warmed = True
        return super().warm_up()


def test_quitting_while_the_engine_is_made_imports_nothing() -> None:
    making, go_on = threading.Event(), threading.Event()
    session = Counting()

    def make() -> Session:
        making.set()
        assert go_on.wait(30)
        return session

    target: Any = Target()
    runner = Runner(make)
    runner.warm_up(target)
    assert making.wait(30)
    runner.start(target, Run(1, ROWS[0], CPU, 0.0))
    runner.stop()
    go_on.set()
    target.pool.shutdown()  # waits for every thread, as the app's exit does
    assert not session.warmed
    assert all(worker._process is None for worker in session.workers.values())
    runner.close()


def test_an_escape_cancels_its_own_run_only() -> None:
    engine = FakeSession()
    engine.start.set()
    target: Any = Target()
    runner = Runner(engine.as_session)
    first, second = Run(1, ROWS[0], CPU, 0.0), Run(2, ROWS[0], CPU, 0.0)
    runner.start(target, first)
    while not any(type(message).__name__ == "SideStarted" for message in target.told):
        pass
    stop = engine.cancelled
    runner.cancel(first.number)
    assert stop.is_set()
    engine.half.set()
    engine.finish.set()
    runner.start(target, second)
    target.pool.shutdown()
    ends = {m.number: m for m in target.told if type(m).__name__ == "RunEnded"}
    assert ends[1].result.verdict.reason == "cancelled"
    assert ends[2].result.verdict.status == "equal"
    assert engine.cancelled is not stop
    runner.close()
