"""Every recipe, run in a shell, with the tools that it names."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.e2e.terminal import Terminal
from tests.support import need_tool

pytestmark = pytest.mark.live

PAGE = (Path(__file__).parents[2] / "docs" / "recipes.md").read_text("utf-8")
RECIPES = re.findall(r"```sh\n(.*?)```\n(?:\n```text\n(.*?)```)?", PAGE, re.DOTALL)
TOOLS = ("fzf", "jq", "less", "git")
# There is no clipboard here to copy to: these keep what they are given.
CLIPBOARDS = ("pbcopy", "wl-copy", "xclip")
ROWS = """rows:
- {id: mine, section: tensor/operation, function: Mine, pytorch: x + 1, gluon: x + 1,
   availability: equivalent, inputs: {x: "uniform(2)"}}
"""
MODEL = "y = nd.clip(x, 0, 1)\nz = nd.linalg_gemm(a, b, c)\n"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder to work in, where the programs that recipes call are found first."""
    programs = tmp_path / "bin"
    programs.mkdir()
    _program(programs / "mxcheat", f'exec {sys.executable} -m mxcheat "$@"')
    for name in CLIPBOARDS:
        _program(programs / name, f"cat > {tmp_path}/{name}.copied")
    monkeypatch.setenv("PATH", f"{programs}:{os.environ['PATH']}")
    folder = tmp_path / "work"
    folder.mkdir()
    (folder / "mine.yaml").write_text(ROWS)
    (folder / "model.py").write_text(MODEL)
    return folder


def _program(path: Path, script: str) -> None:
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(0o755)


def need(recipe: str) -> None:
    """Skip a recipe whose tool is not here."""
    for tool in TOOLS:
        if re.search(rf"\b{tool}\b", recipe):
            need_tool(tool)


def sh(command: str, folder: Path) -> subprocess.CompletedProcess[str]:
    line = ["bash", "-euo", "pipefail", "-c", command]
    return subprocess.run(line, cwd=folder, capture_output=True, text=True, check=False)


def recipe_with(words: str) -> str:
    [recipe] = [recipe for recipe, _ in RECIPES if words in recipe]
    return str(recipe)


LINES = [
    (line, printed if recipe.count("\n") == 1 else "")
    for recipe, printed in RECIPES
    if not re.search(r"fzf|diff before|<<|eval|clip|copy|scan", recipe)
    for line in recipe.splitlines()
]


@pytest.mark.parametrize(("line", "printed"), LINES, ids=[line for line, _ in LINES])
def test_a_line_prints_something_and_nothing_goes_wrong(
    line: str, printed: str, folder: Path
) -> None:
    need(line)
    done = sh(line, folder)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.strip()
    assert not printed or done.stdout == printed


def test_names_in_a_file_become_forms(folder: Path) -> None:
    done = sh(recipe_with("model.py"), folder)
    assert done.stdout.splitlines() == [
        "y = torch.clamp(x, low, high)",
        "torch.addmm(M, mat1, mat2)",
    ]


def test_a_form_goes_to_each_clipboard(folder: Path) -> None:
    done = sh(recipe_with("pbcopy"), folder)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    for name in CLIPBOARDS:
        assert "nd.clip(x, low, high)" in (folder.parent / f"{name}.copied").read_text()


def test_completions_can_be_read_by_bash(folder: Path) -> None:
    done = sh(recipe_with("eval") + "complete -p mxcheat", folder)
    assert (done.stdout, done.stderr) == ("complete -F _mxcheat mxcheat\n", "")


def test_fzf_shows_the_card_of_a_row_and_gives_its_id(folder: Path) -> None:
    recipe = recipe_with("fzf")
    need(recipe)
    with Terminal("-c", f"{recipe.strip()} > chosen", program="bash", cwd=folder) as terminal:
        terminal.wait_for("clone", "> ")
        terminal.type("limit clamp")
        terminal.wait_for("nd.clip(x, low")
        terminal.type("\r")
        assert terminal.wait_for_end() == 0
    assert (folder / "chosen").read_text() == "clamp\n"


def test_diff_shows_the_row_that_was_added(folder: Path) -> None:
    done = sh(recipe_with("diff before"), folder)
    assert done.returncode == 1
    assert "\n> | Mine | `x + 1` | `x + 1` |" in done.stdout


def test_a_scan_in_ci_fails_for_what_is_new(folder: Path) -> None:
    write, check = recipe_with("--write-baseline").splitlines()
    (folder / "net.py").write_text("from mxnet import nd\nnd.no_such_thing(a)\n")
    assert sh(write, folder).returncode == 0
    assert sh(check, folder).returncode == 0
    (folder / "net.py").write_text("from mxnet import nd\n\nnd.no_such_thing(a)\nnd.nor_this()\n")
    done = sh(check, folder)
    assert done.returncode == 1
    assert done.stdout.startswith("net.py:4:1: nd.nor_this: no row answers it\n")


def test_what_keeps_from_porting_is_counted(folder: Path) -> None:
    recipe = recipe_with(".summary.blocking")
    need(recipe)
    (folder / "net.py").write_text("from mxnet import nd\nnd.no_such_thing(a)\n")
    blocking, silent = (sh(line, folder) for line in recipe.splitlines())
    assert (blocking.stdout, blocking.stderr) == ("1\tmxnet.nd.no_such_thing\n", "")
    assert (silent.stdout, silent.stderr) == ("0\n", "")


def test_vs_code_reads_the_lines_of_a_scan(folder: Path) -> None:
    [task] = json.loads(re.findall(r"```json\n(.*?)```", PAGE, re.DOTALL)[0])["tasks"]
    (folder / "net.py").write_text("from mxnet import nd\nnd.no_such_thing(a)\n")
    line = sh(task["command"], folder).stdout.splitlines()[0]
    found = re.match(task["problemMatcher"]["pattern"]["regexp"], line)
    assert found
    assert found.groups() == ("net.py", "2", "1", "nd.no_such_thing: no row answers it")


def test_the_hook_lets_rows_pass_that_hold_and_no_others(folder: Path) -> None:
    recipe = recipe_with("pre-commit")
    need(recipe + "git")
    commit = "git -c user.name=me -c user.email=me@example.org commit --quiet -a -m rows"
    assert sh(f"git init --quiet && git add mine.yaml\n{recipe}", folder).returncode == 0
    done = sh(commit, folder)
    assert done.returncode == 0, done.stderr
    (folder / "mine.yaml").write_text(ROWS.replace("gluon: x + 1", "gluon: x + 2"))
    done = sh(commit, folder)
    assert done.returncode == 1
    assert "mine" in done.stdout + done.stderr
