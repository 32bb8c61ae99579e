"""Making an environment with a framework in it: venv and pip, then the proof by importing it.

Of torch the build for the CPU is taken where it can be told apart.
"""

from __future__ import annotations

import contextlib
import re
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from mxcheat.cheatsheet.sides import FRAMEWORKS
from mxcheat.errors import MissingError
from mxcheat.live.host.process import WorkerFailedError, WorkerProcess
from mxcheat.live.pythons import environments
from mxcheat.live.pythons.ask import NoPythonError, Python, ask_python
from mxcheat.live.pythons.choose import Chosen, is_installed
from mxcheat.live.pythons.pip import Pip, run
from mxcheat.live.pythons.recipes import PYTHONS, SIZES, recipe

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from pathlib import Path

    from mxcheat.cheatsheet.sides import Side

_SIDES: dict[str, Side] = {framework: side for side, framework in FRAMEWORKS.items()}
_SECONDS = 120.0
# A pip that reads what a wheel needs without fetching it: for another a plan costs gigabytes.
PLANNING_PIP = "pip>=23.2"
_OLDEST_TORCH = (2, 4)


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
            run([self.base.path, "-I", "-m", "venv", str(folder)], folder, lock)
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
        python = str(environments.python_in(folder))
        return _imported(Chosen(_SIDES[self.framework], python, "made by mxcheat setup"))


def working(chosen: Chosen) -> dict[str, Any] | None:
    """What the worker of a side says ("version", "numpy") if its framework can be imported."""
    if is_installed(chosen):
        with contextlib.suppress(MissingError):
            return _imported(chosen)
    return None


def _imported(chosen: Chosen) -> dict[str, Any]:
    worker = WorkerProcess(chosen)
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


def without_cuda(
    pip: Pip, wanted: Sequence[str], base: Python, others: Iterable[Python]
) -> tuple[str, ...]:
    """What is `wanted`, with torch's build for the CPU named where one is offered.

    `others` are Pythons that could be taken instead of `base`. Raises MissingError where what pip
    would install brings CUDA.
    """
    found = cpu_build(pip.versions("torch"))
    if found is not None:
        return tuple(f"torch=={found}" if need.startswith("torch>") else need for need in wanted)
    pip.install([PLANNING_PIP])
    cuda = [name for name in pip.plan(wanted) if name.startswith("nvidia-")]
    if cuda:
        raise _only_cuda(len(cuda), pip, base, others)
    return tuple(wanted)


def cpu_build(versions: Iterable[str]) -> str | None:
    """The first version whose label says that it is for the CPU, of versions newest first."""
    for version in versions:
        number = re.fullmatch(r"(\d+)\.(\d+)\.\d+\+cpu", version)
        if number and (int(number[1]), int(number[2])) >= _OLDEST_TORCH:
            return version
    return None


def _only_cuda(count: int, pip: Pip, base: Python, others: Iterable[Python]) -> MissingError:
    """The error that says what pip would download, and each line that goes on from here."""
    ways = [
        f"mxcheat setup torch --python python{other.series} takes a build for the CPU"
        for other in others
        if other.version != base.version and cpu_build(pip.versions("torch", other.series))
    ]
    ways += ["PIP_EXTRA_INDEX_URL may name an index that has one", "--cuda takes what there is"]
    message = f"torch for Python {base.series} brings CUDA here: {count} packages, some gigabytes"
    return MissingError(message, hint=", ".join(ways))
