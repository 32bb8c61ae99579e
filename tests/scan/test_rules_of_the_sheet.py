"""The rules of the shipped rows: each is met by the code that shows its difference."""

from __future__ import annotations

from dataclasses import replace
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from mxcheat.cheatsheet.proof import unfounded
from mxcheat.loading import load
from mxcheat.paths import parameters_file

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mxcheat.cheatsheet.row import Row
    from mxcheat.live.session import Session

ROOT = Path(__file__).parents[2]
ROWS = load().rows
OPPOSITE = {"without": "given", "given": "without", "above": "below", "below": "above"}
# Rows whose names are called in every way there is.
TELLING = ("concat", "softmax", "sum", "topk", "view", "conv2d", "lstm-layer", "max", "pooling")


def test_every_rule_is_met_by_what_shows_the_difference_and_not_by_what_is_written_instead() -> (
    None
):
    assert [(row.id, *found) for row in ROWS for found in unfounded(row)] == []


def turned_round() -> Iterator[Row]:
    """Rows with one rule each, in which something says the opposite."""
    for row in ROWS:
        for difference in row.differences:
            for side, rule in difference.when.items():
                turned: dict[str, Any] = {OPPOSITE.get(word, word): rule[word] for word in rule}
                if turned != dict(rule) and len(turned) == len(rule):
                    yield replace(row, differences=(replace(difference, when={side: turned}),))


def test_a_rule_that_says_the_opposite_is_noticed() -> None:
    rows = [*turned_round()]
    noticed = [row for row in rows if any(unfounded(row))]
    assert len(rows) > 200
    assert len(noticed) >= 0.98 * len(rows)


@pytest.mark.live
def test_the_parameters_that_are_shipped_are_those_of_the_frameworks(
    session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.syspath_prepend(str(ROOT / "docs"))
    made = import_module("parameters").parameter_lists(
        session, [row for row in ROWS if row.id in TELLING]
    )
    shipped = parameters_file().read_text("utf-8").splitlines()
    assert len(made.splitlines()) > len(TELLING)
    assert [line for line in made.splitlines() if line not in shipped] == [], "run make docs"
