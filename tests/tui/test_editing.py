"""Changing a row in place: editors, what is run, and what is kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from rich.style import Style

from mxcheat.cheatsheet.row import Row
from mxcheat.cheatsheet.sheet import Cheatsheet
from mxcheat.live.results import Failure
from mxcheat.tui.drafts import Draft

from .driver import ROWS, SIZES, driven, side

if TYPE_CHECKING:
    from mxcheat.tui.widgets.editors import Editor

    from .driver import Driver, FakeSession


def editors(it: Driver) -> list[Editor]:
    """PyTorch's, Gluon's, and that of the inputs."""
    return list(it.screen.query("Editor").results())  # type: ignore[arg-type]


@pytest.mark.parametrize("size", [*SIZES, (60, 20)])
async def test_what_is_typed_is_run_and_its_verdict_is_marked(
    quick: FakeSession, size: tuple[int, int]
) -> None:
    async with driven(quick, "clamp", size) as it:
        await it.press("f4")
        assert editors(it)[0].has_focus
        await it.press("end", *" + 1")
        assert "PyTorch · edited" in it.shown
        assert "torch.clamp(x, min=0.2) + 1" in it.shown
        await it.press("ctrl+r")
        await it.until(lambda: "equal · edited" in it.verdict)
        (trial,) = quick.trials
        assert trial.snippets["pytorch"] is not None
        assert trial.snippets["pytorch"].code == "torch.clamp(x, min=0.2) + 1"
        assert it.screen.region.contains_region(it.screen.query_one("#run").region)


async def test_enter_makes_a_line_that_is_indented_like_the_one_above(quick: FakeSession) -> None:
    async with driven(quick, "clamp") as it:
        await it.press("f4", "end", "enter", *"if x:", "enter", *"a", "enter", *"b")
        assert editors(it)[0].text == "torch.clamp(x, min=0.2)\nif x:\n    a\n    b"
        await it.press("enter", "backspace", *"c", "up", "shift+tab")
        assert editors(it)[0].text.endswith("\n    a\nb\nc")
        await it.press("tab")
        assert editors(it)[0].text.endswith("\n    a\n    b\nc")
        assert quick.ran == []


async def test_undo_takes_back_what_was_typed(quick: FakeSession) -> None:
    async with driven(quick, "clamp") as it:
        await it.press("f4", *"abc")
        await it.press("ctrl+z")
        assert editors(it)[0].text == "torch.clamp(x, min=0.2)"
        assert "edited" not in it.shown


async def test_escape_goes_back_to_the_search_and_keeps_what_was_typed(
    quick: FakeSession,
) -> None:
    async with driven(quick, "clamp") as it:
        await it.press("f4", *"y = ", "escape")
        assert it.screen.search.has_focus
        assert not it.screen.row.shown.editing
        assert "PyTorch · edited" in it.shown
        assert "y = torch.clamp(x, min=0.2)" in it.shown
        await it.press("enter")
        await it.until(lambda: "equal · edited" in it.verdict)
        await it.press("f4")
        assert editors(it)[0].text == "y = torch.clamp(x, min=0.2)"


async def test_what_was_typed_stays_with_its_row(quick: FakeSession) -> None:
    async with driven(quick) as it:
        await it.press("f4", *"a", "f4", *"b", "f4", *"c", "escape", "down")
        assert "edited" not in it.shown
        await it.press("f4")
        assert editors(it)[0].text == "torch.round(x)"
        await it.press("escape", "up", "f4")
        assert [editor.text[0] for editor in editors(it)] == ["a", "b", "c"]


async def test_a_click_on_another_row_while_editing_loses_nothing(quick: FakeSession) -> None:
    async with driven(quick) as it:
        await it.press("f4", *"abc")
        await it.pilot.click("#results", offset=(8, 3))
        await it.pilot.pause()
        assert it.row_id == "round"
        assert editors(it)[0].text == "torch.round(x)"
        clamp = it.screen.row.history.draft(ROWS[0])
        assert isinstance(clamp, Draft)
        assert clamp.pytorch == "abctorch.clamp(x, min=0.2)"


async def test_reset_goes_back_to_the_row_and_can_be_undone(quick: FakeSession) -> None:
    async with driven(quick, "clamp") as it:
        await it.press("f4", *"abc", "ctrl+o")
        assert editors(it)[0].text == "torch.clamp(x, min=0.2)"
        assert "edited" not in it.shown
        assert it.screen.row.history.draft(ROWS[0]) is None
        await it.press("ctrl+z")
        assert editors(it)[0].text == "abctorch.clamp(x, min=0.2)"
        assert "edited" in it.shown


async def test_results_of_the_code_before_a_change_are_dimmed(quick: FakeSession) -> None:
    async with driven(quick, "clamp") as it:
        await it.press("enter")
        await it.until(lambda: "equal" in it.verdict)
        outputs = it.screen.row.detail.outputs
        await it.press("f4", "end", "1")
        assert all(pane.has_class("-stale") for pane in outputs.panes)
        assert "previous run, before your last change" in it.verdict
        await it.press("backspace")
        assert not any(pane.has_class("-stale") for pane in outputs.panes)
        assert "previous" not in it.verdict


async def test_while_they_are_edited_inputs_are_told_by_value_only(quick: FakeSession) -> None:
    async with driven(quick, "clamp", (120, 50)) as it:
        assert it.shown.count("uniform(2, 3)") == 1
        await it.press("f4")
        assert it.shown.count("uniform(2, 3)") == 1
        facts = it.screen.row.detail.facts
        assert "Inputs" not in facts.text
        await it.press("escape")
        assert "uniform(2, 3)" in facts.text


async def test_a_wrong_input_is_said_at_its_line(quick: FakeSession) -> None:
    async with driven(quick, "clamp") as it:
        await it.press("f4", "f4", "f4", "ctrl+end", "enter", *"k: onse(2)", "ctrl+r")
        await it.until(lambda: "not run" in it.verdict)
        assert "inputs, line 2" in it.verdict
        line = next(line for line in it.shown.splitlines() if "k: onse(2)" in line)
        assert "did you mean ones?" in line
        assert quick.trials == []
        await it.press("backspace")
        line = next(line for line in it.shown.splitlines() if "k: onse(2" in line)
        assert "did you mean" not in line


async def test_the_line_that_raised_is_marked(quick: FakeSession) -> None:
    quick.pytorch = side("pytorch", status="error", error=Failure("ValueError", "bad", line=2))
    async with driven(quick, "clamp") as it:
        await it.press("f4", "end", "enter", *"oh", "ctrl+r")
        await it.until(lambda: "not compared" in it.verdict)
        assert [_is_marked(editors(it)[0], line) for line in (0, 1)] == [False, True]
        await it.press("x")
        assert not _is_marked(editors(it)[0], 1)


def _is_marked(editor: Editor, line: int) -> bool:
    spans = editor.get_line(line).spans
    return any(isinstance(span.style, Style) and span.style.underline for span in spans)


async def test_the_side_that_a_row_lacks_can_be_written(quick: FakeSession) -> None:
    async with driven(quick, "named axes") as it:
        await it.press("f4", "f4", *"nd.zeros(2)", "ctrl+r")
        await it.until(lambda: quick.trials != [])
        assert quick.trials[0].snippets["gluon"] is not None


async def test_what_acts_in_a_terminal_does_not_in_an_editor(quick: FakeSession) -> None:
    row = Row("esc", "s", "Escape", "x = '\x1b]0;t\x07[/red]\u202e'", "y", "equivalent")
    async with driven(quick, sheet=Cheatsheet((row,), {}, {})) as it:
        await it.press("f4")
        assert "x = '␛]0;t␇[/red]�'" in it.shown
        assert editors(it)[0].text == row.pytorch
