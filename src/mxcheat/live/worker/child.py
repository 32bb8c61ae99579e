"""The child of a worker: stands ready, takes one run or a batch, and leaves. Python 3.8 syntax."""

from __future__ import annotations

import contextlib
import ctypes
import gc
import itertools
import os
import resource
import signal
import socket
import sys
import tempfile
from typing import TYPE_CHECKING, Any, NoReturn

if TYPE_CHECKING:
    from mxcheat.live.worker import leftovers, snippet, wire
    from mxcheat.live.worker.adapter import Adapter
else:  # found by name beside the script that is run, serve.py
    import leftovers
    import snippet
    import wire

READY = b"!"
_PR_SET_PDEATHSIG = 1
_RUN_DESCRIPTORS = 3

# MXNet handles these itself and exits with a code; a crash is to end by its signal.
_CRASHES = (signal.SIGSEGV, signal.SIGBUS, signal.SIGFPE, signal.SIGILL, signal.SIGABRT)

_IGNORED_BY_WORKER = (signal.SIGTERM, signal.SIGHUP, signal.SIGUSR1, signal.SIGUSR2)


def fork_is_safe() -> bool:
    """Whether a process that has imported a framework may fork and go on using it.

    The system libraries of macOS forbid it. MXCHEAT_NO_FORK asks for the other way anywhere.
    """
    return sys.platform.startswith("linux") and not os.environ.get("MXCHEAT_NO_FORK")


def stand_ready(adapter: Adapter, sock: socket.socket) -> NoReturn:
    """Wake the framework up, wait for a run on `sock`, carry it out, and end the process."""
    os.setsid()
    if sys.platform.startswith("linux"):
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
    for number in (signal.SIGCHLD, *_CRASHES, *_IGNORED_BY_WORKER):
        signal.signal(number, signal.SIG_DFL)
    signal.signal(signal.SIGINT, signal.default_int_handler)
    gc.freeze()  # looking through the framework's objects costs 0.1 s, and finds nothing
    adapter.wake()
    sock.sendall(READY)
    message, fds = wire.receive(sock, _RUN_DESCRIPTORS)
    sock.close()
    if message is not None:
        _carry_out(adapter, message, fds)
    os._exit(0)


def _carry_out(adapter: Adapter, message: dict[str, Any], fds: list[int]) -> None:
    run_fd, stdout, stderr = fds
    for fd, target in ((os.open(os.devnull, os.O_RDONLY), 0), (stdout, 1), (stderr, 2)):
        os.dup2(fd, target)
        os.close(fd)
    leftovers.enter(message["cwd"])
    if message["memory"] is not None:
        _limit_memory(message["memory"])
    os.set_inheritable(run_fd, False)
    _answer_all(adapter, socket.socket(fileno=run_fd))


def _answer_all(adapter: Adapter, run_socket: socket.socket) -> None:
    """Answer one request after another, as long as none leaves something behind."""
    pid, folder = os.getpid(), os.getcwd()
    state: leftovers.State | None = None
    for number in itertools.count():
        request, _ = wire.receive(run_socket)
        if request is None:
            return
        if number:
            leftovers.enter(tempfile.mkdtemp(dir=folder))
            adapter.forget_names()
        more = request["more"]
        if more:
            state = state or leftovers.State(adapter)
            state.before(request["code"])
        reply = snippet.answer(adapter, request)
        if os.getpid() != pid:  # a copy that the snippet forked of itself has nothing to say
            return
        left = state.left_behind() if state and more else ""
        _reply(run_socket, dict(reply, token=request["token"], left=left))
        if left or not more:
            return


def _reply(run_socket: socket.socket, reply: dict[str, Any]) -> None:
    try:
        wire.send(run_socket, reply)
    except wire.WireError as error:  # nothing of it has been sent
        failure = {"type": "protocol", "message": "the outputs cannot be sent: %s" % error}
        kept = {"token": reply["token"], "left": reply["left"]}
        wire.send(run_socket, dict(kept, status="error", error=failure))


def _limit_memory(limit: int) -> None:
    """Let this process have `limit` bytes of address space more than it has now.

    Should the machine run out of memory before that, this is the process to end.
    """
    with open("/proc/self/statm") as pages:
        size = int(pages.read().split()[0]) * resource.getpagesize()
    resource.setrlimit(resource.RLIMIT_AS, (size + limit, size + limit))
    with contextlib.suppress(OSError), open("/proc/self/oom_score_adj", "w") as score:
        score.write("1000")
