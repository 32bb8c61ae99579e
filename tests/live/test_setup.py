"""Environments of frameworks: what is installed for whom, which is taken, and one made for real."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from mxcheat.cli.main import main
from mxcheat.errors import MissingError, MxcheatError
from mxcheat.live import interpreters
from mxcheat.live.environments import call_whole, environment, made_python, python_in, remove
from mxcheat.live.install import base_of, find_base
from mxcheat.live.recipes import Base, recipe


@pytest.fixture(autouse=True)
def own_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    return tmp_path


def base(series: str, system: str = "Linux", machine: str = "x86_64") -> Base:
    major, minor = map(int, series.split("."))
    return Base(f"python{series}", (major, minor), system, machine)


def test_python_3_13_gets_a_numpy_that_exists_for_it() -> None:
    needed, itself = recipe("mxnet", base("3.13"))
    assert "numpy>=1.16" in needed
    assert "setuptools" in needed
    assert itself[:2] == ("--no-deps", "mxnet==1.9.1")
    older, _ = recipe("mxnet", base("3.8"))
    assert "numpy>=1.16,<2" in older
    assert "setuptools" not in older


@pytest.mark.parametrize(
    ("system", "machine"), [("Linux", "aarch64"), ("Darwin", "arm64"), ("Windows", "AMD64")]
)
def test_where_mxnet_has_no_wheel_that_is_said_at_once(system: str, machine: str) -> None:
    with pytest.raises(MissingError, match=f"not for {system} on {machine}; name a Python that"):
        recipe("mxnet", base("3.11", system, machine))
    assert recipe("torch", base("3.11", system, machine))


def test_a_python_without_wheels_names_those_with() -> None:
    expected = r"Python 3\.7 \(python3\.7\); name another with --python: 3\.8, 3\.9, 3\.10, 3\.11"
    with pytest.raises(MissingError, match=expected):
        recipe("mxnet", base("3.7"))


def test_our_own_python_is_what_it_is_made_of() -> None:
    assert find_base("mxnet") == base_of(sys.executable)
    with pytest.raises(MxcheatError, match="this is no Python"):
        base_of("/bin/true")
    with pytest.raises(MxcheatError, match="this is no Python"):
        base_of("/nowhere/python")


def test_else_the_first_on_the_path_that_is_one(
    own_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken, other = own_home / "python0.1", own_home / "python0.2"
    broken.write_text("#!/bin/sh\nexit 127\n")
    other.write_text(f'#!/bin/sh\nexec {sys.executable} "$@"\n')
    for program in (broken, other):
        program.chmod(0o755)
    monkeypatch.setenv("PATH", str(own_home), prepend=":")
    monkeypatch.setattr("mxcheat.live.install.PYTHONS", {"mxnet": ("0.1", "0.2")})
    assert find_base("mxnet").python == str(other)


def test_an_environment_counts_once_it_is_whole(own_home: Path) -> None:
    folder = environment("mxnet")
    assert folder == own_home / "mxcheat" / "environments" / "mxnet"
    folder.mkdir(parents=True)
    assert made_python("mxnet") is None
    call_whole(folder)
    assert made_python("mxnet") == str(python_in(folder))
    assert remove("mxnet")
    assert not folder.exists()
    assert not remove("mxnet")


def test_which_python_is_taken(own_home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = environment("mxnet")
    folder.mkdir(parents=True)
    call_whole(folder)
    assert interpreters.choose("gluon") == (sys.executable, "mxcheat's own")
    monkeypatch.setattr(interpreters, "find_spec", lambda _: None)
    assert interpreters.choose("gluon") == (str(python_in(folder)), "made by mxcheat setup")
    assert interpreters.choose("pytorch") == (sys.executable, "mxcheat's own")
    monkeypatch.setenv("MXCHEAT_MXNET_PYTHON", sys.executable)
    assert interpreters.choose("gluon") == (sys.executable, "named by MXCHEAT_MXNET_PYTHON")


def test_without_a_home_it_is_said_where_one_could_be(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("XDG_DATA_HOME")
    monkeypatch.setenv("HOME", "")
    assert made_python("mxnet") is None
    with pytest.raises(MxcheatError, match="set HOME or XDG_DATA_HOME"):
        environment("mxnet")


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["mxnett"], 2, "'mxnett' is no framework; did you mean mxnet?"),
        (["mxnet", "--python", "/bin/true"], 2, "--python /bin/true: this is no Python"),
        (["mxnet", "--remove"], 1, "mxnet: nothing to remove at "),
    ],
)
def test_the_command_says_what_is_wrong(
    arguments: list[str], code: int, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["setup", *arguments]) == code
    assert said in capsys.readouterr().err


@pytest.mark.live
def test_mxnet_is_installed_used_and_removed(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    assert main(["setup", "mxnet"]) == 0
    assert "mxcheat: mxnet 1.9.1 is ready, with NumPy" in capfd.readouterr().err
    monkeypatch.setattr(interpreters, "find_spec", lambda _: None)
    python, why = interpreters.choose("gluon")
    assert why == "made by mxcheat setup"
    assert Path(python).exists()
    assert main(["setup", "--remove", "mxnet"]) == 0
    assert not Path(python).exists()
    assert interpreters.choose("gluon").why == "mxcheat's own"
