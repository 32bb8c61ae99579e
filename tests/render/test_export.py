"""The sheet as Markdown and JSON, and the errata page: complete, escaped, fresh."""

from __future__ import annotations

import json
import shlex
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from mxcheat.cheatsheet.row import Row
from mxcheat.cheatsheet.sheet import Cheatsheet
from mxcheat.cli.try_row import read_trial
from mxcheat.live.outcomes import Outcomes, read_outcomes
from mxcheat.loading import load
from mxcheat.paths import outcomes_file
from mxcheat.render.errata import reproduction, to_errata
from mxcheat.render.export import code_mark, to_markdown, verdict_of
from tests.support import mxcheat

if TYPE_CHECKING:
    from mxcheat.live.results import TryResult
    from mxcheat.live.session import Session

DOCS = Path(__file__).parents[2] / "docs"
SHEET = load()
SHIPPED = Outcomes(read_outcomes(outcomes_file()))

NASTY = Row(
    id="nasty",
    section="s",
    function="</h3><script>alert(1)</script> | _x_",
    pytorch="x = '`' if a | b else '</code>'",
    gluon=None,
    availability="pytorch-only",
    notes="a < b & c",
    keywords=('"quoted"',),
)


def test_a_row_that_is_added_stands_in_the_section_it_belongs_to() -> None:
    first = SHEET.rows[0]
    own = replace(first, id="own", function="A row of mine")
    page = to_markdown(replace(SHEET, rows=(*SHEET.rows, own)), Outcomes())
    title = f"## {SHEET.sections[first.section]}\n"
    assert page.count(title) == 1
    assert "A row of mine" in page.split(title)[1].split("\n## ")[0]


def test_markdown_holds_every_row_in_tables_that_hold_together() -> None:
    markdown = to_markdown(SHEET, SHIPPED)
    table = [line for line in markdown.splitlines() if line.startswith("|")]
    columns = {line.replace("\\|", "").count("|") for line in table}
    assert columns == {4, 6}  # the tables of arguments, those of rows
    assert len(table) >= len(SHEET.rows)


def test_data_is_never_markup() -> None:
    sheet = Cheatsheet((NASTY,), {"s": "S"}, {})
    markdown = to_markdown(sheet, Outcomes())
    assert "\\<script\\>" in markdown
    assert "not verified" in markdown


def test_a_difference_that_a_row_foretells_is_no_failure() -> None:
    differs = {row.id for row in SHEET.rows if row.availability == "differs"}
    found = {row.id: verdict_of(row, SHIPPED) for row in SHEET.rows}
    foretold = {row_id for row_id, said in found.items() if said == "≠ different, as documented"}
    assert foretold == {row_id for row_id in differs if found[row_id] != "not verified"} != set()
    assert [said for said in found.values() if said.startswith("✗") and "claimed" not in said] == []


def test_code_marks_hold_backticks() -> None:
    assert code_mark("    a`b") == "&nbsp;&nbsp;&nbsp;&nbsp;`` a`b ``"
    assert code_mark("") == ""


def test_the_errata_page_is_fresh() -> None:
    """`make docs` writes it; it changes with the data alone."""
    assert (DOCS / "errata.md").read_text("utf-8") == to_errata(SHEET, SHIPPED)


def test_the_verdicts_are_of_these_rows() -> None:
    """`make docs` writes them; tests/test_rows.py holds each against a live run."""
    assert [each.id for each in SHIPPED] == sorted(row.id for row in SHEET.rows)
    assert all(SHIPPED.of(row) for row in SHEET.rows), "run make docs"


MISPRINTED = [row for row in SHEET.rows if row.misprint]


@pytest.mark.live
@pytest.mark.parametrize("row", MISPRINTED, ids=lambda row: row.id)
def test_the_line_of_an_erratum_shows_it(row: Row, session: Session) -> None:
    """Copied from the page into a shell, it ends with a failure or with a difference."""
    line = shlex.join(reproduction(row))
    assert line in (DOCS / "errata.md").read_text("utf-8")
    result = session.run(read_trial(shlex.split(line)[2:]))
    assert disagrees(result), result.verdict


def disagrees(result: TryResult) -> bool:
    failed = any(side.status not in ("ok", "none") for side in result.sides)
    return failed or result.verdict.status == "different"


def test_export_json_is_a_document(tmp_path: Path) -> None:
    target = tmp_path / "sheet.json"
    done = mxcheat("export", "--format", "json", "-o", target)
    assert done.code == 0
    assert done.stdout == ""
    assert len(json.loads(target.read_text())["rows"]) == len(SHEET.rows)
    assert mxcheat("export", "-o", tmp_path / "no" / "where").code == 2
