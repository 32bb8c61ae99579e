"""Unexpected errors: told, written down, and the app goes on."""

from __future__ import annotations

from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

import pytest

from mxcheat.tui.finder import Finder
from mxcheat.tui.main_screen import MainScreen
from mxcheat.tui.survival import Guarded, write_down

from .driver import driven

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from .driver import Driver, FakeSession


def fails(*_: object, **__: object) -> None:
    raise ZeroDivisionError("oh [/red] \x1b[2J")


@asynccontextmanager
async def troubled(quick: FakeSession, query: str = "") -> AsyncIterator[Driver]:
    """The app, whose errors are the test's own."""
    async with driven(quick, query) as it:
        yield it
        it.app.troubles.seen.clear()


async def test_an_error_in_a_handler_is_told_and_the_app_goes_on(
    quick: FakeSession, own_home: Path
) -> None:
    log = own_home / ".local" / "state" / "mxcheat" / "error.log"
    async with troubled(quick) as it:
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(Finder, "find", fails)
            await it.press("r")
        said = f"Unexpected: ZeroDivisionError: oh [/red] ␛[2J\nMore in {log}"
        assert it.told == said
        assert "ZeroDivisionError: oh [/red]" in it.shown
        await it.press(*"ound")
        assert it.row_id == "round"
        await it.press("enter")
        await it.until(lambda: "equal" in it.verdict)
    text = log.read_text()
    assert "Traceback" in text
    assert "in fails" in text


@pytest.mark.parametrize("method", ["action_do", "check_action"])
async def test_an_error_in_an_action_is_told(
    quick: FakeSession, own_home: Path, method: str
) -> None:
    async with troubled(quick) as it:
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(MainScreen, method, fails)
            await it.press("down")
        assert "Unexpected: ZeroDivisionError" in it.told
        await it.press("down")
        assert it.row_id == "round"


async def test_an_error_while_drawing_is_told_once(quick: FakeSession, own_home: Path) -> None:
    async with troubled(quick) as it:
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr("mxcheat.tui.widgets.results.line_of", fails)
            await it.press("c", "l")
        assert it.told.count("Unexpected") == 1
        await it.press("a")
        assert "Clamp" in it.shown


async def test_an_error_in_a_thread_is_told(quick: FakeSession, own_home: Path) -> None:
    async with troubled(quick, "clamp") as it:
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr("mxcheat.tui.clipboard.copy", fails)
            await it.press("f9", "1")
            await it.until(lambda: "Unexpected: ZeroDivisionError" in it.told)


async def fail_at_every_key(quick: FakeSession) -> None:
    async with troubled(quick) as it:
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(Finder, "find", fails)
            await it.press(*"abcdefghijklmnopqrstuvwxyz")


async def test_errors_without_end_end_the_app(quick: FakeSession, own_home: Path) -> None:
    with pytest.raises(ZeroDivisionError):
        await fail_at_every_key(quick)


async def test_every_widget_of_ours_is_guarded(quick: FakeSession) -> None:
    async with driven(quick, "clamp") as it:
        await it.press("f4")
        ours = [
            type(node)
            for node in (it.app, it.screen, *it.screen.walk_children())
            if type(node).__module__.startswith("mxcheat.")
        ]
        assert len(set(ours)) > 10
        assert [kind for kind in ours if not issubclass(kind, Guarded)] == []


def test_a_log_is_bounded_and_never_needed(own_home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = write_down(ValueError("x" * 1_000_001))
    write_down(ValueError("after"))
    assert (own_home / ".local" / "state" / "mxcheat" / "error.log").stat().st_size < 1000
    assert path.endswith("error.log")
    monkeypatch.setenv("HOME", "")
    assert write_down(ValueError()) == ""
