"""Rows as they have been changed: what is run, and what is wrong with a line of the inputs."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest

from mxcheat.cheatsheet.inputs import make_inputs
from mxcheat.cheatsheet.row import Row, Snippet
from mxcheat.tui.drafts import (
    Draft,
    InputLineError,
    draft_of,
    parted,
    read_inputs,
    trial_of_draft,
)
from mxcheat.tui.history import History

ROW = Row(
    "own",
    "s",
    "Own",
    "x + k",
    None,
    "pytorch-only",
    before={"pytorch": "k = 2\n"},
    after={"pytorch": "x"},
    inputs={"x": "uniform(2, 3)", "bad": [math.nan, 1.0], "k": 2},
    gradient=("x",),
)


def test_a_draft_holds_everything_that_is_run() -> None:
    draft = draft_of(ROW)
    assert draft.pytorch == "k = 2\n\nx + k\nx"
    assert draft.gluon == ""
    assert draft.inputs == "x: uniform(2, 3)\nbad: [nan, 1.0]\nk: 2"


def test_a_draft_of_an_unchanged_row_runs_what_the_row_runs() -> None:
    trial = trial_of_draft(draft_of(ROW), ROW)
    assert trial.inputs == ROW.inputs
    assert trial.gradient == ("x",)
    assert trial.snippets["gluon"] is None


def test_what_was_typed_is_what_is_run() -> None:
    trial = trial_of_draft(Draft("a + 1\n", "a + 2", " a : ones(2)\n\n# b: 1\n"), ROW)
    assert trial.snippets["pytorch"] is not None
    assert trial.snippets["pytorch"].code == "a + 1\n"
    assert trial.snippets["gluon"] is not None
    assert trial.inputs == {"a": "ones(2)"}
    assert trial.gradient == (), "x is not an input any more"


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("k = 2\nx + k\ny", ("k = 2", "x + k", "y")),
        ("k = 2\nx - k\nx + k\ny", ("k = 2", "x - k\nx + k", "y")),
        ("k = 3\nx + k\ny", ("", "k = 3\nx + k", "y")),
        ("k = 2\nx + k\nx", ("k = 2", "x + k\nx", "")),
        ("k = 2\ny", ("k = 2", "y", "")),
        ("k = 22\ny", ("", "k = 22", "y")),
        ("", ("", "", "")),
    ],
)
def test_edited_code_is_told_apart_as_the_row_is(text: str, parts: tuple[str, str, str]) -> None:
    snippet = parted(text, Snippet("k = 2", "x + k", "y"))
    assert (snippet.before, snippet.form, snippet.after) == parts
    assert snippet.code == text, "what is marked is what is run"
    assert parted(text, None).form == text


def test_a_changed_line_is_read_as_a_specification() -> None:
    made = make_inputs(read_inputs("x: [[1, 2]]\nk: 0.5\nt: 'a: b'", ROW))
    assert made["x"].shape == (1, 2)
    assert (made["k"], made["t"]) == (0.5, "a: b")


@pytest.mark.parametrize(
    ("inputs", "line", "said"),
    [
        ("x: unifrm(2)", 0, "did you mean uniform?"),
        ("k: 1\nx uniform(2)", 1, "'x uniform(2)' is not an input → write a name, a colon"),
        ("k: 1\n\nk: 2", 2, "there is a k above"),
        ("2x: 1", 0, "'2x: 1' is not an input"),
        ("x:", 0, "'x:' is not an input"),
        ("x: uniform(2, 3", 0, "is not an expression"),
    ],
)
def test_a_wrong_line_is_named_with_what_would_work(inputs: str, line: int, said: str) -> None:
    with pytest.raises(InputLineError) as caught:
        read_inputs(inputs, ROW)
    assert caught.value.line == line
    assert said in caught.value.what
    assert str(caught.value).startswith(f"inputs, line {line + 1}: ")


def test_a_row_that_stands_as_it_was_has_no_draft() -> None:
    history, own = History(), draft_of(ROW)
    history.keep_draft(ROW, replace(own, pytorch="1"))
    assert history.draft(ROW) == replace(own, pytorch="1")
    history.keep_draft(ROW, own)
    assert history.draft(ROW) is None
    assert history.draft(None) is None
