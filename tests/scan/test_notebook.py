"""Notebooks: one text of all their Python, which knows its cells."""

from __future__ import annotations

import json
from typing import Any

import pytest

from mxcheat.scan.notebook import read_notebook


def code(*lines: str, **more: Any) -> dict[str, Any]:
    source = [f"{line}\n" for line in lines[:-1]] + [*lines[-1:]]
    return {"cell_type": "code", "metadata": {}, "outputs": [], "source": source, **more}


def notebook(*cells: Any, **metadata: Any) -> str:
    return json.dumps({"cells": cells, "metadata": metadata, "nbformat": 4, "nbformat_minor": 5})


MARKDOWN = {"cell_type": "markdown", "metadata": {}, "source": ["import mxnet"]}
R = {"vscode": {"languageId": "r"}}


def test_lines_know_their_cells() -> None:
    read = read_notebook(notebook(MARKDOWN, code("import mxnet", "!ls"), MARKDOWN, code("x = 1")))
    assert read == ("import mxnet\n\nx = 1", ((1, 1), (1, 2), (3, 1)), None)


def test_a_source_may_be_one_text() -> None:
    read = read_notebook(notebook({"cell_type": "code", "source": "a = 1\r\nb = 2"}))
    assert read.text == "a = 1\nb = 2"


def test_version_3_has_worksheets() -> None:
    sheets = [
        {"cells": [{"cell_type": "code", "input": ["a\n", "b"], "language": "python"}]},
        {
            "cells": [
                {"cell_type": "heading", "source": "c"},
                {"cell_type": "code", "input": "d", "language": "python"},
                {"cell_type": "code", "input": "e", "language": "ruby"},
            ]
        },
    ]
    read = read_notebook(json.dumps({"nbformat": 3, "worksheets": sheets}))
    assert read == ("a\nb\nd", ((0, 1), (0, 2), (2, 1)), None)


def test_cells_in_other_languages_are_left_out_and_counted() -> None:
    cells = (code("%%bash", "ls"), code("library(x)", metadata=R), code("y = 1"))
    assert read_notebook(notebook(*cells)).cells == ((2, 1),)


def test_a_notebook_in_another_language_says_so() -> None:
    read = read_notebook(notebook(code("x <- 1"), kernelspec={"language": "R", "name": "ir"}))
    assert read == ("", (), "its language is r, which is not read")


def test_a_cell_that_is_indented_as_a_whole_stands_in_a_block() -> None:
    read = read_notebook(notebook(code("    x = 1", "    y = 2"), code("z = 3")))
    assert read.text == "if True:\n    x = 1\n    y = 2\nz = 3"
    assert read.cells == ((0, 1), (0, 1), (0, 2), (1, 1))


@pytest.mark.parametrize("end", [-2, -60, -200])
def test_of_a_broken_notebook_whole_cells_are_told(end: int) -> None:
    text = notebook(code("import mxnet"), MARKDOWN, code("x = 1"))
    read = read_notebook(text[:end])
    assert read.cells[0] == (0, 1)
    assert read.text.startswith("import mxnet")
    assert str(read.problem).startswith("its JSON is broken (line 1: ")


def test_a_cell_behind_the_broken_one_is_told() -> None:
    whole = notebook(code("import mxnet"), code("BROKEN"), code("x = 1"))
    broken = whole.replace('["BROKEN"]', '<<<<<<< HEAD\n"a"\n=======\n')
    assert read_notebook(broken).text == "import mxnet\nx = 1"


@pytest.mark.parametrize("text", ["[]", '{"a": 1}', "3", '"cells"', '{"cells": 3}', "null"])
def test_what_is_no_notebook_is_a_problem(text: str) -> None:
    assert read_notebook(text) == ("", (), "it is JSON, but no notebook")


@pytest.mark.parametrize(
    "cell", [None, 3, {}, {"cell_type": "code"}, {"cell_type": "code", "source": [1, None]}]
)
def test_what_is_no_cell_is_nothing(cell: Any) -> None:
    assert read_notebook(notebook(cell, code("x"))).cells == ((1, 1),)


def test_a_number_that_is_too_long_leaves_the_cells() -> None:
    text = notebook(code("x = 1"))[:-1] + f', "n": {"1" * 5000}}}'
    read = read_notebook(text)
    assert read.text == "x = 1"
    assert read.problem is None or "digits" in read.problem


def test_json_that_is_nested_too_deeply_is_a_problem() -> None:
    assert "nested too deeply" in str(read_notebook("[" * 100_000).problem)
