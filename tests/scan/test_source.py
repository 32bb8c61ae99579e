"""From bytes to Python: encodings, ends of lines, and what cannot be read."""

from __future__ import annotations

import codecs
import json
from typing import TYPE_CHECKING

import pytest

from mxcheat.scan import source
from mxcheat.scan.found import Source
from mxcheat.scan.source import decode, read_source
from mxcheat.scan.walk import Walk

if TYPE_CHECKING:
    from pathlib import Path

TEXT = "x = 'é'\n"
SOUND = [
    TEXT.encode(),
    codecs.BOM_UTF8 + TEXT.encode(),
    b"x = '\xc3\xa9'\r\n",
    b"x = '\xc3\xa9'\r",
]
COOKIES = [
    ("latin-1", "é"),
    ("gbk", "张量"),
    ("cp1251", "сеть"),
    ("utf-8", "é"),
    ("shift_jis", "網"),
]
UTF_16 = [codecs.BOM_UTF16_LE + "x = 1\n".encode("utf-16-le"), "x = 1\n".encode("utf-16-be")]


@pytest.mark.parametrize("data", SOUND)
def test_text_is_utf_8_with_any_end_of_a_line(data: bytes) -> None:
    assert decode(data) == (TEXT, None)


@pytest.mark.parametrize(("encoding", "word"), COOKIES)
def test_a_source_says_its_encoding(encoding: str, word: str) -> None:
    text = f"#!/usr/bin/python\n# -*- coding: {encoding} -*-\nx = '{word}'\n"
    assert decode(text.encode(encoding)) == (text, None)


@pytest.mark.parametrize("name", ["klingon", "rot13", "hex", "undefined"])
def test_an_encoding_that_is_none_is_a_problem(name: str) -> None:
    text, problem = decode(f"# coding: {name}\nx = 1\n".encode())
    assert text.endswith("x = 1\n")
    assert problem == f"it says that its encoding is {name}, which is none for text"


def test_bytes_that_do_not_fit_are_a_problem_with_their_line() -> None:
    assert decode(b"x = 1\n# caf\xe9\n") == (
        "x = 1\n# caf\xe9\n",
        "it is not UTF-8 (byte 0xe9 in line 2)",
    )
    text, problem = decode(b"# coding: ascii\nx = 1\ny = '\xff'\n")
    assert (text.count("\n"), problem) == (3, "it is not ascii (byte 0xff in line 3)")


@pytest.mark.parametrize("data", UTF_16)
def test_utf_16_is_read_and_said(data: bytes) -> None:
    assert decode(data) == ("x = 1\n", "it is UTF-16, which Python does not read")


def test_binary_is_said() -> None:
    assert decode(b"\x7fELF\x02\x01\x01\0\0\0\0\0\0\0\0\0\3\0") == ("", "it is binary")
    assert decode(b"") == ("", None)


@pytest.fixture
def files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def read(name: str, data: bytes, folder: Path) -> Source:
    (folder / name).write_bytes(data)
    (found,) = Walk([name])
    return read_source(found, name)


def test_each_kind_of_file_is_read_by_its_name(files: Path) -> None:
    notebook = json.dumps({"cells": [{"cell_type": "code", "source": "x"}]}).encode()
    assert read("a.ipynb", notebook, files) == Source("a.ipynb", "x", None, ((0, 1),))
    assert read("a.md", b"# T\n```py\nx\n```", files).text == "\n\nx\n"
    assert read("a.py", b"'''\n```py\nx\n```'''", files).text == "'''\n```py\nx\n```'''"
    assert read("script", b"x = 1", files).text == "x = 1"


def test_a_huge_file_is_read_as_far_as_a_whole_line(
    files: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(source, "_MOST", 20)
    assert read("a.py", b"x = 1234567\ny = 1234567\n", files) == Source(
        "a.py", "x = 1234567\n", "it is huge (0.0 MB); read as far as 0 MB"
    )
    assert read("b.py", b"x = 1234567\ny = 123\n", files).problem is None


def test_of_a_huge_notebook_whole_cells_are_told(
    files: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(source, "_MOST_OF_A_NOTEBOOK", 100)
    cells = [{"cell_type": "code", "source": f"x = {n}"} for n in range(5)]
    read_ = read("a.ipynb", json.dumps({"cells": cells}).encode(), files)
    assert read_.text == "x = 0\nx = 1"
    assert str(read_.problem).startswith("it is huge")


def test_a_file_that_has_gone_is_a_problem(files: Path) -> None:
    (files / "a.py").write_text("x")
    (found,) = Walk(["a.py"])
    (files / "a.py").unlink()
    assert read_source(found, "a.py") == Source(
        "a.py", "", "cannot be read (No such file or directory)"
    )
