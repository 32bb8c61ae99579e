"""The rules of the house: who may import whom, and what a light command may load."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[1] / "src" / "mxcheat"

# Folder -> the folders of mxcheat it may import from.
ALLOWED = {
    "errors": set(),
    "paths": set(),
    "cheatsheet": {"errors", "paths"},
    "search": {"cheatsheet", "errors"},
    "live": {"cheatsheet", "errors", "paths"},
    "render": {"cheatsheet", "live", "errors"},
    "cli": {"render", "search", "live", "cheatsheet", "errors", "paths", "tui"},
    "tui": {"render", "search", "live", "cheatsheet", "errors", "paths"},
}
# Third-party package -> the folders that may import it.
HOMES = {
    "textual": {"tui"},
    "rich": {"tui", "render"},
    "yaml": {"cheatsheet"},
    "rapidfuzz": {"search"},
    "torch": {"live"},
    "mxnet": {"live"},
    "numpy": {"live"},
}
WORKER_FILES = ("worker", "wire")


def imports(path: Path) -> list[str]:
    """Full names of modules that a file imports, anywhere in it, for types or for good."""
    found = []
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            found += [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module:
            found.append(node.module)
    return found


def folder_of(path: Path) -> str:
    parts = path.relative_to(PACKAGE).parts
    return parts[0] if len(parts) > 1 else path.stem


FILES = sorted(PACKAGE.rglob("*.py"))


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_imports_point_downwards(path: Path) -> None:
    folder = folder_of(path)
    for name in imports(path):
        parts = name.split(".")
        if parts[0] == "mxcheat" and len(parts) > 1 and folder in ALLOWED:
            assert parts[1] == folder or parts[1] in ALLOWED[folder], name
        if parts[0] in HOMES:
            assert folder in HOMES[parts[0]], name


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_frameworks_are_imported_by_worker_code_only(path: Path) -> None:
    frameworks = {"torch", "mxnet", "numpy"}
    if not path.stem.startswith(WORKER_FILES):
        assert not frameworks & {name.split(".")[0] for name in imports(path)}


@pytest.mark.parametrize("path", sorted((PACKAGE / "live").glob("w[oi]*.py")), ids=lambda p: p.name)
def test_worker_files_are_standard_library_and_read_by_python_3_8(path: Path) -> None:
    ast.parse(path.read_text("utf-8"), feature_version=(3, 8))
    beside = {file.stem for file in path.parent.glob("w*.py")}
    known = sys.stdlib_module_names | beside | {"torch", "mxnet", "numpy", "mxcheat"}
    assert {name.split(".")[0] for name in imports(path)} <= known


def loaded_by(*arguments: str) -> set[str]:
    """Top-level packages that a command line loads."""
    script = (
        "import sys; from mxcheat.cli.main import main\n"
        f"main({list(arguments)!r})\n"
        "print(*{name.split('.')[0] for name in sys.modules}, file=sys.stderr)"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )
    return set(done.stderr.split())


def test_a_lookup_loads_neither_the_app_nor_a_framework() -> None:
    loaded_by("lookup", "clamp")  # compiles the sheet
    heavy = {"textual", "rich", "torch", "mxnet", "numpy", "yaml", "asyncio", "concurrent"}
    assert not heavy & loaded_by("lookup", "clamp")
    assert "rapidfuzz" not in loaded_by("lookup", "clamp")
    assert not (heavy & loaded_by("lookup", "clmap"))
    assert not heavy & loaded_by("list")
