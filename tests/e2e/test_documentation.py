"""What the real frameworks say of their names, in a pseudo-terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.e2e.terminal import Terminal

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.live

CTRL_Q = "\x11"
ESCAPE = "\x1b"
F6 = "\x1b[17~"


@pytest.mark.parametrize(("columns", "lines"), [(80, 24), (120, 36), (200, 50)])
def test_both_names_are_documented_beside_each_other(columns: int, lines: int) -> None:
    with Terminal("clamp", columns=columns, lines=lines) as terminal:
        terminal.wait_for("nd.clip(x, low, high)")
        terminal.type(F6)  # before the frameworks are there
        text = terminal.wait_for("min   = None", "a_min", "**kwargs", seconds=60)
        level = next(line for line in text.splitlines() if " torch.clamp " in line)
        assert "mxnet.nd.clip" in level
        terminal.type(ESCAPE)
        terminal.wait_until_gone("· documentation")
        terminal.type("\r")
        terminal.wait_for("✓ equal", seconds=60)
        terminal.type(CTRL_Q)
        assert terminal.wait_for_end() == 0
    assert b"Traceback" not in terminal.raw


def test_a_framework_that_is_missing_is_said_beside_the_other(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    launcher = tmp_path / "python"
    launcher.write_text('#!/bin/sh\nexec /usr/bin/env python3 -S -E "$@"\n')
    launcher.chmod(0o755)
    monkeypatch.setenv("MXCHEAT_MXNET_PYTHON", str(launcher))
    with Terminal("clamp", columns=120, lines=36) as terminal:
        terminal.wait_for("nd.clip(x, low, high)")
        terminal.type(F6)
        terminal.wait_for("∅ mxnet is not installed", "min   = None", seconds=60)
        terminal.type(CTRL_Q)
        assert terminal.wait_for_end() == 0
