"""The whole of it on the real frameworks."""

from __future__ import annotations

import pytest

from mxcheat.live.session import Session

from .driver import driven


@pytest.mark.live
@pytest.mark.parametrize("size", [(80, 24), (200, 50)])
async def test_type_enter_verdict(size: tuple[int, int]) -> None:
    async with driven(Session(), size=size) as it:
        await it.press(*"clamp")
        await it.press("enter")
        await it.until(lambda: "equal" in it.verdict, 60)
        assert "PyTorch · out float32 (2, 3)" in it.shown
        assert "Enter Run" in it.shown.splitlines()[-1]
        await it.press("ctrl+t", "enter")
        await it.until(lambda: not it.screen.row.shown.current, 60)
        await it.press("ctrl+q")
