"""The files around the program agree with it: workflow, hooks, issue forms, dependencies."""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from mxcheat.cli.commands import COMMANDS

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

ROOT = Path(__file__).parents[1]
MAKEFILE = (ROOT / "Makefile").read_text("utf-8")
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
WORKFLOW = yaml.safe_load((ROOT / ".github" / "workflows" / "test.yml").read_text("utf-8"))
FORMS = sorted((ROOT / ".github" / "ISSUE_TEMPLATE").glob("[!c]*.yml"))


def targets() -> set[str]:
    return set(re.findall(r"^([a-z]+):", MAKEFILE, re.MULTILINE))


def recipe(target: str) -> list[str]:
    """The commands of a target, and of those it begins with."""
    found = re.search(rf"^{target}:(.*)\n((?:\t.*\n)+)", MAKEFILE, re.MULTILINE)
    assert found, target
    first = [line for name in found[1].split() if name in targets() for line in recipe(name)]
    return first + [line.strip().replace("$(BIN)", ".venv/bin") for line in found[2].splitlines()]


def steps() -> list[dict[str, Any]]:
    return [step for job in WORKFLOW["jobs"].values() for step in job["steps"]]


def test_the_workflow_calls_what_anyone_calls() -> None:
    runs = [step["run"] for step in steps() if "run" in step]
    made = [run for run in runs if run.startswith("make ")]
    assert {run.split()[1] for run in made} == {"check", "test"} <= targets()
    assert [run for run in runs if run not in made and not run.startswith("sudo apt-get ")] == []


def test_every_python_of_the_workflow_is_one_that_make_takes() -> None:
    allowed = re.search(r"\((3, \d+)\) <= v <= \((3, \d+)\)", MAKEFILE)
    assert allowed
    low, high = (int(version.split(", ")[1]) for version in allowed.groups())
    matrix = WORKFLOW["jobs"]["test"]["strategy"]["matrix"]["python"]
    assert matrix == [f"3.{minor}" for minor in range(low, high + 1)]
    assert PROJECT["requires-python"] == f">={matrix[0]}"


def test_what_ci_runs_is_a_target() -> None:
    called = re.findall(r"exec make (\w+)", (ROOT / ".ci" / "run").read_text("utf-8"))
    assert called
    assert set(called) <= targets()


def test_hooks_are_the_tools_of_make_check() -> None:
    config = yaml.safe_load((ROOT / ".pre-commit-config.yaml").read_text("utf-8"))
    assert [repository["repo"] for repository in config["repos"]] == ["local"]
    hooks = [hook for repository in config["repos"] for hook in repository["hooks"]]
    assert {hook["language"] for hook in hooks} == {"system"}
    tools = {" ".join(line.split()[:2]) for line in recipe("check") if "pytest" not in line}
    assert {" ".join(hook["entry"].split()[:2]) for hook in hooks} == tools


@pytest.mark.parametrize("path", FORMS, ids=lambda path: path.stem)
def test_an_issue_form_asks_for_what_the_program_prints(path: Path) -> None:
    form = yaml.safe_load(path.read_text("utf-8"))
    ids = [field["id"] for field in form["body"]]
    assert len(ids) == len(set(ids))
    text = path.read_text("utf-8")
    commands = re.findall(r"`mxcheat (\w+)", text)
    assert commands
    assert set(commands) <= set(COMMANDS)
    assert path.stem != "row-is-wrong" or "`mxcheat try ROW --json`" in text


def name_of(requirement: str) -> str:
    found = re.match(r"[\w.-]+", requirement)
    assert found
    return found[0].lower()


def test_each_dependency_is_accounted_for() -> None:
    extras = PROJECT["optional-dependencies"]
    required = {
        name_of(line) for line in [*PROJECT["dependencies"], *extras["live"], *extras["dev"]]
    }
    page = (ROOT / "docs" / "dependencies.md").read_text("utf-8")
    tables = page.split("## What it depends on")[1].split("\n## ")[0]
    cells = re.findall(r"^\| (`[^|]*) \|", tables, re.MULTILINE)
    named = {name.lower() for cell in cells for name in re.findall(r"`(.+?)`", cell)}
    stubs = {name for name in required if name.startswith("types-")}
    assert required - stubs == named - {"types-*"}


def test_constraints_pin_what_the_project_asks_for() -> None:
    lines = (ROOT / "constraints.txt").read_text("utf-8").splitlines()
    pinned = {name_of(line) for line in lines if line and not line.startswith("#")}
    asked = [
        *PROJECT["dependencies"],
        *(line for extra in PROJECT["optional-dependencies"].values() for line in extra),
    ]
    assert {name for name in map(name_of, asked) if not name.startswith("types-")} <= pinned
