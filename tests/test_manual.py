"""The manual page says what the parsers say, and is sound roff."""

from __future__ import annotations

import re
import subprocess
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from mxcheat.cli.commands import COMMANDS, module_of
from tests.support import need_tool

if TYPE_CHECKING:
    import pytest

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs" / "mxcheat.1"


def formatted() -> str:
    """The page as `man` shows it, without emphasis and spacing."""
    done = subprocess.run(
        ["man", "--local-file", "--warnings", PAGE],
        capture_output=True,
        text=True,
        check=True,
        env={"MANWIDTH": "80", "LC_ALL": "C.UTF-8", "PATH": "/usr/local/bin:/usr/bin:/bin"},
    )
    assert not done.stderr
    return " ".join(re.sub(".\b", "", done.stdout).split())


def test_it_is_fresh(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(ROOT / "docs"))
    assert PAGE.read_text("utf-8") == import_module("manual").manual_page(), "run make docs"


def test_man_shows_every_command_and_option() -> None:
    need_tool("man")
    shown = formatted()
    for command in COMMANDS:
        assert f" {command} mxcheat {command} " in shown
        for action in module_of(command).parser()._actions:
            assert all(option in shown for option in action.option_strings)
    assert "mxcheat lookup 'x.view(-1, 28*28)'" in shown


def test_mandoc_has_nothing_to_say_but_that_it_bears_no_date() -> None:
    need_tool("mandoc")
    command = ["mandoc", "-T", "lint", str(PAGE)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    said = [line.split(": ", 2)[2] for line in done.stdout.splitlines()]
    assert said == ['WARNING: missing date, using "": TH']
