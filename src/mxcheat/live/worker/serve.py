"""The process that holds one framework and has a clean child ready for every run.

Started by path under any Python from 3.8 on: `python serve.py torch|mxnet CONTROL_FD`.
It imports the framework once and runs no operation itself, so forking stays safe; the
messages it speaks are described in wire.py. One child always stands ready (child.py):
a fork of this process or, where forking is not safe, an interpreter of its own that imports
the framework while nobody waits. Whatever a run leaves behind (a process group, orphans that
moved to a session of their own) is adopted by this process and killed.
"""

from __future__ import annotations

import ctypes
import fcntl
import importlib
import os
import select
import signal
import socket
import sys
import time
from typing import TYPE_CHECKING, Any

_FOLDER = os.path.dirname(os.path.realpath(__file__))

if TYPE_CHECKING:
    from mxcheat.live.worker import wire
    from mxcheat.live.worker.adapter import Adapter
    from mxcheat.live.worker.child import READY, fork_is_safe, stand_ready
else:  # this file is run by path: what lies beside it is found by name
    # PYTHONSAFEPATH keeps the folder of a script out.
    sys.path[:] = [_FOLDER, *(entry for entry in sys.path if os.path.realpath(entry) != _FOLDER)]
    import wire
    from child import READY, fork_is_safe, stand_ready

_PR_SET_CHILD_SUBREAPER = 36
_RUN_DESCRIPTORS = 3
# A snippet that sends these to its parent is no reason for that to end.
_IGNORED = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP, signal.SIGUSR1, signal.SIGUSR2)
# Seconds without a message after which the next child is made, so that making it does not
# slow down the run before: its other side may still be at work.
_IDLE = 0.05


def main() -> None:
    framework, sock, stands_ready = (
        sys.argv[1],
        socket.socket(fileno=int(sys.argv[2])),
        sys.argv[3:],
    )
    os.set_inheritable(sock.fileno(), False)
    if stands_ready:
        _end_with_peer(sock, True)
        adapter = load(framework)
        _end_with_peer(sock, False)
        stand_ready(adapter, sock)
    server = Server(framework, sock)
    if server.start():
        server.serve()
    server.kill_everything()
    os._exit(0)  # taking a framework down in order costs half a second and gains nothing


def load(framework: str) -> Adapter:
    """Import the framework and return its adapter; whatever the import raises comes out."""
    module = importlib.import_module("with_" + framework)
    sys.path.remove(_FOLDER)
    adapter: Adapter = module.make_adapter()
    _hide_our_modules()
    return adapter


def _hide_our_modules() -> None:
    """Keep a snippet from importing by accident what lies in this folder."""
    for name, module in list(sys.modules.items()):
        path = getattr(module, "__file__", None)
        if name != "__main__" and path and os.path.dirname(os.path.realpath(path)) == _FOLDER:
            del sys.modules[name]


class Child:
    """A child that stands ready or runs; `run_id` is None until it has been given a run."""

    def __init__(self, pid: int, sock: socket.socket) -> None:
        self.pid = pid
        self.sock = sock
        self.ready = False
        self.run_id: int | None = None


class Server:
    """Keeps a child ready, gives it the run that is asked for, and reaps what ended."""

    def __init__(self, framework: str, control: socket.socket) -> None:
        self.framework = framework
        self.control = control
        self.forks = fork_is_safe()
        self.children: dict[int, Child] = {}
        self.spare: Child | None = None
        self.waiting: tuple[dict[str, Any], list[int]] | None = None  # a run without a child
        self._wake, wake_sender = socket.socketpair()
        for end in (self._wake, wake_sender):
            end.setblocking(False)
        self._wake_sender = wake_sender

    def start(self) -> bool:
        """Import the framework and say how that went."""
        began = time.perf_counter()
        _end_with_peer(self.control, True)
        if not self.forks:
            self.prepare()  # it imports at the same time as this process
        try:
            self.adapter = load(self.framework)
        except BaseException as error:
            failed = {"event": "failed", "type": type(error).__name__, "message": str(error)}
            wire.send(self.control, failed)
            return False
        _end_with_peer(self.control, False)
        signal.signal(signal.SIGCHLD, lambda *_: None)
        for number in _IGNORED:
            signal.signal(number, signal.SIG_IGN)
        signal.set_wakeup_fd(self._wake_sender.fileno())
        if sys.platform.startswith("linux"):
            ctypes.CDLL(None).prctl(_PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)
        ready = {"event": "ready", "protocol": wire.PROTOCOL, "python": sys.version.split()[0]}
        seconds = time.perf_counter() - began
        wire.send(self.control, dict(ready, seconds=seconds, **self.adapter.versions()))
        return True

    def serve(self) -> None:
        """Answer until mxcheat closes the control socket."""
        self.prepare()
        while True:
            sockets = [self.control, self._wake]
            if self.spare is not None and not self.spare.ready:
                sockets.append(self.spare.sock)
            ready, _, _ = select.select(sockets, [], [], None if self.spare else _IDLE)
            if not ready:
                self.prepare()
            if self._wake in ready:
                self._wake.recv(4096)
                self.reap()
            if self.spare is not None and self.spare.sock in ready:
                self.spare.ready = self.spare.sock.recv(1) == READY
                self.hand_over()
            if self.control in ready and not self.answer():
                return

    def answer(self) -> bool:
        """Carry out one request; False when there will be no more."""
        try:
            message, fds = wire.receive(self.control, _RUN_DESCRIPTORS)
        except (OSError, wire.WireError):
            return False
        if message is None:
            return False
        if message["op"] == "run":
            self.preload(message["preload"])
            self.waiting = message, fds
            self.prepare()
            self.hand_over()
        elif message["op"] == "kill":
            self.kill(message["id"])
        return True

    def preload(self, modules: list[str]) -> None:
        """Import modules that take long, so that children need not; a child without is let go."""
        missing = [module for module in modules if module not in sys.modules]
        if not self.forks or not missing:
            return
        for module in missing:
            self.adapter.preload(module)
        if self.spare is not None:
            _kill_group(self.spare.pid)
            self.spare = None

    def prepare(self) -> None:
        """See to it that a child stands ready, or will."""
        if self.spare is None:
            ours, theirs = socket.socketpair()
            pid = self.fork(theirs, ours) if self.forks else self.spawn(theirs)
            theirs.close()
            self.spare = self.children[pid] = Child(pid, ours)

    def fork(self, sock: socket.socket, ours: socket.socket) -> int:
        pid = os.fork()
        if pid == 0:
            try:
                signal.set_wakeup_fd(-1)
                others = [child.sock for child in self.children.values()]
                for other in (self.control, self._wake, self._wake_sender, ours, *others):
                    other.close()
                stand_ready(self.adapter, sock)
            finally:
                os._exit(wire.SPEECHLESS)
        return pid

    def spawn(self, sock: socket.socket) -> int:
        sock.set_inheritable(True)
        command = [sys.executable, __file__, self.framework, str(sock.fileno()), "child"]
        return os.posix_spawn(sys.executable, command, os.environ)

    def hand_over(self) -> None:
        """Give the run that waits to the child that stands ready, if there are both."""
        if self.waiting is None or self.spare is None or not self.spare.ready:
            return
        child, (message, fds) = self.spare, self.waiting
        self.spare, self.waiting = None, None
        child.run_id = message["id"]
        try:
            wire.send(child.sock, message, tuple(fds))
        except OSError:
            pass  # it has just died, and will be reported with its exit code
        for fd in fds:
            os.close(fd)
        wire.send(self.control, {"event": "started", "id": child.run_id, "pid": child.pid})

    def kill(self, run_id: int) -> None:
        """End a run, wherever it has got to."""
        if self.waiting is not None and self.waiting[0]["id"] == run_id:
            self.report_waiting(-signal.SIGKILL)
        for child in self.children.values():
            if child.run_id == run_id:
                _kill_group(child.pid)

    def reap(self) -> None:
        """Report children that ended, after killing what they left in their group."""
        for child in list(self.children.values()):
            ended = os.waitid(os.P_PID, child.pid, os.WEXITED | os.WNOHANG | os.WNOWAIT)
            if ended is None:
                continue
            _kill_group(child.pid)  # before the process id can be used again
            _, status = os.waitpid(child.pid, 0)
            del self.children[child.pid]
            child.sock.close()
            code = -os.WTERMSIG(status) if os.WIFSIGNALED(status) else os.WEXITSTATUS(status)
            if child is self.spare:
                self.spare = None
                self.report_waiting(code)
            elif child.run_id is not None:
                self.kill_orphans()
                wire.send(self.control, {"event": "exited", "id": child.run_id, "code": code})

    def report_waiting(self, code: int) -> None:
        """A run that waits for a child will not have one."""
        if self.waiting is not None:
            message, fds = self.waiting
            self.waiting = None
            for fd in fds:
                os.close(fd)
            wire.send(self.control, {"event": "exited", "id": message["id"], "code": code})

    def kill_orphans(self) -> None:
        """Kill and reap every child that is not ours: grandchildren that were adopted."""
        for _ in range(100):
            orphans = [pid for pid in _children() if pid not in self.children]
            if not orphans:
                return
            for pid in orphans:
                try:
                    os.kill(pid, signal.SIGKILL)
                    os.waitpid(pid, 0)
                except OSError:
                    pass

    def kill_everything(self) -> None:
        for pid in self.children:
            _kill_group(pid)
        self.kill_orphans()


def _end_with_peer(sock: socket.socket, on: bool) -> None:
    """Let the kernel end this process when the other end closes, whatever code is running.

    The signal for news on a descriptor ends a process that does not handle it.
    """
    flags = fcntl.fcntl(sock, fcntl.F_GETFL)
    fcntl.fcntl(sock, fcntl.F_SETOWN, os.getpid())
    fcntl.fcntl(sock, fcntl.F_SETFL, flags | os.O_ASYNC if on else flags & ~os.O_ASYNC)
    if on and select.select([sock], [], [], 0)[0]:
        os._exit(0)  # it closed before the kernel was asked


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


if __name__ == "__main__":
    main()
