"""The app from start to end in a pseudo-terminal, with the real frameworks."""

from __future__ import annotations

import sys
import time
from typing import TYPE_CHECKING

import psutil
import pytest

from tests.e2e.terminal import Terminal

if TYPE_CHECKING:
    from pathlib import Path

    import pexpect

pytestmark = pytest.mark.live

CTRL_Q = "\x11"
CTRL_C = "\x03"
ESCAPE = "\x1b"
DOWN = "\x1b[B"
F4 = "\x1bOS"

SET_UP_ROW = """\
rows:
- id: set-up
  section: tensor/operation
  function: A row with set-up
  pytorch: y = x * two
  gluon: y = x * two
  availability: equivalent
  inputs: {x: "normal(2, 3)"}
  before: {pytorch: two = 2, gluon: two = 2}
"""

# What a program must undo: the alternate screen, mouse reports, the hidden cursor.
RESTORED = (b"\x1b[?1049l", b"\x1b[?1000l", b"\x1b[?25h")


def processes_of(process: pexpect.spawn[bytes]) -> list[psutil.Process]:
    parent = psutil.Process(process.pid)
    return [parent, *parent.children(recursive=True)]


def assert_gone(processes: list[psutil.Process]) -> None:
    _, alive = psutil.wait_procs(processes, timeout=5)
    assert not [p for p in alive if p.status() != psutil.STATUS_ZOMBIE]


@pytest.mark.parametrize(("columns", "lines"), [(80, 24), (120, 36), (200, 50)])
def test_start_type_run_quit(columns: int, lines: int) -> None:
    with Terminal(columns=columns, lines=lines) as terminal:
        terminal.wait_for("mxcheat", "F1")
        terminal.type("clamp")
        terminal.wait_for("torch.clamp(x, low, high)", "nd.clip(x, low, high)")
        terminal.type("\r")
        terminal.wait_for("✓ equal", "bit for bit", seconds=60)
        processes = processes_of(terminal.process)
        assert len(processes) >= 3  # the app and both workers
        terminal.type(CTRL_Q)
        assert terminal.wait_for_end() == 0
    assert all(sequence in terminal.raw for sequence in RESTORED)
    assert b"Traceback" not in terminal.raw
    assert_gone(processes)


def test_a_scan_is_gone_through_and_the_row_of_a_call_run(tmp_path: Path, own_home: Path) -> None:
    (tmp_path / "net.py").write_text("from mxnet import nd\n\ny = nd.clip(x, 0, 1)\n")
    with Terminal("scan", ".", "--open", cwd=tmp_path) as terminal:
        terminal.wait_for("Scanned files", "net.py", seconds=60)
        terminal.type("\r")
        terminal.wait_for("Calls in this file", "3:5 nd.clip", "row clamp")
        terminal.type("\r")
        terminal.wait_for("torch.clamp(x, low, high)", "^S Scan")
        terminal.type("\r")
        terminal.wait_for("✓ equal", seconds=60)
        terminal.type(CTRL_Q)
        assert terminal.wait_for_end() == 1, "something is found"
    assert b"Traceback" not in terminal.raw


def test_a_query_on_the_command_line_is_already_typed(own_home: Path) -> None:
    with Terminal("limit", "values") as terminal:
        terminal.wait_for("limit values", "nd.clip")
        terminal.type(ESCAPE)
        terminal.wait_for("arccos")
        terminal.type(CTRL_Q)
        assert terminal.wait_for_end() == 0


def test_a_device_that_is_missing_is_said_on_both_sides() -> None:
    env = {"MXCHEAT_DEVICE": "gpu0"}
    with Terminal("addmm", columns=120, lines=36, env=env) as terminal:
        terminal.wait_for("linalg_gemm", "[gpu0] not in torch or mxnet", seconds=60)
        terminal.type("\x1b[18~")  # F7
        terminal.wait_for("without CUDA", "mxnet-cu112", seconds=60)
        terminal.wait_for("Gluon was not timed: unavailable on gpu0")
        terminal.type(CTRL_Q)
        assert terminal.wait_for_end() == 0


def test_quitting_while_the_frameworks_start() -> None:
    with Terminal() as terminal:
        terminal.wait_for("mxcheat")
        time.sleep(0.3)
        processes = processes_of(terminal.process)
        began = time.monotonic()
        terminal.type(CTRL_Q)
        assert terminal.wait_for_end() == 0
        assert time.monotonic() - began < 3
    assert_gone(processes)


OWN_ROW = """\
rows:
- id: endless
  section: tensor/operation
  function: A row [/red] that never ends
  pytorch: |
    while True:
        pass
  gluon: nd.ones((2, 2))
  availability: workaround
"""


def test_escape_ends_a_run_that_hangs(tmp_path_factory: pytest.TempPathFactory) -> None:
    rows = tmp_path_factory.mktemp("rows") / "mine.yaml"
    rows.write_text(OWN_ROW)
    with Terminal("--data", str(rows), "endless", columns=120, lines=36) as terminal:
        terminal.wait_for("A row [/red] that never ends", "torch 2.", "mxnet 1.", seconds=60)
        terminal.type("\r")
        terminal.wait_for("running")
        time.sleep(0.5)
        terminal.type(ESCAPE)
        terminal.wait_for("cancelled", seconds=3)
        terminal.type("x")  # the app is alive
        terminal.wait_for("endlessx")
        terminal.type(CTRL_Q)
        assert terminal.wait_for_end() == 0


def test_killing_the_app_leaves_no_process() -> None:
    with Terminal("clamp") as terminal:
        terminal.wait_for("nd.clip")
        time.sleep(1)
        processes = processes_of(terminal.process)
        processes[0].kill()
        assert_gone(processes[1:])


@pytest.mark.parametrize(
    ("options", "form"),
    [("", "y = nd.clip(x, low, high)\n"), ("--side pytorch", "y = torch.clamp(x, low, high)\n")],
)
def test_a_form_is_chosen_full_screen_and_printed(tmp_path: Path, options: str, form: str) -> None:
    script = f"{sys.executable} -m mxcheat --print {options} clamp > form"
    with Terminal("-c", script, program="bash", columns=100, lines=30, cwd=tmp_path) as terminal:
        terminal.wait_for("torch.clamp(x, low, high)", "F1", seconds=60)
        terminal.type(CTRL_Q)
        assert terminal.wait_for_end() == 0
    assert (tmp_path / "form").read_text() == form


def test_the_form_is_printed_where_only_the_inputs_are_edited(tmp_path: Path) -> None:
    (tmp_path / "rows.yaml").write_text(SET_UP_ROW)
    script = f"{sys.executable} -m mxcheat --data rows.yaml --print set-up > form"
    with Terminal("-c", script, program="bash", columns=100, lines=30, cwd=tmp_path) as terminal:
        terminal.wait_for("A row with set-up", "F1", seconds=60)
        for _ in range(3):
            terminal.type(F4)
            time.sleep(0.5)
        terminal.type("# other\r")
        terminal.wait_for("Inputs · edited")
        terminal.type(CTRL_Q)
        assert terminal.wait_for_end() == 0
    assert (tmp_path / "form").read_text() == "y = x * two\n"


def test_pasted_lines_all_count() -> None:
    with Terminal(columns=120, lines=36) as terminal:
        terminal.wait_for("a name, code or words")
        lines = "import torch\rx = torch.rand(2, 3)\ry = torch.clamp(x, 0, 1)\r"
        terminal.type(f"\x1b[200~{lines}\x1b[201~")
        terminal.wait_for("x = torch.rand(2, 3); y = torch.clamp(x, 0, 1)", "clamp → clip")
        terminal.type(CTRL_Q)
        assert terminal.wait_for_end() == 0
