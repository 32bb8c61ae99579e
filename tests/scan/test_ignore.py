"""Lines of a .gitignore, read as git reads them."""

from __future__ import annotations

import re
import subprocess
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from mxcheat.scan.ignore import Rules
from tests.support import need_tool

if TYPE_CHECKING:
    from pathlib import Path

# Lines, then files that they leave out, and files that they do not.
CASES = [
    (["*.log"], ["a.log", "b/c.log", ".log"], ["a.py", "alog", "log/a.py"]),
    (["/top.py"], ["top.py"], ["a/top.py"]),
    (["a/b.py"], ["a/b.py"], ["x/a/b.py"]),
    (["out/"], ["out/a.py", "x/out/a.py"], ["x/out"]),
    (["*.py", "!keep.py"], ["a.py"], ["keep.py", "a/keep.py"]),
    (["!keep.py", "*.py"], ["keep.py"], []),
    (["out/", "!out/keep.py"], ["out/keep.py"], []),
    (["**/gen/*.py"], ["gen/a.py", "x/y/gen/a.py"], ["gen/x/a.py"]),
    (["a/**"], ["a/b.py", "a/x/y.py"], ["b/a/c.py"]),
    (["a/**/b.py"], ["a/b.py", "a/x/b.py", "a/x/y/b.py"], ["ab.py", "b.py"]),
    (["foo*bar.py"], ["foobar.py", "foo-x-bar.py"], ["foo/bar.py"]),
    (["?.py"], ["a.py"], ["ab.py", ".py"]),
    (["[a-c].py", "[!x]1.py"], ["b.py", "a1.py"], ["d.py", "x1.py"]),
    (["[[:digit:]].py"], ["7.py"], ["a.py"]),
    (["[]-].py"], ["].py", "-.py"], ["a.py"]),
    ([r"\!a.py", r"\#b.py"], ["!a.py", "#b.py"], ["a.py"]),
    (["# a.py", "", "  "], [], ["# a.py", "a.py"]),
    (["a.py   ", r"b\ "], ["a.py", "b "], ["b"]),
    (["a.py\r"], ["a.py"], []),
    (["[a.py"], [], ["a.py", "[a.py"]),
    (["/"], [], ["a.py"]),
    (["(a|b)+.py"], ["(a|b)+.py"], ["aa.py"]),
]


def left_out(rules: Rules, path: str) -> bool:
    """Whether a file, or a folder that it lies in, is left out."""
    parts = path.split("/")
    folders = ["/".join(parts[:end]) for end in range(1, len(parts))]
    return any(rules.decide(each, folder=True) for each in folders) or bool(
        rules.decide(path, folder=False)
    )


@pytest.mark.parametrize(("lines", "out", "kept"), CASES, ids=lambda each: str(each)[:30])
def test_lines(lines: list[str], out: list[str], kept: list[str]) -> None:
    rules = Rules(lines)
    assert [path for path in out if not left_out(rules, path)] == []
    assert [path for path in kept if left_out(rules, path)] == []


def test_rules_of_a_folder_hold_below_it_only() -> None:
    rules = Rules(["/a.py", "b.py"], "x/")
    assert left_out(rules, "x/a.py")
    assert left_out(rules, "x/y/b.py")
    assert not left_out(rules, "a.py")
    assert not left_out(rules, "x/y/a.py")
    assert not left_out(rules, "b.py")


@pytest.fixture(scope="module")
def repository(tmp_path_factory: pytest.TempPathFactory) -> Path:
    need_tool("git")
    folder = tmp_path_factory.mktemp("repository")
    subprocess.run(["git", "init", "-q", "."], cwd=folder, check=True)
    return folder


def ignored_by_git(folder: Path, paths: list[str]) -> list[str]:
    done = subprocess.run(
        ["git", "-c", "core.excludesFile=/dev/null", "check-ignore", "--no-index", "-z", "--stdin"],
        cwd=folder,
        input="\0".join(paths),
        capture_output=True,
        text=True,
        check=False,
    )
    return [path for path in done.stdout.split("\0") if path]


WORDS = st.sampled_from(
    ["a", "b", "*", "**", "?", "/", "/", "!", "[ab]", "[!a]", "[a-b]", ".py", "ab", " ", "\\a", "#"]
)
# What ** means beside anything but a slash, git leaves open.
LINE = (
    st.lists(WORDS, min_size=1, max_size=6)
    .map("".join)
    .filter(lambda line: not re.search(r"[^/]\*\*|\*\*[^/]", line))
)
NAME = st.sampled_from(["a", "b", "ab", "a.py", "b.py", "ab.py", "ba", "aa"])
PATH = st.lists(NAME, min_size=1, max_size=4).map("/".join)


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    lines=st.lists(LINE, min_size=1, max_size=4),
    paths=st.lists(PATH, min_size=4, max_size=20, unique=True),
)
@example(lines=["/**", "!ab"], paths=["a", "ab", "ab/a", "ab/ab/a"])
def test_git_says_the_same(repository: Path, lines: list[str], paths: list[str]) -> None:
    (repository / ".gitignore").write_text("\n".join(lines) + "\n")
    rules = Rules(lines)
    assert [path for path in paths if left_out(rules, path)] == ignored_by_git(repository, paths)
