"""What the app remembers: small, bounded, and never in the way."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from mxcheat.state import RECENT, Remembered, State

if TYPE_CHECKING:
    from pathlib import Path


def test_what_was_used_and_chosen_is_there_the_next_time(tmp_path: Path) -> None:
    state = State(str(tmp_path / "deep" / "mxcheat"))
    assert state.is_new
    state.used("clamp")
    state.used("addmm")
    state.used("clamp")
    state.chose(theme="nord", density="compact")
    again = State(str(tmp_path / "deep" / "mxcheat"))
    assert not again.is_new
    assert again.remembered == Remembered(["clamp", "addmm"], "nord", "compact")


def test_it_is_bounded(tmp_path: Path) -> None:
    state = State(str(tmp_path))
    for number in range(100):
        state.used(f"row-{number}")
    assert state.remembered.recent == [f"row-{99 - i}" for i in range(RECENT)]
    assert (tmp_path / "state.json").stat().st_size < 2000
    assert [path.name for path in tmp_path.iterdir()] == ["state.json"]


def test_the_state_of_the_user_is_in_the_base_directory(
    own_home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    State.of_user().used("clamp")
    assert (own_home / ".local" / "state" / "mxcheat" / "state.json").exists()
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "elsewhere"))
    State.of_user().used("clamp")
    assert (tmp_path / "elsewhere" / "mxcheat" / "state.json").exists()


@pytest.mark.parametrize(
    "found",
    [
        "",
        "{",
        "[]",
        "3",
        '{"recent": "clamp", "theme": 3, "density": null}',
        '{"recent": [1, null, ["x"], ""], "theme": {}}',
        "[" * 100_000,
        '{"theme": "' + "x" * 70_000 + '"}',
        '{"recent": ["' + "x" * 1000 + '"]}',
    ],
)
def test_what_is_not_ours_is_passed_over_and_replaced(tmp_path: Path, found: str) -> None:
    path = tmp_path / "state.json"
    path.write_text(found)
    state = State(str(tmp_path))
    assert state.remembered == Remembered()
    assert not state.is_new
    state.used("clamp")
    assert json.loads(path.read_text())["recent"] == ["clamp"]


def test_bytes_that_are_no_text_are_passed_over(tmp_path: Path) -> None:
    (tmp_path / "state.json").write_bytes(b"\xff\x00")
    assert State(str(tmp_path)).remembered == Remembered()


def test_without_a_place_to_write_it_is_remembered_while_it_lasts(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("")
    for state in (State(None), State(str(blocked / "below"))):
        state.used("clamp")
        assert state.remembered.recent == ["clamp"]
        assert state.save() is False


def test_a_directory_in_its_place_leaves_nothing_behind(tmp_path: Path) -> None:
    (tmp_path / "state.json").mkdir()
    state = State(str(tmp_path))
    state.used("clamp")
    assert [path.name for path in tmp_path.iterdir()] == ["state.json"]
