"""Signatures and documentation of both names, from the key to the text."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from mxcheat.cheatsheet.row import Row
from mxcheat.cheatsheet.sheet import Cheatsheet
from mxcheat.errors import MxcheatError
from mxcheat.live.host.process import WorkerFailedError
from mxcheat.live.results import Described, Failure

from .driver import SHEET, SIZES, driven

if TYPE_CHECKING:
    from .driver import Driver, FakeSession

BOTH = [("pytorch", ("torch.clamp",)), ("gluon", ("mxnet.nd.clip",))]


def panes(it: Driver) -> tuple[str, str]:
    """What the documentation shows of each side, wherever it is scrolled to."""
    documentation = it.screen.row.detail.documentation
    assert documentation is not None
    left, right = (pane.text for pane in documentation.panes)
    return left, right


@pytest.mark.parametrize("size", [*SIZES, (60, 20)])
async def test_a_key_shows_what_both_frameworks_say(
    quick: FakeSession, size: tuple[int, int]
) -> None:
    async with driven(quick, "clamp", size) as it:
        await it.press("f6")
        await it.until(lambda: "Of torch.clamp." in it.shown)
        left, right = panes(it)
        assert left.splitlines()[:4] == [
            "torch.clamp",
            "  x",
            "  *  below: by name only",
            "  out = None",
        ]
        assert "Of mxnet.nd.clip." in right
        assert quick.asked == BOTH
        assert "Esc Fold" in it.shown.splitlines()[-1]


async def test_the_arrow_keys_scroll_it_and_escape_folds_it(quick: FakeSession) -> None:
    quick.said["torch.clamp"] = Described("torch.clamp", "", "Line.\n\n" * 60)
    async with driven(quick, "clamp", (80, 24)) as it:
        await it.press("f6")
        await it.until(lambda: "Line." in it.shown)
        before = it.screen.row.detail.scroll_offset.y
        await it.press("pagedown", "down")
        assert it.screen.row.detail.scroll_offset.y > before + 5
        assert it.row_id == "clamp"
        await it.press("escape")
        assert "Line." not in it.shown
        assert it.screen.search.has_focus
        assert it.screen.search.value == "clamp"
        await it.press("escape")
        assert it.screen.search.value == ""


async def test_a_row_is_asked_about_once(quick: FakeSession) -> None:
    async with driven(quick) as it:
        await it.press("f6")
        await it.until(lambda: "Of torch.clamp." in it.shown)
        await it.press("f6")
        assert "Of torch.clamp." not in it.shown
        await it.press("down")
        assert it.row_id == "round"
        await it.press("f6")
        await it.until(lambda: "Of torch.round." in it.shown)
        await it.press("escape", "up", "f6")
        assert "Of torch.clamp." in it.shown
        assert len(quick.asked) == 4


async def test_another_row_folds_it(quick: FakeSession) -> None:
    async with driven(quick) as it:
        await it.press("f6", "tab", "down")
        assert it.row_id == "round"
        assert not it.screen.row.shown.documented
        assert "Esc Fold" not in it.shown


async def test_an_answer_that_comes_late_stays_with_its_row(quick: FakeSession) -> None:
    quick.tell.clear()
    async with driven(quick) as it:
        await it.press("f6")
        assert "waiting for torch…" in it.shown
        await it.press("escape", "down", "f6")
        quick.tell.set()
        await it.until(lambda: "Of torch.round." in it.shown and "Of mxnet.nd.round." in it.shown)
        assert "Of torch.clamp." not in it.shown
        await it.press("escape", "up", "f6")
        assert "Of torch.clamp." in it.shown
        assert len(quick.asked) == 4


async def test_several_names_stand_under_headings(quick: FakeSession) -> None:
    answers = {"pytorch": ("torch.acos", "Tensor.acos"), "gluon": ("mxnet.nd.arccos",)}
    row = Row("acos", "s", "Arccosine", "x", "y", "equivalent", answers=answers)  # type: ignore[arg-type]
    async with driven(quick, size=(120, 50), sheet=Cheatsheet((row,), {}, {})) as it:
        await it.press("f6")
        await it.until(lambda: "Of mxnet.nd.arccos." in it.shown)
        left, right = (text.splitlines() for text in panes(it))
        assert [line for line in left if "acos" in line] == [
            *("torch.acos", "Tensor.acos"),
            *("torch.acos", "Of torch.acos.", "Tensor.acos", "Of Tensor.acos."),
        ]
        assert left.index("Of torch.acos.") == right.index("Of mxnet.nd.arccos.")


@pytest.mark.parametrize("columns", [117, 118, 119, 120])
async def test_both_sides_stay_level_at_every_width(quick: FakeSession, columns: int) -> None:
    for name in ("torch.clamp", "mxnet.nd.clip"):
        quick.said[name] = Described(name, "", "x " * 2000 + "\n\nThe end.")
    async with driven(quick, "clamp", (columns, 50)) as it:
        await it.press("f6")
        await it.until(lambda: it.shown.count("x x x") > 9)
        left, right = (text.splitlines() for text in panes(it))
        assert left.index("The end.") == right.index("The end.")


async def test_defaults_that_differ_are_marked(quick: FakeSession) -> None:
    quick.said["torch.clamp"] = Described("torch.clamp", "clamp(x, axis=-1, eps=1e-5)", "")
    quick.said["mxnet.nd.clip"] = Described("mxnet.nd.clip", "clip(x, axis=1, eps=0.00001)", "")
    async with driven(quick, "clamp") as it:
        await it.press("f6")
        await it.until(lambda: "axis = -1 ≠" in it.shown)
        assert "axis = 1 ≠" in it.shown
        assert "1e-5 ≠" not in it.shown


async def test_nothing_a_framework_says_is_markup_or_acts(quick: FakeSession) -> None:
    signature = "clamp(x='[/red]', *, y='\x1b[2J')"
    quick.said["torch.clamp"] = Described("torch.clamp", signature, "Says [/red] x[0]\x07.")
    async with driven(quick, "clamp") as it:
        await it.press("f6")
        await it.until(lambda: "Says [/red] x[0]␇." in it.shown)
        assert "'[/red]'" in it.shown
        assert "'␛[2J'" in it.shown


@pytest.mark.parametrize("size", SIZES)
async def test_a_framework_that_is_missing_leaves_the_other_side(
    quick: FakeSession, size: tuple[int, int]
) -> None:
    failure = Failure("unavailable", "mxnet is not installed", fix="pip install 'a[b]'")
    quick.unsaid["gluon"] = WorkerFailedError(failure)
    async with driven(quick, "clamp", size) as it:
        await it.press("f6")
        await it.until(lambda: "mxnet is not installed" in it.shown)
        left, right = panes(it)
        assert "Of torch.clamp." in left
        assert " ".join(right.split()) == "∅ mxnet is not installed → pip install 'a[b]'"
        del quick.unsaid["gluon"]
        await it.press("f6", "f6")
        await it.until(lambda: "Of mxnet.nd.clip." in panes(it)[1])


async def test_a_worker_that_dies_and_a_wrong_setting_are_said(quick: FakeSession) -> None:
    quick.unsaid["pytorch"] = WorkerFailedError(Failure("SIGKILL", "killed from outside"))
    quick.unsaid["gluon"] = MxcheatError("python.mxnet is 'no'", hint="name a Python")
    async with driven(quick, "clamp") as it:
        await it.press("f6")
        await it.until(lambda: "∅ SIGKILL: killed from outside" in it.shown)
        await it.until(lambda: "∅ python.mxnet is 'no' → name a" in it.shown)


async def test_a_defect_is_said_and_can_be_tried_again(quick: FakeSession) -> None:
    quick.unsaid["pytorch"] = RuntimeError("oh [/red]")
    async with driven(quick, "clamp") as it:
        await it.press("f6")
        await it.until(lambda: "∅ mxcheat failed: RuntimeError: oh" in it.shown)
        del quick.unsaid["pytorch"]
        await it.press("f6", "f6")
        await it.until(lambda: "Of torch.clamp." in it.shown)


async def test_a_name_that_nothing_is_said_of(quick: FakeSession) -> None:
    quick.said["torch.clamp"] = Described("torch.clamp", "", "")
    async with driven(quick, "clamp") as it:
        await it.press("f6")
        await it.until(lambda: "Of mxnet.nd.clip." in it.shown)
        assert panes(it)[0].split("\n")[:2] == ["torch.clamp", "  it says nothing of this name"]


async def test_a_side_without_a_name_is_not_asked(quick: FakeSession) -> None:
    async with driven(quick, "axes") as it:
        await it.press("f6")
        assert [text.strip() for text in panes(it)] == ["no name to look up", "no counterpart"]
        assert quick.asked == []


async def test_the_documentation_waits_for_a_run_and_leaves_it_alone(slow: FakeSession) -> None:
    slow.start.set()
    async with driven(slow, "clamp") as it:
        await it.press("enter")
        await it.until(lambda: "running" in it.verdict)
        await it.press("f6")
        await it.pilot.pause(0.1)
        assert "waiting for torch…" in it.shown
        assert slow.asked == []
        slow.finish.set()
        await it.until(lambda: "Of torch.clamp." in it.shown)
        assert "equal" in it.verdict
        assert not slow.cancelled.is_set()


async def test_a_run_during_a_question_leaves_it_alone(quick: FakeSession) -> None:
    quick.tell.clear()
    async with driven(quick, "clamp") as it:
        await it.press("f6")
        await it.until(lambda: quick.asked != [])
        await it.press("enter", "enter")  # the second in place of the first
        assert not quick.cancelled.is_set()
        quick.tell.set()
        await it.until(lambda: "equal" in it.verdict and "Of torch.clamp." in it.shown)


async def test_escape_stops_a_run_before_it_folds(slow: FakeSession) -> None:
    slow.start.set()
    async with driven(slow, "clamp") as it:
        await it.press("f6")
        await it.until(lambda: "Of torch.clamp." in it.shown)
        await it.press("enter")
        await it.until(lambda: "running" in it.verdict)
        await it.press("escape")
        await it.until(lambda: "cancelled" in it.verdict)
        assert it.screen.row.shown.documented
        await it.press("escape")
        assert not it.screen.row.shown.documented


async def test_outputs_are_brought_into_view_above_it(quick: FakeSession) -> None:
    quick.said["torch.clamp"] = Described("torch.clamp", "", "Line.\n\n" * 60)
    async with driven(quick, "clamp", (80, 24)) as it:
        await it.press("f6")
        await it.until(lambda: "Line." in it.shown)
        await it.press("end", "enter")
        await it.until(lambda: "[1., 2.]" in it.shown)


async def test_the_cursor_stays_in_the_editor(quick: FakeSession) -> None:
    async with driven(quick, "clamp") as it:
        await it.press("f4")
        editor = it.app.focused
        await it.press("f6")
        await it.until(lambda: "Of torch.clamp." in it.shown)
        assert it.app.focused is editor
        await it.press("escape")
        assert "Of torch.clamp." not in it.shown
        assert it.app.focused is editor
        await it.press("escape")
        assert it.screen.search.has_focus


async def test_quitting_while_a_question_waits(slow: FakeSession) -> None:
    slow.start.set()
    async with driven(slow, "clamp") as it:
        await it.press("enter")
        await it.until(lambda: "running" in it.verdict)
        await it.press("f6", "ctrl+q")
    assert slow.closed
    assert slow.asked == []


async def test_without_a_row_there_is_nothing_to_show(quick: FakeSession) -> None:
    async with driven(quick, "zzzzzz", sheet=SHEET) as it:
        await it.press("f6")
        assert not it.screen.row.shown.documented
        assert "F6 Docs" not in it.shown
