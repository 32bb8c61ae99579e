"""Several runs in one process: none notices the one before, and what is left behind ends it."""

from __future__ import annotations

import time
from pathlib import Path
from typing import TYPE_CHECKING

import psutil
import pytest

from mxcheat.live.device import CPU, Device
from mxcheat.live.session import Session
from mxcheat.live.verify import verify_row
from mxcheat.loading import load
from tests.support import pair, strays

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mxcheat.cheatsheet.sides import Side
    from mxcheat.live.results import SideResult, TryResult
    from mxcheat.live.trial import Trial

pytestmark = pytest.mark.live

PID = "import os; os.getpid()"


def run_side(session: Session, side: Side, codes: Sequence[str]) -> list[SideResult]:
    """The codes, one after another, on one side alone."""
    pairs = [(code, "1") if side == "pytorch" else ("1", code) for code in codes]
    trials = [pair(*each, compare="none") for each in pairs]
    return [result.side(side) for result in session.begin(trials, CPU, 5).collect()]


def values(results: Sequence[SideResult]) -> list[str]:
    assert all(result.ok for result in results), results
    return [result.outputs[0].text for result in results]


@pytest.mark.parametrize("side", ["pytorch", "gluon"])
def test_runs_that_leave_nothing_behind_share_a_process(session: Session, side: Side) -> None:
    results = run_side(session, side, [PID, PID, PID])
    assert len(set(values(results))) == 1
    assert [result.alone for result in results] == [True, False, False]
    assert values(run_side(session, side, [PID])) != values(results[:1])


LEFT_BEHIND: list[tuple[Side, str]] = [
    ("pytorch", "torch.set_default_dtype(torch.float64)"),
    ("pytorch", "torch.set_grad_enabled(False)"),
    ("pytorch", "torch.nn.functional.relu = abs"),
    ("pytorch", "torch.Tensor.clamp = None"),
    ("pytorch", "torch.Tensor.__add__ = torch.Tensor.__sub__"),
    ("pytorch", "import torch.nn.functional as other; del other.relu"),
    ("pytorch", "torch.nn.Mine = 1"),
    ("pytorch", "torch.set_printoptions(precision=1)"),
    ("pytorch", "torch.use_deterministic_algorithms(True)"),
    ("pytorch", "torch.set_num_threads(1 + torch.get_num_threads())"),
    ("pytorch", "torch.set_default_device('meta')"),
    ("pytorch", "import builtins; builtins.left = 1"),
    ("pytorch", "import os; os.environ['LEFT'] = '1'"),
    ("pytorch", "import sys; sys.path.append('/')"),
    ("pytorch", "import sys; sys.stdout = open('text', 'w')"),
    ("pytorch", "import warnings; warnings.simplefilter('error')"),
    ("pytorch", "import signal; signal.signal(15, signal.SIG_IGN)"),
    ("pytorch", "import threading, time; threading.Thread(target=time.sleep, args=[9]).start()"),
    ("pytorch", "import subprocess; subprocess.Popen(['sleep', '9'])"),
    ("pytorch", "import math; math.sin = math.cos"),
    (
        "pytorch",
        "import torch.distributed as d\n"
        "d.init_process_group('gloo', store=d.HashStore(), rank=0, world_size=1)",
    ),
    ("gluon", "mx.npx.set_np()"),
    ("gluon", "nd.clip = None"),
    ("gluon", "nd.NDArray.asnumpy = None"),
    ("gluon", "autograd.set_recording(True)"),
    ("gluon", "gluon.Block.__call__ = None"),
    ("gluon", "np.set_printoptions(precision=1)"),
    ("gluon", "mx.engine.set_bulk_size(7)"),
    ("gluon", "nn.Sequential().name_scope().__enter__()"),
    ("gluon", "mx.AttrScope(lr_mult='2').__enter__()"),
]


@pytest.mark.parametrize(("side", "dirty"), LEFT_BEHIND)
def test_what_a_run_leaves_behind_never_meets_the_next(
    session: Session, side: Side, dirty: str
) -> None:
    first, second, third = run_side(session, side, [f"{dirty}\n{PID}", PID, PID])
    assert first.ok, first.error
    assert second.alone
    assert not third.alone
    assert first.outputs[0].text != second.outputs[0].text == third.outputs[0].text
    assert not strays()


@pytest.mark.parametrize(
    ("side", "dirty"),
    [
        ("pytorch", "torch.nn.functional.relu = abs"),
        ("pytorch", "import math; math.sin = math.cos"),
        ("gluon", "nd.clip = None"),
        ("gluon", "np.set_printoptions(precision=1)"),
    ],
)
def test_it_is_noticed_of_a_later_run_too(session: Session, side: Side, dirty: str) -> None:
    later = run_side(session, side, [PID, f"import math\n{PID}", f"{dirty}\n{PID}", PID])
    assert [result.alone for result in later] == [True, False, False, True]


@pytest.mark.parametrize(
    ("side", "draws"),
    [
        ("pytorch", "torch.rand(3)"),
        ("gluon", "nd.random.uniform(shape=(3,))"),
        ("gluon", "net = nn.Dense(2, in_units=2)\nnet.initialize()\nnet.weight.data()"),
        ("gluon", "with autograd.train_mode():\n    y = nd.Dropout(nd.ones(9))"),
    ],
)
def test_seeds_hold_whether_or_not_the_run_before_drew(
    session: Session, side: Side, draws: str
) -> None:
    plain = "1 + 1"
    results = run_side(session, side, [draws, plain, draws, draws, plain, plain, draws])
    assert [result.alone for result in results] == [True] + [False] * 6
    first, *others = [result.outputs for result in results if result.code == draws]
    assert others == [first] * 3


@pytest.mark.parametrize(
    ("side", "code"),
    [
        ("pytorch", "left = 1 + globals().get('left', 0)"),
        ("pytorch", "torch.rand(3)"),
        ("pytorch", "import random; random.random()"),
        ("pytorch", "x = open('file', 'a').write('abc'); open('file').read()"),
        ("pytorch", "import tempfile, os; open(tempfile.mktemp(), 'w'); len(os.listdir('.'))"),
        ("pytorch", "class Mine: pass\nimport sys; len(dir(sys.modules['__main__']))"),
        ("gluon", "nd.random.uniform(shape=(3,))"),
        ("gluon", "np.random.rand(3)"),
        ("gluon", "nn.Dense(3).name"),
        ("gluon", "(mx.sym.var('a') + 1).name"),
    ],
)
def test_each_run_of_a_process_begins_anew(session: Session, side: Side, code: str) -> None:
    results = run_side(session, side, [code, code])
    assert not results[1].alone
    assert results[0].outputs == results[1].outputs
    (apart,) = run_side(session, side, [code])
    assert apart.outputs == results[1].outputs


def test_text_belongs_to_the_run_that_printed_it(session: Session) -> None:
    codes = [f"print('run {n}'); import sys; print('!' * {n}, file=sys.stderr); {n}" for n in "123"]
    results = run_side(session, "pytorch", codes)
    assert [result.stdout for result in results] == ["run 1\n", "run 2\n", "run 3\n"]
    assert [result.stderr for result in results] == ["!\n", "!!\n", "!!!\n"]


@pytest.mark.parametrize(
    ("code", "status"),
    [
        ("import os; os.abort()", "crashed"),
        ("while True: pass", "timeout"),
        ("import os; os.kill(os.getppid(), 9)\nwhile True: pass", "crashed"),
        ("1 / 0", "error"),
    ],
)
def test_what_follows_a_failure_runs_all_the_same(session: Session, code: str, status: str) -> None:
    trials = [pair(each, "1") for each in ("1", code, "2", "3")]
    results = session.begin(trials, CPU, 1.5).collect()
    assert [result.pytorch.status for result in results] == ["ok", status, "ok", "ok"]
    assert [result.verdict.status for result in results[::2]] == ["equal", "different"]
    assert all(result.gluon.ok for result in results)
    assert not strays()


def test_the_time_limit_is_that_of_each_run(session: Session) -> None:
    code = "import time; time.sleep(0.8); 1"
    results = session.begin([pair(code, "1")] * 3, CPU, 1.5).collect()
    assert [result.pytorch.status for result in results] == ["ok"] * 3


def test_a_difference_is_shown_by_a_process_of_its_own_or_not_at_all(
    session: Session, tmp_path: Path
) -> None:
    """A case that differs only since others ran before it; a file outside says which ran."""
    log = tmp_path / "log"
    code = f"import gc; gc.left = 1 + getattr(gc, 'left', 0)\nopen({str(log)!r}, 'a').write('x')\n"
    hidden = code.replace("gc.left =", "vars(gc)['_left'] =").replace("'left'", "'_left'")
    results = session.begin([pair(f"{hidden}gc._left", "1")] * 3).collect()
    assert [result.verdict.status for result in results] == ["equal"] * 3
    assert all(side.alone for result in results[1:] for side in result.sides)
    assert len(log.read_text()) == 5  # three in one process, and two of them again


def test_a_misprint_is_run_on_the_device_and_in_the_time_that_were_asked_for(
    session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    row = load().row("addmm")
    assert row is not None
    assert row.misprint
    asked = []
    run = Session.run

    def watched(
        self: Session, trial: Trial, device: Device, timeout: float, *, reconsidered: bool
    ) -> TryResult:
        asked.append((device, timeout))
        return run(self, trial, device, timeout, reconsidered=reconsidered)

    monkeypatch.setattr(Session, "run", watched)
    assert verify_row(session, row, Device("cpu", 0), 7.5).ok
    assert asked
    assert set(asked) == {(Device("cpu", 0), 7.5)}


def test_closing_after_a_batch_leaves_nothing(session: Session) -> None:
    run_side(session, "pytorch", [f"open('a', 'w').write('x'); {PID}"] * 3)
    folders = run_side(session, "pytorch", ["import os; os.getcwd()"] * 2)
    deadline = time.monotonic() + 5  # it is removed while the answer is read already
    while any(Path(folder).exists() for folder in values(folders)):
        assert time.monotonic() < deadline
        time.sleep(0.02)
    assert all(child.is_running() for child in psutil.Process().children())
