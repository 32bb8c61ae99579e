"""What a snippet leaves behind in its process: whether another may follow it there.

Nothing of it is put back by hand: a process in which something has changed is not used again.
Standard library only; Python 3.8 syntax.
"""

from __future__ import annotations

import gc
import operator
import os
import re
import signal
import sys
import tempfile
import threading
import types
import warnings
from typing import TYPE_CHECKING, Any, Mapping

if TYPE_CHECKING:
    from mxcheat.live.worker.adapter import Adapter
    from mxcheat.live.worker.document import resolve
else:  # found by name beside the script that is run, serve.py
    from document import resolve

# What any snippet can name, whatever its code says.
_ALWAYS = {"builtins", "numpy", "random"}


class State:
    """The process as runs find it: all that one can change and a later one would notice.

    What it holds is copied once, when the first code that can name it comes, and held against
    the process after each run; so long as nothing changes, the copy serves the next one as well.
    """

    def __init__(self, adapter: Adapter) -> None:
        self._adapter = adapter
        self._settings = self._read_settings()
        given = adapter.namespace(adapter.device("cpu", 0)).values()
        homes = [resolve(home) for names in adapter.homes.values() for home in names]
        self._always: list[Any] = [each for each in given if isinstance(each, types.ModuleType)]
        self._always += [home for home in homes if isinstance(home, type)]
        # What modules and classes held by name; each with its owner, so that no other can have
        # that identity.
        self._held: dict[int, tuple[Any, dict[str, Any]]] = {}

    def before(self, code: str) -> None:
        """Look at what modules and classes hold that `code`, which is run next, can name."""
        words = set(re.findall(r"\w+", code)) | _ALWAYS
        modules = [each for each in _modules_called(words) if isinstance(each, types.ModuleType)]
        self._named = {id(owner): owner for owner in (*self._always, *modules)}
        for key in self._named.keys() - self._held.keys():
            self._hold(self._named[key])

    def left_behind(self) -> str:
        """What is no longer as it was, in a few words; "" if another snippet may follow."""
        try:
            settings = self._read_settings()
            for what, before in self._settings.items():
                if settings[what] != before:
                    return what
            for key, owner in self._named.items():
                before = self._held[key][1]
                if not _is_same(before, vars(owner)):
                    changed = _changed(before, vars(owner))
                    if changed:
                        return "%s.%s" % (owner.__name__, changed)
                    self._hold(owner)
        except Exception as error:  # a value can be made so that comparing it raises
            return "something that raises %s" % type(error).__name__
        return ""

    def _hold(self, owner: Any) -> None:
        self._held[id(owner)] = owner, dict(vars(owner))

    def _read_settings(self) -> dict[str, Any]:
        tempfile.tempdir = None  # it is set by whoever first makes a temporary file
        return dict(_python_settings(), **self._adapter.modes())


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


# Names of modules by their last part, as far as they have been looked at: there are thousands.
_by_last: dict[str, list[str]] = {}
_looked_at: set[str] = set()


def _modules_called(words: set[str]) -> list[Any]:
    """The modules loaded so far whose name ends in one of `words`."""
    for name in sys.modules.keys() - _looked_at:
        _looked_at.add(name)
        _by_last.setdefault(name.rpartition(".")[2], []).append(name)
    names = (name for word in words for name in _by_last.get(word, ()))
    return [sys.modules[name] for name in names if name in sys.modules]


def _is_same(before: Mapping[str, Any], now: Mapping[str, Any]) -> bool:
    return len(before) == len(now) and all(map(operator.is_, before.values(), now.values()))


def _changed(before: Mapping[str, Any], now: Mapping[str, Any]) -> str:
    """The first name that stands for another object, is gone, or is new and no module.

    Private names are left out: what changes there by itself are caches.
    """
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
