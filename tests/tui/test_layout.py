"""What stands where, at every size."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from mxcheat.cheatsheet.row import Row
from mxcheat.cheatsheet.sheet import Cheatsheet
from mxcheat.live.results import Output

from .driver import SIZES, driven, side

if TYPE_CHECKING:
    from .driver import FakeSession


@pytest.mark.parametrize("size", [*SIZES, (60, 20), (110, 24), (80, 50), (40, 12)])
async def test_nothing_sticks_out(quick: FakeSession, size: tuple[int, int]) -> None:
    async with driven(quick, "clamp", size) as it:
        await it.press("enter")
        await it.until(lambda: not it.screen.row.shown.current)
        for widget in (it.screen.results, it.screen.row.detail, it.screen.query_one("#run")):
            assert it.screen.region.contains_region(widget.region), widget
        assert "equal" in it.shown


async def test_no_size_is_too_small_to_go_on(quick: FakeSession) -> None:
    async with driven(quick, "clamp", (80, 24)) as it:
        for size in ((20, 8), (5, 3), (1, 1), (300, 90), (80, 24)):
            await it.pilot.resize_terminal(*size)
            await it.press("down", "enter")
            await it.until(lambda: not it.screen.row.shown.current)
        assert "equal" in it.shown


async def test_narrow_stacks_and_wide_stands_beside(quick: FakeSession) -> None:
    async with driven(quick, size=(80, 24)) as it:
        assert it.screen.results.region.bottom <= it.screen.row.region.y
        await it.pilot.resize_terminal(120, 36)
        await it.pilot.pause()
        assert it.screen.results.region.right <= it.screen.row.region.x
        assert it.screen.results.region.y == it.screen.row.region.y


async def test_a_long_set_up_is_unfolded_by_a_click(quick: FakeSession) -> None:
    async with driven(quick, "named axes") as it:
        assert "d = 4" not in it.shown
        await it.pilot.click(offset=it.place_of("4 lines of set-up"))
        await it.pilot.pause()
        assert "d = 4" in it.shown


async def test_a_very_small_terminal_is_told_so(quick: FakeSession) -> None:
    async with driven(quick, size=(50, 16)) as it:
        assert "60x20" in it.shown
        await it.pilot.resize_terminal(80, 24)
        await it.pilot.pause()
        assert "60x20" not in it.shown


async def test_forms_are_level_and_stacked_where_narrow(quick: FakeSession) -> None:
    async with driven(quick, size=(80, 24)) as it:
        forms = it.screen.row.detail.forms
        assert forms.left.region.y == forms.right.region.y
        await it.pilot.resize_terminal(50, 24)
        await it.pilot.pause()
        assert forms.left.region.bottom <= forms.right.region.y


async def test_long_outputs_leave_the_forms_in_view(quick: FakeSession) -> None:
    long = Output("text", "text", None, None, "line\n" * 300)
    quick.pytorch, quick.gluon = side("pytorch", long), side("gluon", long)
    async with driven(quick, "clamp", (80, 24)) as it:
        await it.press("enter")
        await it.until(lambda: "equal" in it.verdict or "different" in it.verdict)
        assert "torch.clamp(x, min=0.2)" in it.shown
        assert it.shown.count("line") > 8


async def test_outputs_are_brought_into_view_below_long_forms(quick: FakeSession) -> None:
    code = "\n".join(f"a{i} = {i}" for i in range(60))
    sheet = Cheatsheet((Row("long", "s", "Long", code, code, "equivalent"),), {}, {})
    async with driven(quick, size=(80, 24), sheet=sheet) as it:
        assert "a0 = 0" in it.shown
        await it.press("enter")
        await it.until(lambda: "equal" in it.verdict)
        assert "PyTorch · y float32 (2,)" in it.shown
        assert "a59 = 59" in it.shown
