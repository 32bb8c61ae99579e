"""A worker that does not get as far as being ready, played by a stand-in for PyTorch's."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import pytest

from mxcheat.live.host import supervisor
from tests.faults.launchers import launcher
from tests.faults.stand_in import DEADLINE, StandIn, check
from tests.support import pair

if TYPE_CHECKING:
    from mxcheat.live.session import Session

pytestmark = pytest.mark.live


@pytest.mark.parametrize(
    ("script", "message"),
    [
        ("exit 0", "ended with exit code 0"),
        ("echo No such libc. >&2; exit 3", "ended with exit code 3: No such libc."),
        ("kill -SEGV $$", "ended with SIGSEGV"),
        ("kill -KILL $$", "ended with SIGKILL"),
    ],
)
def test_it_dies_while_it_imports(stand_in: StandIn, script: str, message: str) -> None:
    check(stand_in.script(script), "unavailable", f"importing torch {message}", stand_in.fix)


@pytest.mark.parametrize(
    "garbage",
    ["b'Welcome to Python!\\n' * 10", "b'\\0\\0\\0\\2[]'", "b'\\0\\0\\0\\2{]'", "bytes(100_000)"],
)
def test_it_writes_garbage_where_messages_are_read(stand_in: StandIn, garbage: str) -> None:
    side = stand_in.worker(f"control.sendall({garbage})")
    message = "importing torch ended with nothing that mxcheat understands"
    check(side, "unavailable", message, stand_in.fix)


def test_it_ends_in_the_middle_of_a_message(stand_in: StandIn) -> None:
    side = stand_in.worker("control.sendall(b'\\0\\0\\0\\x20{')\nos._exit(1)")
    check(side, "unavailable", "importing torch ended with exit code 1", stand_in.fix)


@pytest.mark.parametrize("protocol", ["wire.PROTOCOL + 1", "None"])
def test_it_speaks_another_version_of_the_protocol(stand_in: StandIn, protocol: str) -> None:
    side = stand_in.worker(f"ready({protocol})")
    message = "its worker is of another version of mxcheat"
    check(side, "unavailable", message, "start mxcheat again")


@pytest.mark.parametrize("meanwhile", ["pass", "say(event='exited', id=1, code=0)"])
def test_its_import_never_ends(stand_in: StandIn, meanwhile: str) -> None:
    side = stand_in.worker(f"while True:\n    {meanwhile}\n    time.sleep(0.05)")
    message = f"importing torch did not end within {DEADLINE} s"
    check(side, "unavailable", message, stand_in.fix)


def test_a_slow_import_is_not_counted_in_the_time_of_the_run(
    stand_in: StandIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(supervisor, "IMPORT_DEADLINE", 20)
    slow = f"time.sleep({DEADLINE + 0.3})\nready()\n_, run, token = take()\nreply(run, token, 7)"
    side = stand_in.worker(slow)
    assert side.ok, side
    assert side.version == "2.0"
    assert side.outputs[0].text == "7"


def test_once_it_is_mended_the_next_run_has_a_worker(
    session: Session, stand_in: StandIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    check(
        stand_in.script("exit 1"),
        "unavailable",
        "importing torch ended with exit code 1",
        stand_in.fix,
    )
    monkeypatch.setattr(supervisor, "IMPORT_DEADLINE", 60)
    launcher(stand_in.folder, f'exec {sys.executable} "$@"')
    result = session.run(pair("torch.ones(2, 2)", "nd.ones((2, 2))"))
    assert result.verdict.status == "equal", result
