"""The magic, in a real IPython."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from tests.support import Finished, mxcheat

if TYPE_CHECKING:
    from pathlib import Path


def ipython(folder: Path, *lines: str) -> Finished:
    """What IPython says to these lines, with `folder` for its own files."""
    code = "\n".join(["%load_ext mxcheat", *lines])
    done = subprocess.run(
        [sys.executable, "-m", "IPython", "--no-banner", "--colors", "NoColor", "-c", code],
        capture_output=True,
        text=True,
        timeout=120,
        env={**os.environ, "IPYTHONDIR": str(folder)},
        check=False,
    )
    return Finished(done.returncode, done.stdout, done.stderr)


def test_a_query_shows_the_card_that_the_command_shows(tmp_path: Path) -> None:
    shown = ipython(tmp_path, "%mxcheat x.view(-1, 28*28)")
    assert shown.stdout == mxcheat("lookup", "x.view(-1, 28*28)").stdout
    assert "x.reshape((-1, 2))" in shown.stdout


def test_a_command_does_what_it_does(tmp_path: Path) -> None:
    shown = ipython(tmp_path, "%mxcheat list --section tensor/gpu")
    assert shown.stdout == mxcheat("list", "--section", "tensor/gpu").stdout


def test_a_mistake_is_one_line_and_ipython_goes_on(tmp_path: Path) -> None:
    lines = ("%mxcheat", "%mxcheat don't know", "%mxcheat try --nope", "%mxcheat try --help")
    shown = ipython(tmp_path, *lines, "print('and on')")
    assert shown.stdout.startswith("usage: mxcheat try")
    assert shown.stdout.endswith("and on\n")
    told = shown.stderr.splitlines()
    assert told[0].startswith("mxcheat: lookup: the query is empty")
    assert told[1].startswith('mxcheat: nothing found for "don\'t know"')
    assert told[2].startswith("mxcheat: try: unknown argument '--nope'")
    assert len(told) == 3


@pytest.mark.live
def test_tries_share_a_session(tmp_path: Path) -> None:
    shown = ipython(
        tmp_path,
        "import psutil",
        "def workers(): return {child.pid for child in psutil.Process().children()}",
        "%mxcheat try clamp",
        "first = workers()",
        "%mxcheat try --pytorch 'x + 1' --gluon 'x + 1' --inputs 'x=normal(4, 5)'",
        "print('the same two:', len(first) == 2 and first == workers())",
    )
    assert shown.stdout.count("✓ equal") == 2, shown.stderr
    assert shown.stdout.endswith("the same two: True\n")


@pytest.mark.live
def test_a_cell_is_a_pair_of_ones_own(tmp_path: Path) -> None:
    cells = {
        "x=normal(4, 5)": "# pytorch\nx.mean()\n# Gluon:\nx.mean()\n",
        "--inputs 'x=[1]'": "# gluon\n@str\ndef f(): ...\nx + 1\n",
        "": "x.mean()\n",
    }
    run = "get_ipython().run_cell_magic('mxcheat', {!r}, {!r})"
    shown = ipython(tmp_path, *(run.format(line, cell) for line, cell in cells.items()))
    assert "≈ close" in shown.stdout
    assert "there is no PyTorch side" in shown.stdout
    assert shown.stderr == (
        "mxcheat: %%mxcheat: the cell's code belongs to no side; "
        "write # pytorch above the one half, and # gluon above the other\n"
    )


def test_without_ipython_the_package_can_still_be_looked_through() -> None:
    code = "import sys; sys.modules['IPython'] = None; import mxcheat; help(mxcheat)"
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=True
    )
    assert "load_ipython_extension(shell" in done.stdout
    assert "try_row(row" in done.stdout
