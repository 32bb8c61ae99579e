"""What the documents show works."""

from __future__ import annotations

import re
from importlib import import_module
from pathlib import Path
from textwrap import dedent

import pytest

from mxcheat.cli.commands import COMMANDS
from mxcheat.config.reader import read_settings
from mxcheat.tui.keymap import keymap_of
from tests.documented import PAGES

ROOT = Path(__file__).parents[1]


@pytest.mark.parametrize(
    ("page", "module"),
    [("keys", "reference"), ("configuration", "reference"), ("json", "documents")],
)
def test_what_is_made_from_tables_is_fresh(
    page: str, module: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.syspath_prepend(str(ROOT / "docs"))
    made = getattr(import_module(module), f"{page}_page")()
    assert (ROOT / "docs" / f"{page}.md").read_text("utf-8") == made, "run make docs"


def test_the_options_of_every_command_are_fresh(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(ROOT / "docs"))
    options = import_module("options")
    usage = (ROOT / "docs" / "usage.md").read_text("utf-8")
    assert sorted(options.marked(usage)) == sorted([*COMMANDS, options.APP, options.ANY])
    assert options.with_options(usage) == usage, "run make docs"


def test_the_card_and_the_counts_in_the_readme_are_fresh(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(ROOT / "docs"))
    readme = (ROOT / "README.md").read_text("utf-8")
    reference = import_module("reference")
    assert "cumulative sum" in readme
    assert " differences, " in readme
    assert reference.with_card(readme) == readme, "run make docs"
    assert reference.with_counts(readme) == readme, "run make docs"


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


def anchors_of(page: Path) -> set[str]:
    """The anchors that GitHub gives the headings of a page."""
    titles = re.findall(r"^#+ (.*)$", page.read_text("utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w -]", "", title.lower()).replace(" ", "-") for title in titles}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_links_lead_somewhere(page: Path) -> None:
    for target in re.findall(r"\]\(([^)\s]+)\)", page.read_text("utf-8")):
        name, _, anchor = target.partition("#")
        to = (page.parent / name) if name else page
        if "://" not in target:
            assert to.exists(), target
            assert not anchor or anchor in anchors_of(to), target


def test_every_document_can_be_reached_from_the_readme() -> None:
    reached, waiting = set[Path](), [ROOT / "README.md"]
    while waiting:
        page = waiting.pop()
        links = re.findall(r"\]\(([^)\s#:]+\.md)", page.read_text("utf-8"))
        news = {(page.parent / link).resolve() for link in links} - reached
        reached |= news
        waiting += news
    documents = {page for page in PAGES if page.parent.name != "benchmarks"}
    assert documents - reached <= {ROOT / "README.md"}


def test_the_map_of_the_packages_is_fresh(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(ROOT / "docs"))
    page = (ROOT / "docs" / "architecture.md").read_text("utf-8")
    assert import_module("imports").with_packages(page) == page, "run make docs"


def test_the_record_of_decisions_is_numbered_and_listed() -> None:
    page = (ROOT / "docs" / "architecture.md").read_text("utf-8")
    for number, path in enumerate(sorted(ROOT.glob("docs/decisions/*.md")), 1):
        title, *headings = re.findall(r"^#+ (.*)$", path.read_text("utf-8"), re.MULTILINE)
        assert path.name.startswith(f"{number:04}-")
        assert f"- [{title}](decisions/{path.name})" in page
        assert title.startswith(f"{number}: ")
        assert headings == ["Context", "Decision", "Consequences"]


def test_examples_of_the_configuration_in_troubleshooting_are_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = (ROOT / "docs" / "troubleshooting.md").read_text("utf-8")
    examples = re.findall(r"^( *)```toml\n(.*?)```", text, re.DOTALL | re.MULTILINE)
    assert len(examples) == 2
    monkeypatch.setenv("MXCHEAT_CONFIG", str(tmp_path / "config.toml"))
    for _, example in examples:
        (tmp_path / "config.toml").write_text(dedent(example))
        keymap_of(read_settings())
