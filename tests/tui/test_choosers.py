"""Lists from which one chooses: filters, devices, themes; density; what survives."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from mxcheat.errors import ExitCode, MxcheatError
from mxcheat.live.results import Failure
from mxcheat.state import State
from mxcheat.tui.app import DENSE, MxcheatApp
from mxcheat.tui.chooser import Chooser

from .driver import SHEET, SIZES, driven, settings

if TYPE_CHECKING:
    from pathlib import Path

    from .driver import FakeSession


@pytest.mark.parametrize("size", [*SIZES, (60, 20)])
async def test_a_filter_is_chosen_seen_and_cleared(
    quick: FakeSession, size: tuple[int, int]
) -> None:
    async with driven(quick, size=size) as it:
        await it.press("ctrl+f")
        assert "Show only" in it.shown
        assert "in:module · 1 row" in it.shown
        await it.press("down", "enter")
        assert it.screen.search.value == "in:module "
        assert it.row_id == "named-axes"
        assert "1 of 3 rows" in it.shown
        assert it.screen.search.has_focus
        await it.press(*"axes")
        assert it.screen.search.value == "in:module axes"
        await it.press("f8")
        assert it.screen.search.value == "axes"


async def test_a_second_filter_joins_and_the_list_offers_all_rows(quick: FakeSession) -> None:
    async with driven(quick, "in:tensor ") as it:
        assert "F8 All rows" in it.shown
        await it.press("ctrl+f")
        assert "without in:tensor" in it.shown
        await it.press("end", "up", "enter")
        assert it.screen.search.value == "in:tensor is:differs "
        assert it.row_id == "round"
        await it.press("ctrl+f", "home", "enter")
        assert it.screen.search.value == ""
        assert "F8 All rows" not in it.shown


async def test_escape_leaves_a_list_and_nothing_changes(quick: FakeSession) -> None:
    async with driven(quick, "clamp") as it:
        for key in ("ctrl+f", "f2", "f9", "f10"):
            await it.press(key)
            assert isinstance(it.app.screen, Chooser)
            await it.press("down", "escape")
            assert it.screen.is_active
        assert it.screen.search.value == "clamp"
        assert str(it.screen.row.shown.device) == "cpu"
        assert it.app.theme == "textual-dark"
        assert quick.ran == []


async def test_a_device_is_chosen_from_what_each_side_has(quick: FakeSession) -> None:
    async with driven(quick, "clamp") as it:
        await it.until(lambda: "gpu1" in it.shown)
        await it.press("f2")
        for line in (
            "[x] cpu   torch and mxnet",
            "    gpu1  torch; mxnet finds only cpu",
        ):
            assert line in it.shown
        assert "gpu0" not in it.shown, "neither side has it"
        assert "[cpu]  gpu1 not in mxnet" in it.shown
        await it.press("end", "enter")
        assert "on gpu1" in it.verdict
        await it.press("enter")
        await it.until(lambda: quick.ran == [("clamp", "gpu1")])


async def test_a_framework_that_is_missing_is_named_with_the_devices(quick: FakeSession) -> None:
    quick.frameworks["gluon"] = Failure("unavailable", "no [x] here", fix="pip install 'a[b]'")
    async with driven(quick) as it:
        await it.until(lambda: "mxnet missing" in it.shown)
        await it.press("f2")
        assert "torch; no [x] here → pip install 'a[b]'" in it.shown


async def test_the_device_that_is_set_is_the_first(quick: FakeSession) -> None:
    async with driven(quick, "clamp", settings=settings(device="cuda:2")) as it:
        assert "[gpu2] not in torch or mxnet" in it.shown
        assert "on gpu2" in it.verdict
        await it.press("enter")
        await it.until(lambda: quick.ran == [("clamp", "gpu2")])


async def test_the_timeout_that_is_set_is_kept(quick: FakeSession) -> None:
    async with driven(quick, "clamp", settings=settings(timeout=4.5)) as it:
        await it.press("enter")
        await it.until(lambda: quick.timeouts == [4.5])


async def test_a_theme_is_shown_while_it_is_looked_at_and_kept(
    quick: FakeSession, tmp_path: Path
) -> None:
    async with driven(quick, state=State(str(tmp_path))) as it:
        await it.press("f10", "home")
        assert it.app.theme == "atom-one-dark"
        await it.press("escape")
        assert it.app.theme == "textual-dark"
        await it.press("f10", "end", "enter")
        assert it.app.theme == "ansi-light"
    async with driven(quick, state=State(str(tmp_path))) as it:
        assert it.app.theme == "ansi-light"


async def test_a_theme_that_is_set_prevails_and_that_is_said(
    quick: FakeSession, tmp_path: Path
) -> None:
    own, state = settings(theme="nord"), State(str(tmp_path))
    async with driven(quick, settings=own, state=state) as it:
        assert it.app.theme == "nord"
        await it.press("f10", "end", "enter")
        assert it.told == "ansi-light for this session; FILE: theme is nord"
    async with driven(quick, settings=own, state=state) as it:
        assert it.app.theme == "nord"


async def test_a_remembered_theme_that_is_gone_is_no_matter(
    quick: FakeSession, tmp_path: Path
) -> None:
    state = State(str(tmp_path))
    state.chose(theme="gone", density="gone")
    async with driven(quick, state=state) as it:
        assert it.app.theme == "textual-dark"
        assert not it.app.has_class(DENSE)


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"theme": "drakula"}, "FILE: theme is 'drakula'; did you mean dracula?"),
        ({"device": "gpx"}, "FILE: device is 'gpx'; did you mean gpu?"),
        ({"keys": {"row.rnu": "f5"}}, "FILE: keys: there is no action 'row.rnu'"),
    ],
)
def test_the_app_does_not_open_on_wrong_settings(values: dict[str, object], said: str) -> None:
    with pytest.raises(MxcheatError) as caught:
        MxcheatApp(SHEET, settings=settings(**values))
    assert str(caught.value).startswith(said)
    assert caught.value.exit_code is ExitCode.USAGE


@pytest.mark.parametrize("size", SIZES)
async def test_density_changes_by_key_and_is_kept(
    quick: FakeSession, size: tuple[int, int], tmp_path: Path
) -> None:
    assert State(str(tmp_path)).save(), "who is new is greeted, which takes a line"
    async with driven(quick, "clamp", size, state=State(str(tmp_path))) as it:
        before = it.screen.row.detail.region.height
        await it.press("ctrl+l")
        after = it.screen.row.detail.region.height
        assert after > before or size[1] < 32, "few lines are compact anyway"
    async with driven(quick, "clamp", size, state=State(str(tmp_path))) as it:
        assert it.screen.row.detail.region.height == after
        await it.press("ctrl+l")
        assert it.screen.row.detail.region.height == before
    async with driven(quick, settings=settings(density="compact")) as it:
        assert it.app.has_class(DENSE)


async def test_what_was_used_comes_first_the_next_time(quick: FakeSession, tmp_path: Path) -> None:
    async with driven(quick, "round", state=State(str(tmp_path))) as it:
        await it.press("enter")
        await it.until(lambda: "equal" in it.verdict)
    async with driven(quick, state=State(str(tmp_path))) as it:
        assert "Recent" in it.shown
        assert it.row_id == "round"


async def test_the_first_start_says_what_to_do_until_it_is_done(
    quick: FakeSession, tmp_path: Path
) -> None:
    state = State(str(tmp_path))
    async with driven(quick, state=state) as it:
        assert "New here? Type what you remember" in it.shown
        await it.press("c")
        assert "New here?" not in it.shown
    async with driven(quick, state=State(str(tmp_path))) as it:
        assert "New here?" not in it.shown


async def test_who_cannot_keep_a_state_is_not_greeted_each_time(
    quick: FakeSession, tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("")
    async with driven(quick, state=State(str(tmp_path / "file" / "below"))) as it:
        assert "New here?" not in it.shown
        await it.press("enter", "ctrl+l")
        await it.until(lambda: "equal" in it.verdict)
        assert it.told == ""


async def test_letters_filter_every_list_and_escape_takes_the_filter_back(
    quick: FakeSession,
) -> None:
    async with driven(quick, "clamp") as it:
        await it.press("ctrl+f", *"mod")
        assert "filter: mod" in it.shown
        assert "Modules" in it.shown
        assert "in:tensor" not in it.shown
        await it.press(*"x")
        assert "nothing fits" in it.shown
        await it.press("enter")
        assert isinstance(it.app.screen, Chooser), "nothing is highlighted"
        await it.press("backspace", "enter")
        assert it.screen.search.value == "in:module clamp"
        await it.press("f8")
        for key in ("f9", "f2", "f10"):
            await it.press(key, *"qq")
            assert "nothing fits" in it.shown
            await it.press("escape")
            assert "filter:" not in it.shown
            await it.press("escape")
            assert it.screen.is_active


@pytest.mark.parametrize("key", ["f2", "f10"])
async def test_the_way_out_of_a_short_list_is_said_in_full(quick: FakeSession, key: str) -> None:
    async with driven(quick, "clamp", (60, 20)) as it:
        await it.press(key)
        assert "type to filter · Enter · Esc closes ─╯" in it.shown
