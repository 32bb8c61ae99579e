"""Keys that the user has set, and what is said of wrong ones."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING

import pytest
from textual import events

from mxcheat.errors import ExitCode, MxcheatError
from mxcheat.tui.actions import ACTIONS
from mxcheat.tui.keymap import KeyMap, key_name, keymap_of

from .driver import driven, settings

if TYPE_CHECKING:
    from .driver import FakeSession


async def test_an_action_follows_its_key(quick: FakeSession) -> None:
    own = settings(keys={"row.run": "ctrl+r, f5"})
    async with driven(quick, "clamp", settings=own) as it:
        assert "^R Run" in it.shown
        await it.press("enter")
        assert quick.ran == []
        await it.press("ctrl+r")
        await it.until(lambda: "equal" in it.verdict)
        await it.press("f5")
        await it.until(lambda: len(quick.ran) == 2)
        await it.press("f1")
        assert "^R" in it.shown
        assert "Enter" not in it.shown.split("Everywhere")[1].split("mxcheat")[0]


async def test_one_of_three_on_escape_can_move_alone(quick: FakeSession) -> None:
    own = settings(keys={"query.clear": "f12"})
    async with driven(quick, "clamp", settings=own) as it:
        assert "F12 Clear" in it.shown
        await it.press("escape")
        assert it.screen.search.value == "clamp"
        await it.press("tab")
        assert "Esc Back" in it.shown
        await it.press("escape")
        assert it.screen.search.has_focus
        await it.press("f12")
        assert it.screen.search.value == ""


async def test_actions_can_swap_their_keys(quick: FakeSession) -> None:
    own = settings(keys={"app.help": "ctrl+t", "device.next": "f1"})
    async with driven(quick, settings=own) as it:
        await it.until(lambda: "gpu1" in it.shown)
        await it.press("f1")
        assert "[gpu1]" in it.shown
        await it.press("ctrl+t")
        assert it.app.screen is not it.screen


async def test_a_letter_with_alt_is_not_typed_as_well(quick: FakeSession) -> None:
    own = settings(keys={"app.help": "alt+h"})
    async with driven(quick, "clamp", settings=own) as it:
        it.app.post_message(events.Key("alt+h", "h"))  # as a terminal sends it
        await it.until(lambda: it.app.screen is not it.screen)
        assert it.screen.search.value == "clamp"


WRONG = [
    ({"row.rnu": "f5"}, "there is no action 'row.rnu'; did you mean row.run?"),
    ({"row.run": "crtl+r"}, "row.run is 'crtl+r', which is not a key; write ctrl+r"),
    ({"row.run": "f5,return_key"}, "row.run is 'return_key', which is not a key"),
    ({"row.run": "r"}, "row.run is 'r', which types a letter; for example ctrl+r"),
    ({"row.run": "ctrl+q"}, "ctrl+q is both row.run and app.quit; give one of them another key"),
    ({"results.up": "enter"}, "enter is both row.run and results.up"),
    ({"row.run": "f5", "app.help": "f5"}, "f5 is both row.run and app.help"),
]


@pytest.mark.parametrize(("keys", "said"), WRONG)
def test_what_is_wrong_with_keys_is_said_in_one_line(keys: dict[str, str], said: str) -> None:
    with pytest.raises(MxcheatError) as caught:
        keymap_of(settings(keys=keys))
    assert str(caught.value).startswith(f"FILE: keys: {said}")
    assert caught.value.exit_code is ExitCode.USAGE


@pytest.mark.parametrize(
    "key", ["f12", "ctrl+underscore", "alt+enter", "shift+up", "ctrl+question_mark"]
)
def test_keys_by_the_names_that_textual_has(key: str) -> None:
    assert keymap_of(settings(keys={"row.setup": key})).keys("row.setup") == [key]


def test_the_registry_itself_has_no_clash() -> None:
    for one, other in combinations(ACTIONS, 2):
        shared = set(KeyMap().keys(one.id)) & set(KeyMap().keys(other.id))
        if one.scope == other.scope:
            assert shared <= {"escape"}, (one.id, other.id)


@pytest.mark.parametrize(
    ("key", "name"),
    [
        ("ctrl+q", "^Q"),
        ("f2", "F2"),
        ("escape", "Esc"),
        ("ctrl+home", "^Home"),
        ("shift+tab", "Shift+Tab"),
        ("up", "↑"),
        ("alt+x", "Alt+X"),
    ],
)
def test_keys_are_written_as_people_do(key: str, name: str) -> None:
    assert key_name(key) == name
