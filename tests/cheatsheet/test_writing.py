"""Rows that are begun, and added to a file of which nothing else is touched."""

from __future__ import annotations

from pathlib import Path
from textwrap import indent
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mxcheat.cheatsheet.check import check_files
from mxcheat.cheatsheet.fields import keys_of
from mxcheat.cheatsheet.reader import load_file
from mxcheat.cheatsheet.row import Row
from mxcheat.cheatsheet.writing import (
    HEAD,
    AdditionError,
    Draft,
    addition,
    template,
    text_of_row,
    to_fill_in,
)
from mxcheat.cheatsheet.yaml_text import parse_text
from mxcheat.loading import load
from mxcheat.paths import mappings_file

if TYPE_CHECKING:
    from mxcheat.cheatsheet.fields import Key

FILE = Path("mine.yaml")
ROW = "- id: second\n  function: f\n"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "# only a comment",
        "rows:",
        "rows:\n",
        "rows:\n- id: first\n",
        "rows:\n- id: first",
        "rows:\n  - id: first\n    function: g  # in steps\n\n# the end\n",
        "sections: {a: A}\nrows:\n   # deep\n   - id: first\n",
    ],
)
def test_a_row_is_added_behind_all_others(text: str, tmp_path: Path) -> None:
    path = tmp_path / "mine.yaml"
    path.write_text(text + addition(path, text, "second", ROW))
    (one,) = check_files([path], load)
    assert [read.row.id for read in one.rows][-1] == "second"
    assert len(one.rows) == 1 + ("first" in text)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("rows: []", "does not end in rows"),
        ("rows: [{id: first}]\n", "does not end in rows"),
        ("rows:\n- id: first\nsections: {a: A}\n", "does not end in rows"),
        ("rows:\n- id: first\n...\n", "does not end in its rows"),
        ("rows: text\n", "does not end in its rows"),
        ("rows: [\n", "is not YAML"),
        ("- id: first\n", "is no mapping"),
        ("rows:\n- id: first\n- id: second\n", "mine.yaml:3: the file has a row second already"),
    ],
)
def test_where_no_row_can_be_added_that_is_said(text: str, why: str) -> None:
    with pytest.raises(AdditionError) as raised:
        addition(FILE, text, "second", ROW)
    assert why in str(raised.value)


def test_every_shipped_row_can_be_copied(tmp_path: Path) -> None:
    sheet = load()
    path = tmp_path / "copy.yaml"
    some = sheet.rows[::9]
    texts = (text_of_row(Path(sheet.origins[row.id]), row.id) for row in some)
    path.write_text(HEAD + "".join(texts))
    assert load_file(path, sheet).rows == some
    assert text_of_row(mappings_file(), "no-such-row") == ""


@pytest.mark.parametrize(
    "draft",
    [
        Draft("a", "data"),
        Draft("a", "data", "yes", {"pytorch": "x"}, {}, {"x": "normal(2, 3)"}),
        Draft("a", "data", "with: colon # and 'more'", {"gluon": "{'a': [x]}"}),
        Draft("a", "data", "中文", {"pytorch": "y = x\ny + '中文'", "gluon": "for i in x:\n    i"}),
        Draft("a", "data", "[list]", {"pytorch": "x", "gluon": "@f\ndef g(): ..."}, {}, {"k": "3"}),
    ],
)
def test_a_template_holds_what_the_draft_says_whatever_that_is(
    draft: Draft, tmp_path: Path
) -> None:
    path = tmp_path / "mine.yaml"
    text = HEAD + template(draft, ["data"])
    path.write_text(text)
    (row,) = load_file(path, load()).rows
    assert row.function == draft.function
    for side, form in draft.forms.items():
        assert row.form(side) == form
    assert set(row.inputs) == set(draft.inputs)
    (one,) = check_files([path], load)
    unfilled = [problem.line for problem in one.problems if "filled in" in problem.message]
    assert [line for line, _ in to_fill_in(text)] == unfilled


def test_a_begun_row_shows_every_key_that_says_something_of_it() -> None:
    text = template(Draft("a", "data"), ["data"])
    shown = {key.name for key in keys_of(Row) if f"\n  {key.name}:" in text}
    commented = {key.name for key in keys_of(Row) if f"\n  # {key.name}:" in text}
    assert {"function", "pytorch", "gluon", "availability"} <= shown
    assert commented == {key.name for key in keys_of(Row) if key.example}


@pytest.mark.parametrize("key", [key for key in keys_of(Row) if key.example], ids=lambda k: k.name)
def test_what_a_begun_row_shows_of_a_key_can_be_uncommented(key: Key) -> None:
    lines = template(Draft("a", "data"), ["data"]).splitlines()
    start = lines.index(next(line for line in lines if line.startswith(f"  # {key.name}:")))
    examples = key.example.count("\n") + 1
    text = "\n".join(line.replace("  # ", "  ", 1) for line in lines[start : start + examples])
    (name, value), *_ = parse_text(text).value
    assert name.value == key.name
    assert value.value


@given(st.text(max_size=60), st.sampled_from(["", "  ", "    "]))
def test_any_text_is_written_so_that_it_is_read_back(text: str, column: str) -> None:
    row = template(Draft("a", "data", text, {"pytorch": text, "gluon": f"{text}\nx"}), ["data"])
    node = parse_text("rows:\n" + indent(row, column))
    values = {key.value: value.value for key, value in node.value[0][1].value[0].value}
    assert values["function"].strip("\n") == text.strip("\n")
    assert values["gluon"].strip("\n") == f"{text}\nx".strip("\n")
