"""A layer's weights are copied by its table: what the copies are, and what a wrong one does."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from mxcheat.cheatsheet.check import check_files
from mxcheat.loading import load

if TYPE_CHECKING:
    from pathlib import Path

    from mxcheat.cheatsheet.check import Checked

ROW = """\
rows:
- id: mix
  section: layers
  function: Mix
  pytorch: layer = nn.Bilinear(2, 3, 4)
  gluon: layer = nn.Dense(4, in_units=6)
  availability: equivalent
  weights:
  - {pytorch: weight, gluon: weight, rule: "x.reshape(4, 6)", value: w}
  - {pytorch: bias, gluon: bias, value: c}
  - {pytorch: calls}
  inputs: {a: "normal(5, 2)", b: "normal(5, 3)", w: "normal(4, 2, 3)", c: "uniform(4)"}
  after:
    pytorch: |-
      copy_weights(layer)
      layer(a, b)
    gluon: |-
      layer.initialize()
      copy_weights(layer)
      layer(nd.batch_dot(a.expand_dims(2), b.expand_dims(1)))
  gradient: [a, b]
"""


def checked(folder: Path, text: str) -> Checked:
    path = folder / "layers.yaml"
    path.write_text(text)
    (one,) = check_files([path], load)
    return one


def test_the_line_stands_for_the_copies_by_the_table(tmp_path: Path) -> None:
    (read,) = checked(tmp_path, ROW).sound
    torch, gluon = read.row.snippet("pytorch"), read.row.snippet("gluon")
    assert torch is not None
    assert gluon is not None
    assert torch.after == (
        "layer.weight.data = w.view_as(layer.weight)\n"
        "layer.bias.data = c.view_as(layer.bias)\n"
        "layer(a, b)"
    )
    assert gluon.after.splitlines()[1:4] == [
        "with autograd.pause():",
        "    layer.weight.set_data(w.reshape(4, 6))",
        "    layer.bias.set_data(c)",
    ]


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ((", value: c", ""), "weights 2: is not copied, so that nothing shows it; give the input"),
        (("value: c", "value: cc"), "'cc' is not defined"),
        (("calls", "calls, value: c"), "weights 3: has a value, and a parameter of one side"),
        (("gluon: bias", "gluon: the bias"), "weights 2: 'the bias' is no parameter that can be"),
        (("x.reshape(4, 6)", "y = x"), "weights 1: rule: 'y = x' is no expression"),
        (
            ("copy_weights(layer)\n      layer(a", "layer(a"),
            "weights: are not copied on the pytorch side; write copy_weights(layer) in 'after'",
        ),
        ((", value: w", ""), "weights 1: is not copied"),
    ],
)
def test_a_table_that_is_not_what_is_copied_is_a_problem(
    tmp_path: Path, change: tuple[str, str], said: str
) -> None:
    assert change[0] in ROW
    problems = checked(tmp_path, ROW.replace(*change, 1)).problems
    assert problems
    assert all(said in str(problem) for problem in problems)


def test_the_line_without_a_table_is_a_problem(tmp_path: Path) -> None:
    text = ROW.replace(", value: w", "").replace(", value: c", "")
    found = [str(problem) for problem in checked(tmp_path, text).problems]
    assert any("after: gluon: copies weights, and none has a 'value'" in each for each in found)


@pytest.mark.live
@pytest.mark.parametrize(
    ("change", "said"),
    [
        (("", ""), "1 ok"),
        (("gluon: weight", "gluon: wieght"), "has no attribute 'wieght'"),
        (('rule: "x.reshape(4, 6)", ', ""), "FAILED"),
        (("x.reshape(4, 6)", "-x.reshape(4, 6)"), "different"),
    ],
)
def test_a_wrong_table_fails(tmp_path: Path, change: tuple[str, str], said: str) -> None:
    (tmp_path / "layers.yaml").write_text(ROW.replace(*change, 1))
    command = [sys.executable, "-m", "mxcheat", "--data", "layers.yaml", "verify", "mix"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert said in " ".join(done.stdout.split())
    assert done.returncode == (0 if said == "1 ok" else 1)
