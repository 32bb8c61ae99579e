"""Outcomes by row: what a fingerprint holds, and what a file of outcomes says."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from mxcheat.errors import MxcheatError
from mxcheat.live import fingerprint
from mxcheat.live.outcomes import (
    Outcome,
    Outcomes,
    keep_outcomes,
    outcomes_of,
    read_outcomes,
    with_found,
)
from mxcheat.live.verify import Verified
from mxcheat.loading import load

if TYPE_CHECKING:
    from pathlib import Path

    from mxcheat.cheatsheet.row import Row

SHEET = load()
ADDMM = next(row for row in SHEET.rows if row.id == "addmm")
CLAMP = next(row for row in SHEET.rows if row.id == "clamp")
VERSIONS = {"torch": "2.13.0", "mxnet": "1.9.1", "numpy": "1.26.4", "python": "3.11.7"}


def verified(row: Row, **changes: Any) -> Verified:
    claims = {f"difference {number}": "loud" for number in range(1, len(row.differences) + 1)}
    found = Verified(row.id, "equal", "ok", "ok", True, "0.1 s", 3.0, claims=claims)
    return replace(found, **changes)


def outcomes(*found: Verified) -> list[Outcome]:
    rows = [row for each in found if (row := SHEET.row(each.id))]
    return outcomes_of(rows, found, VERSIONS)


@pytest.mark.parametrize(
    "changes",
    [
        {"pytorch": "torch.addmm(M, mat1, mat2, beta=2)"},
        {"gluon": None},
        {"before": {"gluon": "M = M * 1"}},
        {"after": {"pytorch": "M"}},
        {"inputs": {**ADDMM.inputs, "M": "zeros(2, 5)"}},
        {"cases": ADDMM.cases[:-1]},
        {"gradient": ("M",)},
        {"compare": "distribution"},
        {"availability": "differs"},
        {"misprint": {"gluon": "nd.linalg_gemm(M, mat1)"}},
    ],
)
def test_a_fingerprint_is_of_all_that_is_run_and_promised(changes: dict[str, Any]) -> None:
    assert fingerprint.of_row(replace(ADDMM, **changes)) != fingerprint.of_row(ADDMM)


def test_a_fingerprint_is_of_the_rules_too(monkeypatch: pytest.MonkeyPatch) -> None:
    before = fingerprint.of_row(ADDMM)
    monkeypatch.setattr(fingerprint, "RULES", fingerprint.RULES + 1)
    assert fingerprint.of_row(ADDMM) != before


def test_what_is_only_said_of_a_row_leaves_its_fingerprint_alone() -> None:
    said = replace(ADDMM, keywords=("other",), chinese="其他", printed=())
    assert fingerprint.of_row(said) == fingerprint.of_row(ADDMM)
    # The numbers of these are held against what was run.
    for prose in (replace(ADDMM, notes="Other words."), replace(ADDMM, function="Other")):
        assert fingerprint.of_row(prose) != fingerprint.of_row(ADDMM)


def test_what_was_found_holds_for_the_row_as_it_was() -> None:
    kept = Outcomes(outcomes(verified(ADDMM)))
    found = kept.of(ADDMM)
    assert found is not None
    assert found.verdict == "equal"
    assert kept.of(replace(ADDMM, pytorch="M")) is None
    assert kept.of(CLAMP) is None


def test_a_row_is_shown_with_what_was_found_of_it_as_it_is() -> None:
    row = replace(ADDMM, differences=ADDMM.differences[:2])
    words = ("loud", "silent")
    found = Outcome(row.id, fingerprint.of_row(row), VERSIONS, "equal", "ok", "ok", True, words)
    shown = with_found(row, Outcomes([found]))
    assert [each.loud for each in shown.differences] == [True, False]
    assert shown.silent == 1
    assert with_found(ADDMM, Outcomes([found])) is ADDMM
    changed = replace(row, pytorch="M")
    assert with_found(changed, Outcomes([found])) is changed


def test_what_was_found_is_run_again_when_a_version_changed_or_it_failed() -> None:
    assert Outcomes(outcomes(verified(ADDMM))).holds(ADDMM, VERSIONS)
    assert Outcomes(outcomes(verified(ADDMM))).holds(ADDMM, {**VERSIONS, "python": "3.12.0"})
    for name in ("torch", "mxnet", "numpy"):
        assert not Outcomes(outcomes(verified(ADDMM))).holds(ADDMM, {**VERSIONS, name: "0"})
    assert not Outcomes(outcomes(verified(ADDMM, ok=False))).holds(ADDMM, VERSIONS)


def test_a_side_that_did_not_run_leaves_nothing_to_keep() -> None:
    assert outcomes(verified(ADDMM, pytorch="unavailable")) == []
    assert outcomes(verified(ADDMM, gluon="cancelled")) == []
    assert len(outcomes(verified(ADDMM, gluon="timeout", ok=False))) == 1


def test_a_file_has_a_line_a_row_and_one_change_changes_one(tmp_path: Path) -> None:
    path = tmp_path / "state" / "outcomes.jsonl"
    keep_outcomes(path, outcomes(verified(CLAMP), verified(ADDMM)))
    before = path.read_text().splitlines()
    assert [line.partition(",")[0] for line in before] == ['{"id": "addmm"', '{"id": "clamp"']
    assert not any('"ms"' in line or "0.1 s" in line for line in before)
    keep_outcomes(path, outcomes(verified(CLAMP, ms=9.0, reason="0.2 s")))
    assert path.read_text().splitlines() == before
    keep_outcomes(path, outcomes(verified(CLAMP, verdict="close")))
    after = path.read_text().splitlines()
    assert after[0] == before[0]
    assert after[1] != before[1]
    assert [file.name for file in path.parent.iterdir()] == ["outcomes.jsonl"]


@pytest.mark.parametrize("text", ["{", "[1]\n", '{"id": "addmm"}\n', "\0"])
def test_a_damaged_file_is_said_to_be_so(tmp_path: Path, text: str) -> None:
    path = tmp_path / "outcomes.jsonl"
    path.write_text(text)
    with pytest.raises(MxcheatError, match=r"outcomes.jsonl is damaged; delete it"):
        read_outcomes(path)
