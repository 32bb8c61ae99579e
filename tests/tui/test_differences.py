"""The differences of a row: read in its facts, run and changed in its place."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from mxcheat.cheatsheet.row import Argument, Difference, Hybridized, Printed, Row
from mxcheat.cheatsheet.sheet import Cheatsheet
from mxcheat.live.results import Failure
from mxcheat.live.session import Session

from .driver import SIZES, array, driven, side

if TYPE_CHECKING:
    from .driver import Driver, FakeSession

ROW = Row(
    id="rounded",
    section="tensor",
    function="Round halves",
    pytorch="torch.round(x)",
    gluon="nd.rint(x)",
    availability="equivalent",
    notes="Of halves one has to think twice.",
    erratum="The sheet prints nd.round.",
    inputs={"x": [0.5, 1.5]},
    printed=(Printed("sheet", "Round", "torch.round(x)", "nd.round(x)"),),
    arguments=(
        Argument("input", "data"),
        Argument("decimals=0", "places=1"),
        Argument("out=None", None, note="torch only"),
    ),
    differences=(
        Difference("nd takes no list [/red].", "error", gluon="nd.rint([1])", loud=True),
        Difference(
            "nd.round rounds halves away from zero.",
            "values",
            pytorch="torch.round(x)",
            gluon="nd.round(x)",
            instead={"gluon": "nd.rint(x)"},
            inputs={"x": [0.5]},
            loud=False,
        ),
        Difference("Nobody ran this.", "dtype"),
        Difference("A Symbol has another length.", "hybridized", gluon="x / len(x)", loud=False),
        *(Difference(f"Raises too, {n}.", "error", gluon=f"x.no{n}", loud=True) for n in range(4)),
    ),
    hybridized=Hybridized(reason="It has no F form."),
)
LINES = ("1 ≠ values", "2 ≠ hybridized", "3 ! raises", "4 ? dtype", "5 ! raises")
PLAIN = Row("plain", "tensor", "Plain rounding", "x + 1", "x + 1", "equivalent")
SHEET = Cheatsheet((ROW, PLAIN), {"tensor": "Tensor operations"}, {})


def facts(it: Driver) -> str:
    return it.screen.row.detail.facts.text


async def test_facts_are_in_the_order_of_need(quick: FakeSession) -> None:
    async with driven(quick, "rounded", (120, 60), SHEET) as it:
        text = facts(it)
        order = ("Notes", "Arguments", *LINES[:3], "Hybrid", "Erratum", "Inputs", "Printed")
        places = [text.index(word) for word in order]
        assert places == sorted(places)
        assert "decimals=0  places=1  ≠" in text
        assert "out=None    –         torch only" in text
        assert "nd takes no list [/red]." in text


async def test_the_headline_and_the_list_count_what_is_silent(quick: FakeSession) -> None:
    async with driven(quick, "", (80, 24), SHEET) as it:
        assert "● equivalent · 2 silent differences" in it.screen.row.detail.availability.text
        line = next(line for line in it.shown.splitlines() if line.startswith(" › "))
        assert "2 silent differences" in line
    narrow = Cheatsheet((ROW,), {"tensor": "Tensor operations"}, {})
    async with driven(quick, "", (120, 36), narrow) as it:
        line = next(line for line in it.shown.splitlines() if line.startswith(" › "))
        assert "Round halves" in line[:40]
        assert "silent" not in line[:40], "the function comes first"


async def test_what_is_silent_is_above_the_fold_of_a_low_window(quick: FakeSession) -> None:
    async with driven(quick, "rounded", (80, 24), SHEET) as it:
        for words in ("nd.rint(x)", "think twice", "1 ≠ values", "2 ≠ hybridized"):
            assert words in it.shown
        assert facts(it).index("1 ≠ values") < facts(it).index("Arguments")
        await it.pilot.resize_terminal(80, 50)
        await it.pilot.pause()
        assert facts(it).index("1 ≠ values") > facts(it).index("Arguments")


@pytest.mark.parametrize("size", SIZES)
async def test_one_goes_there_by_key_and_back_by_escape(
    quick: FakeSession, size: tuple[int, int]
) -> None:
    quick.gluon = side("gluon", array("y", 1.0, 3.0))
    async with driven(quick, "rounded", size, SHEET) as it:
        assert "^N Differences" in it.shown
        await it.press("ctrl+n", "1")
        assert "nd.round rounds halves away from zero." in it.screen.row.detail.availability.text
        assert "difference 1 of 8 · rounded" in it.shown
        assert "Instead" in it.shown
        await it.press("enter")
        await it.until(lambda: "≠ different, as documented" in it.verdict)
        assert quick.trials[-1].inputs == {"x": [0.5]}
        snippet = quick.trials[-1].snippets["gluon"]
        assert snippet is not None
        assert snippet.form == "nd.round(x)"
        await it.press("escape")
        assert "Enter runs both sides" in it.verdict
        assert "nd.rint(x)" in it.shown
        assert it.screen.search.value == "rounded"
        await it.press("escape")
        assert it.screen.search.value == ""


async def test_a_side_that_is_missing_is_said_where_the_difference_cannot_be_shown(
    quick: FakeSession,
) -> None:
    quick.gluon = side(
        "gluon", status="unavailable", error=Failure("unavailable", "no module mxnet")
    )
    async with driven(quick, "rounded", (120, 36), SHEET) as it:
        await it.press("ctrl+n", "1", "enter")
        await it.until(lambda: "not compared" in it.verdict)
        assert "documented" not in it.verdict
        await it.press("alt+r")
        assert "not compared on cpu, just now" in it.shown


async def test_one_goes_there_by_a_click(quick: FakeSession) -> None:
    async with driven(quick, "rounded", (120, 60), SHEET) as it:
        await it.pilot.click(offset=it.place_of("A Symbol has another"))
        await it.until(lambda: "difference 2 of 8" in it.shown)
        await it.pilot.click(offset=it.place_of("nd.round rounds halves away"))
        await it.until(lambda: "difference 1 of 8" in it.shown)
        await it.press("escape")
        assert "difference 1 of 8" not in it.shown


async def test_another_row_ends_it_and_a_row_without_any_offers_none(quick: FakeSession) -> None:
    async with driven(quick, "", (120, 36), SHEET) as it:
        await it.press("ctrl+n", "1", "down")
        assert it.row_id == "plain"
        assert "difference" not in it.shown.lower()
        await it.press("ctrl+n")
        assert it.app.screen is it.screen
        await it.press("up")
        assert "● equivalent · 2 silent" in it.screen.row.detail.availability.text


async def test_one_that_does_not_show_is_told_of(quick: FakeSession) -> None:
    async with driven(quick, "rounded", (120, 36), SHEET) as it:
        await it.press("ctrl+n", "1", "enter")
        await it.until(lambda: "✗ not as documented · equal" in it.verdict)
        quick.gluon = side("gluon", status="error", error=Failure("TypeError", "no list"))
        await it.press("ctrl+n", "3", "enter")
        await it.until(lambda: "✓ as documented" in it.verdict)
        assert quick.trials[-1].snippets["pytorch"] is None


async def test_a_side_that_a_difference_leaves_out_is_not_run_here(quick: FakeSession) -> None:
    """The row has a form of it, and names: nothing says that there were none."""
    quick.pytorch = side("pytorch", status="none")
    quick.gluon = side("gluon", status="error", error=Failure("TypeError", "no list"))
    for size in SIZES:
        async with driven(quick, "rounded", size, SHEET) as it:
            await it.press("ctrl+n", "3")
            await it.until(lambda: "not run here" in it.screen.row.detail.forms.left.text)
            await it.press("enter")
            await it.until(lambda: "✓ as documented" in it.verdict)
            assert "not run here" in it.screen.row.detail.outputs.left.text
            assert "compared" not in it.verdict
            await it.press("f4")
            await it.until(lambda: it.screen.row.shown.editing)
            for words in ("no counterpart", "no such side", "there is no"):
                assert words not in it.shown


async def test_it_is_edited_like_a_form_and_keeps_its_own_draft(quick: FakeSession) -> None:
    async with driven(quick, "rounded", (120, 36), SHEET) as it:
        await it.press("ctrl+n", "1", "f4")
        await it.until(lambda: it.screen.row.shown.editing)
        await it.press(*"y = ", "ctrl+r")
        await it.until(lambda: "edited" in it.verdict)
        snippet = quick.trials[-1].snippets["pytorch"]
        assert snippet is not None
        assert snippet.code == "y = torch.round(x)"
        await it.press("escape")
        assert it.screen.row.shown.draft
        assert "difference 1 of 8" in it.shown
        await it.press("escape")
        assert not it.screen.row.shown.draft
        assert "y = " not in it.shown


async def test_what_is_taken_away_is_what_is_in_view(quick: FakeSession) -> None:
    async with driven(quick, "rounded", (120, 36), SHEET) as it:
        await it.press("ctrl+n", "1", "f9", "2")
        assert it.app._clipboard == "nd.round(x)"
        await it.press("f9", "4")
        assert it.app._clipboard == "mxcheat try rounded --difference 1"


@pytest.mark.live
async def test_a_hybridized_one_is_held_against_its_eager_run() -> None:
    async with driven(Session(), "rounded", (120, 36), SHEET) as it:
        await it.press("ctrl+n", "2", "enter")
        await it.until(lambda: ", as documented" in it.verdict, 60)
