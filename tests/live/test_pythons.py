"""Programs that are named as the Python of a framework and will not do, each told soon."""

from __future__ import annotations

import json
import sys
import time
from typing import TYPE_CHECKING

import psutil
import pytest

from mxcheat.cli.main import main
from mxcheat.live.pythons import ask
from mxcheat.live.pythons.ask import NoPythonError, Python, ask_python
from mxcheat.live.pythons.choose import DEFAULTS, Chosen, EngineSettings, Named, choose, has_own
from mxcheat.live.pythons.diagnose import explain_import, explain_python
from mxcheat.live.pythons.recipes import pip_line

if TYPE_CHECKING:
    from pathlib import Path

    from mxcheat.cheatsheet.sides import Side


def program(folder: Path, script: str) -> str:
    path = folder / "program"
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(0o755)
    return str(path)


def named_by(side: Side, python: str) -> Chosen:
    """A program that the user has named for a side."""
    return choose(side, EngineSettings({side: Named(python, "VARIABLE", "unset VARIABLE")}))


def says(series: str) -> str:
    """A script that answers as a Python of this version does."""
    version = [int(number) for number in series.split(".")]
    return f"echo '{json.dumps([version, 'Linux', 'x86_64'])}'"


def test_a_python_says_what_it_is(tmp_path: Path) -> None:
    ours = ask_python(sys.executable)
    assert ours.version == sys.version_info[:2]
    assert ask_python(program(tmp_path, f"echo Welcome.\n{says('3.8')}")).series == "3.8"


@pytest.mark.parametrize(
    ("script", "problem"),
    [
        ("exit 0", "is no Python"),
        ("echo hello", "is no Python: hello"),
        ("echo libpython3.8.so: no such file >&2; exit 127", "is no Python: libpython3.8.so: no"),
        ("echo '[1, 2]'", "is no Python: [1, 2]"),
        ("while :; do echo yes; done", "is no Python"),
        ("sleep 60", "cannot be started (no answer within 0.5 s)"),
        ("sleep 60 & exec sleep 60", "cannot be started (no answer within 0.5 s)"),
        (says("2.7"), "is Python 2.7, and 3.8 is the oldest that will do"),
        (says("3.7"), "is Python 3.7, and 3.8 is the oldest that will do"),
    ],
)
def test_what_will_not_do_is_said_and_does_not_live_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, script: str, problem: str
) -> None:
    monkeypatch.setattr(ask, "PATIENCE", 0.5)
    named = program(tmp_path, script)
    before = psutil.Process().children(recursive=True)
    explained = explain_python(named_by("gluon", named), lambda: False)
    assert explained is not None
    assert explained[0].startswith(f"{named} {problem}")
    assert explained[1] == "unset VARIABLE"
    assert psutil.Process().children(recursive=True) == before


def test_what_cannot_be_run_at_all() -> None:
    with pytest.raises(NoPythonError, match=r"/nowhere/python cannot be started \(No such file"):
        ask_python("/nowhere/python")


def test_an_answer_is_not_waited_for_once_nobody_wants_it(tmp_path: Path) -> None:
    began = time.monotonic()
    with pytest.raises(NoPythonError):
        ask_python(program(tmp_path, "exec sleep 60"), lambda: True)
    assert time.monotonic() - began < ask.PATIENCE


def test_the_line_that_mends_leads_to_a_python_that_has_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    named = program(tmp_path, "exit 1")
    monkeypatch.setattr("mxcheat.live.pythons.diagnose.has_own", lambda _: False)
    monkeypatch.setattr("mxcheat.live.pythons.choose.has_own", lambda _: False)
    explained = explain_python(named_by("pytorch", named), lambda: False)
    assert explained is not None
    assert explained[1] == "unset VARIABLE && mxcheat setup torch"


def test_what_is_missing_is_installed_where_it_is_looked_for(
    tmp_path: Path,
) -> None:
    ours = choose("gluon", DEFAULTS)
    missing = ("ModuleNotFoundError", "No module named 'mxnet'")
    assert explain_import(ours, *missing) == ("mxnet is not installed", "mxcheat setup mxnet")
    named = program(tmp_path, says("3.11"))
    theirs = named_by("gluon", named)
    assert explain_import(theirs, *missing)[1] == f"{named} -m pip install mxnet"
    broken = explain_import(theirs, "ImportError", "no symbol")
    assert broken[0] == "mxnet cannot be imported (ImportError: no symbol)"
    assert broken[1] == f"{named} -m pip install --force-reinstall mxnet"


def test_the_line_is_one_that_works_on_that_python() -> None:
    def line(major: int, minor: int, framework: str = "mxnet") -> str:
        python = Python("py", (major, minor), "Linux", "x86_64")
        return pip_line(framework, python, broken=False)

    assert line(3, 8) == "py -m pip install mxnet"
    assert line(3, 12) == "py -m pip install mxnet setuptools"
    assert line(3, 13).endswith("setuptools && py -m pip install --no-deps mxnet==1.9.1")
    assert line(3, 13, "torch") == "py -m pip install torch"


def test_a_build_for_cuda_without_its_libraries_says_which_are_missing() -> None:
    message = "libcudnn.so.8: cannot open shared object file: No such file or directory"
    problem, fix = explain_import(choose("gluon", DEFAULTS), "OSError", message)
    assert problem == f"mxnet cannot be imported (OSError: {message})"
    assert fix.startswith("install CUDA 11.2 and cuDNN 8 and name their folders in LD_LIBRARY_PATH")
    assert "pip uninstall -y mxnet-cu112 && " in fix


@pytest.mark.live
def test_doctor_and_try_say_so_and_show_the_rest(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    named = program(tmp_path, says("2.7"))
    monkeypatch.setenv("MXCHEAT_MXNET_PYTHON", named)
    problem = f"{named} is Python 2.7, and 3.8 is the oldest that will do"
    assert main(["doctor", "--json"]) == 3
    mxnet = json.loads(capsys.readouterr().out)["frameworks"]["mxnet"]
    assert (mxnet["problem"], mxnet["fix"]) == (problem, "unset MXCHEAT_MXNET_PYTHON")
    assert main(["try", "--pytorch", "torch.ones(2)", "--gluon", "nd.ones(2)"]) == 3
    shown = capsys.readouterr().out
    assert "[1., 1.]" in shown
    assert "to get Gluon: unset MXCHEAT_MXNET_PYTHON" in shown.splitlines()


@pytest.mark.parametrize("made", ["torch.py", "torch/readme", "torch/__init__.py"])
@pytest.mark.parametrize("how", ["-m", "PYTHONPATH"])
def test_a_folder_called_torch_is_no_torch(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, made: str, how: str
) -> None:
    """Python without torch, started where something has its name."""
    (tmp_path / made).parent.mkdir(exist_ok=True)
    (tmp_path / made).touch()
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys, "path", [str(tmp_path)])
    monkeypatch.setenv("PYTHONPATH", ":" if how == "PYTHONPATH" else "")
    assert not has_own("pytorch")


def test_what_pythonpath_names_in_full_is_installed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "torch.py").touch()
    monkeypatch.setattr(sys, "path", [str(tmp_path)])
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    monkeypatch.chdir(tmp_path)
    assert has_own("pytorch")


def test_a_python_is_asked_without_what_lies_around(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("json", "platform"):
        (tmp_path / f"{name}.py").write_text("raise RuntimeError('not this one')")
    monkeypatch.chdir(tmp_path)
    assert ask_python(sys.executable).version == sys.version_info[:2]
