"""Lines and errors pasted into the app."""

from __future__ import annotations

from dataclasses import replace

from textual import events

from tests.search.test_errors import RAISES, TRACEBACK

from .driver import SHEET, FakeSession, driven


async def test_each_pasted_line_finds_its_rows(quick: FakeSession) -> None:
    async with driven(quick) as it:
        it.app.post_message(
            events.Paste("import torch as t\na = t.clamp(x, 0)\nb = t.round(a)\nc = qqzz")
        )
        await it.until(lambda: it.screen.search.value.startswith("a = torch.clamp"))
        assert {row.id for row in it.screen.results.rows} >= {"clamp", "round"}
        await it.press("ctrl+u", *"round")
        assert it.row_id == "round"


async def test_a_pasted_traceback_finds_the_row_that_raises_it(quick: FakeSession) -> None:
    rows = tuple(
        replace(row, raises=RAISES["unfit"] if row.id == "round" else ()) for row in SHEET.rows
    )
    async with driven(quick, sheet=replace(SHEET, rows=rows)) as it:
        it.app.post_message(events.Paste(TRACEBACK))
        await it.until(lambda: it.screen.search.value.startswith("Traceback"))
        assert it.row_id == "round"
        assert "no exact match" not in it.shown
