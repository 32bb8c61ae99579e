"""One side as a program that runs by itself."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from mxcheat.cheatsheet.row import Snippet
from mxcheat.cheatsheet.sides import SIDES
from mxcheat.loading import load
from mxcheat.render.script import script_of

if TYPE_CHECKING:
    from pathlib import Path

    from mxcheat.cheatsheet.sides import Side


def script(row_id: str, side: Side) -> str:
    row = load().row(row_id)
    assert row is not None
    snippet = row.snippet(side)
    assert snippet is not None
    return script_of(side, snippet, row.inputs, row.gradient)


@pytest.mark.live
@pytest.mark.parametrize("side", SIDES)
def test_it_prints_the_outputs_and_the_gradient(side: Side) -> None:
    done = subprocess.run(
        [sys.executable, "-c", script("clamp", side)], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert "0.1760" in done.stdout
    assert "x.grad" in done.stdout
    assert "-0.737" in done.stdout, "as a run gives it"


@pytest.mark.live
@pytest.mark.parametrize("side", SIDES)
@pytest.mark.parametrize(
    "row_id",
    [
        "chunk",  # a list of arrays and the gradient of its parts
        "activation-layer",  # several lists, with gradients
        "bernoulli",  # random numbers, with a gradient
        "kl-div-loss",  # code before and after the form
        "spawn",  # processes that import the program which starts them
        "fake-data",  # torchvision beside a torch that it may not be built for
    ],
)
def test_the_script_of_a_row_runs_as_a_program(side: Side, row_id: str, tmp_path: Path) -> None:
    text = script(row_id, side)
    (tmp_path / "script.py").write_text(text)
    done = subprocess.run(
        [sys.executable, "script.py"], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout
    row = load().row(row_id)
    assert row is not None
    for name in row.gradient:
        assert f"{name}.grad" in done.stdout


def test_what_it_uses_is_imported_and_nothing_else() -> None:
    code = Snippet("n = math.sqrt(4)", "F.relu(x), n", "")
    text = script_of("pytorch", code, {"x": "[1.0, nan]", "k": 2})
    lines = text.split("\n")
    assert lines[:3] == ["import math", "import torch", "import torch.nn.functional as F"]
    assert "np" not in text
    assert "k = 2" in lines
    assert 'x = torch.tensor([1, float("nan")], dtype=torch.float32).reshape(2)' in lines
    assert "outputs = [*(F.relu(x), n)]" in lines


@pytest.mark.parametrize(
    ("code", "last"),
    [
        ("y = x", "outputs = [y]"),
        ("a, b = x", "outputs = [a, b]"),
        ("y = 1; y + 1", "outputs = [(y + 1)]"),
        ("print(\n    x)", "outputs = [(print(\n    x))]"),
        ("", "outputs = []"),
        ("y = (", "outputs = []"),
    ],
)
def test_what_the_last_statement_gives_is_printed(code: str, last: str) -> None:
    assert last in script_of("gluon", Snippet("", code, ""), {"x": 1})


def test_a_large_array_is_made_anew_and_that_is_said() -> None:
    text = script_of("gluon", Snippet("", "x", ""), {"x": "uniform(100, 100, low=2, high=3)"})
    assert "# other numbers than mxcheat's" in text
    assert "reshape(100, 100)" in text
    assert len(text) < 2000
