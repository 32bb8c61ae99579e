"""mxcheat verify: what is kept of it, what need not be run again, and what export says of it."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import psutil
import pytest

from tests.support import HARDTANH, SOFTSIGN, mxcheat


@pytest.fixture
def mine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    path = Path("mine.yaml")
    path.write_text(SOFTSIGN + HARDTANH.partition("rows:\n")[2])
    return path


def verdicts(*arguments: str | Path) -> dict[str, str]:
    rows = mxcheat("export", "--format", "json", *arguments).json["rows"]
    return {row["id"]: row["verdict"] for row in rows}


def test_a_row_that_nobody_ran_has_no_verdict(mine: Path) -> None:
    found = verdicts("--data", mine)
    assert found["softsign"] == found["hardtanh"] == "not verified"
    assert found["clamp"] != "not verified"
    total = len(found)
    text = mxcheat("export", "--data", mine).stdout
    assert f"\n{total - 2} of {total} rows were run on torch " in text
    assert text.count("; the others were not verified.") == 1


def test_a_shipped_row_that_was_changed_has_no_verdict(mine: Path) -> None:
    mine.write_text(SOFTSIGN.replace("id: softsign", "id: clamp"))
    assert verdicts("--data", mine)["clamp"] == "not verified"


@pytest.mark.live
def test_what_is_kept_is_not_run_again_until_it_changes(mine: Path, own_home: Path) -> None:
    ids = ("softsign", "hardtanh")
    first = mxcheat("verify", *ids, "--data", mine, "--changed", "--keep", "--json")
    assert (first.code, first.json["skipped"], first.json["summary"]["rows"]) == (0, 0, 2)
    kept = own_home / ".local" / "state" / "mxcheat" / "outcomes.jsonl"
    assert [json.loads(line)["id"] for line in kept.read_text().splitlines()] == sorted(ids)
    before = kept.read_bytes()

    again = mxcheat("verify", *ids, "--data", mine, "--changed", "--keep", "--json")
    assert (again.code, again.json["skipped"], again.json["rows"]) == (0, 2, [])
    assert again.stderr.startswith("mxcheat: 2 of 2 rows skipped")
    assert "nothing to run" in mxcheat("verify", *ids, "--data", mine, "--changed").stdout
    assert kept.read_bytes() == before

    found = verdicts("--data", mine)
    assert "not verified" not in (found["softsign"], found["hardtanh"])
    mine.write_text(mine.read_text().replace("F.softsign(x)", "F.softsign(x) + 0"))
    assert verdicts("--data", mine)["softsign"] == "not verified"
    changed = mxcheat("verify", *ids, "--data", mine, "--changed", "--json").json
    assert [row["id"] for row in changed["rows"]] == ["softsign"]
    assert changed["skipped"] == 1
    assert kept.read_bytes() == before  # without --keep


@pytest.mark.live
def test_a_row_that_failed_is_run_again(mine: Path) -> None:
    mine.write_text(SOFTSIGN.replace("nd.softsign", "nd.sigmoid"))
    for _ in range(2):
        done = mxcheat("verify", "softsign", "--data", mine, "--changed", "--keep", "--json")
        assert (done.code, done.json["skipped"], done.json["summary"]["failed"]) == (1, 0, 1)
    assert verdicts("--data", mine)["softsign"].endswith(", not as claimed")


@pytest.mark.parametrize("option", ["--changed", "--keep"])
def test_outcomes_are_those_of_the_cpu(option: str) -> None:
    done = mxcheat("verify", "clamp", "--ctx", "gpu0", option)
    assert (done.code, done.stdout) == (2, "")
    assert done.stderr == "mxcheat: verify: --changed and --keep go with the CPU; leave out --ctx\n"


@pytest.mark.live
def test_an_interrupt_ends_all_that_was_begun(tmp_path: Path) -> None:
    rows = tmp_path / "mine.yaml"
    rows.write_text(
        SOFTSIGN.replace("F.softsign(x)", "F.softsign(x) if print() else [0 for _ in iter(int, 1)]")
    )
    process = subprocess.Popen(
        [sys.executable, "-m", "mxcheat", "verify", "softsign", "clamp", "addmm", "--data", rows],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env={**os.environ, "TMPDIR": str(tmp_path)},
    )
    deadline = time.monotonic() + 60
    while not list(tmp_path.glob("mxcheat-run-*")) and time.monotonic() < deadline:
        time.sleep(0.05)
    time.sleep(0.3)
    begun = psutil.Process(process.pid).children(recursive=True)
    process.send_signal(signal.SIGINT)
    out, _ = process.communicate(timeout=20)
    assert (process.returncode, out) == (130, b"")
    assert begun
    assert psutil.wait_procs(begun, timeout=5)[1] == []
    assert not list(tmp_path.glob("mxcheat-run-*"))
