"""Help: one screen for each command, with examples, and the same facts wherever they are told."""

from __future__ import annotations

import pytest

from mxcheat.cli.commands import COMMANDS, module_of
from mxcheat.cli.main import main


@pytest.fixture(autouse=True)
def eighty_columns(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "80")


def help_of(command: str, capsys: pytest.CaptureFixture[str]) -> str:
    assert main([*command.split(), "--help"]) == 0
    out, err = capsys.readouterr()
    assert err == ""
    return out


@pytest.mark.parametrize("command", ["", *COMMANDS])
def test_it_fits_a_screen_and_has_examples(
    command: str, capsys: pytest.CaptureFixture[str]
) -> None:
    lines = help_of(command, capsys).splitlines()
    assert max(map(len, lines)) <= 80
    assert len(lines) <= 32
    assert any(line.startswith("examples") for line in lines)
    assert any(line.startswith(f"  mxcheat {command}") for line in lines)


@pytest.mark.parametrize("command", COMMANDS)
def test_the_list_of_commands_says_what_their_parsers_say(command: str) -> None:
    _, takes, gives = COMMANDS[command]
    parser = module_of(command).parser()
    words = [str(each.metavar) for each in parser._get_positional_actions()]
    assert words == ([takes] if takes else [])
    assert gives[0].islower()
    assert not gives.endswith(".")


@pytest.mark.parametrize("command", ["", *COMMANDS])
def test_every_option_is_explained_in_the_same_manner(command: str) -> None:
    for action in module_of(command).parser()._actions:
        assert action.help, action
        assert not action.help.endswith("."), action.help


def test_the_whole_lists_every_command(capsys: pytest.CaptureFixture[str]) -> None:
    shown = help_of("", capsys)
    assert all(f"\n  {command} " in shown for command in COMMANDS)
