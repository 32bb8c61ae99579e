"""The rules of the house: who may import whom, and what a light command may load."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from contextlib import nullcontext
from graphlib import CycleError, TopologicalSorter
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

PACKAGE = Path(__file__).parents[1] / "src" / "mxcheat"

# Folder -> the folders of mxcheat it may import from.
ALLOWED = {
    "errors": set(),
    "paths": set(),
    "names": set(),
    "cheatsheet": {"errors", "names", "paths"},
    "search": {"cheatsheet", "errors", "names", "paths"},
    "scan": {"cheatsheet", "errors", "names", "paths"},
    "config": {"live", "errors", "paths"},
    "state": {"paths"},
    "live": {"cheatsheet", "errors", "paths"},
    "session": {"config", "live"},
    "loading": {"cheatsheet", "live", "paths"},
    "render": {"cheatsheet", "live", "errors"},
    "cli": {
        "render",
        "names",
        "scan",
        "search",
        "live",
        "cheatsheet",
        "config",
        "errors",
        "paths",
        "loading",
        "tui",
    },
    "tui": {"render", "scan", "search", "live", "cheatsheet", "config", "errors", "paths", "state"},
    "api": {"scan", "search", "live", "cheatsheet", "config", "errors", "loading"},
    "ipython": {"cli", "session", "errors"},
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
    "IPython": {"ipython"},  # for its types only
}
WORKER = PACKAGE / "live" / "worker"


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
    if path.parent != WORKER:
        assert not frameworks & {name.split(".")[0] for name in imports(path)}


@pytest.mark.parametrize("path", sorted(WORKER.glob("*.py")), ids=lambda p: p.name)
def test_worker_files_are_standard_library_and_read_by_python_3_8(path: Path) -> None:
    ast.parse(path.read_text("utf-8"), feature_version=(3, 8))
    beside = {file.stem for file in path.parent.glob("*.py")}
    known = sys.stdlib_module_names | beside | {"torch", "mxnet", "numpy", "mxcheat"}
    assert {name.split(".")[0] for name in imports(path)} <= known


def loaded_by(*arguments: str) -> set[str]:
    """Modules that a command line loads, beyond those of a bare interpreter."""
    return loaded_by_code(f"from mxcheat.cli.main import main; main({list(arguments)!r})")


def loaded_by_code(code: str) -> set[str]:
    """Modules that a line of Python loads, beyond those of a bare interpreter."""
    script = (
        "import sys; bare = set(sys.modules)\n"
        f"sys.path[:] = {sys.path!r}\n"
        f"{code}\n"
        "print(*set(sys.modules) - bare, file=sys.stderr)"
    )
    # -S: an environment's site packages may load some modules of their own accord.
    done = subprocess.run(
        [sys.executable, "-S", "-c", script], capture_output=True, text=True, check=True
    )
    return set(done.stderr.splitlines()[-1].split())


def packages(modules: set[str]) -> set[str]:
    return {name.split(".")[0] for name in modules}


HEAVY = {"textual", "rich", "torch", "mxnet", "numpy", "yaml", "asyncio", "concurrent"}
SLOW = {"dataclasses", "inspect", "pathlib", "argparse", "json", "hashlib", "textwrap", "shutil"}
OF_CARDS = {
    "mxcheat",
    *(f"mxcheat.{name}" for name in ("paths", "config", "cheatsheet", "render", "cli")),
    "mxcheat.cheatsheet.kept",
    *(f"mxcheat.render.{name}" for name in ("page", "card", "language")),
    *(f"mxcheat.cli.{name}" for name in ("main", "commands", "lookup", "catalogue", "output")),
}


def test_a_known_name_is_answered_without_search_parsers_or_patterns() -> None:
    loaded_by("lookup", "clamp")  # makes what is kept
    for name in ("clamp", "torch.clamp", "mxnet.nd.clip", "clip"):
        loaded = loaded_by("lookup", name)
        assert {module for module in loaded if module.startswith("mxcheat")} == OF_CARDS
        assert not packages(loaded) & (HEAVY | SLOW | {"re", "enum", "typing", "collections"})


def test_a_misspelt_name_loads_search_its_matcher_and_nothing_else_that_is_slow() -> None:
    loaded_by("lookup", "clmap")
    loaded = loaded_by("lookup", "clmap")
    ours = {module for module in loaded if module.startswith("mxcheat")} - OF_CARDS
    assert {module for module in ours if not module.startswith("mxcheat.search")} == {
        "mxcheat.cheatsheet.sides",
        "mxcheat.names",
        "mxcheat.names.written",
        # to say that it is a guess
        "mxcheat.cli.narrate",
        "mxcheat.render.inert",
    }
    assert "ast" not in loaded
    assert not packages(loaded) & (HEAVY | SLOW)
    assert "rapidfuzz" in loaded
    assert "rapidfuzz" not in loaded_by("lookup", "x.clamp(")


def test_no_light_command_loads_the_app_or_a_framework() -> None:
    loaded_by("list")
    for arguments in (["list"], ["lookup", "clamp", "--json"], ["lookup", "--plain", "qwerty"]):
        assert not packages(loaded_by(*arguments)) & HEAVY


def test_neither_help_nor_the_app_loads_what_tells_libraries() -> None:
    for loaded in (loaded_by("scan", "--help"), loaded_by_code("import mxcheat.tui.main_screen")):
        assert "mxcheat.scan.findings" in loaded
        assert "mxcheat.names.libraries" not in loaded


def test_the_app_loads_what_a_search_or_a_run_takes_after_its_first_paint() -> None:
    loaded = loaded_by_code("import mxcheat.tui.app")
    later = (
        *("search.index", "search.rank", "search.tracebacks", "live.results", "live.session"),
        *("live.pythons.choose", "cheatsheet.inputs", "tui.text.outcome"),
    )
    assert not {f"mxcheat.{name}" for name in later} & loaded
    assert "mxcheat.tui.main_screen" in loaded


def test_the_package_and_its_functions_load_nothing_before_they_are_used() -> None:
    assert loaded_by_code("import mxcheat") == {"mxcheat"}
    loaded = loaded_by_code("from mxcheat import lookup, rows, try_row")
    assert {module for module in loaded if module.startswith("mxcheat")} == {
        "mxcheat",
        *(f"mxcheat.{name}" for name in ("api", "paths", "config", "cheatsheet", "loading")),
        "mxcheat.cheatsheet.kept",
    }
    assert not packages(loaded) & (HEAVY | SLOW | {"re", "enum", "typing", "collections"})


def test_a_lookup_from_python_loads_no_app_no_framework_and_no_command_line() -> None:
    loaded_by_code("import mxcheat; mxcheat.lookup('clamp'); mxcheat.rows()")
    loaded = loaded_by_code("import mxcheat; mxcheat.lookup('clamp'); mxcheat.rows()")
    assert not packages(loaded) & (HEAVY | {"argparse"})
    assert not {name for name in loaded if name.startswith(("mxcheat.cli", "mxcheat.live"))}


def running_imports(package: Path) -> dict[str, set[str]]:
    """The files of a package by name, and those that each imports when it runs.

    That is at the top of a file or inside a function. What is imported for types only, below
    `if TYPE_CHECKING`, does not count: nothing of it runs. Nor does the `__init__.py` of a
    folder by which another file is reached.
    """
    files = {str(path.relative_to(package)): path for path in sorted(package.rglob("*.py"))}
    return {name: {*_imported(name, path, package, {*files})} for name, path in files.items()}


def _imported(name: str, path: Path, package: Path, files: set[str]) -> Iterator[str]:
    for node in _running(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            modules = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module:
            modules = [f"{node.module}.{alias.name}" for alias in node.names]
        else:
            continue
        for module in modules:
            yield from _files_of(module, name, package.name, files)


def _running(node: ast.AST) -> Iterator[ast.AST]:
    """Every node but those below `if TYPE_CHECKING`; what is below its `else` is one of them."""
    yield node
    only_types = isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING"
    for child in node.orelse if only_types else ast.iter_child_nodes(node):  # type: ignore[attr-defined]
        yield from _running(child)


def _files_of(module: str, name: str, package: str, files: set[str]) -> Iterator[str]:
    """The file of `module`, or of what `module` is a name in; worker files name those beside."""
    first, *others = module.split(".")
    folder = name.rpartition("/")[0]
    stems = (
        ["/".join(others), "/".join(others[:-1])]
        if first == package
        else [f"{folder}/{first}".lstrip("/")]
    )
    found = [file for stem in stems for file in (f"{stem}.py", f"{stem}/__init__.py")]
    yield from [file for file in found if file in files and file != name][:1]


RUNNING = running_imports(PACKAGE)


def test_no_circle_of_imports() -> None:
    TopologicalSorter(RUNNING).prepare()  # raises CycleError, which names the circle


@pytest.mark.parametrize(
    ("code", "is_circle"),
    [
        ("import house.a", True),
        ("from house import a", True),
        ("from house.a import wall", True),
        ("def paint():\n    from house.a import wall", True),
        ("if TYPE_CHECKING:\n    pass\nelse:\n    import a", True),
        ("if TYPE_CHECKING:\n    from house.a import Wall", False),
        ("import b.a", False),
        ("import elsewhere", False),
    ],
)
def test_a_circle_is_found(tmp_path: Path, code: str, *, is_circle: bool) -> None:
    package = tmp_path / "house"
    package.mkdir()
    for name, text in (("__init__", ""), ("a", "from house import b"), ("b", code)):
        (package / f"{name}.py").write_text(text)
    with pytest.raises(CycleError) if is_circle else nullcontext():
        TopologicalSorter(running_imports(package)).prepare()


PAGE = (PACKAGE.parents[1] / "docs" / "architecture.md").read_text("utf-8")
WAYS = dict(re.findall(r"<!-- the way of (.+?) -->\n(.*?)<!-- end -->", PAGE, re.DOTALL))


def test_the_map_has_these_ways() -> None:
    assert {*WAYS} == {"a query", "a live run", "a row", "a source text", "a scan", "a key"}


@pytest.mark.parametrize("way", WAYS)
def test_each_file_on_the_way_imports_only_those_below_it(way: str) -> None:
    files = re.findall(r"^\d+\. `(.+?)`:", WAYS[way], re.MULTILINE)
    assert len(files) > 5
    used = {file: through_folders(RUNNING[file]) | started_by(file) for file in files}
    for number, file in enumerate(files):
        assert not used[file] & {*files[: number + 1]}, file
    first, *others = files
    reached = set[str]().union(*used.values())
    assert first not in reached
    assert {*others} <= reached  # none stands there that is not on the way


def through_folders(files: set[str]) -> set[str]:
    """With what the `__init__.py` among them import to hand it on."""
    folders = {file for file in files if file.endswith("__init__.py")}
    return files.union(*(RUNNING[folder] for folder in folders))


def test_no_file_beside_the_worker_hides_a_module_of_the_standard_library() -> None:
    """The worker finds its files by name, in front of all others, while a framework is imported."""
    beside = {path.stem for path in WORKER.iterdir()} - {"__init__"}
    assert beside.isdisjoint(sys.stdlib_module_names)


def started_by(file: str) -> set[str]:
    """The worker, which runs in a process of its own and is started by its path."""
    return (
        {"live/worker/serve.py"} if '"serve.py"' in (PACKAGE / file).read_text("utf-8") else set()
    )
