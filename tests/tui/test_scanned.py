"""A scan gone through in the app: file, call, row, and back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mxcheat.scan.findings import Told
from mxcheat.scan.found import Bite, Call
from mxcheat.tui.chooser import Chooser
from mxcheat.tui.scanned import Scanned

from .driver import driven

if TYPE_CHECKING:
    from .driver import FakeSession


def call(line: int, symbol: str | None, row: str | None = None, **more: Any) -> Call:
    certainty = "sure" if symbol else "unknown"
    return Call(line, 5, line, 9, "code[/red]", symbol, certainty, row=row, **more)  # type: ignore[arg-type]


ROUND = Bite("Halves go to even in [/red] torch.", "values", True)
FILES = (
    (
        "src/net.py",
        Told(
            (
                call(3, "mxnet.nd.clip", "clamp"),
                call(7, "mxnet.nd.round", "round", bites=(ROUND,)),
                call(9, "mxnet.nd.no_such"),
                call(12, None, reason="a name that is computed"),
            ),
            "",
        ),
    ),
    ("src/a/very/long/way/down/to/some/blocks.py", Told((call(2, "mxnet.nd.clip", "clamp"),), "")),
    ("src/old[/red].py", Told((), "not read whole: it is binary")),
)


async def test_file_then_call_then_row_and_on(quick: FakeSession) -> None:
    async with driven(quick, scanned=Scanned(FILES)) as it:
        await it.until(lambda: "Scanned files" in it.shown)
        assert "1 silent, 1 missing, 1 unknown" in it.shown
        assert "…/way/down/to/some/blocks.py" in it.shown
        assert "src/old[/red].py" in it.shown
        await it.press("enter")
        assert "Calls in this file" in it.shown
        assert "7:5 nd.round" in it.shown
        assert "row round; Halves go to even in [/red]" in it.shown
        assert "unknown: a name that is computed" in it.shown
        await it.press("down", "enter")
        assert it.row_id == "round"
        assert it.screen.search.has_focus
        assert "^S Scan" in it.shown
        await it.press("ctrl+s")
        assert "[x] 7:5 nd.round" in it.shown
        await it.press("up", "enter")
        assert it.row_id == "clamp"


async def test_escape_leads_from_calls_to_files_and_out(quick: FakeSession) -> None:
    async with driven(quick, scanned=Scanned(FILES)) as it:
        await it.until(lambda: "Scanned files" in it.shown)
        await it.press("enter", "escape")
        assert "Scanned files" in it.shown
        await it.press("down", "enter")
        assert "2:5 nd.clip" in it.shown
        await it.press("escape", "escape")
        assert it.screen.is_active
        await it.press("ctrl+s", "end", "enter")
        assert it.screen.is_active, "there is no call to show"
        assert "src/old[/red].py: not read whole: it is binary" in it.shown


async def test_a_call_without_a_row_is_searched_for(quick: FakeSession) -> None:
    async with driven(quick, scanned=Scanned(FILES)) as it:
        await it.until(lambda: "Scanned files" in it.shown)
        await it.press("enter", "down", "down", "enter")
        assert it.screen.search.value == "nd.no_such"


async def test_without_a_scan_there_is_nothing_to_go_through(quick: FakeSession) -> None:
    async with driven(quick) as it:
        await it.press("ctrl+s")
        assert not isinstance(it.app.screen, Chooser)
        assert "Scan" not in it.shown
