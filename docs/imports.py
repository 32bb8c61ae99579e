"""The picture and the table of packages in architecture.md, read off the code."""

from __future__ import annotations

import ast
import re
from pathlib import Path

PACKAGE = Path(__file__).parents[1] / "src" / "mxcheat"
# At the bottom of everything: drawn, they would hide the rest.
_UNDRAWN = ("errors", "paths")


def with_packages(page: str) -> str:
    """The page with what stands between its markers made anew."""
    found = {name: _imported(name) for name in _names()}
    return filled(filled(page, "imports", _picture(found)), "packages", _table(found))


def filled(page: str, name: str, text: str) -> str:
    """The page with `text` between the markers of this name."""
    pattern = rf"(<!-- made by make docs: {name} -->\n).*?(<!-- end -->)"
    return re.sub(pattern, lambda found: f"{found[1]}{text}{found[2]}", page, flags=re.DOTALL)


def _names() -> list[str]:
    """Packages and single modules of mxcheat, without `__init__` and `__main__`."""
    folders = [path.parent.name for path in PACKAGE.glob("*/__init__.py")]
    modules = [path.stem for path in PACKAGE.glob("*.py") if not path.stem.startswith("__")]
    return sorted(folders + modules)


def _files(name: str) -> list[Path]:
    folder = PACKAGE / name
    return sorted(folder.rglob("*.py")) if folder.is_dir() else [PACKAGE / f"{name}.py"]


def _imported(name: str) -> set[str]:
    """The packages of mxcheat that one of them imports, for types or for good."""
    trees = [ast.parse(path.read_text("utf-8")) for path in _files(name)]
    froms = [node for tree in trees for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)]
    parts = [(node.module or "").split(".") for node in froms]
    return {part[1] for part in parts if part[0] == "mxcheat" and len(part) > 1} - {name}


def _picture(found: dict[str, set[str]]) -> str:
    """The imports as a graph, without those that follow from others."""
    drawn = {name: found[name] - {*_UNDRAWN} for name in found if name not in _UNDRAWN}
    lines = [
        f"  {name} --> {other}"
        for name, others in drawn.items()
        for other in sorted(others)
        if not any(other in _reached(drawn, between) for between in others - {other})
    ]
    return "\n".join(["```mermaid", "flowchart TD", *lines, "```", ""])


def _reached(found: dict[str, set[str]], name: str) -> set[str]:
    reached: set[str] = set()
    waiting = [name]
    while waiting:
        news = found[waiting.pop()] - reached
        reached |= news
        waiting += news
    return reached


def _table(found: dict[str, set[str]]) -> str:
    rows = ["| package | what it is for | imports |", "| --- | --- | --- |"]
    rows += [
        f"| `{name}` | {_purpose(name)} | {', '.join(sorted(found[name])) or 'nothing'} |"
        for name in sorted(found, key=lambda name: (len(_reached(found, name)), name))
    ]
    return "\n".join([*rows, ""])


def _purpose(name: str) -> str:
    """What its docstring says in the first sentence."""
    folder = PACKAGE / name
    path = folder / "__init__.py" if folder.is_dir() else PACKAGE / f"{name}.py"
    text = ast.get_docstring(ast.parse(path.read_text("utf-8"))) or ""
    return " ".join(text.partition("\n\n")[0].split()).rstrip(".")
