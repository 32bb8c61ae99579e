"""The process that holds one framework and forks a clean child for every run.

Started by path under any Python from 3.8 on: `python worker.py torch|mxnet CONTROL_FD`.
It imports the framework once and runs no operation itself, so forking stays safe; the
messages it speaks are described in wire.py. Whatever a run leaves behind (a process group,
orphans that moved to a session of their own) is adopted by this process and killed.
"""

from __future__ import annotations

import ctypes
import os
import resource
import select
import signal
import socket
import sys
import time
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from mxcheat.live import wire, worker_frameworks, worker_snippet
else:  # this file is run by path: what lies beside it is found by name
    import wire
    import worker_frameworks
    import worker_snippet

_PR_SET_PDEATHSIG = 1
_PR_SET_CHILD_SUBREAPER = 36
_RUN_DESCRIPTORS = 3

# MXNet handles these itself and exits with a code; a crash is to end by its signal.
_CRASHES = (signal.SIGSEGV, signal.SIGBUS, signal.SIGFPE, signal.SIGILL, signal.SIGABRT)


def main() -> None:
    framework, control = sys.argv[1], socket.socket(fileno=int(sys.argv[2]))
    os.set_inheritable(control.fileno(), False)
    sys.path.pop(0)  # a snippet must not import this folder's modules by accident
    began = time.perf_counter()
    try:
        adapter = worker_frameworks.load(framework)
    except BaseException as error:
        wire.send(control, {"event": "failed", "type": type(error).__name__, "message": str(error)})
        return
    ready = {"event": "ready", "protocol": wire.PROTOCOL, "python": sys.version.split()[0]}
    wire.send(control, dict(ready, seconds=time.perf_counter() - began, **adapter.versions()))
    Server(control, adapter).serve()
    os._exit(0)  # taking a framework down in order costs half a second and gains nothing


class Server:
    """Forks, kills and reaps children as the control socket asks."""

    def __init__(self, control: socket.socket, adapter: worker_frameworks.Adapter) -> None:
        self.control = control
        self.adapter = adapter
        self.runs: dict[int, int] = {}  # process id -> run id
        self._wake, wake_sender = socket.socketpair()
        for end in (self._wake, wake_sender):
            end.setblocking(False)
        self._wake_sender = wake_sender
        signal.signal(signal.SIGCHLD, lambda *_: None)
        signal.set_wakeup_fd(wake_sender.fileno())
        _prctl(_PR_SET_CHILD_SUBREAPER, 1)

    def serve(self) -> None:
        """Answer until mxcheat closes the control socket."""
        while True:
            ready, _, _ = select.select([self.control, self._wake], [], [])
            if self._wake in ready:
                self._wake.recv(4096)
                self.reap()
            if self.control in ready and not self.answer():
                break
        for pid in list(self.runs):
            _kill_group(pid)
        self.kill_orphans()

    def answer(self) -> bool:
        """Carry out one request; False when there will be no more."""
        try:
            message, fds = wire.receive(self.control, _RUN_DESCRIPTORS)
        except (OSError, wire.WireError):
            return False
        if message is None:
            return False
        if message["op"] == "fork":
            for module in message["preload"]:
                self.adapter.preload(module)
            self.fork(message, fds)
        elif message["op"] == "kill":
            for pid, run_id in self.runs.items():
                if run_id == message["id"]:
                    _kill_group(pid)
        return True

    def fork(self, message: dict[str, Any], fds: list[int]) -> None:
        pid = os.fork()
        if pid == 0:
            try:
                self.become_child(message, fds)
            finally:
                os._exit(70)
        for fd in fds:
            os.close(fd)
        self.runs[pid] = message["id"]
        wire.send(self.control, {"event": "started", "id": message["id"], "pid": pid})

    def become_child(self, message: dict[str, Any], fds: list[int]) -> None:
        """In the child: take the run's descriptors, run the one request, and leave."""
        _prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
        os.setsid()
        signal.set_wakeup_fd(-1)
        for number in (signal.SIGCHLD, *_CRASHES):
            signal.signal(number, signal.SIG_DFL)
        for sock in (self.control, self._wake, self._wake_sender):
            sock.close()
        run_fd, stdout, stderr = fds
        for fd, target in ((os.open(os.devnull, os.O_RDONLY), 0), (stdout, 1), (stderr, 2)):
            os.dup2(fd, target)
            os.close(fd)
        os.chdir(message["cwd"])
        if message["memory"] is not None:
            _limit_memory(message["memory"])
        run_socket = socket.socket(fileno=run_fd)
        request, _ = wire.receive(run_socket)
        if request is not None:
            reply = worker_snippet.answer(self.adapter, request)
            wire.send(run_socket, reply)
        os._exit(0)

    def reap(self) -> None:
        """Report children that ended, after killing what they left in their group."""
        for pid in list(self.runs):
            ended = os.waitid(os.P_PID, pid, os.WEXITED | os.WNOHANG | os.WNOWAIT)
            if ended is None:
                continue
            _kill_group(pid)  # before the process id can be used again
            _, status = os.waitpid(pid, 0)
            run_id = self.runs.pop(pid)
            self.kill_orphans()
            code = -os.WTERMSIG(status) if os.WIFSIGNALED(status) else os.WEXITSTATUS(status)
            wire.send(self.control, {"event": "exited", "id": run_id, "code": code})

    def kill_orphans(self) -> None:
        """Kill and reap every child that is not a run: grandchildren that were adopted."""
        for _ in range(100):
            orphans = [pid for pid in _children() if pid not in self.runs]
            if not orphans:
                return
            for pid in orphans:
                try:
                    os.kill(pid, signal.SIGKILL)
                    os.waitpid(pid, 0)
                except OSError:
                    pass


def _limit_memory(limit: int) -> None:
    """Let this process have `limit` bytes of address space more than its parent has now."""
    with open("/proc/self/statm") as pages:
        size = int(pages.read().split()[0]) * resource.getpagesize()
    resource.setrlimit(resource.RLIMIT_AS, (size + limit, size + limit))


def _children() -> list[int]:
    try:
        with open("/proc/self/task/%d/children" % os.getpid()) as listing:
            return [int(pid) for pid in listing.read().split()]
    except OSError:
        return []


def _kill_group(pid: int) -> None:
    for kill in (os.killpg, os.kill):  # the child may not have made its group yet
        try:
            kill(pid, signal.SIGKILL)
        except OSError:
            pass


def _prctl(option: int, value: int) -> None:
    """Ask the kernel; elsewhere than on Linux there is nothing to ask."""
    if sys.platform.startswith("linux"):
        ctypes.CDLL(None).prctl(option, value, 0, 0, 0)


if __name__ == "__main__":
    main()
