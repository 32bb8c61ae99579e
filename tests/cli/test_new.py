"""mxcheat new: what it writes passes `check`, or says what is left; nothing is overwritten."""

from __future__ import annotations

import os
from pathlib import Path
from textwrap import indent

import pytest

from mxcheat.cheatsheet.reader import load_file
from mxcheat.cli.new import run
from mxcheat.cli.skeleton import candidates
from mxcheat.loading import load
from tests.faults.launchers import launcher
from tests.support import SOFTSIGN, Finished, mxcheat

BOTH = ("--pytorch", "F.hardtanh(x, low)", "--gluon", "nd.clip(x, -1, 1)", "--function", "Limit")


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def next_commands(done: Finished) -> list[str]:
    return [line.strip() for line in done.stderr.splitlines() if line.startswith("  mxcheat ")]


def test_a_row_whose_forms_are_given_passes_check_at_once() -> None:
    done = mxcheat("new", "Hard.limit", *BOTH, "--section", "module")
    assert (done.code, done.stdout) == (0, "")
    assert next_commands(done) == [
        "mxcheat check limit.yaml",
        "mxcheat --data limit.yaml try limit",
        "mxcheat check --live limit.yaml",
    ]
    assert mxcheat("check", "limit.yaml").stdout == "✓ limit.yaml: 1 row, no problems\n"
    (row,) = load_file(Path("limit.yaml"), load()).rows
    assert (row.id, row.section, row.function) == ("limit", "module", "Limit")
    assert row.answers == {
        "pytorch": ("torch.nn.functional.hardtanh",),
        "gluon": ("mxnet.nd.clip",),
    }
    assert set(row.inputs) == {"x", "low"}


def test_what_is_left_is_said_with_its_line() -> None:
    done = mxcheat("new", "limit values", "--pytorch", "x.clamp(0)")
    lines = Path("limit-values.yaml").read_text().splitlines()
    function, gluon = (lines.index(f"  {key}: FILL_IN") + 1 for key in ("function", "gluon"))
    assert done.stderr.splitlines()[0] == (
        "mxcheat: limit-values.yaml: row limit-values begun; "
        f"to be filled in: function (line {function}), gluon (line {gluon})"
    )
    assert mxcheat("check", "limit-values.yaml").stdout.splitlines()[:2] == [
        f"limit-values.yaml:{function}: row limit-values, function: is still to be filled in",
        f"limit-values.yaml:{gluon}: row limit-values, gluon: is still to be filled in",
    ]


def test_no_file_is_overwritten_and_a_row_is_added_where_that_is_asked_for() -> None:
    path = Path("mine.yaml")
    path.write_text("# ours\nsections: {ours: Ours}\nrows:\n")
    before = path.read_text()
    refused = mxcheat("new", "mine", *BOTH)
    assert (refused.code, path.read_text()) == (2, before)
    assert "mine.yaml already exists; add a row to it with -o mine.yaml" in refused.stderr
    assert mxcheat("new", "mine", *BOTH, "-o", path, "--section", "ours").code == 0
    assert path.read_text().startswith(before)
    again = mxcheat("new", "mine", "-o", path)
    assert (again.code, again.stdout) == (2, "")
    assert again.stderr == "mxcheat: mine.yaml:5: the file has a row mine already\n"
    path.write_text(path.read_text().rstrip("\n"))
    added = mxcheat("new", "other", "--pytorch", "x", "--gluon", "x", "-o", path)
    line = path.read_text().splitlines().index("  function: FILL_IN") + 1
    assert f"to be filled in: function (line {line})" in added.stderr
    assert [row.id for row in load_file(path, load()).rows] == ["mine", "other"]


def test_stdout_gets_the_row_and_nothing_else() -> None:
    done = mxcheat("new", "hardtanh", *BOTH, "-o", "-")
    assert (done.code, os.listdir()) == (0, [])
    Path("saved.yaml").write_text(done.stdout)
    assert mxcheat("check", "saved.yaml").code == 0


def test_a_shipped_row_is_copied() -> None:
    done = mxcheat("new", "torch.clamp")
    assert "clamp is a shipped row: this is a copy, which will replace it" in done.stderr
    assert mxcheat("check", "clamp.yaml").stdout == "✓ clamp.yaml: 1 row, no problems\n"
    (copy,) = load_file(Path("clamp.yaml"), load()).rows
    assert copy == load().row("clamp")


def test_a_file_that_the_configuration_waits_for_can_be_begun() -> None:
    env = {"MXCHEAT_DATA": "mine.yaml"}
    assert mxcheat("list", "--own", env=env).code == 2
    assert mxcheat("new", "hardtanh", *BOTH, "-o", "mine.yaml", env=env).code == 0
    assert "hardtanh" in mxcheat("list", "--own", env=env).stdout


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ([], ["NAME"]),
        (["硬"], ["'硬' gives no id", "mxcheat new hard_sigmoid"]),
        (["a", "--section", "modul"], ["no section 'modul'", "did you mean module?"]),
        (["a", "--pytorch", "x +"], ["--pytorch 'x +': code does not compile"]),
        (["a", "--gluon", " "], ["--gluon is empty"]),
        (["a", "--gluon", "@none.py"], ["none.py: cannot be read"]),
        (["clamp", "--function", "f"], ["clamp is a shipped row", "leave out --function"]),
        (["a", *BOTH, "-o", "no/such.yaml"], ["no/such.yaml cannot be written"]),
        (["a", *BOTH, "-o", "."], [". cannot be read (Is a directory)"]),
        (["a" * 300, *BOTH], ["File name too long"]),
        (["a", "b"], ["unknown argument 'b'"]),
    ],
)
def test_a_mistake_is_one_line_and_writes_nothing(arguments: list[str], words: list[str]) -> None:
    done = mxcheat("new", *arguments)
    assert (done.code, done.stdout, os.listdir()) == (2, "", []), done
    assert done.stderr.count("\n") == 1
    assert all(word in done.stderr for word in words), done.stderr


@pytest.mark.parametrize(
    "code",
    [
        "  # note\nx",
        "\n\n   # a\n # b\nx\n\n",
        "if True:\n\ty = x",
        "x # a \nx",
        "x\r\ny = x\r\n",
        "x['é']",
        "x['整']\nx",
        "'\x1b[1m'",
        "'''\n   \n  a\n'''",
        "x = '''\n...\n---\n- id: a\n'''",
        "'\x85\u2028'",
        "{1: x}",
        "'%s' % x  # it's \"quoted\"",
        "x\n#",
        "x" + "\n" * 9 + "x",
        "[" + "x, " * 5000 + "]",
    ],
    ids=ascii,
)
@pytest.mark.parametrize("column", ["", "  "])
def test_any_code_is_read_back_as_it_was_given(
    code: str, column: str, capsys: pytest.CaptureFixture[str]
) -> None:
    path = Path("mine.yaml")
    first = SOFTSIGN.partition("rows:\n")[2]
    path.write_text("rows:\n" + indent(first, column))
    Path("code.py").write_text(code, newline="")
    options = ("--pytorch", code, "--gluon", "@code.py", "--function", code)
    assert run(["odd", *options, "-o", str(path)]) == 0
    assert "row odd begun" in capsys.readouterr().err
    row = load_file(path, load()).row("odd")
    assert row is not None
    given = code.replace("\r\n", "\n").strip("\n")
    assert (row.pytorch, row.gluon) == (given, given)


def test_nothing_is_written_that_could_not_be_read_back() -> None:
    broken = os.fsdecode(b"'\xff'")
    for options in (["--function", broken, *BOTH[:4]], ["--function", " ", *BOTH[:4]]):
        done = mxcheat("new", "odd", *options)
        assert (done.code, done.stdout, os.listdir()) == (2, "", []), done
        assert done.stderr.count("\n") == 1
        assert "nothing was written" in done.stderr


def test_a_file_beyond_bounds_ends_every_command_with_one_line() -> None:
    Path("deep.yaml").write_text("[" * 200_000)
    told = "mxcheat: deep.yaml:1: is nested over 30 deep\n"
    for command in (
        ["check", "deep.yaml"],
        ["--data", "deep.yaml", "lookup", "clamp"],
        ["completions", "--answer", "mxcheat --data deep.yaml try cla"],
        ["list", "--data", "deep.yaml"],
    ):
        done = mxcheat(*command)
        assert (done.code, done.stdout, done.stderr) == (2, "", told), command
    refused = mxcheat("new", "odd", *BOTH, "-o", "deep.yaml")
    assert (refused.code, refused.stderr.count("\n")) == (2, 1)
    assert "is nested over 30 deep" in refused.stderr


def test_candidates_are_tried_from_the_likeliest() -> None:
    assert candidates("F.relu", "pytorch")[0] == "torch.nn.functional.relu"
    assert candidates("nn.Dense", "gluon")[0] == "mxnet.gluon.nn.Dense"
    assert candidates("NDArray.asnumpy", "gluon")[0] == "NDArray.asnumpy"
    assert candidates("relu", "gluon")[0] == "mxnet.nd.relu"
    assert "torch.nn.functional.hardsigmoid" in candidates("nd.hard_sigmoid", "pytorch")
    assert "mxnet.nd.hard_sigmoid" in candidates("HardSigmoid", "gluon")


@pytest.mark.live
@pytest.mark.parametrize(
    ("name", "pytorch", "gluon", "inputs"),
    [
        ("softsign", "F.softsign(x)", "nd.softsign(x)", {"x"}),
        ("torch.hypot", "torch.hypot(x, y)", "nd.broadcast_hypot(x, y)", {"x", "y"}),
        ("lcm", "torch.lcm(x, y)", "mx.np.lcm(x.as_np_ndarray(), y.as_np_ndarray())", {"x", "y"}),
        ("Linear", "nn.Linear(in_features, out_features)(x)", "FILL_IN",
         {"x", "in_features", "out_features"}),
        ("Dense", "FILL_IN", "layer = nn.Dense(units)\nlayer.initialize()\nlayer(x)",
         {"x", "units"}),
        ("nd.LeakyReLU", "nn.LeakyReLU()(x)", "nd.LeakyReLU(x)", {"x"}),
        ("F.normalize", "F.normalize(x)", "FILL_IN", {"x"}),
        ("tolist", "x.tolist()", "FILL_IN", {"x"}),
        ("asscalar", "FILL_IN", "x.asscalar()", {"x"}),
        ("LSTM", "nn.LSTM(m, n)(x)",
         "layer = gluon.rnn.LSTM(hidden_size)\nlayer.initialize()\nlayer(x)",
         {"m", "n", "x", "hidden_size"}),
        ("Embedding", "nn.Embedding(num_embeddings, embedding_dim)(x)",
         "layer = nn.Embedding(input_dim, output_dim)\nlayer.initialize()\nlayer(x)",
         {"num_embeddings", "embedding_dim", "input_dim", "output_dim", "x"}),
        ("qwertyuiop", "FILL_IN", "FILL_IN", set()),
    ],
)  # fmt: skip
def test_what_the_frameworks_know_is_filled_in(
    name: str, pytorch: str, gluon: str, inputs: set[str]
) -> None:
    assert mxcheat("new", name, "-o", "mine.yaml").code == 0
    (row,) = load_file(Path("mine.yaml"), load()).rows
    assert (row.pytorch, row.gluon, set(row.inputs)) == (pytorch, gluon, inputs)
    for side, form in (("pytorch", pytorch), ("gluon", gluon)):
        assert bool(row.answers.get(side)) == (form != "FILL_IN")  # type: ignore[call-overload]


@pytest.mark.live
def test_a_framework_that_is_missing_is_said_and_the_other_asked(tmp_path: Path) -> None:
    env = {"MXCHEAT_MXNET_PYTHON": launcher(tmp_path, 'exec /usr/bin/env python3 -S -E "$@"')}
    done = mxcheat("new", "softsign", "-o", "mine.yaml", env=env)
    assert done.code == 0
    assert "mxnet is not installed" in done.stderr
    (row,) = load_file(Path("mine.yaml"), load()).rows
    assert (row.pytorch, row.gluon) == ("F.softsign(x)", "FILL_IN")


@pytest.mark.live
def test_a_name_that_a_row_answers_for_is_said() -> None:
    assert "mxnet.nd.clip is in the cheatsheet already: clamp" in mxcheat("new", "clip").stderr


@pytest.mark.live
def test_a_call_that_cannot_be_made_to_run_is_said() -> None:
    done = mxcheat("new", "interpolate")
    assert done.code == 0
    assert "complete the PyTorch form, which does not run yet: ValueError" in done.stderr
