"""The record of what is shown, and what is made of it: pure functions, without the app."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from textual.actions import parse

from mxcheat.cheatsheet.sides import SIDES
from mxcheat.errors import MxcheatError
from mxcheat.live.device import CPU
from mxcheat.live.results import TryResult, Verdict
from mxcheat.tui.actions import ACTIONS, BY_ID
from mxcheat.tui.app import MxcheatApp
from mxcheat.tui.choices import copy_choices, filter_choices, related_choices
from mxcheat.tui.drafts import draft_of
from mxcheat.tui.history import LIMIT, History
from mxcheat.tui.keymap import KeyMap
from mxcheat.tui.shown import Documented, Run, Shown
from mxcheat.tui.takeaway import copy_of, page
from mxcheat.tui.widgets.verdict import verdict_of

from .driver import ROWS, SHEET, array, driven, side

if TYPE_CHECKING:
    from .driver import FakeSession

CLAMP, ROUND, NAMED = ROWS
RESULT = TryResult(
    CLAMP,
    "cpu",
    {},
    side("pytorch", array("y", 1.0)),
    side("gluon", array("y", 1.0)),
    Verdict("equal", "every output is the same"),
)
RUNNING = Run(1, CLAMP, CPU, 10.0)
DONE = replace(RUNNING, running=False, result=RESULT)


def shown(**more: Any) -> Shown:
    return Shown(SHEET, KeyMap().shown, **{"row": CLAMP, **more})


def text(record: Shown, kind: str) -> str | None:
    copy = copy_of(record, kind)
    return copy.text if copy else None


def test_forms_and_a_link_are_copied_as_they_are_shown() -> None:
    assert text(shown(), "pytorch") == "torch.clamp(x, min=0.2)"
    assert text(shown(), "link") == "mxcheat lookup clamp"
    edited = replace(draft_of(CLAMP), gluon="x + 1\n")
    assert text(shown(draft=edited), "gluon") == "x + 1"
    assert text(shown(row=NAMED), "gluon") is None


def test_the_output_is_that_of_the_latest_result() -> None:
    assert text(shown(), "output") is None
    done = text(shown(run=DONE), "output")
    assert done
    assert done.endswith("✓ equal; every output is the same\n")
    again = replace(RUNNING, before=RESULT)
    assert text(shown(run=again), "output") == done


def test_nothing_is_copied_or_saved_where_there_is_no_row() -> None:
    empty = shown(row=None)
    assert [text(empty, kind) for kind in (*SIDES, "output", "link")] == [None] * 4
    assert page(empty) is None


def test_a_page_holds_what_was_edited_and_what_it_gave() -> None:
    edited = replace(draft_of(CLAMP), pytorch="x + 1")
    saved = page(shown(draft=edited, run=DONE))
    assert saved
    assert "`x + 1`" in saved
    assert "✓ equal" in saved


def possible(record: Shown, *actions: str) -> list[str]:
    return [action for action in actions if BY_ID[action].when(record)]


ESCAPE = ("run.cancel", "docs.fold", "difference.leave", "pane.leave", "query.clear")


@pytest.mark.parametrize("query", ["", "clamp"])
@pytest.mark.parametrize("in_row", [False, True])
@pytest.mark.parametrize("documented", [False, True])
@pytest.mark.parametrize("current", [None, RUNNING])
def test_of_the_actions_on_escape_at_most_one_makes_sense(
    query: str, in_row: bool, documented: bool, current: Run | None
) -> None:
    record = shown(query=query, in_row=in_row, documented=documented, current=current)
    found = possible(record, *ESCAPE)
    order = [current is not None, documented, False, in_row, bool(query)]
    assert found == ([ESCAPE[order.index(True)]] if any(order) else [])


def test_without_a_row_nothing_can_be_done_with_one() -> None:
    empty = shown(row=None)
    assert possible(empty, "row.run", "row.bench", "row.edit", "row.docs", "copy.choose") == []
    assert possible(shown(), "row.run", "row.edit") == ["row.run", "row.edit"]
    assert possible(shown(editing=True), "row.run", "row.edit") == []


def test_the_verdict_says_how_a_run_stands() -> None:
    def says(now: float = 12.5, **more: Any) -> str:
        return " | ".join(part.plain for part in verdict_of(shown(**more), now))

    assert says(row=None) == " | "
    assert says().startswith("Enter runs both sides on cpu | ↑ ↓ another row")
    assert says(row=NAMED).startswith("Enter runs PyTorch on cpu")
    assert says(editing=True).startswith("^R runs what is typed on cpu")
    assert says(current=replace(RUNNING, row=ROUND)).startswith("round is running · Esc cancels")
    assert says(run=RUNNING).startswith("▸ starting torch and mxnet… 2.5 s")
    started = replace(RUNNING, started=dict.fromkeys(SIDES, 12.0))
    assert says(run=started) == "▸ running 0.5 s | on cpu · Esc cancels"
    assert says(run=DONE).startswith("✓ equal | every output is the same")
    assert says(run=replace(RUNNING, running=False)) == "– cancelled | "
    failed = replace(RUNNING, running=False, error=MxcheatError("no [x]", hint="do y"))
    assert says(run=failed) == "✗ not run | no [x] → do y"


def test_lists_offer_what_the_record_has() -> None:
    assert [choice.id for choice in copy_choices(shown(row=NAMED))] == [
        "copy.pytorch",
        "copy.link",
        "copy.pytorch_script",
        "row.save",
        "row.keep",
    ]
    assert [choice.id for choice in related_choices(shown(related=(ROUND,)))] == ["round"]
    chosen = [choice.id for choice in filter_choices(shown(query="in:module ")) if choice.chosen]
    assert chosen == ["in:module"]


async def test_each_action_names_a_method_that_there_is(quick: FakeSession) -> None:
    async with driven(quick, "clamp") as it:
        screen = it.screen
        parts = {"screen": screen, "row": screen.row, "detail": screen.row.detail}
        parts |= {"search": screen.search, "results": screen.results}
        for action in ACTIONS:
            owner, method, _ = parse(action.call)
            if action.scope == "app":
                assert owner == "app", action.id
                assert hasattr(MxcheatApp, f"action_{method}"), action.id
            else:
                assert callable(getattr(parts[owner], method)), action.id


def test_a_run_takes_the_place_of_another_and_keeps_the_last_result() -> None:
    history = History()
    first = history.begin(CLAMP, CPU, 0.0, bench=False)
    assert history.end(first.number, result=RESULT)
    second = history.begin(CLAMP, CPU, 1.0, bench=False)
    assert second.before is RESULT
    third = history.begin(ROUND, CPU, 2.0, bench=False)
    assert history.current is third
    assert history.change(second.number, cancelling=True) is None
    replaced = history.run(CLAMP)
    assert replaced
    assert replaced.cancelled
    assert replaced.latest is RESULT
    assert first.running, "a record is never changed, only replaced"


def test_the_oldest_run_is_forgotten() -> None:
    history = History()
    rows = [replace(CLAMP, id=f"row-{number}") for number in range(LIMIT + 1)]
    for row in rows:
        history.begin(row, CPU, 0.0, bench=False)
    assert history.run(rows[0]) is None
    assert history.run(rows[1]) is not None


def test_a_row_is_asked_about_again_only_where_that_failed() -> None:
    history = History()
    assert history.needs_documents(CLAMP)
    assert not history.needs_documents(CLAMP)
    history.keep_document(CLAMP, "gluon", Documented())
    assert not history.needs_documents(CLAMP)
    problem: Any = MxcheatError("gone")
    history.keep_document(CLAMP, "pytorch", Documented(problem=problem))
    assert list(history.documents(CLAMP)) == ["gluon", "pytorch"]
    assert history.needs_documents(CLAMP)
    assert history.documents(CLAMP) == {}
