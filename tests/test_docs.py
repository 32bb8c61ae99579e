"""What the documents show works."""

from __future__ import annotations

import re
from importlib import import_module
from pathlib import Path
from textwrap import dedent
from typing import TYPE_CHECKING

import pytest

from mxcheat.cheatsheet import load
from mxcheat.cheatsheet.inputs import make_input
from mxcheat.cheatsheet.loader import ROW_KEYS, load_file
from mxcheat.config.reader import read_settings
from mxcheat.live.verify import verify_row
from mxcheat.tui.keymap import keymap_of

if TYPE_CHECKING:
    from mxcheat.live.session import Session

ROOT = Path(__file__).parents[1]
WRITING = (ROOT / "docs" / "writing-rows.md").read_text("utf-8")


def table(heading: str) -> str:
    """The text of one section of the page on writing rows."""
    return WRITING.split(f"## {heading}\n")[1].split("\n## ")[0]


@pytest.mark.live
def test_the_first_row_of_the_guide_loads_and_verifies(tmp_path: Path, session: Session) -> None:
    example = re.search(r"```yaml\n(.*?)```", WRITING, re.DOTALL)
    assert example
    path = tmp_path / "mine.yaml"
    path.write_text(example[1])
    (row,) = load_file(path, load()).rows
    verified = verify_row(session, row)
    assert verified.ok, verified.reason


def test_the_guide_names_every_key_and_no_other() -> None:
    named = set(re.findall(r"^\| (.*?) \|", table("Keys"), re.MULTILINE))
    keys = {key for cell in named for key in re.findall(r"`(\w+)`", cell)}
    assert keys | {"chinese", "reason"} == set(ROW_KEYS)


def test_every_input_of_the_guide_can_be_made() -> None:
    for cell in re.findall(r"^\| (`.*?) \|", table("Inputs"), re.MULTILINE):
        for spec in re.findall(r"`(.*?)`", cell):
            make_input("x", spec.replace("true", "True"))


@pytest.mark.parametrize("page", ["keys", "configuration"])
def test_what_is_made_from_tables_is_fresh(page: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(ROOT / "docs"))
    made = getattr(import_module("reference"), f"{page}_page")()
    assert (ROOT / "docs" / f"{page}.md").read_text("utf-8") == made, "run make docs"


def test_the_example_of_the_configuration_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = (ROOT / "docs" / "configuration.md").read_text("utf-8")
    example = text.split("## An example\n\n")[1].split("\n\n## ")[0]
    (tmp_path / "config.toml").write_text(dedent(example))
    monkeypatch.setenv("MXCHEAT_CONFIG", str(tmp_path / "config.toml"))
    settings = read_settings()
    assert settings["theme"] == "nord"
    assert keymap_of(settings).shown("row.run") == "^R"


@pytest.mark.parametrize("page", [*sorted(ROOT.glob("docs/*.md")), ROOT / "README.md"], ids=str)
def test_links_lead_somewhere(page: Path) -> None:
    for target in re.findall(r"\]\(([^)#]+)\)", page.read_text("utf-8")):
        assert "://" in target or (page.parent / target).exists(), target
