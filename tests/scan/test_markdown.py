"""Markdown: what is Python in it, and where."""

from __future__ import annotations

import ast

import pytest

from mxcheat.scan.markdown import is_markdown, read_markdown


def kept(text: str) -> dict[int, str]:
    """The lines that are left, by their number."""
    read = read_markdown(text)
    assert read.count("\n") == text.count("\n")
    ast.parse(read)
    return {number: line for number, line in enumerate(read.split("\n"), 1) if line.strip()}


PYTHON = [
    "python", "py", "Python", "python3", "{.python .input}", "{.python .input  n=3}", "{python}",
    "{python, echo=FALSE}", "python title='x.py'", "{code-cell} ipython3", "{#one .python}",
    " python", "python:x",
]  # fmt: skip
OTHER = ["bash", "text", "{.bash .input}", "json", "c++", "{r}", "text with python", "{.text}"]


@pytest.mark.parametrize("info", PYTHON)
@pytest.mark.parametrize("fence", ["```", "~~~", "`````"])
def test_blocks_that_say_they_are_python(fence: str, info: str) -> None:
    assert kept(f"Words.\n\n{fence}{info}\nx = 1\n\ny = 2\n{fence}\nimport z") == {
        4: "x = 1",
        6: "y = 2",
    }


@pytest.mark.parametrize("info", OTHER)
def test_blocks_in_other_languages(info: str) -> None:
    assert kept(f"```{info}\nimport mxnet\n```\n") == {}


def test_a_block_that_says_nothing_is_python_if_it_imports() -> None:
    assert kept("```\nimport mxnet as mx\nmx.nd.ones(3)\n```") == {
        2: "import mxnet as mx",
        3: "mx.nd.ones(3)",
    }
    assert kept("```\nimport java.util.*;\n```\n\n```\nls -l\n```") == {}


def test_a_fence_ends_with_one_as_long_and_of_its_kind() -> None:
    assert kept("````python\n'''\n```\n'''\nx = 1\n````\n") == {
        2: "'''", 3: "```", 4: "'''", 5: "x = 1",
    }  # fmt: skip
    assert kept("~~~python\nx = '''\n```\n'''\n~~~\n```python\ny = 2") == {
        2: "x = '''", 3: "```", 4: "'''", 7: "y = 2",
    }  # fmt: skip


def test_an_indented_block_keeps_its_columns() -> None:
    assert kept("1. One\n   ```python\n   x = 1\n   if x:\n       y = 2\n   ```\n") == {
        2: "if True:",
        3: "   x = 1",
        4: "   if x:",
        5: "       y = 2",
    }
    assert kept("> ```py\n> x = 1\n> ```") == {1: "if True:", 2: "  x = 1"}


def test_sessions_are_read_in_blocks_and_in_prose() -> None:
    text = "```python\n>>> x = 1\n>>> x\n1\n>>> for i in x:\n...     y = i\n```\n"
    assert kept(text) == {
        1: "if True:",
        2: "    x = 1",
        3: "    x",
        5: "    for i in x:",
        6: "        y = i",
    }
    text = "Words\n\n    >>> f(1)\n    2\n\n... x\n\n```python\ny = 1\n```\n\n>>> z\n"
    assert kept(text) == {
        2: "if True:",
        3: "        f(1)",
        9: "y = 1",
        11: "if True:",
        12: "    z",
    }


def test_magics_and_options_are_taken_out() -> None:
    assert kept("```{code-cell} ipython3\n:tags: [x]\n%pip install x\nx = 1\n!ls\n```") == {
        4: "x = 1"
    }
    assert kept("```{.python .input}\n%%tab mxnet\nx = nd.ones(3)\n```") == {3: "x = nd.ones(3)"}


def test_what_comes_without_a_name_is_told_by_its_text() -> None:
    assert is_markdown("# Title\n\n```python\nx\n```\n")
    assert not is_markdown("x = '''\n```python\nx\n```\n'''\n")
    assert not is_markdown("# Title\n\n```\nx\n```\n")
