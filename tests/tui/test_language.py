"""The app for Chinese readers: titles, labels, and columns that hold."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from mxcheat.cheatsheet.row import Difference
from mxcheat.render.language import speak
from mxcheat.render.page import width_of

from .driver import SHEET, driven, settings

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .driver import FakeSession


@pytest.fixture(autouse=True)
def afterwards_in_english() -> Iterator[None]:
    yield
    speak("en")


DIFFERENCES = (Difference("One.", "values", loud=False), Difference("Two.", "error", loud=True))
ROWS = (
    replace(SHEET.rows[0], chinese="截断到区间", differences=DIFFERENCES),
    replace(SHEET.rows[1], chinese=""),
    SHEET.rows[2],
)


@pytest.mark.parametrize("size", [(80, 24), (120, 36), (200, 50)])
async def test_titles_and_labels_are_chinese(quick: FakeSession, size: tuple[int, int]) -> None:
    sheet = replace(SHEET, rows=ROWS)
    async with driven(quick, "", size, sheet, settings=settings(language="zh")) as it:
        assert "截断到区间" in it.shown
        assert "张量运算" in it.shown, "a heading"
        assert "Round halves" in it.shown, "it has no Chinese title"
        assert "等价 · 1 处静默差异" in it.shown
        assert "退出" in it.shown, "a key"
        assert {width_of(line) for line in it.shown.splitlines()} == {size[0]}


async def test_the_language_of_one_app_is_not_that_of_the_next(quick: FakeSession) -> None:
    async with driven(quick, "clamp", settings=settings(language="zh")) as it:
        assert "等价" in it.shown
    async with driven(quick, "clamp") as it:
        assert "等价" not in it.shown
        assert "equivalent" in it.shown
