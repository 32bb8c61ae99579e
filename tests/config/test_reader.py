"""Settings from the file and from the environment, and what is said of wrong ones."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, Any

import pytest

from mxcheat import api as mxcheat_api
from mxcheat.cli.main import main
from mxcheat.config import language, reader, row_files
from mxcheat.config.engine import device_of, engine_settings
from mxcheat.config.reader import Settings, examine_settings, read_settings
from mxcheat.config.table import SETTINGS
from mxcheat.errors import ExitCode, MxcheatError
from mxcheat.live.device import Device
from mxcheat.live.pythons.choose import DEFAULTS, Named, choose
from mxcheat.live.session import DEFAULT_TIMEOUT
from tests.support import mxcheat

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Write = Callable[[str], Path]


@pytest.fixture
def write(own_home: Path) -> Write:
    """Writes the configuration of an own home."""

    def write(text: str) -> Path:
        path = own_home / ".config" / "mxcheat" / "config.toml"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
        return path

    return write


EVERYTHING = """\
theme = "nord"
density = "compact"
language = "zh"
device = "gpu1"
timeout = 5
memory_limit = 2.5
data = ["mine.yaml", "/abs/more.yaml", "~/home.yaml"]

[python]
torch = "envs/torch/bin/python"
mxnet = "python3.9"

[keys]
"row.run" = "f5,ctrl+r"
"""
IN_THE_ENVIRONMENT = {
    "MXCHEAT_THEME": "dracula",
    "MXCHEAT_DENSITY": "comfortable",
    "MXCHEAT_LANGUAGE": "en",
    "MXCHEAT_DEVICE": "cpu1",
    "MXCHEAT_TIMEOUT": "7.5",
    "MXCHEAT_MEMORY_LIMIT": "3",
    "MXCHEAT_DATA": "a.yaml:b.yaml",
    "MXCHEAT_TORCH_PYTHON": "/t",
    "MXCHEAT_MXNET_PYTHON": "/m",
    "MXCHEAT_KEYS": "row.run=f6; app.help = f2,f3",
}


def test_without_a_file_everything_has_its_default(own_home: Path) -> None:
    settings = read_settings()
    assert {name: value.value for name, value in settings.items()} == {
        setting.name: setting.default for setting in SETTINGS
    }
    assert settings["timeout"] == DEFAULT_TIMEOUT
    assert {value.origin for _, value in settings.items()} == {"default"}


def test_the_file_sets_everything(write: Write, own_home: Path) -> None:
    path = write(EVERYTHING)
    settings = read_settings()
    assert settings["theme"] == "nord"
    assert settings["density"] == "compact"
    assert (settings["timeout"], settings["memory_limit"]) == (5.0, 2.5)
    beside = str(path.parent / "mine.yaml")
    assert settings["data"] == [beside, "/abs/more.yaml", str(own_home / "home.yaml")]
    assert settings["python.torch"] == str(path.parent / "envs/torch/bin/python")
    assert settings["python.mxnet"] == "python3.9"
    assert settings["keys"] == {"row.run": "f5,ctrl+r"}
    assert {value.origin for _, value in settings.items()} == {
        f"{path}: {setting.name}" for setting in SETTINGS
    }


def test_the_environment_prevails_for_every_setting(
    write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(EVERYTHING)
    assert {setting.variable for setting in SETTINGS} == set(IN_THE_ENVIRONMENT)
    for name, value in IN_THE_ENVIRONMENT.items():
        monkeypatch.setenv(name, value)
    settings = read_settings()
    assert {value.origin for _, value in settings.items()} == set(IN_THE_ENVIRONMENT)
    assert settings["theme"] == "dracula"
    assert settings["timeout"] == 7.5
    assert settings["data"] == ["a.yaml", "b.yaml"]
    assert settings["keys"] == {"row.run": "f6", "app.help": "f2,f3"}
    monkeypatch.setenv("MXCHEAT_THEME", "")
    assert read_settings()["theme"] == "nord", "empty is not set"


@pytest.mark.parametrize(
    ("environment", "expected"),
    [
        ({}, "en"),
        ({"LANG": "zh_CN.UTF-8"}, "zh"),
        ({"LANG": "zh_TW"}, "zh"),
        ({"LANG": "de_DE.UTF-8", "LC_MESSAGES": "zh_CN.GBK"}, "zh"),
        ({"LANG": "zh_CN.UTF-8", "LC_ALL": "C"}, "en"),
        ({"LANG": "zh_CN.UTF-8", "LC_ALL": ""}, "zh"),
        ({"LANG": "zh_CN.UTF-8", "MXCHEAT_LANGUAGE": "en"}, "en"),
        ({"LANG": "en_US.UTF-8", "MXCHEAT_LANGUAGE": "zh"}, "zh"),
    ],
)
def test_the_language_is_that_of_the_locale_unless_it_is_set(
    own_home: Path, monkeypatch: pytest.MonkeyPatch, environment: dict[str, str], expected: str
) -> None:
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert language() == expected


def test_the_file_prevails_over_the_locale(write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    write('language = "zh"')
    monkeypatch.setenv("LC_ALL", "en_GB.UTF-8")
    assert language() == "zh"


def test_another_file_can_be_named(
    write: Write, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write('theme = "nord"')
    other = tmp_path / "other.toml"
    monkeypatch.setenv("MXCHEAT_CONFIG", str(other))
    assert read_settings()["theme"] is None
    other.write_text('theme = "gruvbox"')
    assert read_settings()["theme"] == "gruvbox"


def test_the_base_directory_can_be_moved(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "mxcheat").mkdir()
    (tmp_path / "mxcheat" / "config.toml").write_text('theme = "nord"')
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    assert read_settings()["theme"] == "nord"
    monkeypatch.setenv("XDG_CONFIG_HOME", os.path.relpath(tmp_path))
    assert read_settings()["theme"] is None, "only an absolute one counts"


WRONG = [
    ('them = "nord"', "there is no setting 'them'; did you mean theme?"),
    ('[python]\ntorhc = "x"', "there is no setting 'python.torhc'; did you mean python.torch?"),
    ("[qqq]\na = 1", "there is no setting 'qqq'; expected one of: theme, density"),
    ('python = "x"', "there is no setting 'python'"),
    ("theme = 3", "theme is 3; expected text"),
    ('theme = " "', "theme is ' '; expected text"),
    ("[theme]\na = 1", "theme is {'a': 1}; expected text"),
    ('density = "compac"', "density is 'compac'; did you mean compact?"),
    ('language = "chinese"', "language is 'chinese'; expected one of: en, zh"),
    ("density = 7", "density is 7; expected one of: comfortable, compact"),
    ("timeout = true", "timeout is True; expected seconds above 0, for example 30"),
    ("timeout = 0", "timeout is 0; expected seconds"),
    ("timeout = inf", "timeout is inf; expected seconds"),
    ('timeout = "5"', "timeout is '5'; expected seconds"),
    ("memory_limit = -1", "memory_limit is -1; expected a number of GiB above 0"),
    ('data = "mine.yaml"', "data is 'mine.yaml'; expected a list of files"),
    ("data = [3]", "data is [3]; expected a list of files"),
    ("[python]\ntorch = 3", "python.torch is 3; expected the path of a program"),
    ("keys = 3", "keys is 3; expected keys by action"),
    ('[keys]\n"row.run" = 3', "keys is {'row.run': 3}; expected keys by action"),
    ("theme = [1", "is not TOML: "),
    ("a = 1\na = 2", "is not TOML: "),
]


@pytest.mark.parametrize(("text", "said"), WRONG)
def test_what_is_wrong_in_the_file_is_said_in_one_line(write: Write, text: str, said: str) -> None:
    path = write(text)
    with pytest.raises(MxcheatError) as caught:
        read_settings()
    message = str(caught.value)
    assert said in message
    assert message.startswith(str(path))
    assert "\n" not in message
    assert caught.value.exit_code is ExitCode.USAGE


@pytest.mark.parametrize(
    ("variable", "given", "said"),
    [
        ("MXCHEAT_TIMEOUT", "soon", "MXCHEAT_TIMEOUT is 'soon'; expected seconds above 0"),
        ("MXCHEAT_TIMEOUT", "nan", "MXCHEAT_TIMEOUT is 'nan'; expected seconds above 0"),
        ("MXCHEAT_DENSITY", "cosy", "MXCHEAT_DENSITY is 'cosy'; expected one of"),
        ("MXCHEAT_KEYS", "row.run", "MXCHEAT_KEYS is 'row.run'; expected keys by action"),
        ("MXCHEAT_KEYS", "row.run=", "MXCHEAT_KEYS is 'row.run='; expected keys by action"),
    ],
)
def test_what_is_wrong_in_the_environment_is_said(
    own_home: Path, monkeypatch: pytest.MonkeyPatch, variable: str, given: str, said: str
) -> None:
    monkeypatch.setenv(variable, given)
    with pytest.raises(MxcheatError) as caught:
        read_settings()
    assert str(caught.value).startswith(said)


def test_a_file_that_cannot_be_read_is_said(write: Write) -> None:
    path = write("")
    path.write_bytes(b"theme = '\xff'")
    with pytest.raises(MxcheatError, match=r"config\.toml is not UTF-8 text"):
        read_settings()
    path.unlink()
    path.mkdir()
    with pytest.raises(MxcheatError, match=r"config\.toml cannot be read \(Is a directory\)"):
        read_settings()


def test_who_finds_a_value_wrong_names_where_it_is_set(
    write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write('device = "gpx"')
    with pytest.raises(MxcheatError) as caught:
        device_of(read_settings())
    assert str(caught.value) == f"{path}: device is 'gpx'; did you mean gpu?"
    monkeypatch.setenv("MXCHEAT_DEVICE", "cuda:1")
    assert device_of(read_settings()) == Device("gpu", 1)
    assert device_of(Settings()) == Device("cpu")


def test_the_engine_is_told_which_pythons_are_named_and_how_to_take_that_back(
    write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert engine_settings(Settings()) == DEFAULTS
    path = write('memory_limit = 2\n[python]\ntorch = "no-such-python"')
    monkeypatch.setenv("MXCHEAT_MXNET_PYTHON", sys.executable)
    settings = engine_settings(read_settings())
    key = "python.torch"
    assert settings.memory_limit == 2
    assert settings.pythons == {
        "pytorch": Named("no-such-python", f"{path}: {key}", f"remove {key} from {path}"),
        "gluon": Named(sys.executable, "MXCHEAT_MXNET_PYTHON", "unset MXCHEAT_MXNET_PYTHON"),
    }
    assert choose("gluon", settings).python == sys.executable
    assert choose("pytorch", settings).why == f"named by {path}: {key}"


def test_everything_that_is_wrong_is_found_and_the_rest_is_read(
    write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write('them = "nord"\ntimeout = 0\ndensity = "compact"')
    monkeypatch.setenv("MXCHEAT_MEMORY_LIMIT", "much")
    settings, problems = examine_settings()
    assert settings["density"] == "compact"
    assert settings["timeout"] == DEFAULT_TIMEOUT
    starts = [f"{path}: there is no setting 'them'", f"{path}: timeout is 0", "MXCHEAT_MEMORY_LIM"]
    assert len(problems) == len(starts)
    assert all(str(one).startswith(start) for one, start in zip(problems, starts, strict=True))


ROWS = """\
rows:
- id: clamp
  section: tensor/operation
  function: A row of my own
  pytorch: x.sin()
  gluon: x.sin()
  availability: equivalent
"""


def test_rows_that_the_file_names_are_found(write: Write, own_home: Path) -> None:
    assert row_files() == []
    path = write('data = ["mine.yaml"]')
    (path.parent / "mine.yaml").write_text(ROWS)
    found = mxcheat("lookup", "clamp", "--json").json["results"][0]
    assert found["function"] == "A row of my own"
    later = own_home / "later.yaml"
    later.write_text(ROWS.replace("my own", "the command line"))
    found = mxcheat("lookup", "clamp", "--json", "--data", later).json["results"][0]
    assert found["function"] == "A row of the command line"


def test_a_wrong_file_ends_a_command_with_2(write: Write) -> None:
    write("them = 1")
    done = mxcheat("lookup", "clamp")
    assert (done.code, done.stdout) == (2, "")
    assert done.stderr.count("\n") == 1
    assert "config.toml: there is no setting 'them'; did you mean theme?" in done.stderr
    assert mxcheat("lookup", "--help").code == 0


@pytest.mark.live
def test_a_command_reads_the_configuration_once(
    write: Write, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    path = write("memory_limit = 4\ntimeout = 20")
    read: list[Path] = []
    parsed = reader._parsed

    def counted(path: Path) -> dict[str, Any]:
        read.append(path)
        return parsed(path)

    monkeypatch.setattr(reader, "_parsed", counted)
    assert main(["try", "--pytorch", "1", "--gluon", "1", "--json"]) == 0
    assert read == [path]
    mxcheat_api.try_row("clamp")
    assert read == [path, path]


@pytest.mark.live
def test_the_command_line_prevails(write: Write) -> None:
    write('device = "gpu0"\ntimeout = 0.5')
    loop = ("try", "--pytorch", "import time; time.sleep(3)", "--json")
    assert mxcheat(*loop, "--ctx", "cpu").json["pytorch"]["status"] == "timeout"
    assert mxcheat(*loop, "--ctx", "cpu", "--timeout", "60").json["pytorch"]["status"] == "ok"


@pytest.mark.live
def test_doctor_says_where_it_looks_and_what_is_set(write: Write, own_home: Path) -> None:
    missing = mxcheat("doctor", "--json").json
    path = own_home / ".config" / "mxcheat" / "config.toml"
    assert missing["config"] == {"path": str(path), "found": False}
    assert missing["state"] == {"path": str(own_home / ".local" / "state" / "mxcheat")}
    write("timeout = 5")
    found = mxcheat("doctor", "--json").json
    assert found["config"]["found"] is True
    assert found["settings"]["timeout"] == {"value": 5.0, "origin": f"{path}: timeout"}
    assert set(found["settings"]) == {setting.name for setting in SETTINGS}
    assert f"timeout = 5.0, from {path}" in mxcheat("doctor").stdout
