"""Which build of torch is installed: the one for the CPU where that can be told apart."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from mxcheat.errors import MissingError

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from mxcheat.live.pip import Pip
    from mxcheat.live.pythons import Python

# A pip that reads what a wheel needs without fetching it: for another a plan costs gigabytes.
PLANNING_PIP = "pip>=23.2"
_OLDEST = (2, 4)


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
        if number and (int(number[1]), int(number[2])) >= _OLDEST:
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
