"""The shipped rows: each keeps its promise, live; all that the sheets printed is there."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

import pytest

from mxcheat.cheatsheet.meeting import full_name
from mxcheat.cheatsheet.sides import SIDES
from mxcheat.live.outcomes import Outcomes, read_outcomes
from mxcheat.live.results import AGREEING
from mxcheat.live.verify import verify_rows
from mxcheat.loading import load
from mxcheat.names.spelling import symbol_of
from mxcheat.names.written import squeeze
from mxcheat.paths import outcomes_file
from mxcheat.search.public import public_names

if TYPE_CHECKING:
    from collections.abc import Iterator

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


# Dotted names that begin with what the forms call the frameworks.
_NAMED = re.compile(
    r"(?<![\w./])(?:torch|torchvision|nn|F|mx|mxnet|nd|npx|gluon|autograd)(?:\.\w+)+"
)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.id)
def test_the_names_in_prose_are_public_or_in_the_code(row: Row) -> None:
    """A name that is told to have gone, or to be in another version, is shown by a difference."""
    code = "\n".join(_code_of(row))
    prose = [row.function, row.notes, *(argument.note for argument in row.arguments)]
    for written in (name for text in prose for name in _NAMED.findall(text)):
        assert written in code or _is_public(written), written


def _code_of(row: Row) -> Iterator[str]:
    for side in SIDES:
        for difference in row.differences:
            snippets = [row.snippet_of(difference, side, difference.instead.get(side))]
            yield from (snippet.code for snippet in snippets if snippet)
            yield difference.form(side) or ""
        yield from (row.form(side) or "", *row.also.get(side, ()), *row.answers.get(side, ()))


def _is_public(written: str) -> bool:
    """Whether a name as the forms write it is one of either framework, or a module of it."""
    if written.startswith("F."):  # nd, in hybrid_forward
        return _is_public(f"nd{written[1:]}") or _is_public(f"torch.nn.functional{written[1:]}")
    spelled = public_names().spelled(squeeze(written.rpartition(".")[2]))
    public = {symbol_of(each.name) or each.name for each in spelled}
    return any(
        (full := full_name(written, side)) in public or symbol_of(full) is None for side in SIDES
    )


def test_every_printed_row_is_there() -> None:
    """Rows as each document printed them, counted in the documents themselves."""
    printed = Counter(printed.source for row in ROWS for printed in row.printed)
    assert printed["straight-dope-draft"] == 5
    assert printed["straight-dope"] >= 51
    assert printed["mxnet-docs"] >= 50
