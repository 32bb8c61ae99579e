"""The app for Chinese readers: titles, labels, and columns that hold."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import mxcheat
from mxcheat.cheatsheet import load
from mxcheat.cheatsheet.row import Difference
from mxcheat.live.claims import Outcome
from mxcheat.render.chinese import CHINESE
from mxcheat.render.language import speak
from mxcheat.render.page import width_of
from mxcheat.render.words import (
    AVAILABILITY,
    DOCUMENTED,
    LOUD,
    NOT_RUN,
    SHOWS,
    SILENT,
    STATUS,
    VERDICT,
    claimed,
)
from mxcheat.tui.actions import ACTIONS

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


def test_every_word_of_a_sign_and_every_label_of_a_key_is_in_the_table() -> None:
    tables = (AVAILABILITY, VERDICT, STATUS)
    signs = [DOCUMENTED, SILENT, LOUD, NOT_RUN, *(s for table in tables for s in table.values())]
    claims = [claimed(Outcome(holds, ""))[0] for holds in (True, False)]
    words = {sign.word for sign in [*signs, *claims]} | set(SHOWS.values())
    labels = {action.label for action in ACTIONS if action.label} - {"$EDITOR"}
    assert (words | labels) - set(CHINESE) == set()


def test_every_entry_of_the_table_is_a_word_of_the_program() -> None:
    root = Path(mxcheat.__file__).parent
    files = [*root.rglob("*.py"), *root.glob("render/web/*")]
    said = "".join(file.read_text("utf-8") for file in files if file.name != "chinese.py")
    titles = load().sections.values()
    assert [word for word in CHINESE if word not in said and word not in titles] == []
