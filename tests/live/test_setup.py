"""Environments of frameworks: what is installed for whom, which is taken, and one made for real."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from mxcheat.cli.main import main
from mxcheat.errors import MissingError, MxcheatError
from mxcheat.live.pythons.ask import Python, ask_python
from mxcheat.live.pythons.choose import DEFAULTS, EngineSettings, Named, choose
from mxcheat.live.pythons.environments import (
    alone,
    call_made,
    call_whole,
    environment,
    is_made,
    made_python,
    python_in,
    remove,
)
from mxcheat.live.pythons.install import cpu_build, find_base, without_cuda
from mxcheat.live.pythons.pip import Pip
from mxcheat.live.pythons.recipes import pip_line, recipe

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from mxcheat.cheatsheet.sides import Side


@pytest.fixture(autouse=True)
def own_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    return tmp_path


@pytest.fixture
def without_own(monkeypatch: pytest.MonkeyPatch) -> None:
    """No framework is installed for the Python that runs the tests, as far as mxcheat knows."""
    monkeypatch.setattr("mxcheat.live.pythons.choose.has_own", lambda _: False)


def base(series: str, system: str = "Linux", machine: str = "x86_64") -> Python:
    major, minor = map(int, series.split("."))
    return Python(f"python{series}", (major, minor), system, machine)


def test_python_3_13_gets_a_numpy_that_exists_for_it() -> None:
    needed, itself = recipe("mxnet", base("3.13"))
    assert "numpy>=1.16" in needed
    assert "setuptools" in needed
    assert itself[:2] == ("--no-deps", "mxnet==1.9.1")
    older, _ = recipe("mxnet", base("3.8"))
    assert "numpy>=1.16,<2" in older
    assert "setuptools" not in older


@pytest.mark.parametrize(
    ("system", "machine", "works"),
    [
        ("Linux", "aarch64", "an x86-64 machine or container"),
        ("Darwin", "arm64", "a Python for Intel, which Rosetta runs"),
        ("Windows", "AMD64", "WSL"),
    ],
)
def test_where_mxnet_has_no_wheel_that_is_said_at_once(
    system: str, machine: str, works: str
) -> None:
    elsewhere = base("3.11", system, machine)
    with pytest.raises(MissingError, match=f"not for {system} on {machine}; what works: {works}"):
        recipe("mxnet", elsewhere)
    with pytest.raises(MissingError, match="as recorded"):
        pip_line("mxnet", elsewhere, broken=False)
    assert recipe("torch", elsewhere)


def test_the_command_says_so_on_such_a_machine(
    own_home: Path,
    without_own: None,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """A simulation: this Python says that it is of another platform."""
    arm = ask_python(sys.executable)._replace(machine="aarch64")
    monkeypatch.setattr("mxcheat.live.pythons.install.ask_python", lambda _: arm)
    assert main(["setup", "mxnet"]) == 3
    assert "not for Linux on aarch64; what works: an x86-64 machine" in capsys.readouterr().err
    assert not list(own_home.iterdir())


def test_a_python_without_wheels_names_those_with() -> None:
    expected = r"Python 3\.7 \(python3\.7\); name another with --python: 3\.8, 3\.9, 3\.10, 3\.11"
    with pytest.raises(MissingError, match=expected):
        recipe("mxnet", base("3.7"))


def test_our_own_python_is_what_it_is_made_of() -> None:
    assert find_base("mxnet") == ask_python(sys.executable)


def test_else_the_first_on_the_path_that_is_one(
    own_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken, other = own_home / "python0.1", own_home / "python0.2"
    broken.write_text("#!/bin/sh\nexit 127\n")
    other.write_text(f'#!/bin/sh\nexec {sys.executable} "$@"\n')
    for program in (broken, other):
        program.chmod(0o755)
    monkeypatch.setenv("PATH", str(own_home), prepend=":")
    monkeypatch.setattr("mxcheat.live.pythons.install.PYTHONS", {"mxnet": ("0.1", "0.2")})
    assert find_base("mxnet").path == str(other)


def test_an_environment_counts_once_it_is_whole(own_home: Path) -> None:
    folder = environment("mxnet")
    assert folder == own_home / "mxcheat" / "environments" / "mxnet"
    folder.mkdir(parents=True)
    assert made_python("mxnet") is None
    call_whole(folder)
    assert made_python("mxnet") == str(python_in(folder))
    assert remove(folder)
    assert not folder.exists()
    assert not remove(folder)


def chosen(side: Side = "gluon", settings: EngineSettings = DEFAULTS) -> tuple[str, str]:
    """The Python that is taken, and why."""
    found = choose(side, settings)
    return found.python, found.why


def test_which_python_is_taken(own_home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = environment("mxnet")
    folder.mkdir(parents=True)
    call_whole(folder)
    assert chosen() == (sys.executable, "mxcheat's own")
    monkeypatch.setattr("mxcheat.live.pythons.choose.has_own", lambda _: False)
    assert chosen() == (str(python_in(folder)), "made by mxcheat setup")
    assert chosen("pytorch") == (sys.executable, "mxcheat's own")
    named = EngineSettings({"gluon": Named(sys.executable, "VARIABLE", "unset VARIABLE")})
    assert chosen(settings=named) == (sys.executable, "named by VARIABLE")


def test_without_a_home_it_is_said_where_one_could_be(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("XDG_DATA_HOME")
    monkeypatch.setenv("HOME", "")
    assert made_python("mxnet") is None
    with pytest.raises(MxcheatError, match="set HOME or XDG_DATA_HOME"):
        environment("mxnet")


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["mxnett"], 2, "invalid choice: 'mxnett'; did you mean mxnet?"),
        (
            ["mxnet", "--python", "/bin/true"],
            2,
            "/bin/true is no Python; name a Python interpreter",
        ),
        (["mxnet", "--remove"], 1, "mxnet: nothing to remove at "),
    ],
)
def test_the_command_says_what_is_wrong(
    arguments: list[str], code: int, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["setup", *arguments]) == code
    assert said in capsys.readouterr().err


class Offered(Pip):
    """A pip for which there are certain versions, and a certain plan."""

    def __init__(self, versions: dict[str, list[str]], plan: list[str]) -> None:
        super().__init__(Path("python"), 2)
        self.listed = versions
        self.planned = plan

    def versions(self, name: str, series: str = "") -> list[str]:
        return self.listed.get(series, [])

    def plan(self, wanted: Sequence[str]) -> list[str]:
        return self.planned

    def install(self, wanted: Sequence[str]) -> None:
        assert wanted == ["pip>=23.2"]


def test_a_torch_for_the_cpu_is_taken_where_its_version_says_so() -> None:
    assert cpu_build(["2.15.0", "2.13.0+cpu", "2.13.0", "2.12.1+cpu"]) == "2.13.0+cpu"
    assert cpu_build(["2.15.0", "2.3.1+cpu", "2.13.0+cu126"]) is None
    offered = Offered({"": ["2.15.0", "2.13.0+cpu"]}, ["torch", "nvidia-cublas"])
    wanted = without_cuda(offered, ("torch>=2.4", "torchvision>=0.19"), base("3.11"), [])
    assert wanted == ("torch==2.13.0+cpu", "torchvision>=0.19")
    plain = Offered({"": ["2.15.0"]}, ["torch", "numpy"])
    assert without_cuda(plain, ("torch>=2.4",), base("3.13"), []) == ("torch>=2.4",)


def test_gigabytes_are_not_fetched_unasked() -> None:
    offered = Offered(
        {"": ["2.15.0"], "3.11": ["2.13.0+cpu"], "3.12": ["2.15.0"]},
        ["torch", "nvidia-cublas", "nvidia-cufft"],
    )
    others = [base("3.13"), base("3.12"), base("3.11")]
    with pytest.raises(MissingError) as caught:
        without_cuda(offered, ("torch>=2.4",), base("3.13"), others)
    said = str(caught.value)
    assert "torch for Python 3.13 brings CUDA here: 2 packages, some gigabytes" in said
    assert "mxcheat setup torch --python python3.11 takes" in said
    assert "python3.12" not in said
    assert "--cuda takes" in said


def test_a_place_that_cannot_be_written_is_one_line(
    own_home: Path,
    without_own: None,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    (own_home / "file").touch()
    monkeypatch.setenv("XDG_DATA_HOME", str(own_home / "file"))
    assert main(["setup", "mxnet"]) == 3
    [line] = capsys.readouterr().err.splitlines()
    assert "environments cannot be written (Not a directory); set XDG_DATA_HOME" in line


@pytest.mark.parametrize(
    ("said", "cause"),
    [
        ("OSError: [Errno 28] No space left on device", "there is no room left on the disk"),
        ("NewConnectionError: Connection refused", "the package index cannot be reached"),
        ("PermissionError: Permission denied: 'x'", "it may not write there"),
        ("ERROR: ResolutionImpossible", "exit code 7; see what it says above"),
    ],
)
def test_what_pip_fails_of_is_told_in_a_line(
    own_home: Path, said: str, cause: str, capfd: pytest.CaptureFixture[str]
) -> None:
    pip = own_home / "python"
    pip.write_text(f'#!/bin/sh\necho "{said}" >&2\nexit 7\n')
    pip.chmod(0o755)
    with pytest.raises(MissingError, match=f"pip failed: {cause}.*the same command goes on"):
        Pip(pip, 2).install(["mxnet"])
    assert said in capfd.readouterr().err


@pytest.mark.whole
def test_without_a_network_that_is_what_is_said(
    own_home: Path,
    without_own: None,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
) -> None:
    for name in ("PIP_EXTRA_INDEX_URL", "PIP_FIND_LINKS"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("PIP_CONFIG_FILE", os.devnull)
    monkeypatch.setenv("PIP_INDEX_URL", "http://127.0.0.1:9/")
    monkeypatch.setenv("PIP_RETRIES", "1")
    assert main(["setup", "mxnet"]) == 3
    assert "pip failed: the package index cannot be reached" in capfd.readouterr().err
    assert made_python("mxnet") is None
    made = environment("mxnet") / "pyvenv.cfg"
    before = made.stat().st_mtime_ns
    assert main(["setup", "mxnet"]) == 3
    assert made.stat().st_mtime_ns == before  # it went on in what was there


def test_half_an_environment_is_made_again(own_home: Path) -> None:
    """As venv leaves it when it is killed: a Python, and no pip."""
    folder = environment("mxnet")
    python_in(folder).parent.mkdir(parents=True)
    python_in(folder).symlink_to(sys.executable)
    assert not is_made(folder)
    call_made(folder)
    assert is_made(folder)


def test_one_setup_waits_for_another(own_home: Path) -> None:
    folder = environment("mxnet")
    told: list[str] = []
    with ThreadPoolExecutor() as pool:
        with alone(folder, told.append):
            waiting = pool.submit(_get_through, folder, told.append)
            while not told:
                time.sleep(0.01)
            assert not waiting.done()
        assert waiting.result(timeout=30)
    assert told == ["another setup of mxnet is at work: waiting for it to end"]


def _get_through(folder: Path, say: Callable[[str], None]) -> bool:
    with alone(folder, say):
        return True


@pytest.mark.live
def test_what_works_already_is_left_alone(
    own_home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["setup"]) == 0
    first, second = capsys.readouterr().err.splitlines()
    for line, name in ((first, "torch 2."), (second, "mxnet 1.9.1")):
        assert line.startswith(f"mxcheat: {name}")
        assert line.endswith(
            f"already works in {sys.executable} (mxcheat's own); nothing was installed"
        )
    assert not list(own_home.iterdir())


@pytest.mark.live
def test_mxnet_is_installed_used_and_removed(
    without_own: None, capfd: pytest.CaptureFixture[str]
) -> None:
    stop_at(b"Installing collected packages", kill=signal.SIGKILL)
    assert made_python("mxnet") is None
    assert main(["setup", "mxnet"]) == 0
    said = capfd.readouterr().err
    assert "making an environment" not in said
    assert "mxcheat: mxnet 1.9.1 is ready, with NumPy" in said
    assert main(["setup", "mxnet"]) == 0
    assert "installing" not in capfd.readouterr().err  # it works, and is left as it is
    python, why = chosen()
    assert why == "made by mxcheat setup"
    assert Path(python).exists()
    assert main(["setup", "--remove", "mxnet"]) == 0
    assert not Path(python).exists()
    assert chosen()[1] == "mxcheat's own"


def stop_at(words: bytes, kill: signal.Signals) -> None:
    """Begin a setup in a process of its own, and stop it when it says certain words."""
    # Named, for the framework works already in the Python that runs the tests.
    command = [sys.executable, "-m", "mxcheat", "setup", "mxnet", "--python", sys.executable]
    with subprocess.Popen(command, stderr=subprocess.PIPE) as setup:
        assert setup.stderr is not None
        assert any(words in line for line in setup.stderr)
        setup.send_signal(kill)
