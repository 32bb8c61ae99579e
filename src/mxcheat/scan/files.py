"""Which files a scan reads, and why it skips the others."""

from __future__ import annotations

import os
import stat
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from os import DirEntry

PYTHON = (".py", ".pyi", ".pyw")
NOTEBOOK = (".ipynb",)
MARKDOWN = (".md", ".markdown")
_KNOWN = PYTHON + NOTEBOOK + MARKDOWN
# What stands for standard input.
STDIN = "-"

# Folders that hold nothing of the project's own, and why.
_SKIPPED = {
    **dict.fromkeys((".git", ".hg", ".svn"), "version control"),
    **dict.fromkeys((".tox", ".nox", ".venv", "venv"), "virtual environment"),
    **dict.fromkeys(("site-packages", "dist-packages", "node_modules"), "installed packages"),
    **dict.fromkeys(("build", "_build", ".eggs"), "build output"),
    **dict.fromkeys(
        ("__pycache__", ".mypy_cache", ".ruff_cache", ".pytest_cache", ".ipynb_checkpoints"),
        "cache",
    ),
}
# Names that one of the project's own packages may have too.
_PERHAPS_OURS = ("build", "_build", "venv")
# What makes a folder of any name a virtual environment.
_ENVIRONMENT = ("pyvenv.cfg", "conda-meta", "bin/activate", "Scripts/activate")


class Found(NamedTuple):
    """A file to read: `given` is the PATH below which it lies, `path` where it lies there.

    `place` is where it is opened, and `problem` why it cannot be.
    """

    given: str
    path: str
    place: str
    problem: str | None = None


def tidy(path: str) -> str:
    """The path without empty parts and `.`; `..` stays, as it may lead out of a link's target."""
    parts = [part for part in path.split(os.sep) if part not in ("", os.curdir)]
    return os.path.join(os.sep if os.path.isabs(path) else "", *parts) or os.curdir


def why_skipped(folder: str) -> str:
    """What a folder is if nothing below it is to be read; "" if it is the project's own."""
    name = os.path.basename(folder)
    why = _SKIPPED.get(name, "")
    if name in _PERHAPS_OURS and os.path.exists(os.path.join(folder, "__init__.py")):
        why = ""
    if not why and any(os.path.exists(os.path.join(folder, mark)) for mark in _ENVIRONMENT):
        why = "virtual environment"
    return why


def problem_of(place: str, *, named: bool = False) -> str | None:
    """Why what is at `place` cannot be opened as a file; None if it can be tried.

    A pipe can be if it is `named` on the command line, as by a shell's process substitution.
    """
    try:
        mode = os.stat(place).st_mode
    except OSError as error:
        if os.path.islink(place):
            return f"it is a symbolic link that leads nowhere ({error.strerror})"
        return f"cannot be read ({error.strerror})"
    readable = stat.S_ISREG(mode) or (named and stat.S_ISFIFO(mode))
    return None if readable else "it is not a regular file"


def is_read(entry: DirEntry[str]) -> bool:
    """Whether a file is Python, a notebook or Markdown, by its name or its first line."""
    if entry.name.lower().endswith(_KNOWN):
        return True
    return "." not in entry.name and entry.is_file() and _has_python_shebang(entry.path)


def _has_python_shebang(place: str) -> bool:
    try:
        with open(place, "rb") as file:
            first = file.readline(200)
    except OSError:
        return False
    return first.startswith(b"#!") and b"python" in first
