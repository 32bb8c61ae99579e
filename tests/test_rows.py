"""The shipped rows: each keeps its promise, live; all that the sheets printed is there."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import pytest

from mxcheat.cheatsheet import load
from mxcheat.live.outcomes import Outcomes, read_outcomes
from mxcheat.live.results import AGREEING
from mxcheat.live.verify import verify_rows
from mxcheat.paths import outcomes_file

if TYPE_CHECKING:
    from mxcheat.cheatsheet.row import Row
    from mxcheat.live.session import Session
    from mxcheat.live.verify import Verified

SHEET = load()
ROWS = SHEET.rows
KEPT = Outcomes(read_outcomes(outcomes_file()))


@pytest.fixture(scope="module")
def found(request: pytest.FixtureRequest, session: Session) -> dict[str, Verified]:
    """How the rows came out that are asked for; run together, as `mxcheat verify` does."""
    asked = [getattr(item, "callspec", None) for item in request.session.items]
    ids = {call.params["row"].id for call in asked if call and "row" in call.params}
    chosen = [row for row in ROWS if row.id in ids]
    return {each.id: each for each in verify_rows(session, chosen)}


# The first of them waits for all that are asked for.
@pytest.mark.timeout(1800)
@pytest.mark.live
@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.id)
def test_a_row_keeps_its_promise(row: Row, found: dict[str, Verified]) -> None:
    verified = found[row.id]
    assert verified.ok, verified.reason
    kept = KEPT.of(row)
    assert kept is not None, "run make docs"
    recorded = kept.verdict
    # Which of equal and close it is may change with the processor.
    assert verified.verdict == recorded or {verified.verdict, recorded} <= set(AGREEING)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.id)
def test_a_row_is_complete(row: Row) -> None:
    has_choices = bool(row.inputs) and row.compare != "none"
    assert row.keywords
    assert row.function[0].isupper() or not row.function[0].isalpha()
    assert not row.function.endswith(".")
    assert row.case_count >= 2 or not has_choices
    if row.availability == "differs":
        assert row.notes


def test_every_printed_row_is_there() -> None:
    """Rows as each document printed them, counted in the documents themselves."""
    printed = Counter(printed.source for row in ROWS for printed in row.printed)
    assert printed["straight-dope-draft"] == 5
    assert printed["straight-dope"] >= 51
    assert printed["mxnet-docs"] >= 50
