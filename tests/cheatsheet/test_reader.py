"""The loader: what a good file gives, and what is said of a broken one."""

from __future__ import annotations

import json
import marshal
from typing import TYPE_CHECKING, Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from mxcheat.cheatsheet.check import check_files
from mxcheat.cheatsheet.nodes import DataFileError, UnreadableFileError
from mxcheat.cheatsheet.reader import load_file, load_files, read_file
from mxcheat.cheatsheet.row import (
    Argument,
    Difference,
    Hybridized,
    Row,
    Snippet,
    Version,
    Weight,
)
from mxcheat.cheatsheet.rules import faults, remarks
from mxcheat.cheatsheet.sheet import from_plain, overlay, to_plain
from mxcheat.cheatsheet.yaml_text import NotYAMLError, parse_text
from mxcheat.loading import load
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
  answers: {pytorch: [torch.nn.functional.relu], gluon: [mxnet.nd.relu]}
  inputs: {x: "uniform(2, 3)"}
  cases:
  - {x: [[-1.0, 0.5]]}
  gradient: [x]
  after: {pytorch: y = 1, gluon: y = 1}
"""
    )
    row = load_file(write(tmp_path, text)).rows[0]
    assert row.printed[0].source == "sheet"
    assert row.answers == {
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
        ("  answers: {gluon: [mxnet.nd.clip]}\n", "the gluon code does not use mxnet.nd.clip"),
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


WHOLE = """\
  also: {pytorch: [torch.relu(x)], gluon: ["nd.maximum(x, 0)", x.relu()]}
  answers: {pytorch: [torch.relu, torch.nn.functional.relu], gluon: [mxnet.nd.maximum]}
  arguments:
  - {pytorch: inplace=False, note: nd has none}
  - {pytorch: "dim=0", gluon: axis=-1, rule: -1 - x, shown: {pytorch: x, gluon: x + rule(-1)}}
  differences:
  - says: nd keeps the sign of zero.
    pytorch: F.relu(z)
    gluon: nd.relu(z)
    shows: values
    instead: {gluon: nd.relu(z) + 0}
    inputs: {z: [-0.0]}
    gradient: [z]
    when: {pytorch: {without: inplace}}
  - says: nd takes no list.
    gluon: |
      y = [x]
      nd.relu(y)
    shows: error
    after: {gluon: y}
  hybridized: F.relu(x)
  weights: [{pytorch: weight, rule: x.T}]
  versions:
  - {gluon: since 1.5, says: nd.relu is new, run: true}
  unless: [{setting: A=0, says: it raises}]
  inputs: {x: "uniform(2)"}
"""


def test_what_a_row_says_beyond_its_form_is_read(tmp_path: Path) -> None:
    path = write(tmp_path, HEAD + ROW + WHOLE)
    (row,) = load_file(path).rows
    assert row.also == {
        "pytorch": ("torch.relu(x)",),
        "gluon": ("nd.maximum(x, 0)", "x.relu()"),
    }
    assert row.arguments == (
        Argument("inplace=False", None, note="nd has none"),
        Argument("dim=0", "axis=-1", "-1 - x", {"pytorch": "x", "gluon": "x + rule(-1)"}),
    )
    first, second = row.differences
    assert (first.says, first.shows, first.when) == (
        "nd keeps the sign of zero.",
        "values",
        {"pytorch": {"without": ["inplace"]}},
    )
    assert first.instead == {"gluon": "nd.relu(z) + 0"}
    assert row.inputs_of(first) == {"x": "uniform(2)", "z": [-0.0]}
    assert row.snippet_of(second, "pytorch") == row.snippet("pytorch")
    snippet = row.snippet_of(second, "gluon")
    assert snippet is not None
    assert snippet.code == "y = [x]\nnd.relu(y)\ny"
    assert row.hybridized == Hybridized("F.relu(x)")
    assert row.weights == (Weight("weight", None, "x.T"),)
    assert row.versions == (Version(None, "since 1.5", "nd.relu is new", run=True),)
    assert [*faults(row)] == [*remarks(row)][1:] == []
    sheet = load_file(path)
    assert from_plain(marshal.loads(marshal.dumps(to_plain(sheet)))) == sheet
    public = json.loads(json.dumps(row.public_json()))
    assert public["apis"]["gluon"] == ["mxnet.nd.maximum"]
    assert public["hybridized"] == {"form": "F.relu(x)", "reason": ""}
    assert public["differences"][1] == {
        "says": "nd takes no list.",
        "shows": "error",
        "pytorch": None,
        "gluon": "y = [x]\nnd.relu(y)",
        "instead": {"pytorch": None, "gluon": None},
        "inputs": {},
        "when": None,
        "loud": None,
    }


def test_a_difference_has_the_set_up_of_its_row_and_its_own() -> None:
    row = Row(before={"gluon": "a = 1", "pytorch": "b = 1"}, after={"gluon": "c"})
    own = Difference(gluon="x", pytorch="x", before={"gluon": "a = 2"})
    assert row.snippet_of(own, "gluon") == Snippet("a = 1\na = 2", "x", "")
    assert row.snippet_of(own, "gluon", "y") == Snippet("a = 1\na = 2", "y", "")
    assert row.snippet_of(own, "pytorch") == Snippet("b = 1", "x", "")


@pytest.mark.parametrize(
    ("change", "line", "message"),
    [
        (("also: {pytorch", "also: {torch"), 12, "also: unknown key 'torch'; did you mean pytorch"),
        (("[torch.relu(x)]", "torch.relu(x)"), 12, "also, pytorch: expected a list, got text"),
        (("x.relu()]", '"x.relu("]'), 12, "also, gluon 2: code does not compile"),
        (("torch.relu, ", "torch.rleu, "), 13, "answers: the pytorch code does not use torch.rleu"),
        (("answers:", "apis:"), 13, "unknown key 'apis'"),
        (("note: nd", "notes: nd"), 15, "arguments 1: unknown key 'notes'; did you mean note?"),
        (("pytorch: inplace=False, ", ""), 15, "arguments 1: names an argument of neither side"),
        (('"dim=0"', '"dim=0)"'), 16, "arguments 2: pytorch: 'dim=0)' is no argument; write a nam"),
        (("axis=-1", "a axis"), 16, "arguments 2: gluon: 'a axis' is no argument"),
        (("rule: -1 - x", "rule: 1 -"), 16, "arguments 2, rule: code does not compile"),
        (("says: nd keeps", "say: nd keeps"), 18, "differences 1: unknown key 'say'; did you mean"),
        (("shows: values", "shows: value"), 21, "differences 1, shows: 'value' is not known; did"),
        (("    shows: values\n", ""), 18, "differences 1: 'shows' is missing"),
        (("nd.relu(z) + 0", "nd.relu(z +"), 22, "differences 1, instead, gluon: code does not"),
        (("{z: [-0.0]}", "{z: unifrom(3)}"), 18, "differences 1: input z: 'unifrom(3)' calls"),
        (("{z: [-0.0]}", "{2z: 1}"), 23, "differences 1, inputs: '2z' is no Python name"),
        (("gradient: [z]", "gradient: [zz]"), 18, "differences 1: gradient: no input 'zz'; did yo"),
        (("nd.relu(y)", "nd.relu(y"), 29, "differences 2, gluon: code does not compile: '(' was"),
        (("    gluon: |\n      y = [x]\n      nd.relu(y)\n", ""), 26, "differences 2: has no code"),
        (("hybridized: F.relu(x)", "hybridized: F.relu(x"), 32, "hybridized: code does not compil"),
        (("hybridized: F.relu(x)", "hybridized: {}"), 32, "hybridized: takes a form, or a 'reason"),
        (("hybridized: F.relu(x)", "hybridized: {form: x, reason: a}"), 32, "takes a form, or a"),
        (("hybridized: F.relu(x)", "hybridized: {why: a}"), 32, "hybridized: unknown key 'why'"),
        (("hybridized: F.relu(x)", "hybridized: 3"), 32, "hybridized: expected text, got a number"),
        (("pytorch: weight, rule", "rule"), 33, "weights 1: names a parameter of neither s"),
        (("gluon: since 1.5", "gluon: 1.5"), 35, "versions 1, gluon: expected text, got a number"),
        (("gluon: since 1.5", "gluon: after 1.5"), 35, "gluon: 'after 1.5' is no version; write"),
        (("gluon: since 1.5, ", ""), 35, "versions 1: has a version of neither side"),
        (("says: nd.relu is new, ", ""), 35, "versions 1: 'says' is missing"),
        (("setting: A=0", "setting: A"), 36, "unless 1: 'A' sets no variable of the environm"),
        (("setting: A=0, ", ""), 36, "unless 1: 'setting' is missing"),
        (("run: true", "run: maybe"), 35, "versions 1, run: expected true or false, got text"),
        *(
            (("{pytorch: {without: inplace}}", rule), 25, f"differences 1, when{message}")
            for rule, message in (
                ("without", ": expected a mapping, got text"),
                ("{}", ": says nothing; write one of always, called"),
                ("{withuot: dim}", ": unknown key 'withuot'; did you mean without?"),
                ("{gluon: {without: dim}, given: dim}", ": unknown key 'given'"),
                ("{always: false}", ", always: is true or not there; leave it out"),
                ("{without: {dim: 1}}", ", without: expected a list, got a mapping"),
                ("{equals: dim}", ", equals: expected a mapping, got text"),
                ("{below: {dim: x}}", ", below, dim: expected a number, got 'x'"),
                ("{kind: {dim: integer}}", ", kind, dim: 'integer' is not known; did you mean int"),
                ("{any: {without: dim}}", ", any: expected a list, got a mapping"),
                ("{without: []}", ", without: says nothing; it takes arguments"),
                ("{equals: {}}", ", equals: says nothing; it takes values"),
                ("[]", ": expected a mapping, got a list"),
                ("{any: [{}]}", ", any 1: says nothing; write one of always"),
                ("{any: [{without: dim}, {wihtout: dim}]}", ", any 2: unknown key 'wihtout'"),
            )
        ),
        (("differences:\n", "differences:\n  - 3\n"), 18, "differences 1: expected a mapping, got"),
    ],
)  # fmt: skip
def test_a_mistake_in_what_a_row_says_is_named_with_its_line(
    tmp_path: Path, change: tuple[str, str], line: int, message: str
) -> None:
    assert change[0] in WHOLE
    path = write(tmp_path, HEAD + ROW + WHOLE.replace(*change, 1))
    problems = problems_of(path)
    assert any(p.startswith(f"{path}:{line}: row relu") and message in p for p in problems), (
        problems
    )


def test_rows_beyond_the_sheet_are_read_behind_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, own_home: Path
) -> None:
    monkeypatch.setattr("mxcheat.paths._data_directory", lambda: str(tmp_path))
    (tmp_path / "mappings.yaml").write_text(HEAD + ROW)
    assert [row.id for row in load().rows] == ["relu"]
    (tmp_path / "rows").mkdir()
    (tmp_path / "rows" / "README.md").write_text("no rows")
    for name in ("b", "a"):
        text = "rows:\n" + ROW.replace("id: relu", f"id: {name}")
        (tmp_path / "rows" / f"{name}.yaml").write_text(text)
    assert [row.id for row in load().rows] == ["relu", "a", "b"]
    (one,) = check_files([tmp_path / "rows" / "b.yaml"], load)
    assert [read.row.id for read in one.rows] == ["b"]
    assert not any("section" in problem.message for problem in one.problems)


def test_files_of_rows_are_one_sheet_and_no_id_is_in_two(tmp_path: Path) -> None:
    first, second = tmp_path / "a.yaml", tmp_path / "b.yaml"
    first.write_text(HEAD + ROW)
    second.write_text("rows:\n" + ROW.replace("id: relu", "id: gelu"))
    sheet = load_files([first, second])
    assert [row.id for row in sheet.rows] == ["relu", "gelu"]
    assert sheet.origins == {"relu": str(first), "gelu": str(second)}
    second.write_text("rows:\n" + ROW)
    with pytest.raises(DataFileError) as raised:
        load_files([first, second])
    assert str(raised.value) == f"{second}:2: row relu: is in {first} too"


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


@given(st.text("ab1:-. \n[]{},&*'\"|>#!?", max_size=40))
def test_nodes_of_any_text_are_those_of_the_library(text: str) -> None:
    try:
        node = parse_text(text)
    except NotYAMLError:
        node = None
    try:
        theirs = yaml.compose(text, getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    except yaml.YAMLError:
        theirs = None
    if not {"&", "*"} & {*text}:  # they refuse an anchor twice, we an alias inside what it names
        assert (node is None) == (theirs is None)
    if node is not None and theirs is not None:
        assert _plain(node) == _plain(theirs)


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


def test_the_shipped_sheet_is_the_same_when_it_is_kept(own_home: Path) -> None:
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
