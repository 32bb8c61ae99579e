"""The app for Chinese readers: titles, labels, and columns that hold."""

from __future__ import annotations

import ast
from dataclasses import replace
from pathlib import Path
from string import Formatter
from typing import TYPE_CHECKING

import pytest

import mxcheat
from mxcheat.cheatsheet.row import Difference
from mxcheat.live.claims import Outcome
from mxcheat.loading import load
from mxcheat.render.language import chinese, speak
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
from mxcheat.tui import help as help_pages
from mxcheat.tui.actions import ACTIONS, PANES
from mxcheat.tui.choices import LISTS

from .driver import SHEET, driven, settings

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .driver import FakeSession


@pytest.fixture(autouse=True)
def afterwards_in_english() -> Iterator[None]:
    yield
    speak("en")


DIFFERENCES = (Difference("One.", "values", loud=False), Difference("Two.", "error", loud=True))
ROOT = Path(mxcheat.__file__).parent
TABLE = chinese()
CHINESE = {english: word for group in TABLE.values() for english, word in group.items()}
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


def test_what_keys_do_and_what_help_says_is_in_the_table() -> None:
    actions = {text for action in ACTIONS for text in (action.tooltip, action.title) if text}
    panes = {pane.title for pane in PANES.values()} - {"mxcheat"}
    more = {meaning for pane in PANES.values() for _, meaning in pane.more}
    assert (actions | panes | more) - set(CHINESE) == set()
    lists = {title for title, _ in LISTS.values()}
    most = {says for _, says in help_pages._MOST} | {help_pages._ESCAPE}
    signs = {*help_pages._VERDICTS.values(), *help_pages._AVAILABLE.values()}
    assert (lists | most | signs) - set(CHINESE) == set()


def test_every_sentence_of_the_app_is_in_the_table() -> None:
    sentences = {text for file in (ROOT / "tui").rglob("*.py") for text in _spoken(file)}
    assert len(sentences) > 50
    assert sentences - set(CHINESE) == set()


def test_a_sentence_has_the_same_parts_in_both_languages() -> None:
    assert [english for english, word in CHINESE.items() if _parts(english) != _parts(word)] == []


def _spoken(file: Path) -> Iterator[str]:
    """The texts that a module gives to `label` and `said`, as they are or by a name."""
    tree = ast.parse(file.read_text("utf-8"))
    named = {
        target.id: node.value.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Constant)
        for target in node.targets
        if isinstance(target, ast.Name)
    }
    for node in ast.walk(tree):
        match node:
            case ast.Call(func=ast.Name(id="label" | "said"), args=[ast.IfExp() as either, *_]):
                given = [either.body, either.orelse]
            case ast.Call(func=ast.Name(id="label" | "said"), args=[first, *_]):
                given = [first]
            case _:
                given = []
        for text in given:
            value = named.get(text.id) if isinstance(text, ast.Name) else None
            value = text.value if isinstance(text, ast.Constant) else value
            if isinstance(value, str):
                yield value


def _parts(sentence: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(sentence) if name}


async def test_hints_help_lists_and_the_palette_are_chinese(quick: FakeSession) -> None:
    sheet = replace(SHEET, rows=ROWS)
    async with driven(quick, "clamp", (100, 32), sheet, settings=settings(language="zh")) as it:
        assert "Enter 在 cpu 上运行两侧" in it.verdict
        await it.press("enter")
        await it.until(lambda: "✓ 相等" in it.verdict)
        assert "所有输出逐位相同" in it.verdict
        await it.press("f4", "x")
        assert "PyTorch · 已编辑" in it.shown
        assert "上次运行，在最后一次修改之前" in it.verdict
        await it.press("escape", "f9")
        assert "复制 PyTorch 写法" in it.shown
        assert "Esc 关闭" in it.shown
        await it.press("escape", "f1")
        for words in ("为两侧计时", "逐位相同", "停止运行；否则关闭"):
            assert words in it.shown
        await it.press("escape", "ctrl+p")
        await it.until(lambda: "程序：帮助" in it.shown)
        await it.press("escape", "escape", "ctrl+u", *"qwertz")
        assert "Esc 清除搜索。" in it.shown


def test_every_entry_of_the_table_is_a_word_of_the_program() -> None:
    files = [*ROOT.rglob("*.py"), *ROOT.glob("render/web/*")]
    said = "".join(file.read_text("utf-8") for file in files)
    titles = load().sections.values()
    labels = {word for name in TABLE if not name.startswith("Messages") for word in TABLE[name]}
    assert [word for word in labels if word not in said and word not in titles] == []


async def test_the_bars_of_a_benchmark_fit_in_chinese(quick: FakeSession) -> None:
    async with driven(quick, "clamp", (80, 24), settings=settings(language="zh")) as it:
        await it.press("f7")
        await it.until(lambda: it.screen.row.bars.display)
        lines = it.screen.row.bars.text.splitlines()
        assert lines[0].endswith(" 次"), "nothing is cut off"
        assert lines[2].startswith("Gluon 耗时是 PyTorch 的")
