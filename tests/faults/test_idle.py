"""While nothing happens, nothing is written: a slow line stays free for the next key."""

from __future__ import annotations

from tests.e2e.terminal import Terminal
from tests.faults.app import settle


def test_an_idle_app_writes_nothing() -> None:
    with Terminal("clamp", columns=120, lines=36) as terminal:
        terminal.wait_for("torch 2.", "mxnet 1.", "Limit the values", seconds=60)
        settle(terminal, 2)
        terminal.raw = b""
        settle(terminal, 2)
        assert terminal.raw == b""
