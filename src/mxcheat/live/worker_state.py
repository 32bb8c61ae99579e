"""What a snippet leaves behind in its process, so that another may follow it there or not.

Nothing of it is put back by hand, save what `put_back` names: a process in which anything else
has changed is not used again. Standard library only; Python 3.8 syntax.
"""

from __future__ import annotations

import gc
import operator
import os
import signal
import sys
import tempfile
import threading
import types
import warnings
from typing import TYPE_CHECKING, Any, Iterator

if TYPE_CHECKING:
    from mxcheat.live.worker_adapter import Adapter
    from mxcheat.live.worker_document import resolve
else:  # found by name beside the script that is run, worker.py
    from worker_document import resolve

# A snippet's own module; the others belong to whoever imported them.
_OWN = ("__main__", "__mp_main__")


class State:
    """The process as it was before a snippet: what it can change, and a later one would notice."""

    def __init__(self, adapter: Adapter) -> None:
        self._adapter = adapter
        self._folder = os.getcwd()
        self._settings, self._names = self._read()

    def left_behind(self) -> str:
        """What is no longer as it was, in a few words; "" if another snippet may follow.

        What was imported meanwhile is watched from now on.
        """
        try:
            settings, names = self._read()
            for what, before in self._settings.items():
                if settings[what] != before:
                    return what
            for home, (_, before) in self._names.items():
                changed = _changed(before, names[home][1])
                if changed:
                    return "%s.%s" % (home, changed)
        except Exception as error:  # a value can be made so that comparing it raises
            return "something that raises %s" % type(error).__name__
        self._names = names
        return ""

    def put_back(self) -> None:
        """An empty folder to work in, and the counters from which the framework makes names."""
        enter(tempfile.mkdtemp(dir=self._folder))
        self._adapter.forget_names()

    def _read(self) -> tuple[dict[str, Any], dict[str, tuple[Any, dict[str, Any]]]]:
        tempfile.tempdir = None  # it is set by whoever first makes a temporary file
        return dict(_python_settings(), **self._adapter.modes()), dict(self._read_names())

    def _read_names(self) -> Iterator[tuple[str, tuple[Any, dict[str, Any]]]]:
        """What every module, and every class whose methods rows name, holds by name.

        With its owner, so that what is replaced stays alive and its identity cannot come again.
        """
        for name, module in list(sys.modules.items()):
            if isinstance(module, types.ModuleType) and name not in _OWN:
                yield name, (module, vars(module).copy())
        for homes in self._adapter.homes.values():
            for home in homes:
                owner = resolve(home)
                if isinstance(owner, type):
                    yield home, (owner, dict(vars(owner)))


def _python_settings() -> dict[str, Any]:
    numpy = sys.modules.get("numpy")
    return {
        "environment variables": {k: v for k, v in os.environ.items() if k != "TMPDIR"},
        "the import path": list(sys.path),
        "standard streams": tuple(map(id, (sys.stdin, sys.stdout, sys.stderr))),
        "warning filters": list(warnings.filters),
        "signal handlers": [signal.getsignal(number) for number in _SIGNALS],
        "hooks": (sys.excepthook, sys.displayhook, sys.gettrace(), sys.getprofile()),
        "limits": (sys.getrecursionlimit(), gc.isenabled(), gc.get_threshold()),
        "threads": set(map(id, threading.enumerate())),
        "processes": _children(),
        "NumPy's settings": numpy and (numpy.geterr(), numpy.get_printoptions()),
    }


# Methods that can be replaced in a class: `__add__`, not `__slotnames__`.
_METHODS = {name for kind in (object, int, list, dict) for name in vars(kind)} | {"__call__"}
_SIGNALS = sorted(signal.valid_signals() - {signal.SIGKILL, signal.SIGSTOP})


def enter(folder: str) -> None:
    """Work in `folder`, and put temporary files there: they go with it."""
    os.chdir(folder)
    os.environ["TMPDIR"] = folder
    tempfile.tempdir = None


def _changed(before: dict[str, Any], now: dict[str, Any]) -> str:
    """The first name that stands for another object, is gone, or is new and no module.

    Private names are left out: what changes there by itself are caches.
    """
    if len(before) == len(now) and all(map(operator.is_, before.values(), now.values())):
        return ""
    for name, value in before.items():
        if now.get(name, now) is not value and not _is_private(name):
            return name
    for name, value in now.items():
        if name not in before and not (_is_private(name) or isinstance(value, types.ModuleType)):
            return name
    return ""


def _is_private(name: str) -> bool:
    return name.startswith("_") and name not in _METHODS


def _children() -> list[str]:
    """Processes that this one's main thread started, where the system tells."""
    try:
        with open("/proc/self/task/%d/children" % os.getpid()) as listing:
            return listing.read().split()
    except OSError:
        return []
