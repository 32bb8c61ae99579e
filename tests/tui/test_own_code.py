"""What a user writes in the app: edits kept and restored, pairs of one's own, earlier runs."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from mxcheat.cheatsheet.check import check_files
from mxcheat.cheatsheet.sheet import Cheatsheet
from mxcheat.live.results import Failure
from mxcheat.loading import load
from mxcheat.state import State
from mxcheat.tui.queries import Earlier

from .driver import ROWS, array, driven, side

if TYPE_CHECKING:
    import pytest

    from .driver import Driver, FakeSession


def line_of(it: Driver, words: str) -> str:
    return next(line for line in it.shown.splitlines() if words in line)


async def test_an_edit_that_was_left_is_marked_and_can_be_restored(quick: FakeSession) -> None:
    async with driven(quick, "clamp") as it:
        assert "Restore" not in it.shown
        await it.press("f4", "ctrl+end", *"+1", "escape")
        assert "torch.clamp(x, min=0.2)+1" in it.shown
        assert "● *clamp → clip" in it.shown
        assert "^O Restore" in it.shown
        assert "Enter runs the edited code on cpu" in it.verdict
        await it.press("ctrl+o")
        assert "+1" not in it.shown
        assert "*clamp" not in it.shown
        await it.press("f4")
        assert "+1" not in it.shown, "the editors do not bring it back"
        await it.press("escape", "down", "up")
        assert "*clamp" not in it.shown


async def test_inputs_alone_edited_leave_the_forms_as_they_are(quick: FakeSession) -> None:
    row = replace(ROWS[0], after={"pytorch": "y.shape"})
    sheet = Cheatsheet((row,), {"tensor": "Tensor operations"}, {})
    async with driven(quick, "clamp", sheet=sheet) as it:
        await it.press("f4", "f4", "f4", "ctrl+end", *" # other", "escape")
        assert it.screen.row.shown.draft is not None
        assert "PyTorch · edited" not in it.shown
        assert "┊ y.shape" in it.shown
        assert it.screen.row.shown.form("pytorch") == "torch.clamp(x, min=0.2)"
        await it.press("f4", "ctrl+end", *" + 1", "escape")
        assert it.screen.row.shown.form("pytorch") == "torch.clamp(x, min=0.2)\ny.shape + 1"


async def test_an_error_of_earlier_code_is_said_to_be_that(slow: FakeSession) -> None:
    slow.start.set()
    slow.finish.set()
    slow.gluon = side("gluon", status="error", error=Failure("TypeError", "no", line=1))
    async with driven(slow, "clamp") as it:
        await it.press("enter")
        await it.until(lambda: "Gluon · ✗ error" in it.shown)
        assert "nd.clip(x, 0.2, 9)  ← TypeError" in it.shown
        await it.press("f4", *"y = ", "escape")
        outputs = it.screen.row.detail.outputs
        assert "Gluon · previous run: ✗ error" in it.shown
        assert "← TypeError" not in it.shown
        assert outputs.right.stale
        assert not outputs.right.has_class("-failed")
        slow.finish.clear()
        await it.press("f7")
        await it.until(lambda: "timing" in it.verdict or "running" in it.verdict)
        await it.until(lambda: "Gluon · previous run: ✗ error" in it.shown)
        await it.press("escape")
        await it.until(lambda: "showing the previous run" in it.verdict)
        assert "Gluon · previous run: ✗ error" in it.shown


async def test_timing_on_a_device_that_is_missing_says_so(quick: FakeSession) -> None:
    quick.gluon = side("gluon", status="unavailable", error=Failure("unavailable", "no gpu1"))
    async with driven(quick, "clamp") as it:
        await it.until(lambda: "gpu1" in it.shown)
        await it.press("ctrl+t", "f7")
        await it.until(lambda: "Gluon was not timed: unavailable on gpu1" in it.shown)


async def test_a_pair_of_ones_own_is_edited_run_and_listed(quick: FakeSession) -> None:
    async with driven(quick, "round") as it:
        await it.press("alt+n")
        await it.until(lambda: it.screen.row.shown.editing)
        assert "A pair of your own" in it.shown
        await it.press("ctrl+end", *"+1", "ctrl+r")
        await it.until(lambda: "equal" in it.verdict)
        snippet = quick.trials[-1].snippets["pytorch"]
        assert snippet is not None
        assert snippet.code == "y = x * 2+1"
        await it.press("escape", "down", "up")
        assert it.row_id == "scratch-1"
        assert "y = x * 2+1" in it.shown
        await it.press("f9")
        assert "Copy the command" not in it.shown, "no sheet has it"


async def test_one_goes_back_to_what_was_run_before(quick: FakeSession) -> None:
    async with driven(quick, "clamp") as it:
        await it.press("f4", "ctrl+end", *"+1", "ctrl+r")
        await it.until(lambda: "equal · edited" in it.verdict)
        await it.press("escape", "ctrl+o", "ctrl+u", *"round")
        quick.gluon = side("gluon", array("y", 1.0, 2.5))
        await it.press("enter")
        await it.until(lambda: "different" in it.verdict)
        await it.press("alt+r")
        assert "✓ equal on cpu, just now · edited" in it.shown
        assert "≠ different, as documented on cpu, just now" in it.shown, "as the verdict says it"
        await it.press("down", "enter")
        assert it.row_id == "clamp"
        assert "torch.clamp(x, min=0.2)+1" in it.shown
        assert "equal · edited" in it.verdict


async def test_going_back_while_editing_puts_the_code_of_that_run_into_the_editors(
    quick: FakeSession,
) -> None:
    async with driven(quick, "clamp") as it:
        await it.press("f4", "ctrl+end", *"+1", "ctrl+r")
        await it.until(lambda: "equal · edited" in it.verdict)
        await it.press(*"00", "alt+r", "enter")
        editors = it.screen.row.detail.editors
        assert editors is not None
        editor = editors.code["pytorch"]
        assert editor.text == "torch.clamp(x, min=0.2)+1"
        assert "equal · edited" in it.verdict
        await it.press("ctrl+r")
        await it.until(lambda: len(quick.trials) == 2)
        assert quick.trials[1].snippets == quick.trials[0].snippets
        await it.press("ctrl+z")
        assert editor.text == "torch.clamp(x, min=0.2)+100", "what was typed is not lost"


async def test_going_back_to_an_older_pair_of_ones_own_shows_that_pair(quick: FakeSession) -> None:
    async with driven(quick, "round") as it:
        for code in ("+1", "+2"):
            await it.press("alt+n", "ctrl+end", *code, "ctrl+r")
            await it.until(lambda: "equal" in it.verdict)
            await it.press("escape")
        await it.press(*"clamp", "alt+r", "down", "enter")
        await it.press()
        assert it.row_id == "scratch-1"
        assert "y = x * 2+1" in it.shown
        assert it.screen.search.value == ""


async def test_what_closed_editors_hold_does_not_come_back_over_an_earlier_run(
    quick: FakeSession,
) -> None:
    async with driven(quick, "clamp") as it:
        await it.press("enter")
        await it.until(lambda: "equal" in it.verdict)
        await it.press("f4", "ctrl+end", *"+1", "escape", "alt+r", "enter")
        assert "+1" not in it.shown
        await it.press("ctrl+u", *"round", "f4", "escape", "ctrl+u", *"clamp")
        assert "+1" not in it.shown


async def test_queries_that_led_to_a_row_come_back(quick: FakeSession, tmp_path: Path) -> None:
    async with driven(quick, state=State(str(tmp_path))) as it:
        for query in ("clamp", "round"):
            await it.press("ctrl+u", *query, "f6", "escape")
        await it.press("ctrl+u", *"qq")
    async with driven(quick, state=State(str(tmp_path))) as it:
        seen = []
        await it.press("a")
        for key in ("alt+up", "alt+up", "alt+up", "alt+down", "alt+down", "alt+down"):
            await it.press(key)
            seen.append(it.screen.search.value)
        assert seen == ["round", "clamp", "clamp", "round", "a", "a"]


def test_typing_ends_going_back() -> None:
    earlier = Earlier()
    assert earlier.step(1, "", ["b", "a"]) == "b"
    assert earlier.step(1, "bc", ["b", "a"]) == "b"
    assert earlier.step(-1, "b", ["b", "a"]) == "bc"


async def test_an_edit_is_saved_as_a_row_that_can_be_read(
    quick: FakeSession, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    async with driven(quick, "clamp") as it:
        await it.press("f4", "ctrl+end", *" + 1", "escape", "f9")
        assert "Save as a row of your own, here" in it.shown
        await it.press(*"of your", "enter")
        await it.until(lambda: "Saved as own-clamp.yaml" in it.told)
        assert "mxcheat --data own-clamp.yaml shows it" in it.told
    text = Path("own-clamp.yaml").read_text(encoding="utf-8")
    for line in (
        "id: own-clamp",
        "pytorch: torch.clamp(x, min=0.2) + 1",
        "gluon: nd.clip(x, 0.2, 9)",
        'inputs: {x: "uniform(2, 3)"}',
    ):
        assert line in text
    problems = check_files([Path("own-clamp.yaml")], load)
    assert all("section" in str(problem) for problem in problems), "the test's sheet has its own"


async def test_the_users_editor_changes_what_the_cursor_is_in(
    quick: FakeSession, monkeypatch: pytest.MonkeyPatch
) -> None:
    def appended(_app: object, text: str, suffix: str) -> str:
        assert suffix == ".py"
        return text + "\ny"

    monkeypatch.setattr("mxcheat.tui.outside.edited_outside", appended)
    async with driven(quick, "clamp") as it:
        await it.press("f4", "alt+e", "escape")
        draft = it.screen.row.shown.draft
        assert draft is not None
        assert draft.pytorch == "torch.clamp(x, min=0.2)\ny"


async def test_without_an_editor_it_says_how_to_set_one(
    quick: FakeSession, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("EDITOR", raising=False)
    monkeypatch.delenv("VISUAL", raising=False)
    async with driven(quick, "clamp") as it:
        await it.press("f4", "alt+e")
        assert it.told.startswith("no editor is set")
        assert "export EDITOR=vim" in it.told


async def test_what_is_typed_into_a_pair_of_ones_own_replaces_the_example(
    quick: FakeSession,
) -> None:
    async with driven(quick, "clamp") as it:
        await it.press("alt+n", *"a", "f4", *"b")
        draft = it.screen.row.shown.draft
        assert draft is not None
        assert (draft.pytorch, draft.gluon) == ("a", "b")
        await it.press("f4", "f4", *"c")
        draft = it.screen.row.shown.draft
        assert draft is not None
        assert draft.pytorch == "ac", "what has been typed is not selected"
