"""docs/writing-rows.md followed to the letter: its commands in order, with its files as given."""

from __future__ import annotations

import json
import os
import re
import shlex
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from mxcheat.cheatsheet.reader import load_file
from mxcheat.loading import load
from tests.e2e.terminal import Terminal

if TYPE_CHECKING:
    from mxcheat.cheatsheet.row import Row

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "writing-rows.md").read_text("utf-8")
PATH = f"{Path(sys.executable).parent}:{os.environ['PATH']}"
# What the page says fails, fails; everything else ends with 0.
FAILS = (
    "mxcheat --data hard-sigmoid.yaml try hard-sigmoid",
    "mxcheat --data hard-sigmoid.yaml verify hard-sigmoid",
    "mxcheat --data hard-sigmoid.yaml try hard-sigmoid --difference 2",
)
OPENS_THE_APP = "mxcheat --data hard-sigmoid.yaml hard sigmoid"


def section(heading: str) -> str:
    return PAGE.split(f"\n## {heading}\n")[1].split("\n## ")[0]


def blocks(heading: str) -> list[tuple[str, str]]:
    """Language and text of each block of a section, in order."""
    return re.findall(r"```(\w+)\n(.*?)```", section(heading), re.DOTALL)


class Reader:
    """Someone who does what the page says, in a home and a folder of their own."""

    def __init__(self, home: Path) -> None:
        self.home = self.folder = home
        self.file = home / "hard-sigmoid.yaml"
        self.said = ""

    def follow(self, language: str, text: str) -> None:
        steps = {"sh": self.type, "text": self.expect, "yaml": self.edit, "toml": self.configure}
        steps[language](text)

    def type(self, commands: str) -> None:
        for command in commands.splitlines():
            if command == OPENS_THE_APP:
                self.look_at_the_app(shlex.split(command)[1:])
                continue
            done = subprocess.run(
                ["bash", "-c", command],
                cwd=self.folder,
                env={**os.environ, "HOME": str(self.home), "PATH": PATH},
                capture_output=True,
                text=True,
                timeout=240,
                check=False,
            )
            self.said = done.stdout + done.stderr
            assert done.returncode == (command in FAILS), f"{command}:\n{self.said}"

    def expect(self, lines: str) -> None:
        for line in lines.splitlines():
            assert line in self.said, self.said

    def edit(self, text: str) -> None:
        """Write the whole file, or lines in place of the key that they begin with."""
        if text.startswith("rows:"):
            self.check_what_was_begun(text)
        else:
            key = text.partition(":")[0]
            before, _, after = self.file.read_text().partition(f"\n{key}:")
            below = re.match(r".*\n(?:  - .*\n|   .*\n)*", after)
            assert below
            text = f"{before}\n{text}{after[below.end() :]}"
        self.file.write_text(text)

    def check_what_was_begun(self, text: str) -> None:
        """What `new` wrote is what the page shows, but for what the page says to fill in."""
        begun = self.row()
        self.file.write_text(text)
        assert {key for key, value in vars(self.row()).items() if value != vars(begun)[key]} == {
            *("function", "keywords", "gradient")
        }

    def row(self) -> Row:
        (row,) = load_file(self.file, load()).rows
        return row

    def configure(self, text: str) -> None:
        (self.home / ".config" / "mxcheat" / "config.toml").write_text(text)

    def look_at_the_app(self, arguments: list[str]) -> None:
        with Terminal(*arguments, columns=120, lines=36) as terminal:
            terminal.wait_for("nd.hard_sigmoid(x, alpha=1 / 6)", seconds=60)
            terminal.type("\r")
            terminal.wait_for("≈ close", seconds=60)
            terminal.type("\x11")
            assert terminal.wait_for_end() == 0


@pytest.fixture
def reader(own_home: Path, monkeypatch: pytest.MonkeyPatch) -> Reader:
    monkeypatch.chdir(own_home)
    return Reader(own_home)


@pytest.mark.live
def test_a_newcomer_gets_from_nothing_to_a_verified_row(reader: Reader) -> None:
    steps = blocks("A first row, step by step")
    assert {language for language, _ in steps} == {"sh", "text", "yaml", "toml"}
    for language, text in steps:
        reader.follow(language, text)
    assert reader.said.startswith("✓ ")


def test_a_shipped_row_is_copied_to_be_changed(reader: Reader) -> None:
    ((_, command),) = blocks("Rows of a team")
    reader.type(command)
    assert "pytorch: y = torch.clamp(x, low, high)" in reader.said


@pytest.mark.live
def test_the_cheatsheet_itself_is_proved(reader: Reader) -> None:
    ((_, commands),) = blocks("Rows of the cheatsheet itself")
    reader.folder = ROOT
    reader.type(commands)
    rows = sum(origin.endswith("mappings.yaml") for origin in load().origins.values())
    assert f"{rows} rows, no problems" in reader.said
    assert f"{rows} of {rows} verified" in reader.said


ALL_WRONG = """\
rows:
- id: hard-sigmoid
  section: tensor/operation
  function: Sigmoid made of three straight lines
  pytorch: F.hardsigmoid(x)
  gluon: nd.hard_sigmoid(x, alpha=1 / 6)
  availability: equivalent
  differences:
  - says: Nothing differs here.
    gluon: nd.hard_sigmoid(x, alpha=1 / 6)
    shows: values
  - says: Both raise.
    pytorch: F.hardsigmoid(x)
    gluon: nd.hard_sigmoid(x)
    inputs: {x: [1, 2]}
    shows: error
  - says: What is to be written instead is not the same.
    gluon: x.hard_sigmoid()
    shows: error
    instead: {gluon: "nd.hard_sigmoid(x)"}
  arguments:
  - {gluon: alhpa=0.2}
  - {gluon: alpha=0.3}
  also: {gluon: ["(x / 6 + 0.4).clip(0, 1)"]}
  hybridized: F.hard_sigmoid(x, alpha=1 / 6)
  answers: {pytorch: [torch.nn.functional.hardsigmoid], gluon: [mxnet.nd.hard_sigmoid]}
  inputs: {x: "normal(2, 3)"}
"""


@pytest.mark.live
def test_what_is_shown_of_false_claims_is_what_verify_says(reader: Reader) -> None:
    (reader.home / "wrong.yaml").write_text(ALL_WRONG)
    page = section("Arguments, spellings, versions")
    shown = re.findall(r"^    (\w.+)\n", page, re.MULTILINE)
    assert len(shown) == 7
    done = subprocess.run(
        [
            sys.executable,
            "-m",
            "mxcheat",
            "--data",
            "wrong.yaml",
            "verify",
            "hard-sigmoid",
            "--json",
        ],
        capture_output=True,
        check=False,
    )
    ((row,), code) = json.loads(done.stdout)["rows"], done.returncode
    assert code == 1
    assert [line for line in shown if line not in row["reason"]] == []
    assert len(row["reason"].split("; ")) >= len(shown)


def test_what_is_shown_of_a_broken_file_is_what_check_says(reader: Reader) -> None:
    (reader.home / "mine.yaml").write_text(
        "rows:\n- id: softsign\n  section: tensor/operation\n  fucntion: Soft sign\n"
        "  pytorch: F.softsign(x)\n  gluon: nd.softsign(y)\n  availability: equivalent\n"
        '  inputs: {x: "unifrom(3)"}\n'
    )
    shown = re.findall(r"^    (.+\n)", section("When something is wrong"), re.MULTILINE)
    done = subprocess.run(
        [sys.executable, "-m", "mxcheat", "check", "mine.yaml"], capture_output=True, check=False
    )
    assert (done.returncode, done.stdout.decode()) == (1, "".join(shown))
