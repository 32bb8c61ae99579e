"""Pictures of the app as it was last looked at and found good.

`pytest tests/tui/test_snapshots.py --snapshot-update` takes them anew; look at what changed.
"""

from __future__ import annotations

from dataclasses import replace
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

import pytest

from mxcheat.cheatsheet.sheet import Cheatsheet
from mxcheat.live.results import Described, Failure
from mxcheat.state import State
from mxcheat.tui.app import MxcheatApp

from .driver import ROWS, SHEET, Driver, array, settings, side

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from textual.pilot import Pilot

    from .driver import FakeSession

    Steps = Callable[[Driver], Awaitable[None]]

_CONSTRAINTS = Path(__file__).parents[2] / "constraints.txt"
_PINNED = dict(
    line.split("==") for line in _CONSTRAINTS.read_text("utf-8").splitlines() if "==" in line
)
pytestmark = pytest.mark.skipif(
    version("textual") != _PINNED["textual"],
    reason=f"the pictures are of Textual {_PINNED['textual']}; this is {version('textual')}",
)
_INSTALL = "pip install 'mxcheat[live]'"


class Look(Protocol):
    """Whether the app, after some steps, looks as in the picture that is kept."""

    def __call__(
        self,
        engine: FakeSession,
        steps: Steps,
        query: str = "clamp",
        size: tuple[int, int] = (100, 32),
        sheet: Cheatsheet = SHEET,
        **more: Any,
    ) -> bool: ...


@pytest.fixture
def look(snap_compare: Callable[..., bool]) -> Look:
    """Compares the app on a stand-in with a picture; `more` are its settings and its state."""

    def compare(
        engine: FakeSession,
        steps: Steps,
        query: str = "clamp",
        size: tuple[int, int] = (100, 32),
        sheet: Cheatsheet = SHEET,
        **more: Any,
    ) -> bool:
        app = MxcheatApp(sheet, query, engine.as_session, **more)

        async def walk(pilot: Pilot[None]) -> None:
            it = Driver(app, pilot)
            await it.until(lambda: _is_settled(it))
            await steps(it)
            _hold_cursor(it)

        try:
            return snap_compare(app, terminal_size=size, run_before=walk)
        finally:
            app.runner.close()
            for _, error in app.troubles.seen:
                raise error

    return compare


def _is_settled(it: Driver) -> bool:
    """Whether the threads that begin with the app have said what they had to say."""
    known = it.screen.row.shown.frameworks and it.screen.row._related
    return bool(known)


def _hold_cursor(it: Driver) -> None:
    """Let the cursors be seen, and blink no more."""
    for field in it.app.screen.query("Input, TextArea"):
        field.cursor_blink = False  # type: ignore[attr-defined]
        field._cursor_visible = field.has_focus  # type: ignore[attr-defined]


def pressing(*keys: str) -> Steps:
    """Press keys."""

    async def steps(it: Driver) -> None:
        await it.press(*keys)

    return steps


def running(*keys: str, until: str, then: tuple[str, ...] = ()) -> Steps:
    """Press keys, wait for a word of the verdict, and press others."""

    async def steps(it: Driver) -> None:
        await it.press(*keys)
        await it.until(lambda: until in it.verdict)
        await it.press(*then)

    return steps


ran = running("enter", until="equal")


@pytest.mark.parametrize(
    "size", [(60, 20), (80, 24), (120, 36), (200, 50)], ids=lambda size: "x".join(map(str, size))
)
def test_size(look: Look, quick: FakeSession, size: tuple[int, int]) -> None:
    assert look(quick, ran, "", size)


@pytest.mark.parametrize("theme", ["textual-dark", "textual-light", "ansi-dark"])
def test_different(look: Look, quick: FakeSession, theme: str) -> None:
    quick.pytorch = side("pytorch", array("y", 0.5, 2.0, -1.25, 4.0))
    quick.gluon = side("gluon", array("y", 0.5, 2.5, -1.25, 4.25), elapsed_ms=12.5)
    steps = running("enter", until="different")
    assert look(quick, steps, settings=settings(theme=theme))


@pytest.mark.parametrize("theme", ["textual-light", "ansi-light"])
def test_close(look: Look, quick: FakeSession, theme: str) -> None:
    quick.gluon = side("gluon", array("y", 1.0, 2.000001))
    assert look(quick, running("enter", until="close"), settings=settings(theme=theme))


def test_same_distribution_without_colour(
    look: Look, quick: FakeSession, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    numbers = [number / 1000 for number in range(1003)]
    quick.pytorch = side("pytorch", array("y", *numbers[:-3]))
    quick.gluon = side("gluon", array("y", *numbers[3:]))
    sheet = Cheatsheet(
        (replace(ROWS[0], compare="distribution"), *ROWS[1:]), SHEET.sections, SHEET.sources
    )
    assert look(quick, running("enter", until="same distribution"), "", sheet=sheet)


def test_not_compared(look: Look, quick: FakeSession) -> None:
    quick.gluon = side("gluon", status="none", elapsed_ms=None)
    assert look(quick, running("enter", until="not compared"), "name axes")


def failed(status: str, failure: Failure, **more: Any) -> Any:
    """A side of PyTorch that failed."""
    return side("pytorch", status=status, error=failure, elapsed_ms=None, **more)


FAILURES = {
    "exception": failed(
        "error",
        Failure("RuntimeError", "mat1 and mat2 shapes cannot be multiplied (2x3 and 2x3)", line=1),
        stdout="before it failed: x[0] [/red]\n",
    ),
    "timeout": failed("timeout", Failure("timeout", "still running after 10 s")),
    "died": failed(
        "crashed",
        Failure("SIGKILL", "the process was killed from outside; most often memory had run out"),
    ),
    "device-missing": failed(
        "unavailable",
        Failure("unavailable", "torch finds no gpu0 here", fix="choose cpu"),
        device="gpu0",
    ),
}


@pytest.mark.parametrize("failure", FAILURES)
def test_failure(look: Look, quick: FakeSession, failure: str) -> None:
    quick.pytorch = FAILURES[failure]
    assert look(quick, running("enter", until="not compared"))


def test_framework_missing(look: Look, quick: FakeSession) -> None:
    missing = Failure("unavailable", "mxnet is not installed", fix=_INSTALL)
    quick.frameworks["gluon"] = missing
    quick.gluon = side("gluon", status="unavailable", error=missing, elapsed_ms=None)
    assert look(quick, running("enter", until="not compared"), size=(80, 24))


def test_syntax_error(look: Look, quick: FakeSession) -> None:
    quick.pytorch = failed("error", Failure("SyntaxError", "'(' was never closed", line=2))
    typed = ("f4", "end", "enter", *"y = (x + 1", "ctrl+r")
    assert look(quick, running(*typed, until="not compared"))


def test_wrong_input(look: Look, quick: FakeSession) -> None:
    typed = ("f4", "f4", "f4", "ctrl+end", "enter", *"k: onse(2)", "ctrl+r")
    assert look(quick, running(*typed, until="not run"), size=(80, 24))


class Clock:
    """The time module, for widgets: it is as late as the test says."""

    def __init__(self) -> None:
        self.now = 0.0

    def monotonic(self) -> float:
        return self.now


def test_running(look: Look, slow: FakeSession, monkeypatch: pytest.MonkeyPatch) -> None:
    clock = Clock()
    for widget in ("outputs", "row", "verdict"):
        monkeypatch.setattr(f"mxcheat.tui.widgets.{widget}.time", clock)

    async def steps(it: Driver) -> None:
        slow.start.set()
        await it.press("enter")
        await it.until(lambda: "running" in it.verdict)
        slow.half.set()
        await it.until(lambda: "[1., 2.]" in it.shown)
        clock.now = 2.5
        await it.until(lambda: "running 2.5 s" in it.verdict and it.shown.count("2.5 s") == 2)

    assert look(slow, steps)


def test_stale(look: Look, quick: FakeSession) -> None:
    changed = ("f4", "end", *" + 1", "escape")
    assert look(quick, running("enter", until="equal", then=changed))


def test_bench(look: Look, quick: FakeSession) -> None:
    assert look(quick, running("f7", until="equal"))


def test_documentation(look: Look, quick: FakeSession) -> None:
    for name, default in (("torch.clamp", "None"), ("mxnet.nd.clip", "0")):
        doc = f"Clamps all elements.\n\nArgs:\n    x: the values\n    min: {default} at first\n"
        quick.said[name] = Described(name, f"clip(x, min={default}, *, out=None)", doc)

    async def steps(it: Driver) -> None:
        await it.press("f6")
        await it.until(lambda: it.shown.count("Clamps all") == 2)

    assert look(quick, steps, size=(120, 36))


CHOOSERS = {"device": "f2", "filter": "ctrl+f", "copy": "f9", "theme": "f10"}


@pytest.mark.parametrize("chooser", CHOOSERS)
def test_chooser(look: Look, quick: FakeSession, chooser: str) -> None:
    assert look(quick, pressing(CHOOSERS[chooser]), size=(80, 24))


def test_help(look: Look, quick: FakeSession) -> None:
    assert look(quick, pressing("f1"))


def test_nothing_found(look: Look, quick: FakeSession) -> None:
    assert look(quick, pressing(), "zzqqxx", size=(80, 24))


def test_filtered_and_compact(look: Look, quick: FakeSession) -> None:
    compact = settings(density="compact")
    assert look(quick, ran, "in:tensor round", size=(120, 36), settings=compact)


def test_first_start(look: Look, quick: FakeSession, tmp_path: Path) -> None:
    assert look(quick, pressing(), "", size=(80, 24), state=State(str(tmp_path)))
