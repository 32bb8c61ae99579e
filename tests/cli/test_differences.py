"""Differences by number: on the card, run one by one, and silent where they were found so."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

import mxcheat as package
from mxcheat.live.fingerprint import of_row
from mxcheat.live.outcomes import Outcome, keep_outcomes
from mxcheat.loading import load
from mxcheat.paths import own_outcomes_file
from tests.support import mxcheat

if TYPE_CHECKING:
    from pathlib import Path

ROWS = """rows:
- id: mine
  section: tensor/operation
  function: Add one
  pytorch: x + 1
  gluon: x + 1
  availability: equivalent
  inputs: {x: [0.5, 1.5]}
  differences:
  - says: nd takes no list.
    gluon: nd.concat([x, x], dim=0)
    shows: error
  - says: torch rounds halves to even, nd away from zero.
    pytorch: torch.round(x)
    gluon: nd.round(x)
    shows: values
  - says: One and one is not two.
    pytorch: x + 2
    gluon: x + 2
    shows: values
  - says: The length of a Symbol is another.
    pytorch: x / 2
    gluon: x / len(x)
    shows: hybridized
- id: plain
  section: tensor/operation
  function: Add two
  pytorch: x + 2
  gluon: x + 2
  availability: equivalent
  inputs: {x: [0.5, 1.5]}
"""
VERSIONS = {"torch": "2", "mxnet": "1", "numpy": "1"}


@pytest.fixture
def mine(tmp_path: Path) -> Path:
    path = tmp_path / "mine.yaml"
    path.write_text(ROWS)
    return path


@pytest.fixture
def verified(mine: Path, own_home: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The file, of whose differences it was found which are silent."""
    monkeypatch.delenv("XDG_STATE_HOME", raising=False)
    row = load([mine]).row("mine")
    assert row is not None
    found = ("loud", "silent", "silent", "silent")
    kept = own_outcomes_file()
    assert kept is not None
    assert own_home in kept.parents
    keep_outcomes(kept, [Outcome("mine", of_row(row), VERSIONS, "equal", "ok", "ok", True, found)])
    return mine


def test_a_card_numbers_them_silent_ones_first(verified: Path) -> None:
    card = mxcheat("lookup", "mine", "--plain", "--data", verified).stdout
    assert "equivalent, 3 silent differences" in card
    assert "1 silent values: torch rounds halves" in card
    assert "4 raises: nd takes no list." in card
    assert "  1 ≠ values      torch rounds" in mxcheat("lookup", "mine", "--data", verified).stdout


def test_what_was_not_run_keeps_the_order_of_the_row(mine: Path, own_home: Path) -> None:
    card = mxcheat("lookup", "mine", "-n", "1", "--plain", "--data", mine).stdout
    assert "1 raises: nd takes no list." in card
    assert "silent" not in card


def test_every_front_end_knows_what_is_silent(verified: Path) -> None:
    listed = mxcheat("list", "--own", "--data", verified).stdout
    assert "equivalent · 3 silent  Add one" in listed
    for command in (["lookup", "mine", "--json"], ["list", "--own", "--json"]):
        document = mxcheat(*command, "--data", verified).json
        rows = document.get("results") or document["rows"]
        assert [each["loud"] for each in rows[0]["differences"]] == [True, False, False, False]
    exported = mxcheat("export", "--data", verified).stdout
    assert "● equivalent · 3 silent differences" in exported
    (row,) = (row for row in package.rows(data=verified) if row.id == "mine")
    assert row.silent == 3
    assert package.lookup("mine", 1, data=verified)[0].row == row


def test_outcomes_that_cannot_be_read_hide_no_row(verified: Path) -> None:
    kept = own_outcomes_file()
    assert kept is not None
    kept.write_text("{")
    done = mxcheat("lookup", "mine", "--data", verified)
    assert (done.code, done.stderr) == (0, "")
    assert "? values" in done.stdout


@pytest.mark.live
def test_a_difference_is_run_by_the_number_on_the_card(verified: Path) -> None:
    done = mxcheat("try", "mine", "--difference", "1", "--data", verified)
    assert (done.code, done.stderr) == (0, "")
    lines = done.stdout.splitlines()
    assert lines[1] == "1 ≠ values  torch rounds halves to even, nd away from zero."
    assert "nd.round(x)" in done.stdout
    assert "≠ different, as documented" in done.stdout
    assert not {"✗", "✓"} & set(done.stdout), "it is no failure, and is said once"


@pytest.mark.live
@pytest.mark.parametrize(
    ("number", "code", "loud", "holds"),
    [(2, 1, False, False), (3, 0, False, True), (4, 0, True, True)],
)
def test_whether_it_shows_is_told_and_is_the_exit_code(
    verified: Path, number: int, code: int, loud: bool, holds: bool
) -> None:
    done = mxcheat("try", "mine", "--difference", f"{number}", "--json", "--data", verified)
    assert done.code == code
    told = done.json["difference"]
    assert (told["number"], told["loud"], told["holds"]) == (number, loud, holds)
    assert set(told) == {"number", "says", "shows", "loud", "holds"}


@pytest.mark.live
def test_one_that_does_not_show_any_more_is_told_of(verified: Path) -> None:
    done = mxcheat("try", "mine", "--difference", "2", "--data", verified)
    assert "✗ not as documented  agrees: " in done.stdout


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["mine", "--difference", "5"], "mine has no difference 5; it has 4, numbered from 1"),
        (["plain", "--difference", "1"], "plain has no difference 1; it has none"),
        (["mine", "--difference", "0"], "expected a whole number above 0, got '0'"),
        (["mine", "--difference", "one"], "expected a whole number above 0, got 'one'"),
        (["--pytorch", "x", "--difference", "1"], "--difference goes with a ROW"),
    ],
)
def test_a_number_that_is_none_is_refused_in_a_line(
    mine: Path, arguments: list[str], said: str
) -> None:
    done = mxcheat("try", *arguments, "--data", mine)
    assert (done.code, done.stdout) == (2, "")
    assert said in done.stderr
    assert done.stderr.count("\n") == 1
