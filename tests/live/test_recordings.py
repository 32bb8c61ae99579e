"""Recordings agree with live runs, and stand in for a framework that cannot be had."""

from __future__ import annotations

import json
import random
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from mxcheat.cheatsheet.arrays import from_values
from mxcheat.cheatsheet.sides import SIDES
from mxcheat.cli.main import main
from mxcheat.live.device import Device
from mxcheat.live.recordings import ELEMENTS, Recordings, shipped_recordings
from mxcheat.live.results import Output, SideResult
from mxcheat.live.session import Session
from mxcheat.live.trial import trial_of
from mxcheat.live.verdict.compare import compare_sides
from mxcheat.live.verdict.samples import compare_samples
from mxcheat.loading import load
from mxcheat.paths import recordings_file
from mxcheat.session import Session as OfTheUser

if TYPE_CHECKING:
    from pathlib import Path

    from mxcheat.cheatsheet.row import Row
    from mxcheat.live.results import TryResult

ROWS = load().rows
TOGETHER = 50
CLAMP = next(row for row in ROWS if row.id == "clamp")


def kept() -> Recordings:
    recordings = shipped_recordings()
    assert recordings is not None
    return recordings


def test_every_side_of_every_row_is_recorded() -> None:
    for row in ROWS:
        for side in SIDES:
            found = kept().side(trial_of(row), SideResult(side, "ok"))
            assert (found is not None) == (row.form(side) is not None), row.id
            assert found is None or found.ok, found


def test_recordings_are_small() -> None:
    assert recordings_file().stat().st_size < 2_000 * len(load().rows)


def test_a_sample_tells_one_distribution_from_another() -> None:
    """As many elements as a recording keeps, against as many as the row draws."""
    drawn = random.Random(1)
    kept = [drawn.random() for _ in range(ELEMENTS)]
    live = [drawn.random() for _ in range(10_000)]
    assert compare_samples(kept, live)[0] == "stochastic"
    for other in ([1.15 * v for v in live], [v + 0.12 for v in live], [v**1.4 for v in live]):
        assert compare_samples(kept, other)[0] == "different"


def test_what_has_been_changed_is_not_what_was_recorded() -> None:
    trial = trial_of(CLAMP)
    blank = SideResult("pytorch", "ok")
    assert kept().side(trial, blank) is not None
    assert kept().side(replace(trial, inputs={**trial.inputs, "low": -0.25}), blank) is None
    assert kept().side(replace(trial, row=None), blank) is None
    assert kept().side(trial_of(CLAMP, 1), blank) is None


@pytest.fixture(scope="module")
def runs(request: pytest.FixtureRequest) -> dict[str, TryResult]:
    """What the rows that are asked for give now, run many in a process."""
    asked = [getattr(item, "callspec", None) for item in request.session.items]
    ids = {call.params["row"].id for call in asked if call and "row" in call.params}
    trials = [trial_of(row) for row in ROWS if row.id in ids]
    found: list[TryResult] = []
    with Session(recorded=False) as session:
        for start in range(0, len(trials), TOGETHER):
            found += session.begin(trials[start : start + TOGETHER]).collect()
    return {result.row.id: result for result in found if result.row}


# The first of them waits for all that are asked for.
@pytest.mark.timeout(1800)
@pytest.mark.live
@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.id)
def test_a_recording_agrees_with_a_live_run(runs: dict[str, TryResult], row: Row) -> None:
    for side in runs[row.id].sides:
        recorded = kept().side(trial_of(row), SideResult(side.side, "ok"))
        if recorded is not None and row.compare != "none":
            verdict = compare_sides(recorded, side, row.compare)
            assert verdict.status in ("equal", "close", "stochastic"), (side.side, verdict)


@pytest.fixture
def no_mxnet(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An interpreter without mxnet: ours, without what is installed."""
    launcher = tmp_path / "python"
    launcher.write_text('#!/bin/sh\nexec /usr/bin/env python3 -S -E "$@"\n')
    launcher.chmod(0o755)
    monkeypatch.setenv("MXCHEAT_MXNET_PYTHON", str(launcher))


@pytest.mark.live
@pytest.mark.usefixtures("no_mxnet")
def test_try_holds_a_live_side_against_a_recorded_one(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["try", "clamp", "--json"]) == 0
    document = json.loads(capsys.readouterr().out)
    assert document["pytorch"]["origin"] == "live"
    assert document["gluon"]["origin"] == "recorded"
    assert document["gluon"]["status"] == "ok"
    assert document["gluon"]["version"] == kept().made["versions"]["mxnet"]
    assert document["gluon"]["error"]["message"] == "mxnet is not installed"
    assert document["verdict"]["status"] in ("equal", "close")
    assert document["verdict"]["reason"].endswith("Gluon recorded, not run here")
    assert main(["try", "clamp"]) == 0
    shown = capsys.readouterr().out
    assert "recorded" in shown
    assert "mxnet is not installed" in shown


@pytest.mark.live
@pytest.mark.usefixtures("no_mxnet")
def test_a_live_side_that_differs_from_a_recorded_one_is_called_so(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["try", "accumulate-or-overwrite"]) == 0  # the row says that they differ
    shown = " ".join(capsys.readouterr().out.split())
    assert "≠ different, as documented largest difference 1.58" in shown
    assert shown.endswith("Gluon recorded, not run here")


@pytest.mark.live
def test_a_recorded_side_is_held_against_what_the_other_gives_live(
    monkeypatch: pytest.MonkeyPatch, no_mxnet: None
) -> None:
    """The recording is of another value than the live side gives: the verdict must say so."""
    recordings = kept()
    wrong = recordings.side(trial_of(CLAMP, 0), SideResult("gluon", "ok"))
    assert wrong is not None
    other = replace(wrong, outputs=tuple(map(_doubled, wrong.outputs)))
    monkeypatch.setattr(Recordings, "side", lambda *_: other)
    with OfTheUser() as session:
        verdict = session.run(trial_of(CLAMP)).verdict
    assert verdict.status == "different"
    assert verdict.reason.endswith("Gluon recorded, not run here")


def _doubled(output: Output) -> Output:
    assert output.array is not None
    values = [2 * value for value in output.array.values]
    array = from_values(output.array.shape, output.array.dtype, values)
    return replace(output, array=array, text=array.text)


@pytest.mark.live
@pytest.mark.usefixtures("no_mxnet")
def test_nothing_recorded_stands_for_a_gpu_or_verify() -> None:
    with OfTheUser() as session:
        on_gpu = session.run(trial_of(CLAMP), Device("gpu", 0))
    assert on_gpu.gluon.status == "unavailable"
    assert main(["verify", "clamp"]) == 3


@pytest.mark.live
@pytest.mark.usefixtures("no_mxnet")
def test_a_benchmark_keeps_the_verdict_and_says_what_was_not_timed(
    capsys: pytest.CaptureFixture[str],
) -> None:
    with OfTheUser() as session:
        plain, timed = (session.run(trial_of(CLAMP), bench=bench) for bench in (False, True))
    assert plain.verdict.status == timed.verdict.status == "equal"
    assert timed.gluon.origin == "recorded"
    assert timed.gluon.bench is None
    assert timed.pytorch.bench is not None
    assert main(["try", "clamp", "--bench"]) == 3, "one side could not be timed"
    said = capsys.readouterr().out
    assert "✓ equal" in said
    assert "Gluon was not timed: it is not run here, its outputs are recorded" in said
