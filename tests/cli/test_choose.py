"""Which row ROW means: an answer is run, a guess is named; and commands that are misspelt."""

from __future__ import annotations

import pytest

from mxcheat.cli.choose import choose_row
from mxcheat.loading import load
from tests.support import mxcheat

SHEET = load()


@pytest.mark.parametrize(
    ("query", "row_id"),
    [
        ("clamp", "clamp"),
        ("torch.cat", "concat"),
        ("nn.LSTM(2, 3)", "lstm-layer"),
        ("clip", "clamp"),
    ],
)
def test_a_name_is_the_row_that_answers_for_it(query: str, row_id: str) -> None:
    assert choose_row(SHEET.rows, query, SHEET.calls, "try").id == row_id


@pytest.mark.parametrize("command", ["try", "verify"])
@pytest.mark.parametrize(("guess", "near"), [("clmap", "clamp"), ("trainer-st", "trainer-states")])
def test_a_guess_is_named_and_not_run(command: str, guess: str, near: str) -> None:
    done = mxcheat(command, guess)
    assert (done.code, done.stdout) == (2, "")
    (said,) = done.stderr.splitlines()
    assert said.startswith(f"mxcheat: {command}: {guess!r} names no row; the nearest ")
    assert f"{near} (" in said


@pytest.mark.parametrize(
    ("words", "meant"),
    [
        (("loookup", "clamp"), "mxcheat lookup clamp"),
        (("verfy", "clamp", "view"), "mxcheat verify clamp view"),
        (("docter",), "mxcheat doctor"),
        (("help",), "mxcheat --help"),
        (("help", "try"), "mxcheat try --help"),
    ],
)
def test_a_slip_of_a_command_is_not_searched_for(words: tuple[str, ...], meant: str) -> None:
    done = mxcheat(*words)
    assert (done.code, done.stdout) == (2, "")
    assert done.stderr == (
        f"mxcheat: {words[0]!r} is not a command; did you mean {meant}? "
        f"To search for it: mxcheat -- {' '.join(words)}\n"
    )


@pytest.mark.parametrize("words", [("recordio",), ("tolist",), ("--", "lists"), ("view", "list")])
def test_a_word_that_the_sheet_knows_is_a_query(words: tuple[str, ...]) -> None:
    done = mxcheat(*words)
    assert done.code == 3  # it would open the app
    assert "needs a terminal" in done.stderr


def test_an_unknown_option_is_like_one_in_its_letters_not_in_its_dashes() -> None:
    assert mxcheat("doctor", "--foo").stderr.endswith("see mxcheat doctor --help\n")
    assert mxcheat("doctor", "--jsno").stderr.endswith("did you mean --json?\n")
