"""Rows near the one in view: a line of them, by click and by key."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from mxcheat.cheatsheet.row import Row
from mxcheat.cheatsheet.sheet import Cheatsheet
from mxcheat.loading import load
from mxcheat.tui.finder import Finder

from .driver import SHEET, SIZES, driven

if TYPE_CHECKING:
    from .driver import Driver, FakeSession


def row(row_id: str, function: str) -> Row:
    return Row(row_id, "tensor", function, "torch.x(y)", "nd.x(y)", "equivalent", keywords=())


FAMILY = Cheatsheet(
    (
        row("acos", "Inverse cosine of elements"),
        row("asin", "Inverse sine of elements"),
        row("atan", "Inverse tangent [/red] of elements"),
        *(row(f"other-{number}", f"Unlike{'abcdefgh'[number]} anything") for number in range(8)),
    ),
    {"tensor": "Tensor operations"},
    {},
)


async def related_line(it: Driver) -> tuple[int, str]:
    """Where the line of related rows is on the screen, and what it says."""
    await it.until(lambda: "Related" in it.shown)
    lines = it.shown.splitlines()
    at = next(number for number, line in enumerate(lines) if "Related" in line)
    return at, lines[at]


@pytest.mark.parametrize("size", SIZES)
async def test_a_click_on_a_related_row_goes_there(
    quick: FakeSession, size: tuple[int, int]
) -> None:
    async with driven(quick, size=size, sheet=FAMILY) as it:
        at, line = await related_line(it)
        assert line.split("Related")[1].split("│")[0].split() == ["asin", "·", "atan"]
        await it.pilot.click(offset=(line.index("atan", line.index("Related")) + 1, at))
        await it.until(lambda: it.row_id == "atan")
        assert it.screen.search.has_focus
        assert it.screen.search.value == ""
        _, line = await related_line(it)
        assert "acos · asin" in line


async def test_a_related_row_that_is_not_in_the_list_is_searched_for(quick: FakeSession) -> None:
    async with driven(quick, "cosine", sheet=FAMILY) as it:
        assert it.screen.results.rows == [FAMILY.rows[0]]
        at, line = await related_line(it)
        await it.pilot.click(offset=(line.index("asin"), at))
        await it.until(lambda: it.row_id == "asin")
        assert it.screen.search.value == "asin"
        await it.press("x")
        assert it.screen.search.value == "asinx"


async def test_a_related_row_is_chosen_by_key(quick: FakeSession) -> None:
    async with driven(quick, sheet=FAMILY) as it:
        await related_line(it)
        await it.press("ctrl+g")
        assert "Inverse tangent [/red] of elements" in it.shown
        await it.press("down", "enter")
        assert it.row_id == "atan"
        await it.press("ctrl+g", "escape")
        assert it.row_id == "atan"


async def test_a_row_that_is_near_no_other_has_no_such_line(quick: FakeSession) -> None:
    async with driven(quick, "other-3", sheet=FAMILY) as it:
        await it.until(lambda: it.screen.row._related is not None)
        assert "Related" not in it.shown
        await it.press("ctrl+g")
        assert it.screen.is_active
        titles = {command.title for command in it.app.get_system_commands(it.screen)}
        assert "Row: Go to a related row" not in titles


async def test_without_a_row_there_is_none_to_go_to(quick: FakeSession) -> None:
    async with driven(quick, sheet=FAMILY) as it:
        await related_line(it)
        await it.press(*"zzzzzz", "ctrl+g")
        assert it.screen.is_active
        assert it.row_id is None


@pytest.mark.parametrize("sheet", [SHEET, load()], ids=["by hand", "shipped"])
def test_every_row_is_the_first_for_its_id(sheet: Cheatsheet) -> None:
    finder = Finder(sheet)
    assert [finder.find(row.id).entries[0] for row in sheet.rows] == list(sheet.rows)
