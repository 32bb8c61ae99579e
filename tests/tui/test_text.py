"""Lines that fit, and code in colour: pure functions."""

from __future__ import annotations

import pytest
from textual.content import Content

from mxcheat.tui.text.lines import bounded, cut, highlight, labelled, wrap, wrap_code

CODE = "torch.nn.functional.conv2d(input, weight, bias=None, stride=(1, 1))  # 矩阵乘法 x[0]"


@pytest.mark.parametrize("width", [4, 7, 20, 38, 39, 80, 200])
def test_lines_fit_and_lose_nothing_but_space(width: int) -> None:
    for wrapped in (wrap(Content(CODE), width), wrap_code(Content(CODE), width)):
        assert all(line.cell_length <= width for line in wrapped)
        joined = "".join(line.plain for line in wrapped)
        assert "".join(joined.split()) == "".join(CODE.split())


def test_code_is_broken_at_its_joints() -> None:
    lines = [line.plain for line in wrap_code(Content(CODE), 44)]
    assert lines[0] == "torch.nn.functional.conv2d(input, weight,"
    assert lines[1].startswith("    bias=None")


def test_prose_is_broken_between_words() -> None:
    lines = [line.plain for line in wrap(Content("as a, b and c say, so be it"), 11)]
    assert lines == ["as a, b and", "c say, so", "be it"]


def test_indentation_goes_on() -> None:
    lines = [line.plain for line in wrap_code(Content("  call(alpha, beta, gamma)"), 16)]
    assert lines == ["  call(alpha,", "     beta,", "     gamma)"]


def test_empty_lines_stay() -> None:
    assert [line.plain for line in wrap(Content("a\n\nb"), 9)] == ["a", "", "b"]


def test_highlighting_changes_no_text() -> None:
    code = "def f(x):  # [/red]\n    return torch.add(x, 'a[0]', alpha=1e-3) if None else x"
    content = highlight(code)
    assert content.plain == code
    styled = {content.plain[span.start : span.end] for span in content.spans}
    assert {"def", "return", "add", "'a[0]'", "alpha", "1e-3", "None", "# [/red]"} <= styled
    assert "torch" not in styled


def test_a_label_stands_beside_the_first_line() -> None:
    lines = labelled(Content("Notes"), [Content("one"), Content("two")], 8)
    assert [line.plain for line in lines] == ["Notes   one", "        two"]


def test_long_text_is_bounded_and_says_so() -> None:
    text = bounded("first\n" + "line\n" * 5000 + "last\n").plain
    assert text.count("\n") <= 121
    assert text.startswith("first\n")
    assert text.endswith("\nlast")
    assert "more lines" in text
    assert "9,500 more characters" in bounded("x" * 10_000).plain


def test_of_a_progress_bar_its_last_state_is_shown() -> None:
    bar = "".join(f"\r{percent}% {'#' * percent}" for percent in range(101))
    assert bounded(f"{bar}\ndone").plain == f"100% {'#' * 100}\ndone"


def test_a_line_that_is_cut_ends_in_an_ellipsis() -> None:
    assert cut(Content("abcdef"), 4).plain == "abc…"
