"""What a shell is answered when it asks what the word at the cursor may be."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from mxcheat.cli.candidates import candidates, words_of
from mxcheat.cli.commands import COMMANDS, module_of
from mxcheat.cli.completions import SCRIPTS, script
from mxcheat.cli.main import main
from mxcheat.loading import load

if TYPE_CHECKING:
    from pathlib import Path

SHEET = load()
ROW = """rows:
- {id: my-row, section: mine/own, function: "Mine\\e[31m", pytorch: a(x), gluon: b(x),
   availability: equivalent}
sections: {mine/own: My own, "mine/\tbroken": Other}
"""
LINES = [
    ("mxcheat lookup clamp", ["mxcheat", "lookup", "clamp"]),
    ("mxcheat lookup clamp ", ["mxcheat", "lookup", "clamp", ""]),
    ("mxcheat", ["mxcheat"]),
    ("mxcheat --data 'my rows.yaml' try ", ["mxcheat", "--data", "my rows.yaml", "try", ""]),
    (r"mxcheat --data my\ rows", ["mxcheat", "--data", "my rows"]),
    ("mxcheat lookup 'x.view(-1, ", ["mxcheat", "lookup", "x.view(-1, "]),
    ("mxcheat lookup \"it's", ["mxcheat", "lookup", "it's"]),
    ("mxcheat lookup x\\", ["mxcheat", "lookup", "x\\"]),
]


def offered(line: str) -> set[str]:
    return {word for word in candidates(words_of(line)) if word.startswith(words_of(line)[-1])}


@pytest.mark.parametrize(("line", "words"), LINES)
def test_a_line_is_read_as_a_shell_would(line: str, words: list[str]) -> None:
    assert words_of(line) == words


def test_the_first_word_is_a_command_or_else_a_row() -> None:
    assert offered("mxcheat ") == set(COMMANDS)
    assert offered("mxcheat ver") == {"verify"}
    assert "clamp" in offered("mxcheat cla")
    assert offered("mxcheat --data x.yaml ver") == {"verify"}


@pytest.mark.parametrize("command", ["lookup", "try", "verify"])
def test_a_row_is_completed_by_its_id_with_its_function(command: str) -> None:
    found = candidates(["mxcheat", command, ""])
    assert found == {row.id: row.function for row in SHEET.rows}


def test_a_name_of_either_side_is_completed_where_no_id_fits() -> None:
    assert offered("mxcheat lookup mxnet.nd.cli") == {"mxnet.nd.clip"}
    assert offered("mxcheat lookup Tensor.expon") == {"Tensor.exponential_"}


def test_a_name_is_completed_as_code_writes_it() -> None:
    assert offered("mxcheat try nd.waita") == {"nd.waitall"}
    assert offered("mxcheat try mx.nd.waita") == {"mx.nd.waitall"}
    assert offered("mxcheat try F.relu") == {"F.relu", "F.relu_", "F.relu6"}


def test_further_words_are_rows_only_where_there_may_be_several() -> None:
    assert offered("mxcheat lookup clamp ") == set()
    assert offered("mxcheat try clamp ") == set()
    assert offered("mxcheat verify clamp ") == {row.id for row in SHEET.rows} - {"clamp"}


@pytest.mark.parametrize("command", ["", *COMMANDS])
def test_every_option_of_a_command_is_offered_with_its_help(command: str) -> None:
    found = candidates(["mxcheat", *filter(None, [command]), "-"])
    parser = module_of(command).parser()
    options = [each for each in parser._actions if each.option_strings]
    assert found == {each.option_strings[-1]: each.help for each in options}


def test_what_excludes_what_is_given_is_not_offered() -> None:
    left = offered("mxcheat lookup --json --data x.yaml -n 3 --")
    assert not left & {"--json", "--plain", "--code"}
    assert {"--section", "--data", "--color"} <= left
    assert offered("mxcheat lookup -- --js") == set()


VALUES = [
    ("mxcheat list --availability w", {"workaround"}),
    ("mxcheat list --section tensor/o", {"tensor/operation"}),
    ("mxcheat list --section ten", {"tensor"} | {s for s in SHEET.sections if "tensor" in s}),
    ("mxcheat lookup --code ", {"pytorch", "gluon"}),
    ("mxcheat lookup --code=glu", {"--code=gluon"}),
    ("mxcheat --color n", {"never"}),
    ("mxcheat export --format h", {"html"}),
    ("mxcheat setup to", {"torch"}),
    ("mxcheat setup torch ", {"mxnet"}),
    ("mxcheat completions ", {"bash", "zsh", "fish"}),
    ("mxcheat scan --from ", {"mxnet", "torch"}),
    ("mxcheat scan --only s", {"silent"}),
    ("mxcheat try --timeout ", set()),
    ("mxcheat doctor ", set()),
]


@pytest.mark.parametrize(("line", "values"), VALUES, ids=[line for line, _ in VALUES])
def test_values(line: str, values: set[str]) -> None:
    assert offered(line) == values


def test_devices() -> None:
    assert {"cpu", "gpu0"} <= offered("mxcheat try clamp --ctx ")


FILES = [
    ("mxcheat --data ", [], "\t\n"),
    ("mxcheat lookup --data=mi", [], "\t--data=\n"),
    ("mxcheat lookup --data=mi", ["mi"], "\t\n"),
    ("mxcheat export -o ", [], "\t\n"),
    ("mxcheat scan sr", [], "\t\n"),
    ("mxcheat scan --baseline k", [], "\t\n"),
    ("mxcheat try --gluon @", [], "\t@\n"),
    ("mxcheat try --gluon x", [], ""),
]


@pytest.mark.parametrize(("line", "replaced", "answer"), FILES)
def test_where_files_are_meant_the_shell_is_told_what_stands_before(
    line: str, replaced: list[str], answer: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["completions", "--answer", line, *replaced]) == 0
    assert capsys.readouterr() == (answer, "")


def test_own_rows_are_offered_as_harmless_text(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "mine.yaml"
    path.write_text(ROW)
    monkeypatch.setenv("HOME", str(tmp_path))
    for asked in (f"--data {path}", "--data ~/mine.yaml", f"--data={path}"):
        assert offered(f"mxcheat lookup {asked} my-") == {"my-row"}
        assert "mine/own" in offered(f"mxcheat {asked} list --section mine/")
    monkeypatch.setenv("MXCHEAT_DATA", str(path))
    assert main(["completions", "--answer", "mxcheat try my", "my"]) == 0
    assert capsys.readouterr().out == "my-row\tMine␛[31m\n"
    assert main(["completions", "--answer", "mxcheat list --section mine/", "mine/"]) == 0
    assert capsys.readouterr().out == "mine/own\tMy own\n"


def test_a_shell_that_puts_a_part_gets_that_part(capsys: pytest.CaptureFixture[str]) -> None:
    main(["completions", "--answer", "mxcheat try x --ctx=g", "g"])
    assert capsys.readouterr().out.startswith("gpu0\t")


@pytest.mark.parametrize("shell", SCRIPTS)
def test_a_script_is_printed_and_sound(shell: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["completions", shell]) == 0
    assert capsys.readouterr() == (script(shell), "")


def test_a_shell_that_is_not_known(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["completions", "bsh"]) == 2
    told = "mxcheat: completions: argument SHELL: invalid choice: 'bsh'; did you mean bash?\n"
    assert capsys.readouterr() == ("", told)


def test_an_answer_loads_nothing_heavy() -> None:
    script = (
        "import sys; from mxcheat.cli.main import main\n"
        "main(['completions', '--answer', 'mxcheat try cla'])\n"
        "heavy = {'textual', 'rich', 'yaml', 'rapidfuzz', 'asyncio', 'torch', 'mxnet', 'numpy'}\n"
        "sys.exit(' '.join(heavy & set(sys.modules)) or 0)"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert "clamp\t" in done.stdout
