"""Cards and reports as text: nothing lost, nothing too wide, the same without colour."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mxcheat.cheatsheet.row import AVAILABILITIES, Row
from mxcheat.live.results import (
    SIDE_STATUSES,
    VERDICT_STATUSES,
    Failure,
    Output,
    SideResult,
    TryResult,
    Verdict,
)
from mxcheat.render import words
from mxcheat.render.card import write_card
from mxcheat.render.facts import card_of
from mxcheat.render.page import Page, cut, cut_line, pad, width_of, wrap
from mxcheat.render.report import write_report

ROW = Row(
    id="clamp",
    section="tensor/operation",
    function="Limit the values of a tensor",
    pytorch="torch.clamp(x, low, high)",
    gluon="nd.clip(x, low, high)",
    availability="equivalent",
    notes="Both need finite bounds. " * 8,
    erratum="The sheet omits the module.",
)
LONG = Row(
    id="long",
    section="s",
    function="[/red] [b]markup[/b]",
    pytorch="y = " + " + ".join(["x[0]"] * 40),
    gluon=None,
    availability="pytorch-only",
)


def text_of(row: Row, width: int, *, colour: bool = False) -> str:
    page = Page(width)
    write_card(page, card_of(row))
    return page.text(colour=colour)


@pytest.mark.parametrize("width", [40, 60, 80, 200])
def test_a_card_holds_everything_at_any_width(width: int) -> None:
    text = text_of(ROW, width)
    squeezed = re.sub(r"\s+", " ", text)
    for part in (
        ROW.function,
        "torch.clamp(x, low, high)",
        "nd.clip(x, low, high)",
        "● equivalent",
    ):
        assert part in squeezed
    assert squeezed.count("Both need finite bounds.") == 8
    assert max(width_of(line) for line in text.splitlines()) <= width


def test_markup_in_data_comes_out_as_it_is() -> None:
    text = text_of(LONG, 80)
    assert "[/red] [b]markup[/b]" in text
    assert text.replace("\n", "").count("x[0]") == 40


def test_colour_adds_escapes_and_changes_no_word() -> None:
    coloured = text_of(ROW, 80, colour=True)
    assert "\x1b[32m" in coloured
    plain = re.sub(r"\x1b\[[\d;]*m", "", coloured)
    assert [line.rstrip() for line in plain.splitlines()] == text_of(ROW, 80).splitlines()


def result(gluon: SideResult, verdict: Verdict) -> TryResult:
    output = Output("y", "array", (2,), "float32", "[1., 2.]")
    pytorch = SideResult("pytorch", "ok", "x.sin()", "2.13.0", outputs=(output,), elapsed_ms=0.5)
    texts = {"x": {"shape": [2], "dtype": "float32", "text": "[0., 1.]"}}
    return TryResult(ROW, "cpu", texts, pytorch, gluon, verdict)


def report(gluon: SideResult, verdict: Verdict) -> str:
    page = Page(100)
    write_report(page, result(gluon, verdict))
    return page.text(colour=False)


def test_a_report_shows_a_failure_beside_the_side_that_worked() -> None:
    failed = SideResult(
        "gluon",
        "unavailable",
        "x.sin()",
        stderr="\x1b[31mwarning\n",
        error=Failure("unavailable", "mxnet is not here", fix="pip install mxnet"),
    )
    text = report(failed, Verdict("not-compared", "Gluon is unavailable"))
    for part in (
        "[1., 2.]",
        "y  float32 (2,)",
        "500 µs",
        "mxnet is not here",
        "pip install mxnet",
    ):
        assert part in text
    assert "– not compared  Gluon is unavailable" in text
    assert "␛[31mwarning" in text


def test_a_report_names_the_largest_difference_and_where() -> None:
    verdict = Verdict("different", "2 of 2 elements differ", 0.25, 0.125, 1e-5, 1e-6, "y[1]")
    text = report(SideResult("gluon", "ok", "x.cos()"), verdict)
    assert "✗ different  largest difference 0.25 (relative 0.12) at y[1]; 2 of 2 elements" in text


@given(st.text(max_size=60), st.integers(2, 20))
def test_cut_drops_nothing_and_keeps_to_the_width(text: str, width: int) -> None:
    pieces = cut(text, width)
    assert "".join(pieces) == text
    assert all(width_of(piece) <= width for piece in pieces)


@given(st.text("ab 梯\u0301", max_size=60), st.integers(2, 20))
def test_a_styled_line_is_cut_without_loss(text: str, width: int) -> None:
    line = [(text[:7], "code"), (text[7:20], ""), (text[20:], "quiet")]
    for at_spaces in (False, True):
        pieces = cut_line(line, width, at_spaces=at_spaces)
        letters = [(char, tone) for piece in pieces for part, tone in piece for char in part]
        assert letters == [(char, tone) for part, tone in line for char in part]
        assert all(width_of("".join(part for part, _ in piece)) <= width for piece in pieces)


def test_code_is_cut_at_its_spaces_and_not_in_its_indentation() -> None:
    pieces = cut_line([("    loader = Loader(a, bb)", "")], 16, at_spaces=True)
    assert pieces == [[("    loader = ", "")], [("Loader(a, bb)", "")]]
    assert cut_line([("        x.yyyyyy", "")], 12, at_spaces=True) == [
        [("        x.yy", "")],
        [("yyyy", "")],
    ]


@given(st.text("ab \n梯", max_size=80), st.integers(2, 20))
def test_prose_is_wrapped_without_loss(text: str, width: int) -> None:
    lines = wrap(text, width)
    assert "".join(lines).replace(" ", "") == "".join(text.split())
    assert all(width_of(line) <= width for line in lines)


def test_prose_is_cut_between_words() -> None:
    assert wrap("one two  three\nfour", 8) == ["one two", "three", "four"]
    assert wrap("", 8) == [""]


def test_only_a_screen_shortens_entries() -> None:
    for screen, shown in ((True, "abcdefg…\n"), (False, "abcdefghijkl\n")):
        page = Page(8, screen=screen)
        page.entry(("abcdef", "code"), ("ghijkl", ""))
        page.entry(("梯度梯度", ""))
        assert page.text(colour=False) == shown + "梯度梯度\n"


def test_every_state_has_a_word_and_a_glyph() -> None:
    assert set(words.AVAILABILITY) == set(AVAILABILITIES)
    assert set(words.STATUS) == set(SIDE_STATUSES)
    assert set(words.VERDICT) == set(VERDICT_STATUSES)


def test_wide_characters_count_twice() -> None:
    assert width_of("梯度a") == 5
    assert pad("梯度", 6) == "梯度  "
