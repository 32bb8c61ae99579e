"""Every command that a document shows, run as its reader would: in a home of its own.

A page is picked up by itself. What cannot be run here is named in BY_NAME with the reason, and
checked as far as it can be.
"""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pytest

from mxcheat.cli import try_row
from mxcheat.cli.commands import COMMANDS
from mxcheat.loading import load
from tests.documented import PAGES, ROOT, Shown, commands_of
from tests.e2e.terminal import Terminal
from tests.support import HARDTANH

if TYPE_CHECKING:
    from collections.abc import Callable

    from mxcheat.live.session import Session

pytestmark = pytest.mark.live

# Pages whose commands another test runs, and which.
OWN_TEST = {
    "CONTRIBUTING.md": "tests/e2e/test_contributing.py",
    "docs/errata.md": "tests/e2e/test_documented_commands.py",  # below, in one session
    "docs/python.md": "tests/test_api.py",
    "docs/recipes.md": "tests/e2e/test_recipes.py",
    "docs/writing-rows.md": "tests/e2e/test_writing_rows.py",
}
# What a reader puts in place of the words in capitals.
MEANT = {
    "QUERY": "clamp",
    "ROW": "clamp",
    "CODE": "'x.mean()'",
    "FILE": "mine.yaml",
    "NAME": "softsign",
    "SECONDS": "20",
    "CTX": "cpu",
    "N": "3",
    "URL": str(ROOT),
}
# Commands that end with another code than 0, and why.
ENDS = {
    "mxcheat list --own": (1, "nothing is set in this home"),
    "mxcheat setup mxnet --remove": (1, "there is nothing to remove"),
    "mxcheat scan src": (1, "something is found"),
    "mxcheat scan src --only silent --only missing": (1, "something is found"),
}


def shown_commands() -> list[Shown]:
    """The commands of all pages but those of OWN_TEST; the same command is run once."""
    pages = [page for page in PAGES if str(page.relative_to(ROOT)) not in OWN_TEST]
    first: dict[str, Shown] = {}
    for shown in (shown for page in pages for shown in commands_of(page)):
        first.setdefault(shown.command, shown)
    return list(first.values())


SHOWN = shown_commands()


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the commands are typed; what one of them writes, the next may read."""
    folder = tmp_path_factory.mktemp("reader")
    (folder / "mine.yaml").write_text(HARDTANH)
    (folder / "src").mkdir()
    for name in ("net.py", "src/net.py"):
        (folder / name).write_text("from mxnet import nd\nnd.no_such_thing(nd.zeros(3))\n")
    return folder


@pytest.fixture
def reader(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The reader's home and folder, with `mxcheat` on the PATH."""
    monkeypatch.setenv("HOME", str(folder))
    monkeypatch.setenv("PATH", f"{Path(sys.executable).parent}:{os.environ['PATH']}")
    monkeypatch.setenv("PIP_NO_INDEX", "1")  # whatever a page shows, nothing is downloaded
    monkeypatch.chdir(folder)
    return folder


def finish(command: str) -> tuple[int, str]:
    """Run a line of shell; return its exit code, and all it said."""
    done = subprocess.run(
        ["bash", "-o", "pipefail", "-c", command],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        timeout=900,
        check=False,
    )
    return done.returncode, done.stdout


def ends_well(command: str, code: int = 0) -> None:
    ended, said = finish(command)
    assert ended == code, f"{command} ended with {ended}, not {code}:\n{said}"
    assert "Traceback" not in said, said


def open_and_quit(command: str) -> None:
    """The app, in a terminal; a query on the command line is one that finds something."""
    words = shlex.split(command, comments=True)
    settings = [word for word in words[: words.index("mxcheat")] if "=" in word]
    arguments = words[words.index("mxcheat") + 1 :]
    env = dict(setting.split("=", 1) for setting in settings)
    with Terminal(*arguments, columns=100, lines=30, env=env) as terminal:
        terminal.wait_for("F1", seconds=60)
        if query := [word for word in arguments if not word.startswith("-")]:
            ends_well(shlex.join(["mxcheat", "lookup", *query]))
            terminal.wait_for(" ".join(query))
        terminal.type("\x11")
        assert terminal.wait_for_end() == 0


def is_a_target(command: str) -> None:
    """A target of the Makefile: it would install an environment, or run this very test."""
    words = shlex.split(command, comments=True)
    assert (ROOT / "Makefile").exists()
    done = subprocess.run(
        ["make", "-n", *words[words.index("make") + 1 :]],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr


def is_understood(command: str) -> None:
    """A set-up that needs the network: read as far as the Python, which is none."""
    ended, said = finish(f"{command.partition(' #')[0]} --python no-such-python")
    assert (ended, "no-such-python" in said) == (2, True), said


def needs_a_gpu(command: str) -> None:
    has_one = "gpu0" in finish("mxcheat doctor")[1]
    ends_well(command, 0 if has_one else 3)


def is_a_module(command: str) -> None:
    """A benchmark, which takes minutes and its own requirements: there is such a module."""
    name = re.search(r"benchmarks(?:[./]\w+)?", command)
    assert name
    path = ROOT.joinpath(*re.split(r"[./]", name[0]))
    assert path.is_dir() or path.with_suffix(".py").exists(), path


def is_not_a_command(command: str) -> None:
    """A slip of a command's name: it is said which one was meant."""
    ended, said = finish(command)
    assert (ended, "did you mean mxcheat lookup clamp?" in said) == (2, True), said


def has_its_options(command: str) -> None:
    """A synopsis, or what is only named: there is such a command, and its help has the options."""
    known = [word for word in command.split() if word in COMMANDS][:1]
    ended, said = finish(" ".join(["mxcheat", *known, "--help"]))
    assert ended == 0, said
    for option in re.findall(r"--?[a-z-]+", command):
        assert option in said, f"{option} is not in the help of {' '.join(known)}"


def names_what_is_there(command: str) -> None:
    """An installation: its files and extras are there."""
    files = re.findall(r"(?:-c|-r|--constraint|--requirement) (\S+)", command)
    assert [file for file in files if not (ROOT / file).exists()] == []
    project = (ROOT / "pyproject.toml").read_text("utf-8")
    for extras in re.findall(r"\.\[([\w,]+)\]", command):
        assert [extra for extra in extras.split(",") if f"\n{extra} = [" not in project] == []


def is_a_program(command: str) -> None:
    assert (ROOT / command.split()[1]).is_file()


class Case(NamedTuple):
    """Commands that are not run as they stand: how they are known, why, and what is done."""

    pattern: str
    reason: str
    check: Callable[[str], None]


SYNOPSIS = r"\[[A-Za-z-]|\.\.\.|…|\w\|\w"
BY_NAME = (
    Case(r"(\w+=\S* )*make\b", "it would install, or run these tests", is_a_target),
    Case(r"pip install", "network; test_wheel.py installs", names_what_is_there),
    Case(r"python (-m )?benchmarks", "minutes, and its own peers", is_a_module),
    Case(rf"mxcheat.*({SYNOPSIS})", "a synopsis", has_its_options),
    Case(r"mxcheat setup(?!.*--remove)", "network; test_setup.py makes it", is_understood),
    Case(
        r"mxcheat record", "writes into the checkout; test_recordings.py records", has_its_options
    ),
    Case(r"mxcheat.*\bgpu\d?\b", "needs a GPU", needs_a_gpu),
    Case(r"mxcheat loookup", "a slip, shown as one", is_not_a_command),
    Case(r"python data/", "writes into the checkout; test_names.py compares", is_a_program),
)


def is_the_app(command: str) -> bool:
    """Whether a line starts `mxcheat` without any command of its own."""
    words = shlex.split(command, comments=True)
    programs = [at for at, word in enumerate(words) if word == "mxcheat"]
    rest = words[programs[0] + 1 :] if programs else []
    headless = {*COMMANDS, "--version", "--help", "-h"}
    return bool(programs) and not headless.intersection(rest) and "|" not in words


def as_typed(command: str) -> str:
    """The command with something in place of each word in capitals."""
    return re.sub(r"(?<![\w/.$])[A-Z]{1,}(?![\w=.])", lambda it: MEANT.get(it[0], it[0]), command)


# `verify` without a row runs all of them.
@pytest.mark.timeout(1000)
@pytest.mark.parametrize("shown", SHOWN, ids=lambda shown: f"{shown.page}: {shown.command}")
def test_a_command_does_what_the_page_lets_one_expect(shown: Shown, reader: Path) -> None:
    command = as_typed(shown.command)
    for case in BY_NAME:
        if re.match(case.pattern, command):
            case.check(command)
            return
    if shown.inline and command.split()[1:] in [[name] for name in COMMANDS]:
        has_its_options(command)  # the page names the command, it does not run it
    elif is_the_app(command):
        open_and_quit(command)
    else:
        ends_well(command, ENDS.get(command, (0, ""))[0])


def test_commands_are_found_in_blocks_and_in_prose() -> None:
    found = {(shown.command.partition(" #")[0].strip(), shown.inline) for shown in SHOWN}
    assert {("mxcheat lookup clamp", False), ("make run", False)} <= found
    assert ("mxcheat export --format html -o cheatsheet.html", True) in found


def test_a_page_that_is_left_out_has_its_own_test() -> None:
    for page, test in OWN_TEST.items():
        if (ROOT / page).exists():
            assert Path(page).name in (ROOT / test).read_text("utf-8"), test


def test_no_exception_is_made_for_what_no_page_shows() -> None:
    commands = [as_typed(shown.command) for shown in SHOWN]
    assert set(ENDS) <= set(commands)
    unused = [
        case.pattern for case in BY_NAME if not any(re.match(case.pattern, it) for it in commands)
    ]
    assert unused == []


@cache
def errata() -> tuple[str, ...]:
    page = next(page for page in PAGES if page.name == "errata.md")
    return tuple(shown.command for shown in commands_of(page) if not shown.inline)


@pytest.mark.parametrize("command", errata(), ids=lambda command: command[:60])
def test_a_line_of_the_errata_shows_what_is_wrong(command: str, session: Session) -> None:
    _, _, *arguments = shlex.split(command)
    alone = load().row(arguments[0])
    # A row that says that its sides differ is as it says; a pair of one's own is not.
    assert try_row.run(arguments, session) == (1 if alone is None else 0)
