"""The registry of actions, and what is made from it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from textual.command import CommandList, CommandPalette

from mxcheat.tui.actions import ACTIONS
from mxcheat.tui.chooser import Chooser
from mxcheat.tui.help import HelpScreen
from mxcheat.tui.keymap import key_name
from mxcheat.tui.widgets.flow import Flow

from .driver import SIZES, driven

if TYPE_CHECKING:
    from .driver import FakeSession


def test_every_action_has_an_id_of_its_own_and_says_what_it_does() -> None:
    assert len({action.id for action in ACTIONS}) == len(ACTIONS)
    assert all(action.tooltip for action in ACTIONS)
    assert all(action.keys or action.title for action in ACTIONS), "each can be reached"


@pytest.mark.parametrize("size", SIZES)
async def test_the_footer_shows_the_keys_that_work_now(
    quick: FakeSession, size: tuple[int, int]
) -> None:
    async with driven(quick, size=size) as it:
        await it.until(lambda: it.app.size.width < 100 or "torch 2.13.0" in it.shown)
        foot = it.shown.splitlines()[-1]
        assert foot.startswith(" Enter Run  F4 Edit  F6 Docs")
        assert "F1 Help  ^P More  ^Q Quit" in foot
        await it.press("a")
        assert "Esc Clear" in it.shown.splitlines()[-1]
        await it.press("tab")
        assert "Esc Back" in it.shown.splitlines()[-1]


async def test_a_key_in_the_footer_can_be_clicked(quick: FakeSession) -> None:
    async with driven(quick, "clamp") as it:
        await it.pilot.click(offset=it.place_of("^F Filter"))
        await it.pilot.pause()
        assert isinstance(it.app.screen, Chooser)


async def test_where_there_is_no_room_the_app_s_own_keys_stay(quick: FakeSession) -> None:
    async with driven(quick, "in:tensor clamp", size=(60, 20)) as it:
        foot = it.shown.splitlines()[-1]
        assert foot.startswith(" Enter Run  Esc Clear")
        assert "F1 Help  ^P More  ^Q Quit" in foot


async def test_help_lists_every_key_and_closes(quick: FakeSession) -> None:
    async with driven(quick) as it:
        await it.press("f1")
        assert isinstance(it.app.screen, HelpScreen)
        page = " ".join(it.app.screen.query_one(Flow).text.split())
        for action in ACTIONS:
            keys = " ".join(map(key_name, it.app.keymap.keys(action.id)))
            # Escape does many things; that it goes back is said once.
            assert not keys or keys == "Esc" or f"{keys} {action.tooltip}" in page
        assert "Esc stops a run, else closes what is open, else clears the search" in page
        await it.press("f1")
        assert not isinstance(it.app.screen, HelpScreen)


async def test_help_begins_with_the_pane_that_has_the_focus(quick: FakeSession) -> None:
    async with driven(quick, size=(120, 80)) as it:
        await it.press("f1")
        assert it.shown.index("Search  ") < it.shown.index("Everywhere  ")
        await it.press("escape", "tab", "f1")
        assert it.shown.index("Row  ") < it.shown.index("Everywhere  ") < it.shown.index("Search  ")


@pytest.mark.parametrize(("key", "screen"), [("f1", HelpScreen), ("f2", Chooser)])
@pytest.mark.parametrize("beside", [True, False])
async def test_the_mouse_finds_a_way_out(
    quick: FakeSession, key: str, screen: type[object], *, beside: bool
) -> None:
    async with driven(quick, size=(120, 36)) as it:
        await it.press(key)
        assert isinstance(it.app.screen, screen)
        await it.pilot.click(offset=(1, 1) if beside else it.place_of("Esc "))
        await it.pilot.pause()
        assert it.app.screen is it.screen


async def test_the_palette_is_in_the_footer(quick: FakeSession) -> None:
    async with driven(quick, size=(60, 20)) as it:
        await it.pilot.click(offset=it.place_of("^P More"))
        await it.until(lambda: isinstance(it.app.screen, CommandPalette))


@pytest.mark.parametrize("key", ["pageup", "pagedown"])
async def test_the_palette_bears_to_have_no_room_for_its_list(quick: FakeSession, key: str) -> None:
    async with driven(quick) as it:
        await it.press("ctrl+p", "down")
        commands = it.app.screen.query_one(CommandList)
        await it.until(lambda: commands.highlighted is not None)
        commands.display = False
        await it.pilot.pause()
        commands._clear_caches()
        await it.press(key)
        assert not it.app.troubles.seen


async def test_what_one_needs_first_is_on_the_first_screen_of_help(quick: FakeSession) -> None:
    async with driven(quick, size=(80, 24)) as it:
        await it.press("f1")
        for words in ("run both sides", "copy or save", "different, as documented", "silent"):
            assert words in it.shown


async def test_the_palette_shows_keys_and_says_nothing_twice(quick: FakeSession) -> None:
    async with driven(quick, "clamp") as it:
        commands = list(it.app.get_system_commands(it.screen))
        assert len({command.title for command in commands}) == len(commands)
        helps = {command.title: command.help for command in commands}
        assert helps["Row: Run both sides"] == "Enter  F5  ^R"
        assert helps["Copy: Gluon form"] == "F9 lists it"
        assert all(command.title != command.help for command in commands)


async def test_help_fits_a_small_terminal(quick: FakeSession) -> None:
    async with driven(quick, size=(60, 20)) as it:
        await it.press("f1")
        assert "F4      edit code and inputs" in it.shown
        await it.press("end")
        await it.until(lambda: "Double click" in it.shown)
        await it.press("escape")
        assert not isinstance(it.app.screen, HelpScreen)


async def test_tab_goes_to_the_row_and_escape_comes_back(quick: FakeSession) -> None:
    async with driven(quick, "clamp", (80, 24)) as it:
        await it.press("tab")
        assert it.screen.row.detail.has_focus
        await it.press("down")
        assert it.row_id == "clamp"
        await it.press("escape")
        assert it.screen.search.has_focus
        assert it.screen.search.value == "clamp"


async def test_ctrl_q_quits(quick: FakeSession) -> None:
    async with driven(quick) as it:
        await it.press("ctrl+q")
        assert not it.app.is_running
    assert quick.closed


async def test_ctrl_q_quits_while_something_runs(slow: FakeSession) -> None:
    slow.start.set()
    async with driven(slow, "clamp") as it:
        await it.press("enter")
        await it.until(lambda: "running" in it.verdict)
        await it.press("ctrl+q")
    assert slow.cancelled.is_set()
    assert slow.closed


async def test_the_palette_names_the_registry_s_actions(quick: FakeSession) -> None:
    async with driven(quick) as it:
        titles = {command.title for command in it.app.get_system_commands(it.screen)}
        assert {"Row: Run both sides", "Device: Next", "App: Quit", "App: Theme"} <= titles
