"""Whatever keys are pressed, the app goes on, answers, and keeps what was typed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from .random_keys import press_at_random

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize("seed", [1, 2])
async def test_random_keys_break_nothing(
    seed: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("VISUAL", "EDITOR"):
        monkeypatch.delenv(name, raising=False)
    assert await press_at_random(seed, most=200) == 200
