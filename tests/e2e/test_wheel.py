"""The wheel, installed far from the repository and without any framework."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tarfile
from pathlib import Path

import pytest

from tests.e2e.terminal import Terminal

pytestmark = pytest.mark.live

ROOT = Path(__file__).parents[2]
SHIPPED = (
    "data/mappings.yaml",
    "data/measured/recordings.json.gz",
    "src/mxcheat/live/worker/serve.py",
)


@pytest.fixture(scope="module")
def dist(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("dist")
    subprocess.run([sys.executable, "-m", "build", "--outdir", folder, ROOT], check=True)
    return folder


@pytest.fixture(scope="module")
def python(dist: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The Python of an environment in which there is mxcheat and what it needs, no more."""
    folder = tmp_path_factory.mktemp("clean")
    subprocess.run([sys.executable, "-m", "venv", folder], check=True)
    python = folder / "bin" / "python"
    [wheel] = dist.glob("*.whl")
    install = f"-m pip install --quiet --constraint {ROOT / 'constraints.txt'} {wheel}"
    subprocess.run([str(python), *install.split()], check=True)
    return python


def run(python: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [str(python.with_name("mxcheat")), *arguments]
    return subprocess.run(command, cwd="/", capture_output=True, text=True, check=False)


def test_the_sdist_has_what_a_wheel_is_made_of(dist: Path) -> None:
    [sdist] = dist.glob("*.tar.gz")
    with tarfile.open(sdist) as archive:
        names = {name.partition("/")[2] for name in archive.getnames()}
    assert set(SHIPPED) <= names


def test_lookup_and_list(python: Path) -> None:
    assert "nd.clip(x, low, high)" in run(python, "lookup", "clamp").stdout
    assert len(json.loads(run(python, "list", "--json").stdout)["rows"]) > 90


def test_the_manual_and_completions_lie_where_they_are_looked_for(python: Path) -> None:
    share = python.parents[1] / "share"
    assert "mxcheat lookup" in (share / "man/man1/mxcheat.1").read_text("utf-8")
    for shell, path in {
        "bash": "bash-completion/completions/mxcheat",
        "zsh": "zsh/site-functions/_mxcheat",
        "fish": "fish/vendor_completions.d/mxcheat.fish",
    }.items():
        assert (share / path).read_text("utf-8") == run(python, "completions", shell).stdout


def test_both_sides_are_recorded(python: Path) -> None:
    tried = run(python, "try", "addmm", "--json")
    document = json.loads(tried.stdout)
    assert [document[side]["origin"] for side in ("pytorch", "gluon")] == ["recorded"] * 2
    assert document["verdict"]["status"] in ("equal", "close")
    assert tried.returncode == 0


def test_doctor_says_how_to_get_them(python: Path) -> None:
    asked = run(python, "doctor", "--json")
    frameworks = json.loads(asked.stdout)["frameworks"]
    assert {found["fix"] for found in frameworks.values()} == {
        "mxcheat setup torch",
        "mxcheat setup mxnet",
    }
    assert asked.returncode == 3


def test_the_app_shows_what_was_recorded(python: Path) -> None:
    assert "PYTHONPATH" not in os.environ
    with Terminal("clamp", columns=120, lines=36, python=str(python)) as terminal:
        terminal.wait_for("nd.clip(x, low, high)", "torch is not installed")
        terminal.type("\r")
        terminal.wait_for("recorded (", "PyTorch and Gluon recorded, not run")
        terminal.type("\x11")
        assert terminal.wait_for_end() == 0
