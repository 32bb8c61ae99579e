"""Typing, the list of results, and the row in view."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from textual import events

from mxcheat.cheatsheet.row import Row
from mxcheat.cheatsheet.sheet import Cheatsheet
from mxcheat.tui.text.listing import names_of

from .driver import ROWS, SHEET, SIZES, driven

if TYPE_CHECKING:
    from textual.geometry import Region

    from mxcheat.cheatsheet.sides import Side

    from .driver import FakeSession


@pytest.mark.parametrize("size", SIZES)
async def test_typing_finds_from_the_first_moment(
    quick: FakeSession, size: tuple[int, int]
) -> None:
    async with driven(quick, size=size) as it:
        assert it.screen.search.has_focus
        assert it.row_id == "clamp"
        await it.press(*"round")
        assert it.row_id == "round"
        assert "torch.round(x)" in it.shown
        assert "nd.round(x)" in it.shown
        assert "differs" in it.shown


async def test_a_query_given_at_the_start_is_answered(quick: FakeSession) -> None:
    async with driven(quick, "round") as it:
        assert it.screen.search.value == "round"
        assert it.row_id == "round"


@pytest.mark.parametrize("size", SIZES)
async def test_keys_move_through_results_without_leaving_the_field(
    quick: FakeSession, size: tuple[int, int]
) -> None:
    async with driven(quick, size=size) as it:
        seen = []
        for key in ("down", "down", "down", "up", "pageup", "pagedown", "ctrl+home"):
            await it.press(key)
            seen.append(it.row_id)
        assert seen == [
            "round",
            "named-axes",
            "named-axes",
            "round",
            "clamp",
            "named-axes",
            "clamp",
        ]
        assert it.screen.search.has_focus


async def test_a_click_shows_a_row_and_a_double_click_runs_it(quick: FakeSession) -> None:
    async with driven(quick) as it:
        # A heading, two rows, a heading, the third row; above them the rule.
        await it.pilot.click("#results", offset=(8, 3))
        assert it.row_id == "round"
        await it.pilot.click("#results", offset=(8, 1))
        assert it.row_id == "round", "a heading is no row"
        await it.pilot.click("#results", offset=(8, 5), times=2)
        await it.until(lambda: quick.ran == [("named-axes", "cpu")])
        assert it.screen.search.has_focus


async def test_nothing_found_is_said_with_advice(quick: FakeSession) -> None:
    async with driven(quick, "qqzz[b]jj") as it:
        assert it.row_id is None
        assert "0 results" in it.shown
        assert "Esc clears the search." in it.shown
        assert "Nothing found for 'qqzz[b]jj'; try" in it.shown
        assert "Enter Run" not in it.shown
        await it.press("enter", "down", "pageup")
        assert quick.ran == []
        await it.press("escape")
        assert it.screen.search.value == ""
        assert it.row_id == "clamp"


async def test_a_cheatsheet_without_rows_says_so(quick: FakeSession) -> None:
    async with driven(quick, sheet=Cheatsheet((), {}, {})) as it:
        assert "The cheatsheet has no rows." in it.shown
        await it.press("down", "enter", "pagedown", "a")
        assert quick.ran == []


@pytest.mark.parametrize("size", SIZES)
async def test_what_looks_like_markup_is_shown_as_it_is(
    quick: FakeSession, size: tuple[int, int]
) -> None:
    async with driven(quick, size=size) as it:
        assert "[/red] and [bold]this[/bold]" in it.shown
        await it.press("down")
        assert "Round halves [/red] x[0]" in it.shown


async def test_all_that_is_known_of_a_row_is_shown(quick: FakeSession) -> None:
    async with driven(quick, "clamp") as it:
        for text in (
            "● equivalent",
            "clamp · Tensor operations",
            "Notes",
            "Erratum",
            "The sheet prints one bound.",
            "uniform(2, 3)",
            "Printed",
            "in The cheatsheet (a book)",
        ):
            assert text in it.shown


async def test_a_side_that_is_missing_is_said_to_be(quick: FakeSession) -> None:
    async with driven(quick, "named axes") as it:
        assert "○ PyTorch only" in it.shown
        assert "no counterpart" in it.shown


async def test_a_long_set_up_is_folded_until_f3(quick: FakeSession) -> None:
    async with driven(quick, "named axes") as it:
        assert "⋯ 4 lines of set-up" in it.shown
        await it.press("f3")
        assert "d = 4" in it.shown
        await it.press("f3")
        assert "d = 4" not in it.shown


async def test_control_characters_are_made_visible(quick: FakeSession) -> None:
    row = Row("esc", "s", "An \x1b[2J escape\u202e", "x = '\x1b]0;t\x07'", "y", "equivalent")
    async with driven(quick, sheet=Cheatsheet((row,), {}, {})) as it:
        assert "An ␛[2J escape<U+202E>" in it.shown
        assert "\x1b" not in it.shown


async def test_the_same_results_are_not_drawn_again(quick: FakeSession) -> None:
    async with driven(quick) as it:
        before = it.screen.results._entries
        it.screen.results.show([*before])
        assert it.screen.results._entries is before


async def test_a_thousand_rows_and_wide_characters(quick: FakeSession) -> None:
    rows = tuple(
        Row(f"r{i}", "s", f"矩阵乘法 number {i} " * 4, f"torch.f{i}(x)", "y", "equivalent")
        for i in range(1000)
    )
    async with driven(quick, size=(80, 24), sheet=Cheatsheet(rows, {}, {})) as it:
        await it.press("ctrl+end")
        assert it.row_id == "r999"
        assert "torch.f999(x)" in it.shown


async def test_what_is_typed_in_the_row_is_searched_for(quick: FakeSession) -> None:
    async with driven(quick) as it:
        await it.press("tab", "down")
        assert it.screen.row.detail.has_focus
        await it.press(*"round")
        assert it.screen.search.value == "round"
        assert it.screen.search.has_focus
        assert it.row_id == "round"


async def test_what_is_pasted_in_the_row_is_searched_for(quick: FakeSession) -> None:
    async with driven(quick) as it:
        await it.press("tab")
        it.app.post_message(events.Paste("nd.round(x)"))
        await it.until(lambda: it.screen.search.value == "nd.round(x)")
        assert it.row_id == "round"


async def test_what_is_typed_in_an_editor_stays_there(quick: FakeSession) -> None:
    async with driven(quick) as it:
        await it.press("f4", *"round")
        assert it.screen.search.value == ""
        assert "roundtorch.clamp(x, min=0.2)" in it.shown


async def test_the_search_says_in_a_small_window_what_to_type(quick: FakeSession) -> None:
    async with driven(quick, size=(60, 20)) as it:
        assert it.screen.search.placeholder in it.shown


async def test_lines_that_stay_as_they_are_are_not_drawn_again(
    quick: FakeSession, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with driven(quick, "clamp") as it:
        results = it.screen.results
        drawn: list[Region] = []
        monkeypatch.setattr(results, "refresh", lambda *regions, **_: drawn.extend(regions))
        results.show(results.rows, ("clam",))
        assert [region.y for region in drawn] == [results.rows.index(ROWS[0])]


def test_a_row_is_listed_under_the_names_that_its_forms_use() -> None:
    both: dict[Side, tuple[str, ...]] = {
        "pytorch": ("torch.clamp", "torch.clip"),
        "gluon": ("mxnet.nd.clip",),
    }
    row = Row("id", "s", "F", "torch.clamp(x)", "nd.clip(x)", "equivalent", answers=both)
    assert names_of(row) == "clamp → clip"
    assert names_of(replace(row, pytorch="x.clip(0).clamp(1)")) == "id", "a program of several"
    assert names_of(replace(row, answers={})) == "id"
    assert names_of(replace(row, answers={"pytorch": ("torch.clip",)})) == "id"
    same: dict[Side, tuple[str, ...]] = {"pytorch": ("torch.round",), "gluon": ("mxnet.nd.round",)}
    assert names_of(replace(row, answers=same)) == "round"
    alone = Row("id", "s", "F", "torch.clamp(x)", None, "pytorch-only")
    assert names_of(replace(alone, answers={"pytorch": ("torch.clamp",)})) == "clamp → –"


async def test_what_is_not_sure_is_said_to_be_near(quick: FakeSession) -> None:
    async with driven(quick, "clamp") as it:
        assert "1 result" in it.shown
        await it.press("ctrl+u", *"clmp")
        assert it.row_id == "clamp"
        assert "no exact match · 1 nearest" in it.shown


async def test_rows_of_ones_own_are_marked(quick: FakeSession) -> None:
    sheet = replace(SHEET, origins={"clamp": "/tmp/mine.yaml"})
    async with driven(quick, "clamp", (200, 50), sheet=sheet) as it:
        assert "your own · clamp · Tensor operations" in it.shown
        assert "says its author; a run shows it" in it.shown
