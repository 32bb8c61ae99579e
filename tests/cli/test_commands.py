"""Commands by their output and exit code, as processes, without a terminal."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import psutil
import pytest

from mxcheat import __version__
from mxcheat.cli import record
from mxcheat.paths import recordings_file
from tests.faults.launchers import launcher
from tests.support import mxcheat

ROW_KEYS = {
    "id",
    "section",
    "function",
    "pytorch",
    "gluon",
    "printed",
    "erratum",
    "notes",
    "availability",
    "apis",
    "also",
    "arguments",
    "differences",
    "hybridized",
    "weights",
    "versions",
    "unless",
}
SIDE_KEYS = {
    "status",
    "origin",
    "version",
    "device",
    "code",
    "stdout",
    "truncated",
    "outputs",
    "error",
    "elapsed_ms",
    "bench",
}


def test_lookup_prints_a_card() -> None:
    done = mxcheat("lookup", "clamp")
    assert (done.code, done.stderr) == (0, "")
    assert "torch.clamp" in done.stdout
    assert "nd.clip" in done.stdout
    assert "\x1b" not in done.stdout


def test_lookup_json() -> None:
    done = mxcheat("lookup", "--json", "-n", "2", "clamp")
    assert done.code == 0
    document = done.json
    assert (document["schema"], document["query"]) == (1, "clamp")
    best = document["results"][0]
    assert set(best) == ROW_KEYS | {"score", "sure"}
    assert (best["id"], best["score"]) == ("clamp", 100.0)
    assert len(document["results"]) <= 2
    assert {"source", "function", "pytorch", "gluon"} == set(best["printed"][0])


def test_lookup_code_is_ready_for_a_pipe() -> None:
    assert mxcheat("lookup", "addmm", "--code", "gluon").stdout == (
        "nd.linalg_gemm(mat1, mat2, M)\n"
    )


def test_lookup_that_finds_nothing() -> None:
    done = mxcheat("lookup", "--json", "qwertyuiop")
    assert done.code == 1
    assert done.json == {"schema": 1, "query": "qwertyuiop", "results": []}
    assert done.stderr.startswith("mxcheat: nothing found for 'qwertyuiop'; ")


def test_color_and_plain() -> None:
    assert "\x1b[" in mxcheat("lookup", "clamp", "--color", "always").stdout
    assert "\x1b[" in mxcheat("lookup", "clamp", env={"FORCE_COLOR": "1"}).stdout
    both = {"FORCE_COLOR": "1", "NO_COLOR": "1"}
    assert "\x1b[" not in mxcheat("lookup", "clamp", env=both).stdout
    plain = mxcheat("lookup", "clamp", "--plain", env={"FORCE_COLOR": "1"}).stdout
    assert "\x1b[" not in plain
    assert "│" not in plain


def test_list_and_its_filters() -> None:
    rows = mxcheat("list", "--json").json["rows"]
    assert len(rows) >= 53
    assert all(set(row) == ROW_KEYS for row in rows)
    tensor = mxcheat("list", "--section", "tensor", "--json").json["rows"]
    assert {row["section"].split("/")[0] for row in tensor} == {"tensor"}
    workarounds = mxcheat("list", "--availability", "workaround", "--json").json["rows"]
    assert {row["availability"] for row in workarounds} == {"workaround"}
    text = mxcheat("list").stdout
    assert all(row["id"] in text for row in rows)


def test_version_and_help() -> None:
    assert mxcheat("--version").stdout == f"mxcheat {__version__}\n"
    assert "usage: mxcheat" in mxcheat("--help").stdout
    for command in ("lookup", "try", "list", "verify", "doctor"):
        done = mxcheat(command, "--help")
        assert (done.code, done.stderr) == (0, "")
        assert f"usage: mxcheat {command}" in done.stdout


@pytest.mark.live
def test_try_json() -> None:
    done = mxcheat("try", "addmm", "--json")
    assert (done.code, done.stderr) == (0, "")
    document = done.json
    keys = {"schema", "row", "difference", "ctx", "inputs", "pytorch", "gluon", "verdict"}
    assert set(document) == keys
    assert set(document["row"]) == ROW_KEYS
    assert document["inputs"]["M"]["shape"] == [2, 4]
    for side in ("pytorch", "gluon"):
        assert set(document[side]) >= SIDE_KEYS
        assert (document[side]["status"], document[side]["origin"]) == ("ok", "live")
        assert document[side]["outputs"][0]["shape"] == [2, 4]
    assert document["verdict"]["status"] in ("equal", "close")
    assert document["verdict"]["max_abs_diff"] < 1e-5


@pytest.mark.live
def test_try_of_a_pair_that_differs() -> None:
    done = mxcheat(
        *("try", "--pytorch", "x.std()", "--gluon", "mx.np.std(x.as_np_ndarray())"),
        *("--inputs", "x=normal(4, 5)", "--json"),
    )
    assert done.code == 1
    assert done.json["row"] is None
    assert done.json["verdict"]["status"] == "different"


@pytest.mark.live
def test_try_one_side_alone_and_from_a_file(tmp_path: Path) -> None:
    script = tmp_path / "snippet.py"
    script.write_text("y = torch.ones(2)\n")
    done = mxcheat("try", "--pytorch", f"@{script}", "--json")
    assert done.code == 0
    assert (done.json["pytorch"]["status"], done.json["gluon"]["status"]) == ("ok", "none")
    assert mxcheat("try", "--gluon", "@-", stdin="nd.ones((2,))").code == 0


@pytest.mark.live
def test_try_a_hang_beside_a_side_that_works() -> None:
    done = mxcheat(
        *("try", "--pytorch", "while True: pass", "--gluon", "nd.ones((2, 2))"),
        *("--timeout", "1", "--json"),
    )
    assert done.code == 1
    assert (done.json["pytorch"]["status"], done.json["gluon"]["status"]) == ("timeout", "ok")
    assert not [p for p in psutil.process_iter(["cmdline"]) if _is_orphan(p)]


def _is_orphan(process: psutil.Process) -> bool:
    """A worker that no mxcheat owns any more."""
    command = process.info["cmdline"] or []
    return any(word.endswith("live/worker/serve.py") for word in command) and process.ppid() == 1


@pytest.mark.live
def test_try_with_a_benchmark() -> None:
    done = mxcheat("try", "acos", "--bench", "--json")
    assert done.code == 0
    for side in ("pytorch", "gluon"):
        assert set(done.json[side]["bench"]) == {"median_ms", "iqr_ms", "iterations"}
    said = mxcheat("try", "acos", "--bench").stdout
    assert "as long" in said
    assert "first call" not in said, "beside a benchmark it would mislead"
    assert "first call" in mxcheat("try", "acos").stdout


@pytest.mark.live
def test_try_on_a_device_that_is_not_here() -> None:
    done = mxcheat("try", "addmm", "--ctx", "gpu(0)", "--json")
    document = done.json
    if document["pytorch"]["status"] == "ok":
        pytest.skip("this machine has a GPU")
    assert done.code == 3
    assert document["ctx"] == "gpu0"
    for side, words in (("pytorch", "CUDA"), ("gluon", "mxnet-cu112")):
        assert document[side]["status"] == "unavailable"
        assert words in json.dumps(document[side]["error"])


@pytest.mark.live
def test_try_takes_a_query_and_says_which_row_it_took() -> None:
    done = mxcheat("try", "linalg_gemm", "--json")
    assert done.json["row"]["id"] in ("addmm", "addbmm")
    assert "is taken as" in done.stderr


@pytest.mark.live
def test_doctor() -> None:
    done = mxcheat("doctor", "--json")
    assert done.code == 0
    document = done.json
    assert document["ok"] is True
    assert document["data"]["rows"] >= 53
    for name in ("torch", "mxnet"):
        framework = document["frameworks"][name]
        assert framework["found"] is True
        assert framework["devices"][0] == "cpu"
    assert "✓" in mxcheat("doctor").stdout


@pytest.mark.live
def test_verify_names_and_its_document() -> None:
    done = mxcheat("verify", "clamp", "addmm", "--json")
    assert done.code == 0
    document = done.json
    assert document["summary"]["rows"] == document["summary"]["ok"] == 2
    assert set(document["versions"]) == {"torch", "mxnet", "numpy", "python"}
    assert [row["id"] for row in document["rows"]] == ["clamp", "addmm"]
    assert all(row["ok"] and row["pytorch"] == row["gluon"] == "ok" for row in document["rows"])


BROKEN_PROMISE = """\
rows:
- id: mine
  section: tensor/operation
  function: A row that promises too much
  pytorch: x.sin()
  gluon: x.cos()
  availability: equivalent
  inputs: {x: "uniform(3)"}
- id: honest
  section: tensor/operation
  function: A row that says it differs
  pytorch: x.sin()
  gluon: x.cos()
  availability: differs
  inputs: {x: "uniform(3)"}
- id: no-difference
  section: tensor/operation
  function: A row that says it differs, and does not
  pytorch: x.sin()
  gluon: x.sin()
  availability: differs
  inputs: {x: "uniform(3)"}
- id: harmless-misprint
  section: tensor/operation
  function: A row whose misprint does no harm
  pytorch: x.sin()
  gluon: x.sin()
  availability: equivalent
  erratum: The print is said to be wrong.
  misprint: {gluon: nd.sin(x)}
  inputs: {x: "uniform(3)"}
"""


@pytest.mark.live
def test_verify_fails_a_row_that_breaks_its_promise(tmp_path: Path) -> None:
    rows = tmp_path / "mine.yaml"
    rows.write_text(BROKEN_PROMISE)
    ids = ("mine", "honest", "no-difference", "harmless-misprint")
    done = mxcheat("verify", *ids, "--data", rows, "--json")
    assert done.code == 1
    assert {row["id"]: row["ok"] for row in done.json["rows"]} == dict(
        zip(ids, (False, True, False, False), strict=True)
    )


@pytest.mark.live
def test_an_overlay_is_searched_listed_and_named_by_doctor(tmp_path: Path) -> None:
    rows = tmp_path / "mine.yaml"
    rows.write_text(BROKEN_PROMISE.replace("id: mine", "id: clamp"))
    found = mxcheat("lookup", "clamp", "--json", "--data", rows).json["results"][0]
    assert found["function"] == "A row that promises too much"
    (overlay,) = mxcheat("--data", rows, "doctor", "--json").json["data"]["overlays"]
    assert overlay["replaces"] == ["clamp"]


MISTAKES: list[tuple[list[str], int, list[str]]] = [
    ([], 3, ["needs a terminal", "mxcheat lookup"]),
    (["clamp"], 3, ["needs a terminal"]),
    (["lookup"], 2, ["lookup: the query is empty", "mxcheat lookup clamp"]),
    (["lookup", "--json"], 2, ["lookup: the query is empty"]),
    (["lookup", "--"], 2, ["lookup: the query is empty"]),
    (["lookup", "--", "--quiet"], 1, ["nothing found for '--quiet'"]),
    (["list", "--", "--json"], 2, ["unknown argument '--json'"]),
    (["lookup", "clamp", "--jsno"], 2, ["unknown argument '--jsno'", "did you mean --json?"]),
    (["lookup", "clamp", "-n", "0"], 2, ["expected a whole number above 0, got '0'"]),
    (["lookup", "clamp", "-n", "many"], 2, ["got 'many'"]),
    (["lookup", "clamp", "--section", "tensr"], 2, ["no section 'tensr'", "mean tensor?"]),
    (["lookup", "clamp", "--section", "tensor/gpo"], 2, ["did you mean tensor/gpu?"]),
    (["lookup", "clamp", "--availability", "equal"], 2, ["did you mean equivalent?"]),
    (["lookup", "clamp", "--code", "torch"], 2, ["invalid choice: 'torch'", "mean pytorch?"]),
    (["lookup", "clamp", "--json", "--plain"], 2, ["not allowed with"]),
    (["lookup", " "], 2, ["lookup: the query is empty"]),
    (["lookup", "z" * 3000], 1, ["nothing found for 'zzzz", "...zzzz"]),
    (["lookup", "xyzzy"], 1, ["nothing found for 'xyzzy'"]),
    (["try"], 2, ["no ROW is given", "mxcheat try addmm"]),
    (["try", ""], 2, ["try: the query is empty"]),
    (["try", "--pytorch", "x", "--inputs", "x=y=2"], 2, ["gives no one name"]),
    (["try", "--pytorch", "x", "--inputs", "1x=2"], 2, ["(invalid decimal literal)"]),
    (["try", "qwertyuiop"], 1, ["nothing found for 'qwertyuiop'"]),
    (["try", "addmm", "--ctx", "gpo0"], 2, ["no such device: 'gpo0'", "did you mean gpu0?"]),
    (["try", "addmm", "--ctx", ""], 2, ["no such device: ''"]),
    (["try", "addmm", "--timeout", "0"], 2, ["expected seconds above 0, got '0'"]),
    (["try", "addmm", "--timeout", "nan"], 2, ["got 'nan'"]),
    (["try", "addmm", "--timeout", "soon"], 2, ["got 'soon'"]),
    (["try", "addmm", "--pytorch", "1"], 2, ["not both"]),
    (["try", "addmm", "--inputs", "x=1"], 2, ["--inputs goes with"]),
    (["try", "--pytorch", ""], 2, ["--pytorch is empty"]),
    (["try", "--pytorch", "@/no/such/file"], 2, ["cannot be read (No such file or directory)"]),
    (["try", "--pytorch", "x", "--inputs", "x"], 2, ["gives no one name", "x=uniform(2, 3)"]),
    (["try", "--pytorch", "x", "--inputs", "x=unifrom(2)"], 2, ["did you mean uniform?"]),
    (["try", "--pytorch", "x", "--inputs", "x=["], 2, ["cannot be read"]),
    (["verify", "qwertyuiop"], 1, ["nothing found"]),
    (["verify", "--section", "nowhere"], 2, ["no section 'nowhere'"]),
    (["list", "extra"], 2, ["unknown argument 'extra'"]),
    (["doctor", "--jason"], 2, ["did you mean --json?"]),
    (["lookup", "x", "--data", "/no/such.yaml"], 2, ["/no/such.yaml: cannot be read"]),
    (["--data"], 2, ["--data: expected one argument"]),
    (["--verison"], 2, ["unknown argument '--verison'", "--version"]),
    (["lookup", "x", "--color", "sometimes"], 2, ["invalid choice: 'sometimes'", "auto, always"]),
    (["lookup", "x", "--color", "alway"], 2, ["did you mean always?"]),
    (["lookup", "eegihh"], 1, ["nothing found for 'eegihh'; did you mean eigh?"]),
]


@pytest.mark.parametrize(
    ("arguments", "code", "words"), MISTAKES, ids=lambda value: str(value)[:40]
)
def test_a_mistake_gets_one_clear_line(arguments: list[str], code: int, words: list[str]) -> None:
    done = mxcheat(*arguments)
    assert done.code == code, done
    assert done.stdout == ""
    assert all(word in done.stderr for word in words), done.stderr
    assert done.stderr.startswith("mxcheat: ")
    assert done.stderr.count("\n") == 1
    assert "Traceback" not in done.stderr


def test_a_broken_data_file_names_every_problem(tmp_path: Path) -> None:
    rows = tmp_path / "mine.yaml"
    rows.write_text(BROKEN_PROMISE.replace("function:", "fucntion:", 2))
    done = mxcheat("lookup", "clamp", "--data", rows)
    assert done.code == 2
    assert f"{rows}:4: row mine: unknown key 'fucntion'; did you mean function?" in done.stderr
    assert f"{rows}:11: row honest: unknown key" in done.stderr


@pytest.mark.live
def test_an_interpreter_that_is_none_is_a_problem_of_its_side() -> None:
    """Not of the command: the other side runs, and doctor goes on to the end."""
    env = {"MXCHEAT_TORCH_PYTHON": "/no/python"}
    problem = "/no/python cannot be started (No such file or directory)"
    tried = mxcheat("try", "--pytorch", "1", "--gluon", "1", "--json", env=env)
    assert tried.code == 3
    assert tried.json["gluon"]["status"] == "ok"
    assert tried.json["pytorch"]["status"] == "unavailable"
    assert tried.json["pytorch"]["error"]["message"] == problem
    done = mxcheat("doctor", "--json", env=env)
    assert (done.code, done.stderr) == (3, "")
    torch, mxnet = (done.json["frameworks"][name] for name in ("torch", "mxnet"))
    assert (torch["found"], torch["problem"]) == (False, problem)
    assert torch["fix"] == "unset MXCHEAT_TORCH_PYTHON"
    assert mxnet["found"] is True


@pytest.mark.live
def test_doctor_names_everything_that_is_wrong(own_home: Path) -> None:
    config = own_home / ".config" / "mxcheat" / "config.toml"
    config.parent.mkdir(parents=True)
    config.write_text(
        'them = 1\ntheme = "nordd"\ndevice = "gpx"\ndata = ["bad.yaml", "none.yaml"]\n'
        '[keys]\n"row.run" = "f2"\n"app.help" = "f2"\n'
    )
    bad = config.parent / "bad.yaml"
    bad.write_text(BROKEN_PROMISE.replace("function:", "fucntion:", 1))
    done = mxcheat("doctor", "--json")
    assert (done.code, done.stderr, done.json["ok"]) == (1, "", False)
    told = [(each["problem"], each["fix"]) for each in done.json["problems"]]
    for problem, fix in (
        (f"{config}: there is no setting 'them'", "did you mean theme?"),
        (f"{config}: theme is 'nordd'", "did you mean nord?"),
        (f"{config}: keys: f2 is both ", "give one of them another key"),
        (f"{config}: device is 'gpx'", "did you mean gpu?"),
        (f"{bad}:4: row mine: unknown key 'fucntion'", f"all problems: mxcheat check {bad}"),
        (f"{config}: data: there is no file {config.parent}/none.yaml", "it is looked for beside"),
    ):
        assert any(p.startswith(problem) and f and f.startswith(fix) for p, f in told), (
            problem,
            told,
        )
    assert len(told) == 6
    assert [(each["path"], each["rows"]) for each in done.json["data"]["overlays"]] == [
        (str(bad), BROKEN_PROMISE.count("- id: ") - 1)
    ]
    assert all(found["found"] for found in done.json["frameworks"].values())
    shown = mxcheat("doctor").stdout
    assert f"problem   ✗ {config}: theme is 'nordd'" in shown
    config.write_text("theme = [1")
    done = mxcheat("doctor", "--json")
    assert done.code == 1
    assert "is not TOML" in done.json["problems"][0]["problem"]


@pytest.mark.live
def test_doctor_names_variables_that_nothing_reads(tmp_path: Path) -> None:
    env = {"MXCHEAT_TIMOUT": "3", "MXCHEAT_CONFIG": str(tmp_path / "none.toml")}
    done = mxcheat("doctor", "--json", env=env)
    assert done.code == 1
    assert [each["problem"] for each in done.json["problems"]] == [
        "nothing reads MXCHEAT_TIMOUT",
        f"MXCHEAT_CONFIG: there is no file {tmp_path / 'none.toml'}",
    ]
    assert done.json["problems"][0]["fix"] == "did you mean MXCHEAT_TIMEOUT?"


@pytest.mark.live
def test_verify_tells_of_a_missing_framework_once_and_calls_no_row_failed(tmp_path: Path) -> None:
    started = tmp_path / "started"
    script = f'echo >> {started}; exec /usr/bin/env python3 -S -E "$@"'
    env = {"MXCHEAT_MXNET_PYTHON": launcher(tmp_path, script)}
    done = mxcheat("verify", "clamp", "addmm", env=env)
    assert done.code == 3
    [told] = done.stderr.splitlines()
    assert told.startswith("mxcheat: mxnet is not installed; to get it: ")
    assert "FAILED" not in done.stdout
    assert done.stdout.count("not run ") == 2
    assert started.read_text() == "\n", "it is started once, not for every case"
    document = mxcheat("verify", "clamp", "--json", env=env).json
    assert (document["summary"]["failed"], document["summary"]["unavailable"]) == (0, 1)
    assert document["rows"][0]["ok"] is False


def test_a_reader_that_stops_listening_is_no_error() -> None:
    process = subprocess.Popen(
        [sys.executable, "-m", "mxcheat", "list", "--json"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert process.stdout is not None
    assert process.stderr is not None
    process.stdout.read(1)
    process.stdout.close()
    assert process.wait(30) == 0
    assert process.stderr.read() == b""
    process.stderr.close()


def test_an_encoding_without_the_glyphs_is_no_error() -> None:
    done = mxcheat("lookup", "clamp", env={"PYTHONIOENCODING": "ascii", "LC_ALL": "C"})
    assert done.code == 0
    assert "equivalent" in done.stdout


def test_a_home_that_cannot_be_written_is_no_error() -> None:
    done: Any = mxcheat("lookup", "clamp", env={"HOME": "/proc/none"})
    assert (done.code, done.stderr) == (0, "")


def test_a_recording_is_not_written_into_an_installed_package(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert record.parser().parse_words([]).output == recordings_file(), "a checkout ships it"
    monkeypatch.setattr(record, "in_checkout", lambda: False)
    assert record.parser().parse_words([]).output == Path("recordings.json.gz")
