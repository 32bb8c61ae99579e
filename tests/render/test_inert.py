"""Foreign text can do nothing: escapes, directions, progress bars."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mxcheat.render.inert import inert, inert_line


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("plain x[0] [/red] {}", "plain x[0] [/red] {}"),
        ("a\x1b[2Jb", "a␛[2Jb"),
        ("\x1b]52;c;AAAA\x07", "␛]52;c;AAAA␇"),
        ("nul\x00del\x7f", "nul␀del␡"),
        ("csi\x9b2J", "csi<U+009B>2J"),
        ("a\tb", "a       b"),
        ("10%\r20%\r100%", "100%"),
        ("long line\rab", "abng line"),
        ("dos\r\nline", "dos\nline"),
        ("\u202egnp.exe", "<U+202E>gnp.exe"),
        ("zero\u200bwidth", "zero<U+200B>width"),
        ("宽 e\u0301", "宽 e\u0301"),
        ("line\u2028sep", "line<U+2028>sep"),
    ],
)
def test_what_is_shown(text: str, shown: str) -> None:
    assert inert(text) == shown


def test_one_line() -> None:
    assert inert_line("a\nb") == "a⏎b"


@given(st.text())
def test_nothing_is_left_that_a_terminal_would_act_on(text: str) -> None:
    shown = inert(text)
    assert all(
        char == "\n" or unicodedata.category(char) not in ("Cc", "Cf", "Zl", "Zp") for char in shown
    )


@given(st.text())
def test_what_is_inert_stays_as_it_is(text: str) -> None:
    assert inert(inert(text)) == inert(text)
