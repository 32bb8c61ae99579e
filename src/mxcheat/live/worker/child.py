"""The child of a worker: stands ready, takes one run or a batch, carries it out, and leaves.

Standard library only; Python 3.8 syntax.
"""

from __future__ import annotations

import base64
import contextlib
import ctypes
import gc
import itertools
import math
import os
import random
import resource
import signal
import socket
import statistics
import sys
import tempfile
import types
from functools import partial
from time import perf_counter  # a snippet may replace the module's
from typing import TYPE_CHECKING, Any, NoReturn

if TYPE_CHECKING:
    from mxcheat.live.worker import document, encode, leftovers, wire
    from mxcheat.live.worker.adapter import Adapter, UnavailableError
    from mxcheat.live.worker.failure import describe_failure
    from mxcheat.live.worker.snippet import Snippet
else:  # found by name beside the script that is run, serve.py
    import document
    import encode
    import leftovers
    import wire
    from adapter import Adapter, UnavailableError
    from failure import describe_failure
    from snippet import Snippet

READY = b"!"
_PR_SET_PDEATHSIG = 1
_RUN_DESCRIPTORS = 3

# MXNet handles these itself and exits with a code; a crash is to end by its signal.
_CRASHES = (signal.SIGSEGV, signal.SIGBUS, signal.SIGFPE, signal.SIGILL, signal.SIGABRT)

_IGNORED_BY_WORKER = (signal.SIGTERM, signal.SIGHUP, signal.SIGUSR1, signal.SIGUSR2)

# A benchmark runs for this long, but at least and at most so often after the warm-up.
BENCH_SECONDS = 1.0
BENCH_WARM_UP = 3
BENCH_LEAST = 5
BENCH_MOST = 5000


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
        reply = answer(adapter, request)
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


def answer(adapter: Adapter, request: dict[str, Any]) -> dict[str, Any]:
    """Carry out one request; every way it can go wrong is a reply too."""
    try:
        if request["op"] == "devices":
            return {"status": "ok", "devices": adapter.devices()}
        if request["op"] == "describe":
            names = [document.describe(name, adapter.homes) for name in request["names"]]
            return {"status": "ok", "names": names}
        return run(adapter, request)
    except UnavailableError as error:
        failure = {"type": "unavailable", "message": str(error), "fix": error.fix}
        return {"status": "unavailable", "error": failure}
    except BaseException as error:
        return {"status": "error", "error": describe_failure(error, adapter.filename)}
    finally:
        for stream in (sys.stdout, sys.stderr):
            with contextlib.suppress(BaseException):  # the snippet may have replaced it
                stream.flush()


def run(adapter: Adapter, request: dict[str, Any]) -> dict[str, Any]:
    """Run the snippet; return its outputs and the milliseconds it took, waited for."""
    device = adapter.device(request["device"]["kind"], request["device"]["index"])
    module = types.ModuleType("__main__")
    namespace = module.__dict__
    namespace.update(adapter.namespace(device), math=math, np=_numpy())
    namespace["samples"] = request["samples"]
    sys.modules["__main__"] = module  # what a snippet defines can be pickled
    inputs = {name: _decode(adapter, spec, device) for name, spec in request["inputs"].items()}
    for name in request["gradient"]:
        inputs[name] = adapter.attach_gradient(inputs[name])
    namespace.update(inputs)
    random.seed(request["seed"])
    adapter.seed(request["seed"], device, request["code"] + request.get("hybridized", ""))
    snippet = Snippet(request["code"], adapter.filename)
    execute = snippet.execute
    if "hybridized" in request:
        exec(compile(request["hybridized"], adapter.filename, "exec"), namespace)
        execute = partial(adapter.hybridized, snippet)
    recording = adapter.recording() if request["gradient"] else contextlib.nullcontext()
    adapter.synchronize()
    with adapter.scope(device):
        began = perf_counter()
        with recording:
            outputs = execute(namespace)
        adapter.synchronize()
        elapsed = perf_counter() - began
        if request["gradient"]:
            adapter.backward(list(encode.arrays_in(adapter, outputs)))
            outputs += [(name + ".grad", inputs[name].grad) for name in request["gradient"]]
        reply = encode.encode_outputs(adapter, outputs, request["elements"])
        bench = measure(adapter, snippet, namespace) if request["bench"] else None
    return dict(reply, status="ok", elapsed_ms=elapsed * 1000, bench=bench)


def measure(adapter: Adapter, snippet: Snippet, namespace: dict[str, Any]) -> dict[str, Any]:
    """Median and interquartile range of repeated runs in milliseconds, each waited for.

    The snippet runs in the namespace it has already run in; what it prints is dropped.
    """
    times: list[float] = []
    with open(os.devnull, "w") as nowhere, contextlib.redirect_stdout(nowhere):
        began = perf_counter()
        while len(times) < BENCH_WARM_UP + BENCH_LEAST or (
            perf_counter() - began < BENCH_SECONDS and len(times) < BENCH_MOST
        ):
            start = perf_counter()
            snippet.execute(namespace)
            adapter.synchronize()
            times.append((perf_counter() - start) * 1000)
    measured = times[BENCH_WARM_UP:]
    first, median, third = statistics.quantiles(measured, n=4)
    return {"median_ms": median, "iqr_ms": third - first, "iterations": len(measured)}


def _decode(adapter: Adapter, spec: Any, device: Any) -> Any:
    if not isinstance(spec, dict):
        return spec
    data = base64.b64decode(spec["data"])
    return adapter.array(data, spec["shape"], spec["dtype"], device)


class _NoNumPy:
    """Stands where NumPy would, and says what is missing once it is used."""

    def __getattr__(self, name: str) -> Any:
        raise ModuleNotFoundError("No module named 'numpy'")


def _numpy() -> Any:
    try:
        return __import__("numpy")
    except ImportError:
        return _NoNumPy()
