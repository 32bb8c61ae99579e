"""Chinese titles and labels: on a card, in a listing, in the app; what has none stays English."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from mxcheat.cheatsheet.row import AVAILABILITIES, Difference, Row
from mxcheat.loading import load
from mxcheat.render.card import write_card, write_listing
from mxcheat.render.chinese import CHINESE
from mxcheat.render.facts import card_of, heading_of
from mxcheat.render.language import label, language, speak, title
from mxcheat.render.page import Page, width_of
from mxcheat.render.words import AVAILABILITY, SHOWS, STATUS, VERDICT
from tests.support import mxcheat

if TYPE_CHECKING:
    from collections.abc import Iterator

CONCAT = Row(
    id="concat",
    section="tensor",
    function="Join tensors",
    chinese="拼接张量",
    pytorch="torch.cat([a, b])",
    gluon=None,
    availability="pytorch-only",
    erratum="Wrong.",
    differences=(
        Difference("Silent.", "values", loud=False),
        Difference("Loud.", "error", loud=True),
    ),
)


@pytest.fixture
def in_chinese() -> Iterator[None]:
    speak("zh")
    yield
    speak("en")


def card(row: Row, width: int = 80) -> str:
    page = Page(width)
    write_card(page, card_of(row))
    return page.text(colour=False)


def test_every_row_and_every_section_has_a_chinese_title() -> None:
    sheet = load()
    assert [row.id for row in sheet.rows if row.chinese.isascii()] == []
    in_use = {sheet.sections[row.section] for row in sheet.rows}
    assert in_use - CHINESE.keys() == {"GPU"}


def test_every_state_has_a_label() -> None:
    signs = [sign for table in (AVAILABILITY, STATUS, VERDICT) for sign in table.values()]
    assert {*SHOWS.values(), *(sign.word for sign in signs)} <= CHINESE.keys()


@pytest.mark.usefixtures("in_chinese")
def test_a_card_has_chinese_title_and_labels() -> None:
    text = card(CONCAT)
    assert text.startswith("拼接张量\n○ 仅 PyTorch · 1 处静默差异  concat · tensor\n")
    assert "（没有对应写法）" in text
    assert "勘误  Wrong." in text
    told = [line for line in text.splitlines() if line.endswith(("Silent.", "Loud."))]
    first, second = (width_of(line[: line.index(line.split()[-1])]) for line in told)
    assert first == second, told


@pytest.mark.usefixtures("in_chinese")
def test_a_word_of_code_is_no_label() -> None:
    text = card(replace(CONCAT, pytorch="equal(values)", chinese=""))
    assert "equal(values)" in text
    assert text.startswith("Join tensors\n")


@pytest.mark.usefixtures("in_chinese")
def test_columns_of_a_listing_stay_straight() -> None:
    page = Page(120)
    rows = [replace(CONCAT, availability=each, id=each) for each in AVAILABILITIES]
    write_listing(page, map(heading_of, rows))
    lines = page.text(colour=False).splitlines()
    assert {width_of(line[: line.index("拼接")]) for line in lines} == {
        width_of(lines[0][: lines[0].index("拼接")])
    }


@pytest.mark.usefixtures("in_chinese")
def test_a_count_goes_by_what_is_counted() -> None:
    assert label("1 silent difference") == "1 处静默差异"
    assert label("7 of 9 rows") == "7 of 9 rows"
    assert label("nothing known") == "nothing known"
    assert (language(), title("Join", ""), title("Join", "拼接")) == ("zh", "Join", "拼接")


def test_in_english_nothing_is_replaced() -> None:
    assert (label("equal"), title("Join", "拼接"), language()) == ("equal", "Join", "en")


def test_what_scripts_read_is_the_same_in_every_language() -> None:
    """A card is Chinese; --plain, --json and the exit codes are as they are in English."""
    chinese = {"LC_ALL": "zh_CN.UTF-8"}
    assert "截断到区间" in mxcheat("lookup", "clamp", env=chinese).stdout
    assert "截断到区间" not in mxcheat("lookup", "clamp").stdout
    for arguments in (["lookup", "clamp", "--plain"], ["lookup", "clamp", "--json"], ["list"]):
        here, there = mxcheat(*arguments), mxcheat(*arguments, env=chinese)
        assert here.code == there.code == 0
        assert (here.stdout == there.stdout) == (arguments != ["list"])
    assert "clamp" in json.loads(mxcheat("lookup", "clamp", "--json", env=chinese).stdout)["query"]
    assert mxcheat("lookup", "qwertzuiop", env=chinese).code == 1


def test_markdown_and_json_are_english_and_the_page_is_not() -> None:
    chinese = {"MXCHEAT_LANGUAGE": "zh"}
    assert "等价" in mxcheat("export", "--format", "html", env=chinese).stdout
    for form in ("markdown", "json"):
        assert "相等" not in mxcheat("export", "--format", form, env=chinese).stdout
