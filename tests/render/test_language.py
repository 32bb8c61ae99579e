"""Chinese titles and labels: on a card, in a listing, in the app; what has none stays English."""

from __future__ import annotations

import ast
import builtins
import json
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import mxcheat as mxcheat_package
from mxcheat.cheatsheet.row import AVAILABILITIES, Difference, Row
from mxcheat.loading import load
from mxcheat.render.card import write_card, write_listing
from mxcheat.render.facts import card_of, heading_of
from mxcheat.render.language import chinese, label, language, speak, title, told
from mxcheat.render.page import Page, width_of
from mxcheat.render.words import AVAILABILITY, SHOWS, STATUS, VERDICT
from tests.support import mxcheat

if TYPE_CHECKING:
    from collections.abc import Iterator

CHINESE = {english: word for group in chinese().values() for english, word in group.items()}
ROOT = Path(mxcheat_package.__file__).parent
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


# Calls that take a message for a person, beside those that make an error of ours.
SAYING = ("say", "usage_error", "report", "Failure", "Verdict", "Pairing")
# Raised for ourselves: nobody is shown it.
INTERNAL = {*vars(builtins), "WireError", "NoSuchPartError"}
# Parts of these are words of their own; they are among the messages with numbers below.
COUNTED = {"77 77 known: 77", "77 differ, by their digest", "77 left out"}
# In English whatever is spoken: these are about YAML and JSON that only a developer has made.
UNSEEN = ("live/reply.py", "live/worker/snippet.py", "ipython.py", "__init__.py")


@pytest.mark.usefixtures("in_chinese")
def test_every_message_has_chinese() -> None:
    messages = {
        text
        for file in ROOT.rglob("*.py")
        if not str(file.relative_to(ROOT)).startswith(UNSEEN)
        for text in _messages(file)
    }
    assert len(messages) > 150
    # What an input is not is said behind its name.
    whole = ({text, f"77 {text}"} for text in sorted(messages - COUNTED))
    assert [texts for texts in whole if all(told(text) == text for text in texts)] == []


def _messages(file: Path) -> Iterator[str]:
    """What a module tells people, with 77 in the place of each part of it."""
    for node in ast.walk(ast.parse(file.read_text("utf-8"))):
        if not isinstance(node, ast.Call):
            continue
        name = str(getattr(node.func, "id", getattr(node.func, "attr", "")))
        if name in SAYING or (name.endswith("Error") and name not in INTERNAL):
            for given in (*node.args, *(each.value for each in node.keywords)):
                text = _text(given)
                # A command to be typed, or parts with nothing of ours between them, stay.
                if " " in text and any(map(str.islower, text)) and not text.startswith("mxcheat "):
                    yield text


def _text(node: ast.expr) -> str:
    if isinstance(node, ast.JoinedStr):
        return "".join(
            str(part.value) if isinstance(part, ast.Constant) else "77" for part in node.values
        )
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""


@pytest.mark.usefixtures("in_chinese")
@pytest.mark.parametrize(
    ("english", "in_chinese_it_is"),
    [
        ("within rtol 1e-05, atol 1e-06", "在 rtol 1e-05、atol 1e-06 之内"),
        ("out: same values, but dtype int64 against float32", "out：数值相同，但类型为"),
        ("PyTorch leaves 2 outputs, Gluon 1 output", "PyTorch 有 2 个输出，Gluon 有 1 个输出"),
        (
            "3 of 6 elements differ, most at y[0, 1]: 1.5 against 2, 50 times what is allowed",
            "50 倍",
        ),
        ("values beyond the first 50 of y differ, by their digest", "y 前 50 个之后的值不同"),
        ("values beyond the first 50 of y left out", "y 前 50 个之后的值未比较"),
        ("my.yaml:2: row bad: 'function' is missing", "my.yaml:2：row bad：缺少 'function'"),
        ("3 findings are known: base.json", "已知 3 处：base.json"),
        ("close; Gluon recorded, not run here", "相近; Gluon 为记录的结果，此处未运行"),
        ("try: the query is empty; try mxcheat try clamp", "try：查询为空; 试试 mxcheat try clamp"),
        (
            "inputs, line 2: 'q' is not an input → write x: 1",
            "输入第 2 行：'q' 不是输入 → 请写 x: 1",
        ),
    ],
)
def test_a_message_with_numbers_is_told_in_chinese(english: str, in_chinese_it_is: str) -> None:
    assert in_chinese_it_is in told(english)


@pytest.mark.usefixtures("in_chinese")
def test_what_a_framework_says_stays_as_it_is() -> None:
    said = "RuntimeError (line 1): The size of tensor a is 3; the query is empty"
    assert told(f"PyTorch raised: {said}") == f"PyTorch 抛出异常：{said}"
    assert told("Deferred initialization failed") == "Deferred initialization failed"


def test_a_command_line_that_is_wrong_is_told_in_chinese() -> None:
    chinese_locale = {"LC_ALL": "zh_CN.UTF-8"}
    for arguments, words in (
        (("try",), "没有给出 ROW"),
        (("try", "--foo"), "未知参数 '--foo'"),
        (("--side", "gluon"), "--side 要与 --print 一起使用"),
    ):
        done = mxcheat(*arguments, env=chinese_locale)
        assert done.code == 2
        assert words in done.stderr
        assert mxcheat(*arguments).stderr.isascii()
