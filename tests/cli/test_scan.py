"""mxcheat scan: what is said of files, in which form, and how it ends."""

from __future__ import annotations

import errno
import io
import json
import os
import signal
import subprocess
import sys
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path

import pytest

from mxcheat.cli.main import main
from tests.support import Finished

NET = """\
import mxnet as mx
from mxnet import nd

y = nd.ones((2, 3))
z = mx.nd.no_such_thing(a)
w = getattr(nd, name)
"""
TORCH = "import torch\ny = torch.clamp(x, 0, 1)\n"
CLEAN = "import numpy as np\nx = np.zeros(3)\n'a,b'.split(',')\n"


def mxcheat(*arguments: str | Path, stdin: str = "") -> Finished:
    """Run a command in this process, without a terminal."""
    out, err = io.StringIO(), io.StringIO()
    with pytest.MonkeyPatch.context() as patch, redirect_stdout(out), redirect_stderr(err):
        patch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin.encode())))
        code = main([*map(str, arguments)])
    return Finished(code, out.getvalue(), err.getvalue())


@pytest.fixture(autouse=True)
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    Path("src").mkdir()
    Path("src/net.py").write_text(NET)
    Path("src/clean.py").write_text(CLEAN)
    return tmp_path


def test_findings_are_lines_that_editors_jump_to_and_a_sum() -> None:
    done = mxcheat("scan", "src")
    assert (done.code, done.stderr) == (1, "")
    lines = done.stdout.splitlines()
    assert lines[0] == "src/net.py:4:5: nd.ones: row ones"
    assert lines[1] == "src/net.py:5:5: nd.no_such_thing: no row answers it"
    assert lines[2].startswith("src/net.py:6:5: getattr(nd, name): unknown: ")
    assert lines[4].startswith("2 files: 1 with mxnet")
    assert lines[5:] == [
        "  3 calls: 1 answered (33 %), 1 without a row, 1 unknown",
        "  without a row:",
        "    mxnet.nd.no_such_thing  1 call in 1 file",
    ]
    assert mxcheat("scan", "src", "--plain").stdout.splitlines() == lines[:3]


def test_a_path_is_printed_as_it_is_opened_from_here(project: Path) -> None:
    for path, printed in ((".", "src/net.py"), ("./src/", "src/net.py"), ("src/net.py",) * 2):
        assert mxcheat("scan", path, "--plain").stdout.startswith(f"{printed}:4:5: "), path
    absolute = project / "src"
    assert mxcheat("scan", absolute, "--plain").stdout.startswith(f"{absolute}/net.py:4:5: ")


def test_json_has_every_file_and_the_sum() -> None:
    done = mxcheat("scan", "src", "--json")
    assert (done.code, done.stderr) == (1, "")
    clean, net = done.json["files"]
    assert (clean["path"], clean["calls"], clean["problem"]) == ("clean.py", [], None)
    assert (net["path"], net["given"], net["uses"]) == ("net.py", "src", ["mxnet"])
    first = net["calls"][0]
    assert {key: first[key] for key in ("line", "column", "code", "symbol", "row")} == {
        "line": 4,
        "column": 5,
        "code": "nd.ones((2, 3))",
        "symbol": "mxnet.nd.ones",
        "row": "ones",
    }
    summary = done.json["summary"]
    assert [summary[key] for key in ("files", "calls", "answered", "unknown", "silent")] == [
        2, 3, 1, 1, 0,
    ]  # fmt: skip
    assert summary["blocking"] == [{"symbol": "mxnet.nd.no_such_thing", "files": 1, "calls": 1}]


def test_paths_in_json_are_relative_to_the_path_that_is_given() -> None:
    Path("lib").mkdir()
    Path("lib/net.py").write_text(NET)
    done = mxcheat("scan", "src/net.py", "lib", "--json").json
    assert [(file["given"], file["path"]) for file in done["files"]] == [
        ("src/net.py", "net.py"),
        ("lib", "net.py"),
    ]
    assert mxcheat("scan", "src", "lib", "--plain").stdout.count("lib/net.py:4:5: ") == 1


def test_nothing_found_ends_with_0() -> None:
    Path("src/t.py").write_text(TORCH)
    assert mxcheat("scan", "src/t.py", "--from", "mxnet").code == 0, "it is the other framework's"
    done = mxcheat("scan", "src/clean.py")
    assert (done.code, done.stderr) == (0, "")
    assert done.stdout.startswith("1 file")
    Path("empty").mkdir()
    done = mxcheat("scan", "empty")
    assert (done.code, done.stdout) == (0, "0 files\n")
    assert "no Python file, notebook or Markdown page" in done.stderr


def test_what_is_not_known_to_be_clean_is_a_finding() -> None:
    Path("src/net.py").write_text("import mxnet\n")
    Path("src/b.py").write_bytes(b"\0\1\2")
    done = mxcheat("scan", "src", "--plain")
    assert done.code == 1
    assert done.stdout.splitlines() == [
        "src/b.py:1:1: not read whole: it is binary",
        "src/net.py:1:1: it imports mxnet, and no call of it was found",
    ]


@pytest.mark.parametrize(
    ("only", "lines", "code"),
    [
        (["missing"], ["5:5"], 1),
        (["unknown"], ["6:5"], 1),
        (["missing,unknown"], ["5:5", "6:5"], 1),
        (["missing", "answered"], ["4:5", "5:5"], 1),
        (["silent"], [], 0),
    ],
)
def test_only_some_kinds(only: list[str], lines: list[str], code: int) -> None:
    options = [word for kind in only for word in ("--only", kind)]
    done = mxcheat("scan", "src", "--plain", *options)
    assert done.code == code
    assert [line.split(": ")[0] for line in done.stdout.splitlines()] == [
        f"src/net.py:{line}" for line in lines
    ]
    document = mxcheat("scan", "src", "--json", *options).json
    assert len(document["files"][1]["calls"]) == len(lines)
    assert document["summary"]["calls"] == 3, "the sum is of all"


def test_the_other_way() -> None:
    Path("src/t.py").write_text(TORCH)
    done = mxcheat("scan", "src/t.py", "--from", "torch", "--plain")
    assert (done.code, done.stdout) == (1, "src/t.py:2:5: torch.clamp: row clamp\n")


def test_standard_input() -> None:
    done = mxcheat("scan", "-", "--plain", stdin=NET)
    assert done.stdout.startswith("-:4:5: nd.ones: row ones\n")
    notebook = {"cells": [{"cell_type": "code", "source": NET.splitlines(keepends=True)}]}
    assert mxcheat("scan", "-", "--json", stdin=json.dumps(notebook)).json["files"][0]["calls"]
    page = mxcheat("scan", "-", "--plain", stdin=f"# Title\n```python\n{NET}```\n")
    assert page.stdout.startswith("-:6:5: nd.ones: row ones\n")


def test_a_baseline_is_adopted_step_by_step() -> None:
    done = mxcheat("scan", "src", "--write-baseline", "known.json")
    assert (done.code, done.stdout) == (0, "")
    assert done.stderr == "mxcheat: 3 findings are known: known.json\n"
    assert mxcheat("scan", "src", "--baseline", "known.json", "--plain").code == 0
    Path("src/net.py").write_text(NET.replace("y = nd", "\n\n# moved\ny = nd") + "nd.zeros(3)\n")
    done = mxcheat("scan", "src", "--baseline", "known.json", "--plain")
    assert (done.code, done.stdout) == (1, "src/net.py:10:1: nd.zeros: row zeros\n")
    Path("src/net.py").write_text(NET.replace("mx.nd.no_such_thing(a)", "a"))
    done = mxcheat("scan", ".", "--baseline", "known.json", "--plain")
    assert (done.code, done.stdout) == (0, "")
    assert done.stderr.startswith("mxcheat: 1 of the findings in known.json are gone; ")


def test_a_baseline_is_written_whole_or_not_at_all(project: Path) -> None:
    Path("known.json").write_text("before")
    Path("link.json").symlink_to("known.json")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(os, "replace", _disk_is_full)
        assert mxcheat("scan", "src", "--write-baseline", "link.json").code == 2
    assert Path("known.json").read_text() == "before"
    done = mxcheat("scan", "src/net.py", "--exclude", "net.py", "--write-baseline", "link.json")
    assert done.stderr == "mxcheat: 0 findings are known: link.json\n"
    assert json.loads(Path("known.json").read_text())["known"] == []
    assert {each.name for each in project.iterdir()} == {"src", "known.json", "link.json"}
    assert mxcheat("scan", "src", "--write-baseline", "/dev/null").code == 0
    assert Path("/dev/null").is_char_device()
    Path("src/net.py").write_text("import mxnet\n")
    done = mxcheat("scan", "src", "--write-baseline", "known.json")
    assert done.stderr == "mxcheat: 1 finding is known: known.json\n"


def _disk_is_full(*_paths: str) -> None:
    raise OSError(errno.ENOSPC, "No space left on device")


def test_sarif_is_one_log() -> None:
    done = mxcheat("scan", "src", "--sarif")
    assert (done.code, done.stderr) == (1, "")
    (run,) = done.json["runs"]
    assert [result["ruleId"] for result in run["results"]] == ["missing", "unknown"]
    assert mxcheat("scan", "src/clean.py", "--sarif").json["runs"][0]["results"] == []


def test_what_a_file_says_is_text_and_nothing_else() -> None:
    Path("src/a\x1b[31m.py").write_text("from mxnet import nd\nnd.zeros('\x1b[31m')\n")
    done = mxcheat("scan", "src")
    assert "\x1b" not in done.stdout
    assert "src/a␛[31m.py:2:1: nd.zeros" in done.stdout
    assert "\x1b[36mnd.zeros" in mxcheat("scan", "src", "--color", "always").stdout


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["scan"], ["scan: no PATH is given", "mxcheat scan ."]),
        (["scan", "srcc"], ["srcc: there is no such file or folder", "did you mean src?"]),
        (["scan", "src", "nowhere/x"], ["nowhere/x: there is no such file or folder"]),
        (["scan", "src", "--only", "silence"], ["'silence'", "did you mean silent?"]),
        (["scan", "src", "--from", "torhc"], ["'torhc'", "did you mean torch?"]),
        (["scan", "src", "--json", "--sarif"], ["not allowed with"]),
        (["scan", "src", "--baseline", "no.json"], ["no.json: cannot be read", "--write-baseline"]),
        (["scan", "src", "--baseline", "src/net.py"], ["src/net.py is no baseline of a scan"]),
        (["scan", "src", "--write-baseline", "no/x"], ["no/x cannot be written (No such"]),
        (["scan", "src", "--baseline", "a", "--write-baseline", "b"], ["give one"]),
        *(
            (["scan", "src", "--write-baseline", "b", form], ["not allowed with", form])
            for form in ("--json", "--sarif", "--plain", "--open")
        ),
        (["scan", "src", "--write-baseline", "b", "--only", "silent"], ["leave --only out"]),
    ],
)
def test_a_mistake_is_one_line(arguments: list[str], words: list[str]) -> None:
    done = mxcheat(*arguments)
    assert (done.code, done.stdout) == (2, "")
    assert done.stderr.count("\n") == 1
    assert all(word in done.stderr for word in words), done.stderr


def test_to_go_through_it_a_terminal_is_needed() -> None:
    done = mxcheat("scan", "src", "--open")
    assert (done.code, done.stdout) == (3, "")
    assert done.stderr.startswith("mxcheat: --open needs a terminal; ")


def test_nothing_of_the_code_is_run() -> None:
    Path("src/mxnet.py").write_text("open('ran', 'w')\n")
    Path("src/sitecustomize.py").write_text("open('ran', 'w')\n")
    Path("src/net.py").write_text("import mxnet\nopen('ran', 'w')\nmxnet.nd.zeros(3)\n")
    assert mxcheat("scan", "src").code == 1
    assert not Path("ran").exists()


def test_a_reader_that_stops_and_an_interruption() -> None:
    command = [sys.executable, "-m", "mxcheat", "scan", "src", "--json"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        assert process.wait(60) == 0
        assert process.stderr.read() == b""
    os.mkfifo("pipe.py")  # it waits for what is written there
    waiting = [*command[:-2], "pipe.py"]
    with subprocess.Popen(waiting, stderr=subprocess.PIPE) as process:
        with Path("pipe.py").open("w"):
            process.send_signal(signal.SIGINT)
            assert process.wait(60) == 130
        assert process.stderr is not None
        assert process.stderr.read() == b"mxcheat: interrupted\n"
