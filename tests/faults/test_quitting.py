"""The app is quit while a run goes on, and while a framework is being imported."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import pytest

from tests.e2e.terminal import Terminal
from tests.faults.app import ENDLESS, ENTER, opened, quit_app
from tests.faults.launchers import launcher

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.live

DAEMON = "import os\nif os.fork() == 0:\n    os.setsid()\n" + ENDLESS


@pytest.mark.parametrize("code", [ENDLESS, DAEMON], ids=["endless", "daemon"])
def test_quitting_during_a_run(tmp_path: Path, code: str) -> None:
    with opened(tmp_path, {"endless": code}, "endless") as terminal:
        terminal.type(ENTER)
        terminal.wait_for("running")
        time.sleep(0.3)
        began = time.monotonic()
        quit_app(terminal)
        assert time.monotonic() - began < 3


def test_quitting_during_an_import(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MXCHEAT_TORCH_PYTHON", launcher(tmp_path, "exec sleep 60"))
    with Terminal(columns=120, lines=36) as terminal:
        terminal.wait_for("mxcheat")
        time.sleep(1)
        began = time.monotonic()
        quit_app(terminal)
        assert time.monotonic() - began < 3
