"""Making an environment with a framework in it: venv and pip, then the proof by importing it."""

from __future__ import annotations

import contextlib
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from mxcheat.cheatsheet.sides import FRAMEWORKS
from mxcheat.errors import MissingError
from mxcheat.live import environments
from mxcheat.live.pip import Pip, run
from mxcheat.live.process import WorkerFailedError, WorkerProcess
from mxcheat.live.pythons import NoPythonError, Python, ask_python
from mxcheat.live.recipes import PYTHONS, SIZES, recipe
from mxcheat.live.torch_build import without_cuda

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from mxcheat.cheatsheet.sides import Side

_SIDES: dict[str, Side] = {framework: side for side, framework in FRAMEWORKS.items()}
_SECONDS = 120.0


@dataclass(frozen=True)
class Setup:
    """A framework to be had in an environment of its own, made of `base`.

    With `cuda`, torch comes with CUDA where it is offered so.
    """

    framework: str
    base: Python
    say: Callable[[str], None]
    cuda: bool = False

    def install(self) -> dict[str, Any]:
        """Make the environment, or go on where it was left, and use it from then on.

        One that works is left as it is. Returns what its worker says: "version", "numpy",
        "python_path". What venv and pip print goes to stderr.
        Raises MxcheatError with what failed.
        """
        steps = recipe(self.framework, self.base)
        folder = environments.environment(self.framework)
        with environments.alone(folder, self.say) as lock:
            if info := self._ready(folder):
                return info
            self._make(folder, lock)
            self._fill(Pip(environments.python_in(folder), lock), steps)
            info = self._import(folder)
            environments.call_whole(folder)
            return info

    def _ready(self, folder: Path) -> dict[str, Any] | None:
        """What the worker of an environment says that is just what is wanted."""
        if environments.is_whole(folder) and self._fits(folder):
            with contextlib.suppress(MissingError):
                info = self._import(folder)
                return None if self.cuda and "+cpu" in info["version"] else info
        return None

    def _fits(self, folder: Path) -> bool:
        """Whether there is an environment, made of the Python that is wanted."""
        if environments.is_made(folder):
            with contextlib.suppress(NoPythonError):
                there = ask_python(str(environments.python_in(folder)))
                return there.version == self.base.version
        return False

    def _make(self, folder: Path, lock: int) -> None:
        """See to it that there is an environment to install into; one that broke is replaced."""
        broken = environments.is_whole(folder)
        if not broken and self._fits(folder):
            return
        self.say(f"making an environment with Python {self.base.series}: {folder}")
        try:
            environments.remove(folder)
            run([self.base.path, "-m", "venv", str(folder)], folder, lock)
            environments.call_made(folder)
        except OSError as error:
            raise environments.cannot_write(folder, error) from None

    def _fill(self, pip: Pip, steps: list[tuple[str, ...]]) -> None:
        size = "some gigabytes" if self.cuda else SIZES[self.framework]
        if self.framework == "torch" and not self.cuda:
            steps = [without_cuda(pip, step, self.base, on_path("torch")) for step in steps]
        self.say(f"pip downloads {size}, unless it has them already")
        for step in steps:
            self.say(f"installing {' '.join(name for name in step if not name.startswith('-'))}")
            pip.install(step)

    def _import(self, folder: Path) -> dict[str, Any]:
        worker = WorkerProcess(_SIDES[self.framework], str(environments.python_in(folder)))
        try:
            worker.wait_until_ready(_SECONDS, lambda: False)
            return worker.info
        except WorkerFailedError as error:
            raise MissingError(str(error.failure)) from None
        finally:
            worker.end()


def find_base(framework: str) -> Python:
    """Our own interpreter if the framework can be had for it, else the first on the PATH."""
    own = ask_python(sys.executable)
    return own if own.series in PYTHONS[framework] else next(on_path(framework), own)


def on_path(framework: str) -> Iterator[Python]:
    """The Pythons on the PATH that a framework can be installed for, the best first."""
    for series in PYTHONS[framework]:
        # A program of that name may still be none: pyenv puts one there for every version.
        with contextlib.suppress(NoPythonError):
            yield ask_python(f"python{series}")
