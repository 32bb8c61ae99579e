"""The loader: what a good file gives, and what is said of a broken one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
import yaml

from mxcheat.cheatsheet import load
from mxcheat.cheatsheet.loader import load_file, overlay, read_file
from mxcheat.cheatsheet.plain import from_plain, to_plain
from mxcheat.cheatsheet.problems import DataFileError, UnreadableFileError
from mxcheat.cheatsheet.yaml_text import parse_text
from mxcheat.paths import mappings_file

if TYPE_CHECKING:
    from pathlib import Path

HEAD = """\
sources:
  sheet: {title: A sheet, origin: somewhere}
sections:
  tensor: Tensors
rows:
"""
ROW = """\
- id: relu
  section: tensor
  function: Rectifier
  pytorch: F.relu(x)
  gluon: nd.relu(x)
  availability: equivalent
"""


def write(folder: Path, text: str | bytes) -> Path:
    path = folder / "rows.yaml"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def problems_of(path: Path) -> list[str]:
    with pytest.raises(DataFileError) as raised:
        load_file(path)
    return [raised.value.message, *raised.value.lines]


def test_a_whole_row_is_read(tmp_path: Path) -> None:
    text = (
        HEAD
        + ROW
        + """\
  notes: plain
  erratum: wrong
  chinese: 整流
  keywords: [rectifier]
  printed:
  - {in: [sheet], function: ReLU, pytorch: "x.relu()", gluon: ""}
  apis: {pytorch: [torch.nn.functional.relu], gluon: [mxnet.nd.relu]}
  inputs: {x: "uniform(2, 3)"}
  cases:
  - {x: [[-1.0, 0.5]]}
  gradient: [x]
  after: {pytorch: y = 1, gluon: y = 1}
"""
    )
    row = load_file(write(tmp_path, text)).rows[0]
    assert row.printed[0].source == "sheet"
    assert row.apis == {
        "pytorch": ("torch.nn.functional.relu",),
        "gluon": ("mxnet.nd.relu",),
    }
    assert row.case_count == 2
    assert row.inputs_of_case(1) == {"x": [[-1.0, 0.5]]}
    snippet = row.snippet("pytorch")
    assert snippet is not None
    assert snippet.code == "F.relu(x)\ny = 1"


@pytest.mark.parametrize(
    ("change", "line", "message"),
    [
        (("function:", "fucntion:"), 8, "unknown key 'fucntion'; did you mean function?"),
        (("function: Rectifier", "function: 3"), 8, "expected text, got a number (3); quote it"),
        (("function: Rectifier", "function: yes"), 8, "expected text, got true or false (yes)"),
        (("function: Rectifier", "function: [a]"), 8, "expected text, got a list"),
        (("function: Rectifier", "function: ''"), 8, "is empty"),
        (("section: tensor", "section: tensors"), 7, "did you mean tensor?"),
        (("equivalent", "equivalant"), 11, "did you mean equivalent?"),
        (("F.relu(x)", "F.relu(x"), 9, "code does not compile: '(' was never closed"),
        (("id: relu", "id: ReLU"), 6, "try 'relu'"),
        (
            ("pytorch: F.relu(x)\n", "pytorch: F.relu(x)\n  pytorch: F.relu(x)\n"),
            10,
            "stands twice",
        ),
        (("  gluon: nd.relu(x)\n", ""), 6, "has no gluon form"),
        (("availability: equivalent", "availability: pytorch-only"), 10, "has a gluon form"),
        (("  section: tensor\n", ""), 6, "'section' is missing"),
    ],
)
def test_a_problem_is_named_with_its_line(
    tmp_path: Path, change: tuple[str, str], line: int, message: str
) -> None:
    path = write(tmp_path, HEAD + ROW.replace(*change))
    problems = problems_of(path)
    assert any(p.startswith(f"{path}:{line}: ") and message in p for p in problems), problems


@pytest.mark.parametrize(
    ("extra", "message"),
    [
        ("  apis: {gluon: [mxnet.nd.clip]}\n", "the gluon code does not use mxnet.nd.clip"),
        ("  gradient: [y]\n  inputs: {x: '3'}\n", "no input 'y'; expected one of: x"),
        ("  inputs: {x: 'unifrom(2)'}\n", "did you mean uniform?"),
        ("  inputs: {1x: '3'}\n", "'1x' is no Python name"),
        ("  cases: {x: 3}\n", "expected a list, got a mapping"),
        ("  cases:\n  - {x: 'uniform(-1)'}\n", "not made of whole numbers"),
        ("  compare: none\n", "'compare: none' and a 'reason' go together"),
        (
            "  printed:\n  - {in: [shet], function: a, pytorch: b, gluon: c}\n",
            "did you mean sheet?",
        ),
        ("  printed:\n  - {in: [sheet], function: a, pytorch: b}\n", "'gluon' is missing"),
        ("  before: {pytroch: y = 1}\n", "did you mean pytorch?"),
        ("  inputs: {x: !!python/object/apply:os.getcwd []}\n", "expected a number, text or list"),
    ],
)
def test_a_problem_in_an_optional_key_is_named(tmp_path: Path, extra: str, message: str) -> None:
    problems = problems_of(write(tmp_path, HEAD + ROW + extra))
    assert any(message in problem for problem in problems), problems


def test_code_in_a_block_is_blamed_on_its_own_line(tmp_path: Path) -> None:
    text = HEAD + ROW.replace("pytorch: F.relu(x)", "pytorch: |\n    y = 1\n    y = = 2")
    path = write(tmp_path, text)
    assert problems_of(path)[0].startswith(f"{path}:11: row relu, pytorch: code does not compile")


def test_every_problem_is_reported_in_the_order_of_lines(tmp_path: Path) -> None:
    text = HEAD + ROW.replace("function", "funktion") + ROW.replace("equivalent", "same")
    problems = problems_of(write(tmp_path, text))
    lines = [int(problem.split(":")[1]) for problem in problems]
    assert len(problems) == 3  # the key, the second id, the word
    assert lines == sorted(lines)
    assert "id stands twice (first on line 6)" in "\n".join(problems)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "is empty"),
        ("rows: [", "is not YAML"),
        ("rows:\n- id: a\n id: b\n", "is not YAML"),
        (b"rows: \xff\xfe", "is not UTF-8"),
        ("rows: \x00", "is not YAML"),
        ("- a\n", "the file: expected a mapping, got a list"),
        ("rows: 3\n", "rows: expected a list, got a number (3)"),
        ("rows: [3]\n", "a row: expected a mapping, got a number (3)"),
        ("row: []\n", "unknown key 'row'; did you mean rows?"),
        ("sections: {a: A}\n", "the file has no key 'rows'"),
        ("rows: &a [*a]\n", "the alias *a stands inside what it names"),
        ("rows: [*a]\n", "the alias *a names nothing above"),
        ("rows: []\n---\nrows: []\n", "a second document begins here"),
        ("rows: [{a: b}\n", "is not YAML"),
    ],
)
def test_a_file_that_is_no_sheet(tmp_path: Path, text: str | bytes, message: str) -> None:
    problems = problems_of(write(tmp_path, text))
    assert any(message in problem for problem in problems), problems


def test_a_missing_file_and_a_folder(tmp_path: Path) -> None:
    assert "No such file" in problems_of(tmp_path / "none.yaml")[0]
    assert "Is a directory" in problems_of(tmp_path)[0]


def test_aliases_that_multiply_are_cut_short(tmp_path: Path) -> None:
    layers = [f"  l{i}: &l{i} [{', '.join([f'*l{i - 1}'] * 9)}]" for i in range(1, 7)]
    text = HEAD + ROW + "  inputs:\n" + "\n".join(f"  {line}" for line in ["  l0: &l0 1", *layers])
    problems = problems_of(write(tmp_path, text))
    assert any("over 100,000 elements" in problem for problem in problems), problems


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[" * 200_000, ":1: is nested over 30 deep"),
        ("rows: " + "[" * 200_000, ":1: is nested over 30 deep"),
        ("- " * 200_000, ":1: is nested over 30 deep"),
        ("? " * 200_000, ":1: is nested over 30 deep"),
        ("{a: " * 200_000, ":1: is nested over 30 deep"),
        ("\n".join(" " * depth + "a:" for depth in range(2000)), ":31: is nested over 30 deep"),
        ("rows:\n- &a [1]\n" + "- *a\n" * 40 + "- &b [" + "*a, " * 999 + "]\n" + "- *b\n" * 2000,
         "has over 1,000,000 values with its aliases"),
        (b"#" * 32_000_001, "is larger than 32,000,000 bytes"),
    ],
    ids=["lists", "rows", "blocks", "keys", "mappings", "indented", "aliases", "bytes"],
)  # fmt: skip
def test_a_file_beyond_every_bound_is_refused_in_a_line(
    tmp_path: Path, text: str | bytes, message: str
) -> None:
    path = write(tmp_path, text)
    for read in (load_file, read_file):
        with pytest.raises(UnreadableFileError) as raised:
            read(path)
        assert message in str(raised.value)
        assert "\n" not in str(raised.value)


def test_nodes_are_those_of_the_library(own_home: Path) -> None:
    text = mappings_file().read_text("utf-8")
    assert _plain(parse_text(text)) == _plain(yaml.compose(text, yaml.SafeLoader))


def _plain(node: Any) -> Any:
    """A node and all below it, as values that can be compared."""
    mark = (node.start_mark.line, node.start_mark.column)
    style = getattr(node, "style", None) or None
    value = node.value
    if isinstance(value, list):
        value = [list(map(_plain, each if isinstance(each, tuple) else (each,))) for each in value]
    return type(node).__name__, node.tag, style, mark, value


def test_an_overlay_replaces_and_appends(tmp_path: Path) -> None:
    base = load_file(write(tmp_path, HEAD + ROW))
    other = tmp_path / "more.yaml"
    second = ROW.replace("relu\n  section", "gelu\n  section")
    other.write_text("rows:\n" + ROW.replace("Rectifier", "Mine") + second)
    merged = overlay(base, load_file(other, base))
    assert [(row.id, row.function) for row in merged.rows] == [
        ("relu", "Mine"),
        ("gelu", "Rectifier"),
    ]


def test_the_shipped_sheet_is_the_same_compiled(own_home: Path) -> None:
    first = load()
    (kept,) = (own_home / ".cache" / "mxcheat").iterdir()
    assert load() == first
    assert from_plain(to_plain(first)) == first
    kept.write_bytes(kept.read_bytes()[:-30])
    assert load() == first


def test_without_a_home_the_sheet_is_read_all_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    first = load()
    for home in ("", "/proc/nowhere"):
        monkeypatch.setenv("HOME", home)
        assert load() == first
