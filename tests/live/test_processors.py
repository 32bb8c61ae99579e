"""The rows that come closest to breaking their tolerance, with the kernels of another processor."""

from __future__ import annotations

import pytest
from benchmarks.processors import SETTINGS, verified

AT_RISK = [
    *("addmm", "define-mlp", "dense-activation", "eigh", "erf", "loss-and-optimizer", "lstsq"),
    *("synchronize", "train-mlp", "trainer-step-scale", "zero-grad"),
]


@pytest.mark.live
def test_rows_hold_with_other_kernels_and_by_a_wide_margin() -> None:
    rows = verified(SETTINGS["all but AVX"], AT_RISK)["rows"]
    assert [row["id"] for row in rows] == AT_RISK
    assert {row["id"]: row["reason"] for row in rows if not row["ok"]} == {}
    assert max(row["share"] for row in rows) < 0.5
    # Not because inputs that move would allow more.
    assert not [row["id"] for row in rows if "ill-conditioned" in row["reason"]]
