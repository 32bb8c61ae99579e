"""Live runs with the real frameworks: what comes back, and what a bad snippet costs."""

from __future__ import annotations

import ast
import re
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING, Any

import psutil
import pytest

from mxcheat.cheatsheet.inputs import InputError
from mxcheat.cheatsheet.row import Snippet
from mxcheat.cheatsheet.sides import SIDES
from mxcheat.live.device import Device
from mxcheat.live.host.process import WorkerFailedError
from mxcheat.live.host.supervisor import Worker
from mxcheat.live.host.watch import RunOutcome
from mxcheat.live.pythons.choose import EngineSettings
from mxcheat.live.results import Described
from mxcheat.live.session import Session
from mxcheat.live.trial import Trial
from mxcheat.loading import load
from tests.support import mxnet_python, pair, strays, torch_python

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mxcheat.live.results import SideResult, TryResult

pytestmark = pytest.mark.live

FINE = "nd.ones((2, 2))"


def names(side: SideResult) -> list[str]:
    return [output.name for output in side.outputs]


def shapes(result: TryResult) -> list[Any]:
    return [[output.shape for output in side.outputs] for side in result.sides]


@pytest.mark.parametrize(
    ("pytorch", "gluon", "outputs"),
    [
        ("x + 1", "x + 1", ["out"]),
        ("y = x + 1", "y = x + 1", ["y"]),
        ("y = x + 1\ny", "y = x + 1\ny", ["y"]),
        ("a = x; b = x * 2\na, b", "a = x; b = x * 2\na, b", ["a", "b"]),
        ("x.split(1)", "nd.split(x, num_outputs=2, axis=0)", ["out[0]", "out[1]"]),
        ("{'a': x}", "{'a': x}", ["out['a']"]),
        ("with torch.no_grad():\n    y = x", "with autograd.pause():\n    y = x", ["y"]),
        ("x[0] = 5", "x[0] = 5", ["x"]),
        ("x += 1", "x += 1", ["x"]),
        ("print('only text')", "print('only text')", []),
        ("def f(): return x", "def f(): return x", ["f"]),
        ("x.dtype", "x.dtype", ["x.dtype"]),
        ("a, b = x\n*(a, b), x", "a, b = x\n*(a, b), x", ["(a, b)[0]", "(a, b)[1]", "x"]),
        ("*a, b = 1, 2, 3", "*a, b = 1, 2, 3", ["a", "b"]),
        ("a, *b = 1, 2, 3\n*b, a", "a, *b = 1, 2, 3\n*b, a", ["b[0]", "b[1]", "a"]),
        ("*a, = 1, 2\n*a, *a", "*a, = 1, 2\n*a, *a", ["a[0]", "a[1]", "a[0] #2", "a[1] #2"]),
        ("i = 5; y = sum(i for i in [1])", "i = 5; y = sum(i for i in [1])", ["y"]),
        ("(y := 2)", "(y := 2)", ["y"]),
        ("len([1]), len([1])", "len([1]), len([1])", ["len([1])", "len([1]) #2"]),
    ],
)
def test_the_last_statement_says_what_the_outputs_are(
    session: Session, pytorch: str, gluon: str, outputs: list[str]
) -> None:
    result = session.run(pair(pytorch, gluon, {"x": "uniform(2, 3)"}))
    assert [names(side) for side in result.sides] == [outputs, outputs], result
    expected = "not-compared" if not outputs or outputs == ["f"] else "equal"
    assert result.verdict.status == expected, result.verdict


@pytest.mark.parametrize(
    ("spec", "shape", "dtype"),
    [
        ("uniform(2, 3)", (2, 3), "float32"),
        ("uniform(2, dtype=float64)", (2,), "float64"),
        ("uniform(2, dtype=float16)", (2,), "float16"),
        ("integers(3)", (3,), "int64"),
        ("integers(3, dtype=int32)", (3,), "int32"),
        ("integers(3, dtype=uint8)", (3,), "uint8"),
        ("booleans(4)", (4,), "bool"),
    ],
)
def test_both_sides_are_given_the_same_inputs(
    session: Session, spec: str, shape: tuple[int, ...], dtype: str
) -> None:
    result = session.run(pair("x", "x", {"x": spec}))
    assert result.verdict.status == "equal", result.verdict
    assert {(side.outputs[0].shape, side.outputs[0].dtype) for side in result.sides} == {
        (shape, dtype)
    }


@pytest.mark.parametrize(
    ("pytorch", "gluon", "status"),
    [
        ("x.numel()", "x.size", "equal"),
        ("x.shape", "x.shape", "equal"),
        ("x.sum()", "x.sum()", "close"),  # () against (1,)
        ("x.sum().item()", "x.sum().asscalar()", "close"),
        ("x.device", "x.context", "equal"),
        ("x > 0", "x > 0", "different"),  # bool against float 0/1
        ("x.argmax()", "x.argmax()", "different"),
        ("torch.tensor(float('nan'))", "nd.array([float('nan')])", "close"),
        ("x.to(torch.bfloat16)", "x", "close"),  # at the tolerance of the coarser dtype
        ("x.numpy()", "x.asnumpy()", "equal"),
        ("torch.zeros(2, 3, dtype=torch.complex64)", "1", "different"),
        ("torch.rand(200, 300)", "nd.random.uniform(shape=(200, 300))", "different"),
    ],
)
def test_values_of_every_kind_come_back(
    session: Session, pytorch: str, gluon: str, status: str
) -> None:
    result = session.run(pair(pytorch, gluon, {"x": "uniform(2, 3)"}))
    assert [side.status for side in result.sides] == ["ok", "ok"], result
    assert result.verdict.status == status, result.verdict


def test_random_numbers_are_compared_by_their_distribution(session: Session) -> None:
    def judge(gluon: str) -> str:
        trial = pair("torch.rand(100, 100)", gluon, compare="distribution")
        return session.run(trial).verdict.status

    assert judge("nd.random.uniform(shape=(100, 100))") == "stochastic"
    assert judge("nd.random.uniform(0, 1.1, shape=(100, 100))") == "different"


def test_gradients_are_compared_as_well(session: Session) -> None:
    inputs = {"x": "positive(3)"}
    same = session.run(pair("x.log()", "x.log()", inputs, gradient=("x",)))
    assert names(same.gluon) == ["out", "x.grad"]
    assert same.verdict.status in ("equal", "close")
    stopped = session.run(pair("x.log()", "nd.BlockGrad(x.log())", inputs, gradient=("x",)))
    assert stopped.verdict.status == "different"
    assert "x.grad" in stopped.verdict.where


def test_a_run_leaves_nothing_to_the_next(session: Session) -> None:
    dirty = "import builtins; builtins.left = 1; torch.set_default_dtype(torch.float64); 1"
    session.run(pair(dirty, "nd.ones = None; 1"))
    result = session.run(pair("(hasattr(__builtins__, 'left'), torch.ones(2))", "nd.ones((2,))"))
    assert result.pytorch.outputs[1].dtype == "float32"
    assert result.gluon.ok


def test_seeds_are_fixed_for_each_run(session: Session) -> None:
    trial = pair("torch.rand(3)", "nd.random.uniform(shape=(3,))")
    first, second = session.run(trial), session.run(trial)
    for side in SIDES:
        assert first.side(side).outputs == second.side(side).outputs


@pytest.mark.parametrize(
    ("code", "kind", "message", "line"),
    [
        ("1 / 0", "ZeroDivisionError", "division by zero", 1),
        ("y = 1\ny +", "SyntaxError", "invalid syntax", 2),
        ("def f():\n    raise KeyError('k')\n\nf()", "KeyError", "'k'", 2),
        ("raise SystemExit(3)", "SystemExit", "3", 1),
        ("raise KeyboardInterrupt", "KeyboardInterrupt", "", 1),
        ("torch.zeros(2, 3) @ torch.zeros(2, 3)", "RuntimeError", "mat1 and mat2", 1),
        ("input()", "EOFError", "EOF", 1),
    ],
)
def test_an_exception_costs_its_own_side_only(
    session: Session, code: str, kind: str, message: str, line: int
) -> None:
    result = session.run(pair(code, FINE))
    assert result.pytorch.status == "error"
    assert result.pytorch.error is not None
    assert result.pytorch.error.type == kind
    assert message in result.pytorch.error.message
    assert result.pytorch.error.line == line
    assert "worker" not in result.pytorch.error.traceback
    assert result.gluon.ok
    assert result.verdict.status == "not-compared"


def test_mxnet_is_waited_for_inside_the_try(session: Session) -> None:
    """An error that shows only at synchronisation belongs to the run, not to the next one."""
    code = "y = nd.linalg.potrf(nd.array([[1, 2], [2, 1]]))\nz = 1"
    failed = session.run(pair("1", code)).gluon
    assert failed.status == "error"
    assert failed.error is not None
    assert failed.error.type == "MXNetError"
    assert "potrf" in failed.error.message
    assert session.run(pair("1", FINE)).gluon.ok


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        ("import os; os._exit(0)", "exit"),
        ("import os; os.kill(os.getpid(), 9)", "SIGKILL"),
        ("import ctypes; ctypes.string_at(0)", "SIGSEGV"),
        ("import os; os.abort()", "SIGABRT"),
        ("import os; os.kill(os.getppid(), 9)\nwhile True: pass", "crashed"),
    ],
)
@pytest.mark.parametrize("side", ["pytorch", "gluon"])
def test_a_process_that_dies_costs_its_own_side_only(
    session: Session, side: str, code: str, kind: str
) -> None:
    other = "gluon" if side == "pytorch" else "pytorch"
    snippets = {side: code, other: "1"}
    result = session.run(pair(snippets["pytorch"], snippets["gluon"]), timeout=10)
    crashed = result.side(side)  # type: ignore[arg-type]
    assert crashed.status == "crashed", crashed
    assert crashed.error is not None
    assert crashed.error.type == kind
    assert result.side(other).ok  # type: ignore[arg-type]
    assert all(side.ok for side in session.run(pair("1", "1")).sides)


HANGS = [
    "while True: pass",
    "import time; time.sleep(60)",
    "import signal\nfor n in (2, 15): signal.signal(n, signal.SIG_IGN)\nwhile True: pass",
    "import os, signal; os.kill(os.getpid(), signal.SIGSTOP)",
    "while True:\n    try:\n        while True: pass\n    except BaseException: pass",
    "import os, time\nif os.fork() == 0:\n    os.setsid()\ntime.sleep(60)",
]


@pytest.mark.parametrize("code", HANGS)
def test_a_run_that_hangs_is_ended_at_its_time_limit(session: Session, code: str) -> None:
    began = time.monotonic()
    result = session.run(pair("print('so far', flush=True)\n" + code, FINE), timeout=1)
    assert time.monotonic() - began < 2.5
    assert result.pytorch.status == "timeout"
    assert result.pytorch.stdout == "so far\n"
    assert result.gluon.ok
    assert not strays()


def test_a_grandchild_in_a_session_of_its_own_does_not_outlive_the_run(session: Session) -> None:
    code = "import os, time\nif os.fork() == 0:\n    os.setsid(); time.sleep(60)\n1"
    began = time.monotonic()
    assert session.run(pair(code, "1")).pytorch.ok
    assert time.monotonic() - began < 3
    assert not strays()


def test_output_is_kept_up_to_a_limit(session: Session) -> None:
    result = session.run(pair("print('x' * 20_000_000); 1", "print('a\\x1b[2Jb'); 1")).sides
    assert result[0].truncated
    assert set(result[0].stdout) == {"x"}
    assert len(result[0].stdout) == 256 * 1024
    assert result[1].stdout == "a\x1b[2Jb\n"


def test_a_large_result_is_cut_where_it_is_made(session: Session) -> None:
    big = "torch.arange(1_500_000) / 7"
    result = session.run(pair(big, "nd.arange(1_500_000) / 7"))
    assert result.verdict.status == "equal", result.verdict
    assert result.verdict.partly is None
    array = result.gluon.outputs[0].array
    assert array is not None
    assert len(array.values) == 1_000_000
    assert array.statistics is not None
    close = session.run(pair(big, "nd.arange(1_500_000) * (1 / 7)")).verdict
    assert close.status == "close"
    assert close.partly == (
        "out, elements beyond the first 1,000,000 of 1,500,000 by sums over 4,096 at a time only"
    )
    assert "partly" in close.reason


@pytest.mark.parametrize(
    "change",
    [
        "x[1499999] = 1e9",
        "x[1200000] = float('nan')",
        "x[1000000:] = nd.array(x.asnumpy()[1000000:][::-1])",
        "x[1000000:] = nd.array(np.roll(x.asnumpy()[1000000:], 1))",
    ],
)
def test_a_change_beyond_what_travels_is_seen(session: Session, change: str) -> None:
    made = "(np.arange(1_500_000) * 7919 % 1_000_003 / 7).astype('float32')"
    found = session.run(pair(f"torch.tensor({made})", f"x = nd.array({made})\n{change}\nx"))
    assert found.verdict.status == "different", found.verdict
    assert "the first 1,000,000 of 1,500,000 elements agree" in found.verdict.reason


def test_a_change_that_no_sum_shows_is_partly_compared(session: Session) -> None:
    swap = "x[1200000:1200002] = nd.array(x.asnumpy()[1200000:1200002][::-1])"
    found = session.run(
        pair("torch.arange(1_500_000.)", f"x = nd.arange(1_500_000)\n{swap}\nx")
    ).verdict
    assert found.status == "different" or found.partly, found


def test_outputs_beyond_the_limit_are_said_to_be_left_out(session: Session) -> None:
    found = session.run(pair("[x + i for i in range(70)]", "[x + i for i in range(70)]",
                             {"x": "uniform(2)"}))  # fmt: skip
    assert found.pytorch.omitted == 6
    assert found.verdict.status == "not-compared"
    assert found.verdict.partly is not None
    assert "70 outputs" in found.verdict.partly


@pytest.mark.parametrize(
    "code",
    [
        "x = bytearray(10**11)",
        "x = []\nwhile True: x.append(bytes(10**8))",
        "torch.zeros(10**11)",
    ],
)
def test_memory_is_bounded(session: Session, code: str) -> None:
    result = session.run(pair(code, FINE))
    assert result.pytorch.status == "error"
    assert result.pytorch.error is not None
    assert "emory" in str(result.pytorch.error)
    assert result.gluon.ok


def test_the_bound_on_memory_can_be_set(session: Session) -> None:
    trial = pair("len(bytearray(3 * 2**30))", "1")
    assert session.run(trial).pytorch.ok
    with Session(EngineSettings(memory_limit=2)) as narrow:
        assert narrow.run(trial).pytorch.status == "error"


@pytest.mark.parametrize(
    ("device", "words"),
    [
        # What is missing depends on the build of torch: CUDA, or a GPU.
        (Device("gpu"), ("CUDA.*pip install|0 GPUs.*nvidia-smi", "CUDA.*mxnet-cu112")),
        (Device("gpu", 7), ("CUDA|gpu7.*nvidia-smi", "CUDA")),
    ],
)
def test_a_device_that_is_missing_is_never_replaced(
    session: Session, device: Device, words: tuple[str, str]
) -> None:
    if len(session.devices("pytorch")) > 1:
        pytest.skip("this machine has a GPU")
    result = session.run(pair("1", "1"), device)
    for side, expected in zip(result.sides, words, strict=True):
        assert side.status == "unavailable"
        assert side.error is not None
        text = f"{side.error.message} {side.error.fix}"
        assert re.search(expected, text), text


def test_a_second_cpu_context_exists_on_one_side_only(session: Session) -> None:
    result = session.run(pair("1", "nd.ones((1,)).context"), Device("cpu", 1))
    assert result.pytorch.status == "unavailable"
    assert result.gluon.outputs[0].text == "cpu:1"


def test_a_wrong_input_is_reported_before_anything_runs(session: Session) -> None:
    with pytest.raises(InputError, match="calls unifrom"):
        session.run(pair("x", "x", {"x": "unifrom(2)"}))


def test_a_benchmark_gives_a_median_and_its_spread(session: Session) -> None:
    result = session.run(pair("import time; time.sleep(0.05); 1", "print('loud'); 1"), bench=True)
    slow, quick = result.pytorch.bench, result.gluon.bench
    assert slow is not None
    assert quick is not None
    assert 50 <= slow["median_ms"] < 200
    assert slow["iterations"] >= 5
    assert quick["median_ms"] < slow["median_ms"]
    assert quick["iqr_ms"] >= 0
    assert result.gluon.stdout == "loud\n"
    assert session.run(pair("1", "1")).pytorch.bench is None


def test_cancel_ends_a_run_at_once(session: Session) -> None:
    session.warm_up()
    timer = threading.Timer(0.3, session.cancel)
    timer.start()
    began = time.monotonic()
    result = session.run(pair("while True: pass", "while True: pass"))
    assert time.monotonic() - began < 1.5
    assert [side.status for side in result.sides] == ["cancelled", "cancelled"]
    assert session.run(pair("1", "1")).verdict.status == "equal"


class Held(Worker):
    """A worker whose runs go on until the test lets them, and then say whether it was cancelled."""

    def __init__(self) -> None:
        super().__init__("pytorch")
        self.running, self.go = threading.Event(), threading.Event()

    def run(self, requests: Sequence[dict[str, Any]], *_: Any) -> list[RunOutcome]:
        cancelled = _[-1]
        if requests[0]["op"] == "devices":
            return [RunOutcome("reply", {"devices": ["cpu"]})]
        self.running.set()
        assert self.go.wait(30)
        return [RunOutcome("cancelled" if cancelled() else "exit", exit_code=0)]


@pytest.mark.parametrize("of_the_run", [True, False])
def test_what_comes_after_a_cancel_does_not_take_it_back(of_the_run: bool) -> None:
    """As when the app asks for devices just as Escape is pressed."""
    one_sided = Trial({"pytorch": Snippet("", "1", ""), "gluon": None})
    stop = threading.Event()
    with Session() as session, ThreadPoolExecutor() as pool:
        session.workers["pytorch"] = held = Held()
        run = pool.submit(session.run, one_sided, stop=stop)
        assert held.running.wait(30)
        if of_the_run:
            stop.set()
        else:
            session.cancel()
        assert session.devices("pytorch") == ["cpu"], "which nobody cancelled"
        held.go.set()
        assert run.result(timeout=30).pytorch.status == "cancelled"
        again = session.run(one_sided)
        assert again.pytorch.status == "crashed", "the next run is not cancelled"


def test_a_cancel_before_the_run_has_begun_counts() -> None:
    stop = threading.Event()
    stop.set()
    before = psutil.Process().children()
    with Session() as session:
        result = session.run(pair("1", "1"), stop=stop)
        assert [side.status for side in result.sides] == ["cancelled", "cancelled"]
        assert psutil.Process().children() == before, "nothing was started for it"


def test_a_cancelled_run_does_not_wait_for_its_turn(session: Session) -> None:
    session.warm_up()
    first, second = threading.Event(), threading.Event()
    trial = Trial({"pytorch": Snippet("", "while True: pass", ""), "gluon": None})
    begun = threading.Event()
    with ThreadPoolExecutor() as pool:
        running = pool.submit(session.run, trial, stop=first, on_start=lambda _: begun.set())
        assert begun.wait(30)
        waiting = pool.submit(session.run, trial, stop=second)
        second.set()
        assert waiting.result(timeout=30).pytorch.status == "cancelled"
        assert not running.done()
        first.set()
        assert running.result(timeout=30).pytorch.status == "cancelled"


def test_after_stop_nothing_begins() -> None:
    before = psutil.Process().children()
    with Session() as session:
        session.stop()
        found = session.warm_up()
        assert [getattr(each, "type", "") for each in found.values()] == ["cancelled", "cancelled"]
        assert psutil.Process().children() == before


def test_cancel_ends_an_import_too() -> None:
    before = psutil.Process().children()
    with Session() as cold:
        threading.Timer(0.2, cold.cancel).start()
        began = time.monotonic()
        result = cold.run(pair("1", "1"))
        assert time.monotonic() - began < 0.9
        assert [side.status for side in result.sides] == ["cancelled", "cancelled"]
    assert psutil.Process().children() == before
    assert not strays()


def test_where_forking_is_not_safe_runs_are_as_clean(monkeypatch: pytest.MonkeyPatch) -> None:
    """The way of macOS, taken here: each child is an interpreter of its own."""
    monkeypatch.setenv("MXCHEAT_NO_FORK", "1")
    with Session() as session:
        dirty = session.run(pair("torch.set_default_dtype(torch.float64); 1", "nd.ones = None; 1"))
        assert [side.status for side in dirty.sides] == ["ok", "ok"]
        clean = session.run(pair("torch.ones(2)", "nd.ones(2)"))
        assert clean.verdict.status == "equal"
        assert clean.pytorch.outputs[0].dtype == "float32"
        began = time.monotonic()
        threading.Timer(0.2, session.cancel).start()  # while the next children import
        result = session.run(pair("while True: pass", "1"))
        assert time.monotonic() - began < 1.5
        assert result.pytorch.status == "cancelled"
        assert session.run(pair("1", "import os; os.abort()")).gluon.status == "crashed"
    assert not strays()


def test_a_worker_that_died_between_runs_is_replaced(session: Session) -> None:
    session.warm_up()
    for worker in psutil.Process().children():
        worker.kill()
    assert session.run(pair("1", "1")).verdict.status == "equal"


def test_each_side_is_told_of_as_it_ends(session: Session) -> None:
    ended: list[tuple[str, str]] = []
    slow, quick = "import time; time.sleep(0.5); 1", "1 / 0"
    result = session.run(
        pair(slow, quick), on_end=lambda side, result: ended.append((side, result.status))
    )
    assert ended == [("gluon", "error"), ("pytorch", "ok")]
    assert result.pytorch.ok


def test_frameworks_describe_their_own_names(session: Session) -> None:
    torch = session.describe(
        "pytorch", ["torch.clamp", "Tensor.view", "torch.nn.Linear", "no.such"]
    )
    assert torch["torch.clamp"].signature.startswith("clamp(input, min=None, max=None")
    assert "same data" in torch["Tensor.view"].doc
    assert "bias: bool = True" in torch["torch.nn.Linear"].signature
    assert torch["no.such"] == Described("no.such", "", "")
    lstsq = session.describe("pytorch", ["torch.linalg.lstsq"])["torch.linalg.lstsq"]
    assert lstsq.signature.startswith("torch.linalg.lstsq(A, B, rcond=None")
    mxnet = session.describe("gluon", ["mxnet.nd.clip", "Block.hybridize", "NDArray.asnumpy"])
    assert mxnet["mxnet.nd.clip"].signature.startswith("clip(data=None, a_min=")
    assert "active" in mxnet["Block.hybridize"].signature
    assert "numpy.ndarray" in mxnet["NDArray.asnumpy"].doc


MISSING = """\
import functools, importlib
def there(name):
    try:
        functools.reduce(getattr, name.split('.')[1:], importlib.import_module(name.split('.')[0]))
        return True
    except AttributeError:
        return False
[name for name in {names} if not there(name)]
"""


def test_a_name_a_row_answers_for_is_its_framework_s_or_a_difference_says_that_it_is_not(
    session: Session,
) -> None:
    """Attributes that objects get when they are made, and C code, have no documentation."""
    for side in SIDES:
        rows = {name: row for row in load().rows for name in row.answers.get(side, ())}
        described = session.describe(side, sorted(rows))
        assert set(described) == set(rows)
        silent = [name for name, said in described.items() if not said.doc and not said.signature]
        assert len(silent) < 0.1 * len(rows)
        code = MISSING.format(names=[name for name in silent if name[0].islower()])
        codes = {other: code if other == side else "[]" for other in SIDES}
        found = session.run(pair(codes["pytorch"], codes["gluon"])).side(side)
        assert found.ok, found.error
        missing = ast.literal_eval(found.outputs[0].text)
        for name in missing:
            tail = name.rpartition(".")[2]
            loud = [each for each in rows[name].differences if each.shows == "error"]
            assert any(tail in f"{each.pytorch} {each.gluon}" for each in loud), name


def test_a_package_that_is_slow_to_import_is_described_as_well(session: Session) -> None:
    name = "torchvision.models.alexnet"
    said = session.describe("pytorch", [name, "torch.clamp"])
    assert "weights" in said[name].signature  # the function, not the module of that name
    assert said["torch.clamp"].doc


def test_a_worker_that_gives_no_answer_says_why() -> None:
    with Session() as short:
        short.warm_up()
        with pytest.raises(WorkerFailedError) as caught:
            short.describe("pytorch", ["torch.clamp"], timeout=0)
    assert str(caught.value) == "still running after 0 s"


def test_on_start_is_told_when_each_clock_starts(session: Session) -> None:
    started: list[str] = []
    session.run(pair("1", "1"), on_start=started.append)
    assert sorted(started) == ["gluon", "pytorch"]


def test_closing_leaves_no_process_and_no_folder(tmp_path: Path, monkeypatch: Any) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    before = psutil.Process().children()
    with Session() as short:
        result = short.run(pair("open('left', 'w').write('x'); __import__('os').getcwd()", "1"))
        folder = result.pytorch.outputs[0].text
    assert folder.startswith(str(tmp_path))
    assert not Path(folder).exists()
    assert psutil.Process().children() == before
    assert not strays()


def test_a_framework_that_cannot_be_imported_says_what_to_install(
    tmp_path: Path,
) -> None:
    """An interpreter without mxnet: a bare one, through a launcher that hides site-packages."""
    launcher = tmp_path / "python"
    launcher.write_text('#!/bin/sh\nexec /usr/bin/env python3 -S -E "$@"\n')
    launcher.chmod(0o755)
    with Session(mxnet_python(str(launcher))) as half:
        result = half.run(pair("1", "1"))
    assert result.pytorch.ok
    assert result.gluon.status == "unavailable"
    assert result.gluon.error is not None
    assert result.gluon.error.message == "mxnet is not installed"
    assert result.gluon.error.fix == f"{launcher} -m pip install mxnet"


OF_OUR_WORKER = ("wire", "serve", "child", "snippet", "with_torch", "with_mxnet")
IMPORTS = f"""
import importlib
found = []
for name in {OF_OUR_WORKER}:
    try:
        importlib.import_module(name)
        found.append(name)
    except ImportError:
        pass
print(*found)
len(found)"""


@pytest.mark.parametrize("no_fork", ["", "1"])
def test_python_may_keep_the_folder_of_a_script_out(
    monkeypatch: pytest.MonkeyPatch, no_fork: str
) -> None:
    monkeypatch.setenv("PYTHONSAFEPATH", "1")
    monkeypatch.setenv("MXCHEAT_NO_FORK", no_fork)
    with Session() as session:
        result = session.run(pair(IMPORTS, IMPORTS))
        assert [side.status for side in result.sides] == ["ok", "ok"], result
        assert [side.outputs[0].text for side in result.sides] == ["0", "0"], result


def test_a_snippet_finds_none_of_our_modules(session: Session) -> None:
    result = session.run(pair(IMPORTS, IMPORTS))
    assert [side.outputs[0].text for side in result.sides] == ["0", "0"], result


@pytest.mark.parametrize("path", ["", ":", "."])
def test_what_is_called_torch_in_the_current_directory_is_not_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, path: str
) -> None:
    for name in ("torch", "mxnet", "json"):
        (tmp_path / f"{name}.py").write_text("raise RuntimeError('not this one')")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PYTHONPATH", path)
    with Session() as session:
        result = session.run(pair("torch.ones(2)", "nd.ones(2)"))
    assert result.verdict.status == "equal", result


def test_another_python_is_given_nothing_that_is_meant_for_ours(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """PYTHONPATH counts for the Python that runs mxcheat, and for no other."""
    meant = {"PYTHONPATH": str(tmp_path), "PYTHONSTARTUP": "/start.py"}
    for name, value in meant.items():
        monkeypatch.setenv(name, value)
    told = "import os; ' '.join(sorted(name for name in os.environ if name.startswith('PYTHON')))"
    launcher = tmp_path / "python"
    launcher.write_text(f'#!/bin/sh\nexec {sys.executable} "$@"\n')
    launcher.chmod(0o755)
    with Session(torch_python(str(launcher))) as session:
        result = session.run(pair(told, told))
    assert result.pytorch.outputs[0].text == ""
    assert all(name in result.gluon.outputs[0].text for name in meant)
