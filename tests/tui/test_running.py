"""From Enter to the verdict: states, failures, cancelling, and what stays."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from mxcheat.errors import MxcheatError
from mxcheat.live.results import Failure
from mxcheat.tui.runner import RunEnded

from .driver import SIZES, array, driven, side

if TYPE_CHECKING:
    from .driver import FakeSession


@pytest.mark.parametrize("size", SIZES)
async def test_enter_runs_and_the_verdict_is_in_view(
    quick: FakeSession, size: tuple[int, int]
) -> None:
    async with driven(quick, "clamp", size) as it:
        await it.press("enter")
        await it.until(lambda: "✓ equal" in it.shown)
        assert "every output is the same" in it.shown
        assert "PyTorch · y float32 (2,)" in it.shown
        assert ("first call 1.25 ms · cpu" in it.shown) == (size[0] == 200), "where there is room"
        assert quick.ran == [("clamp", "cpu")]
        assert it.screen.search.has_focus


async def test_a_run_is_followed_from_import_to_end(slow: FakeSession) -> None:
    async with driven(slow, "clamp") as it:
        await it.press("enter")
        await it.until(lambda: "starting torch and mxnet…" in it.verdict)
        slow.start.set()
        await it.until(lambda: "running" in it.verdict)
        assert "Esc Cancel" in it.shown
        slow.finish.set()
        await it.until(lambda: "equal" in it.verdict)
        assert "Esc Clear" in it.shown


async def test_typing_goes_on_during_a_run(slow: FakeSession) -> None:
    async with driven(slow, "clamp") as it:
        slow.start.set()
        await it.press("enter", "ctrl+u", *"round")
        assert it.row_id == "round"
        assert "clamp is running" in it.verdict
        slow.finish.set()
        await it.until(lambda: not it.screen.row.shown.current)


async def test_a_side_that_has_finished_is_shown_while_the_other_runs(slow: FakeSession) -> None:
    async with driven(slow, "clamp") as it:
        slow.start.set()
        await it.press("enter")
        await it.until(lambda: "Gluon · running" in it.shown)
        slow.half.set()
        await it.until(lambda: "PyTorch · y float32 (2,)" in it.shown)
        assert "[1., 2.]" in it.shown
        assert "Gluon · running" in it.shown
        assert "running" in it.verdict
        slow.finish.set()
        await it.until(lambda: "equal" in it.verdict)


async def test_a_run_in_place_of_another_is_the_one_that_counts(slow: FakeSession) -> None:
    slow.start.set()
    async with driven(slow) as it:
        await it.press("enter")
        await it.until(lambda: "running" in it.verdict)
        await it.press("down", "enter")
        await it.until(lambda: slow.ran == [("clamp", "cpu"), ("round", "cpu")])
        slow.finish.set()
        await it.until(lambda: "equal" in it.verdict)
        await it.press("up")
        assert "cancelled" in it.verdict


async def test_of_many_runs_in_a_moment_only_the_last_comes_to_a_verdict(
    slow: FakeSession,
) -> None:
    async with driven(slow) as it:
        for _ in range(10):
            await it.press("enter", "down", "enter", "up")
        await it.press("enter")
        slow.at_once()
        await it.until(lambda: "equal" in it.verdict)
        assert len(slow.ran) <= 2
        assert slow.ran[-1] == ("clamp", "cpu")
        await it.press("down")
        assert "cancelled" in it.verdict


async def test_a_run_that_was_given_up_leaves_what_was_there(quick: FakeSession) -> None:
    async with driven(quick, "clamp") as it:
        await it.press("enter")
        await it.until(lambda: "equal" in it.verdict)
        quick.half.clear()
        quick.finish.clear()
        await it.press("enter")
        await it.until(lambda: "running" in it.verdict)
        await it.press("escape")
        await it.until(lambda: "cancelled" in it.verdict)
        assert "showing the previous run" in it.verdict
        assert it.shown.count("[1., 2.]") == 2
        assert all(pane.has_class("-stale") for pane in it.screen.row.detail.outputs.panes)


async def test_a_benchmark_is_drawn_as_bars_with_the_ratio(slow: FakeSession) -> None:
    slow.start.set()
    async with driven(slow, "clamp", (80, 24)) as it:
        await it.press("f7")
        await it.until(lambda: "timing PyTorch" in it.verdict)
        slow.finish.set()
        await it.until(lambda: "equal" in it.verdict)
        bars = it.screen.row.bars.text.splitlines()
        assert bars[0].endswith(" 500 µs · IQR 250 µs · 1,200 runs")
        assert 2 * bars[0].count("━") == bars[1].count("━") > 10
        assert bars[2] == "Gluon takes 2.00× as long as PyTorch"
        await it.press("enter")
        await it.until(lambda: not it.screen.row.bars.display)


async def test_escape_cancels_a_benchmark(slow: FakeSession) -> None:
    slow.start.set()
    async with driven(slow, "clamp") as it:
        await it.press("ctrl+b")
        await it.until(lambda: "timing" in it.verdict)
        await it.press("escape")
        await it.until(lambda: "cancelled" in it.verdict)
        assert not it.screen.row.bars.display


async def test_escape_cancels_a_run_before_it_clears_the_query(slow: FakeSession) -> None:
    slow.start.set()
    async with driven(slow, "clamp") as it:
        await it.press("enter")
        await it.until(lambda: "running" in it.verdict)
        await it.press("escape")
        assert slow.cancelled.is_set()
        await it.until(lambda: "cancelled" in it.verdict)
        assert it.screen.search.value == "clamp"
        await it.press("escape")
        assert it.screen.search.value == ""


async def test_escape_during_an_import_gives_up_the_run_and_not_the_import(
    slow: FakeSession,
) -> None:
    async with driven(slow, "clamp") as it:
        await it.press("enter")
        await it.until(lambda: slow.ran != [])
        await it.press("escape")
        assert "cancelled" in it.verdict
        assert not slow.cancelled.is_set()
        slow.at_once()
        await it.press("enter")
        await it.until(lambda: "equal" in it.verdict)


async def test_a_failed_side_does_not_hide_the_other(quick: FakeSession) -> None:
    failure = Failure("ValueError", "bad [/red] x[0]\x1b[2J", line=2, fix="pip install 'a[b]'")
    quick.pytorch = side("pytorch", status="error", error=failure, stdout="said [b]\n")
    quick.gluon = side("gluon", array("out", 5.0))
    async with driven(quick, "clamp") as it:
        await it.press("enter")
        await it.until(lambda: "not compared" in it.verdict)
        for text in (
            "PyTorch · ✗ error",
            "ValueError in line 2",
            "bad [/red] x[0]␛[2J",
            "→ pip install 'a[b]'",
            "said [b]",
            "Gluon · out float32 (1,)",
            "[5.]",
        ):
            assert text in it.shown


async def test_a_difference_is_measured_and_placed(quick: FakeSession) -> None:
    quick.gluon = side("gluon", array("y", 1.0, 2.5))
    async with driven(quick, "clamp") as it:
        await it.press("enter")
        await it.until(lambda: "✗ different" in it.verdict)
        assert "largest difference 0.5" in it.verdict
        assert "at y[1]" in it.verdict
        assert "rtol 3.8e-06, atol 3.8e-06" in it.verdict  # dtype float32, terms unknown


async def test_a_long_reason_is_wrapped_not_cut(quick: FakeSession) -> None:
    failure = Failure("ValueError", " ".join(f"word{i}" for i in range(30)))
    quick.gluon = side("gluon", status="error", error=failure)
    async with driven(quick, "clamp", (80, 24)) as it:
        await it.press("enter")
        await it.until(lambda: "not compared" in it.verdict)
        assert "word29" in it.verdict.splitlines()[-1]
        assert it.screen.region.contains_region(it.screen.query_one("#run").region)


async def test_a_row_that_promises_a_difference_keeps_its_word(quick: FakeSession) -> None:
    quick.gluon = side("gluon", array("y", 1.0, 2.5))
    async with driven(quick, "round") as it:
        await it.press("enter")
        await it.until(lambda: "≠ different, as documented" in it.verdict)


async def test_results_stay_with_their_rows(quick: FakeSession) -> None:
    async with driven(quick) as it:
        await it.press("enter")
        await it.until(lambda: "equal" in it.verdict)
        await it.press("down")
        assert "Enter runs both sides" in it.verdict
        assert not it.screen.row.detail.outputs.display
        await it.press("up")
        assert "equal" in it.verdict
        assert it.screen.row.detail.outputs.display


async def test_before_a_run_it_is_said_what_the_keys_do(quick: FakeSession) -> None:
    async with driven(quick, "named axes") as it:
        assert "Enter runs PyTorch on cpu\n↑ ↓ another row" in it.verdict
        await it.press("tab")
        assert "↑ ↓ scroll" in it.verdict
        await it.press("f4", "f4", *"y = 1")
        assert "^R runs what is typed on cpu" in it.verdict
        await it.press("escape")
        assert "Enter runs the edited code on cpu\nF4 edits it further" in it.verdict


async def test_a_result_that_is_being_replaced_is_dimmed(quick: FakeSession) -> None:
    async with driven(quick, "clamp") as it:
        await it.press("enter")
        await it.until(lambda: "equal" in it.verdict)
        outputs = it.screen.row.detail.outputs
        quick.half.clear()
        quick.finish.clear()
        await it.press("enter")
        await it.until(lambda: all(pane.has_class("-stale") for pane in outputs.panes))
        assert it.shown.count("[1., 2.]") == 2
        quick.finish.set()
        await it.until(lambda: not it.screen.row.shown.current)
        assert not any(pane.has_class("-stale") for pane in outputs.panes)


async def test_what_cannot_be_run_is_said_and_the_app_goes_on(quick: FakeSession) -> None:
    quick.problem = MxcheatError("MXCHEAT_TORCH_PYTHON is '[/red]'", hint="name a Python")
    async with driven(quick, "clamp") as it:
        await it.press("enter")
        await it.until(lambda: "not run" in it.verdict)
        assert "MXCHEAT_TORCH_PYTHON is '[/red]' → name a Python" in it.verdict
        quick.problem = None
        await it.press("enter")
        await it.until(lambda: "equal" in it.verdict)


async def test_a_defect_in_a_thread_does_not_end_the_app(quick: FakeSession) -> None:
    quick.problem = RuntimeError("oh [/red]")
    async with driven(quick, "clamp") as it:
        await it.press("enter")
        await it.until(lambda: "mxcheat failed: RuntimeError: oh [/red]" in it.verdict)


async def test_the_end_of_another_run_changes_nothing(quick: FakeSession) -> None:
    async with driven(quick, "clamp") as it:
        it.screen.row.post_message(RunEnded(77, error=MxcheatError("late")))
        await it.pilot.pause()
        assert "Enter runs both sides" in it.verdict


async def test_devices_are_chosen_by_key_and_by_mouse(quick: FakeSession) -> None:
    async with driven(quick, "clamp") as it:
        await it.until(lambda: "gpu1" in it.shown)  # found by a framework
        assert "[cpu]  gpu1 not in mxnet" in it.shown
        await it.press("ctrl+t")
        assert "cpu  [gpu1] not in mxnet" in it.shown
        assert "on gpu1" in it.verdict
        await it.pilot.click(offset=it.place_of("cpu  [gpu1]"))
        assert "[cpu]" in it.shown
        await it.pilot.click(offset=it.place_of("gpu1 not in"))
        assert "[gpu1]" in it.shown
        await it.press("enter")
        await it.until(lambda: quick.ran == [("clamp", "gpu1")])


async def test_versions_are_shown(quick: FakeSession) -> None:
    async with driven(quick) as it:
        await it.until(lambda: "torch 2.13.0 · mxnet 1.9.1" in it.shown)


async def test_a_missing_framework_is_named_with_what_mends_it(quick: FakeSession) -> None:
    quick.frameworks["gluon"] = Failure("unavailable", "no module [x]", fix="pip install 'a[b]'")
    async with driven(quick) as it:
        await it.until(lambda: "mxnet missing" in it.shown)
        assert "no module [x] → pip install 'a[b]'" in it.shown
