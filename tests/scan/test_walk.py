"""Which files a scan reads, and what it says of those that it does not."""

from __future__ import annotations

import os
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from mxcheat.errors import MxcheatError
from mxcheat.scan.scanning import shown_path
from mxcheat.scan.walk import Walk

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def make(*paths: str, text: str = "") -> None:
    for path in paths:
        Path(path).parent.mkdir(parents=True, exist_ok=True)
        Path(path).write_text(text)


def paths(walk: Walk) -> list[str]:
    return [found.path for found in walk]


def test_python_notebooks_and_markdown_are_read_in_order() -> None:
    make("p/z.py", "p/a.pyi", "p/b/c.ipynb", "p/b/README.md", "p/x.txt", "p/b.PY", "p/.github/d.py")
    assert paths(Walk(["p"])) == [
        ".github/d.py", "a.pyi", "b/README.md", "b/c.ipynb", "b.PY", "z.py",
    ]  # fmt: skip


def test_the_path_shown_is_that_of_the_file_also_behind_a_link() -> None:
    make("far/p/a.py", "a.py")
    Path("link").symlink_to("far/p")
    (found,) = Walk(["./link//../p/a.py"])
    assert shown_path(found) == "link/../p/a.py"
    assert Path(shown_path(found)).samefile("far/p/a.py")


def test_a_script_is_known_by_its_first_line() -> None:
    make("p/run", text="#!/usr/bin/env python3\n")
    make("p/build.cfg", "p/other", text="#!/bin/sh\n")
    assert paths(Walk(["p"])) == ["run"]


def test_a_file_that_is_named_is_read_whatever_its_name() -> None:
    make("p/a.txt", ".gitignore", text="*.txt\n")
    (found,) = Walk(["p/a.txt"])
    assert (found.given, found.path, found.problem) == ("p/a.txt", "a.txt", None)


def test_what_is_not_the_projects_own_is_skipped_and_counted() -> None:
    make(
        *("p/a.py", "p/.git/x.py", "p/.venv/y.py", "p/env/pyvenv.cfg", "p/env/lib/z.py"),
        *("p/conda/conda-meta/history", "p/conda/x.py", "p/lib/site-packages/mxnet/nd.py"),
        *("p/node_modules/x.py", "p/build/lib/a.py", "p/__pycache__/a.py", "p/.tox/b.py"),
        *("p/tools/build/__init__.py", "p/tools/build/own.py"),
    )
    walk = Walk(["p"])
    assert paths(walk) == ["a.py", "tools/build/__init__.py", "tools/build/own.py"]
    assert walk.skipped == {
        "version control": 1,
        "virtual environment": 4,
        "installed packages": 2,
        "build output": 1,
        "cache": 1,
    }


def test_a_folder_that_is_asked_for_is_read_whatever_it_is() -> None:
    make("venv/lib/site-packages/gluoncv/model.py")
    assert paths(Walk(["venv/lib/site-packages/gluoncv"])) == ["model.py"]
    assert paths(Walk(["venv/lib/site-packages"])) == ["gluoncv/model.py"]


def test_gitignore_of_each_folder_holds_below_it() -> None:
    make("p/.gitignore", text="gen/\n*_pb.py\n/top.py\n")
    make("p/sub/.gitignore", text="!keep_pb.py\nlocal.py\n")
    make("p/gen/a.py", "p/a_pb.py", "p/top.py", "p/sub/top.py", "p/sub/keep_pb.py")
    make("p/sub/b_pb.py", "p/sub/deep/local.py", "p/local.py", "p/sub/gen/a.py")
    walk = Walk(["p"])
    assert paths(walk) == ["local.py", "sub/keep_pb.py", "sub/top.py"]
    assert walk.skipped == {".gitignore": 6}


def test_gitignore_above_a_path_holds_in_its_repository_only() -> None:
    make("r/.gitignore", text="/p/gen/\nx.py\n/other/\n")
    make("r/p/gen/a.py", "r/p/q/gen/a.py", "r/p/x.py", "r/other/b.py", "r/other/x.py")
    assert paths(Walk(["r/p"])) == ["gen/a.py", "q/gen/a.py", "x.py"]
    Path("r/.git/info").mkdir(parents=True)
    assert paths(Walk(["r/p"])) == ["q/gen/a.py"]
    Path("r/.git/info/exclude").write_text("q/\n")
    assert paths(Walk(["r/p"])) == []
    # It was asked for by name: what leaves it out counts for nothing.
    assert paths(Walk(["r/other"])) == ["b.py", "x.py"]


def test_include_and_exclude_are_patterns_too() -> None:
    make("p/a.py", "p/tests/test_a.py", "p/src/b.py", "p/src/n.ipynb", "p/old/c.py")
    walk = Walk(["p"], include=["*.py"], exclude=["tests/", "/old"])
    assert paths(walk) == ["a.py", "src/b.py"]
    assert walk.skipped == {"--exclude": 2, "not in --include": 1}
    assert paths(Walk(["p"], include=["src/", "!n.ipynb"])) == ["src/b.py", "src/n.ipynb"]
    assert paths(Walk(["p/a.py", "p/tests/test_a.py"], exclude=["tests/"])) == ["a.py"]


def test_each_file_is_read_once_under_the_name_where_it_lies() -> None:
    make("p/z/net.py", "elsewhere/far.py")
    os.symlink("z", "p/a")
    os.symlink("z/net.py", "p/b.py")
    os.symlink("../elsewhere", "p/c")
    assert paths(Walk(["p"])) == ["z/net.py", "c/far.py"]
    assert [(f.given, f.path) for f in Walk(["p/z/net.py", "p", "p/z"])] == [
        ("p/z/net.py", "net.py"),
        ("p", "c/far.py"),
    ]


def test_links_that_lead_in_a_circle_or_nowhere_are_problems() -> None:
    make("p/x/a.py")
    os.symlink("..", "p/x/up")
    os.symlink("gone.py", "p/b.py")
    os.symlink("loop.py", "p/loop.py")
    problems = {found.path: found.problem for found in Walk(["p"])}
    assert problems.pop("x/a.py") is None
    assert problems.pop("x/up") == "it is a symbolic link to a folder that it lies in"
    assert sorted(problems) == ["b.py", "loop.py"]
    assert "leads nowhere (No such file" in str(problems["b.py"])
    assert "symbolic links" in str(problems["loop.py"])


def test_what_cannot_be_opened_is_a_problem_and_nothing_waits() -> None:
    make("p/a.py")
    os.mkfifo("p/pipe.py")
    problems = {found.path: found.problem for found in Walk(["p"])}
    assert problems == {"a.py": None, "pipe.py": "it is not a regular file"}


@contextmanager
def as_anybody() -> Iterator[None]:
    """As a user who may not read everything, where the tests are run by root."""
    is_root = os.geteuid() == 0
    if is_root:
        Path.cwd().chmod(0o755)
        os.seteuid(65534)
    try:
        yield
    finally:
        if is_root:
            os.seteuid(0)


def test_a_folder_that_cannot_be_read_is_a_problem() -> None:
    make("p/closed/a.py", "p/b.py")
    Path("p/closed").chmod(0)
    try:
        with as_anybody():
            found = list(Walk(["p"]))
    finally:
        Path("p/closed").chmod(0o700)
    assert [(each.path, bool(each.problem)) for each in found] == [
        ("b.py", False),
        ("closed", True),
    ]


def test_folders_may_be_nested_deeply(folder: Path) -> None:
    deep = "/".join("d" * 900)
    make(f"p/{deep}/net.py", "p/e.py")
    assert paths(Walk(["p"])) == [f"{deep}/net.py", "e.py"]


def test_a_path_that_is_not_there_is_said_with_what_is_near() -> None:
    make("src/net.py")
    with pytest.raises(MxcheatError) as caught:
        Walk(["src/nett.py"])
    assert str(caught.value) == (
        "src/nett.py: there is no such file or folder; did you mean src/net.py?"
    )
