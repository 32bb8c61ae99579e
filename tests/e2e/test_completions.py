"""TAB, pressed in real shells."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import pytest

from tests.e2e.terminal import Terminal
from tests.support import need_tool

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

CTRL_U = "\x15"
CTRL_L = "\x0c"
PROMPT = "READY> "
ROW = """rows:
- {id: my-own-row, section: odd/$(touch x), function: A row of mine, pytorch: a(x),
   gluon: b(x), availability: equivalent}
sections: {odd/$(touch x): A name that a shell would run}
"""
# What each shell is started with, and what it is told first.
SHELLS = {
    "bash": (
        ["--noprofile", "--norc", "-i"],
        f"PS1='{PROMPT}'; eval \"$(mxcheat completions bash)\"",
    ),
    "zsh": (
        ["-f", "-i"],
        f"PROMPT='{PROMPT}'; autoload -Uz compinit; compinit -u; "
        'eval "$(mxcheat completions zsh)"',
    ),
    "fish": (
        ["--no-config", "-i"],
        f"function fish_prompt; echo -n '{PROMPT}'; end; mxcheat completions fish | source",
    ),
}
# What is typed before TAB, and the line it becomes.
COMPLETED = [
    ("mxcheat ver", "mxcheat verify "),
    ("mxcheat lookup cla", "mxcheat lookup clamp "),
    ("mxcheat cla", "mxcheat clamp "),
    ("mxcheat lookup mxnet.nd.cli", "mxcheat lookup mxnet.nd.clip "),
    ("mxcheat lookup clamp --js", "mxcheat lookup clamp --json "),
    ("mxcheat lookup --code glu", "mxcheat lookup --code gluon "),
    ("mxcheat list --section tensor/cross", "mxcheat list --section tensor/cross-device "),
    ("mxcheat list --availability wo", "mxcheat list --availability workaround "),
    ("mxcheat try clamp --ctx g", "mxcheat try clamp --ctx gpu0 "),
    ("mxcheat try clamp --ctx=g", "mxcheat try clamp --ctx=gpu0 "),
    ("mxcheat lookup --data mi", "mxcheat lookup --data mine.yaml "),
    ("mxcheat lookup --data=mi", "mxcheat lookup --data=mine.yaml "),
    ("mxcheat lookup --data fol", "mxcheat lookup --data folder/"),
    ("mxcheat lookup --data 'wi", "mxcheat lookup --data 'with space.yaml' "),
    ("mxcheat try --pytorch @sni", "mxcheat try --pytorch @snippet.py "),
    ("mxcheat lookup --data mine.yaml my", "mxcheat lookup --data mine.yaml my-own-row "),
    ("mxcheat lookup --data=mine.yaml my", "mxcheat lookup --data=mine.yaml my-own-row "),
    (
        "mxcheat lookup --data 'with space.yaml' my",
        "mxcheat lookup --data 'with space.yaml' my-own-row ",
    ),
    (
        "mxcheat --data mine.yaml list --section odd/",
        r"mxcheat --data mine.yaml list --section odd/\$\(touch\ x\) ",
    ),
    ("mxcheat completions zs", "mxcheat completions zsh "),
]


@pytest.fixture(scope="module", params=SHELLS)
def shell(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Terminal]:
    """A shell in a folder with a few files, told to complete mxcheat."""
    name = request.param
    need_tool(name)
    folder = tmp_path_factory.mktemp(name)
    for file in ("mine.yaml", "with space.yaml", "snippet.py"):
        (folder / file).write_text(ROW)
    (folder / "folder").mkdir()
    arguments, told = SHELLS[name]
    env = {"PATH": f"{_launcher(folder)}:/usr/local/bin:/usr/bin:/bin", "HISTFILE": ""}
    with Terminal(*arguments, program=name, env=env, columns=120, lines=40) as terminal:
        terminal.type(f"cd {folder}; {told}\r")
        terminal.wait_for(PROMPT.strip())
        yield terminal


def _launcher(folder: Path) -> Path:
    program = folder / "bin" / "mxcheat"
    program.parent.mkdir()
    program.write_text(f'#!/bin/sh\nexec {sys.executable} -m mxcheat "$@"\n')
    program.chmod(0o755)
    return program.parent


def empty(shell: Terminal, shown: str) -> None:
    """Give up the line, and clear the screen on which it is shown."""
    shell.type(CTRL_U + CTRL_L)
    shell.wait_until_gone(shown)
    shell.wait_for(PROMPT.strip())


@pytest.mark.parametrize(("typed", "line"), COMPLETED, ids=[typed for typed, _ in COMPLETED])
def test_tab_completes(shell: Terminal, typed: str, line: str) -> None:
    shell.type(f"{typed}\tEND")
    shell.wait_for(f"{PROMPT}{line}END")
    empty(shell, f"{line}END")


def test_tab_shows_what_there_is(shell: Terminal) -> None:
    shell.type("mxcheat lookup cl\t\t")
    shell.wait_for("clamp", "clone")
    if shell.program != "bash":  # which shows words alone
        shell.wait_for("Copy of a tensor, with memory of its own")
    empty(shell, "clone")
