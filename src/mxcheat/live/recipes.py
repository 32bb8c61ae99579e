"""What to install so that a framework can be imported, on which Python and platform."""

from __future__ import annotations

from typing import NamedTuple

from mxcheat.errors import MissingError

# Pythons on which each framework's wheels have been run; the first that is there is taken.
PYTHONS = {
    "torch": ("3.11", "3.12", "3.10", "3.13"),
    "mxnet": ("3.11", "3.10", "3.12", "3.13", "3.9", "3.8"),
}
_TORCH = ("torch>=2.4", "torchvision>=0.19", "tensorboardX>=2.6")
_MXNET = ("--no-deps", "mxnet==1.9.1", "mxboard==0.1.0")
# What these two import, without the bound on NumPy that mxnet's metadata states: our worker puts
# back the names that mxnet misses in a newer one.
_MXNET_NEEDS = (
    "requests>=2.20,<3",
    "graphviz>=0.8.1,<0.9",
    "protobuf>=3.20,<3.21",
    "six",
    "Pillow",
    "tensorboardX>=2.6",
)
_HAVE_MXNET = {("Linux", "x86_64"), ("Darwin", "x86_64")}


class Base(NamedTuple):
    """The interpreter that an environment is made of."""

    python: str
    version: tuple[int, int]
    system: str
    machine: str

    @property
    def series(self) -> str:
        """Its version as in the name of the program: 3.11."""
        return ".".join(map(str, self.version))


def recipe(framework: str, base: Base) -> list[tuple[str, ...]]:
    """What `pip install` is called with, once for each element.

    Raises MissingError where there is nothing that could be installed.
    """
    if framework == "mxnet" and (base.system, base.machine) not in _HAVE_MXNET:
        raise MissingError(
            f"mxnet has wheels for Linux and macOS on x86-64, not for {base.system} on"
            f" {base.machine}",
            hint="name a Python that has mxnet in MXCHEAT_MXNET_PYTHON, or use another machine",
        )
    if base.series not in PYTHONS[framework]:
        raise MissingError(
            f"{framework} cannot be installed for Python {base.series} ({base.python})",
            hint=f"name another with --python: {', '.join(sorted(PYTHONS[framework], key=_order))}",
        )
    if framework == "torch":
        return [_TORCH]
    # Python 3.13 has no NumPy below 2, and 3.12 no distutils, which mxnet imports.
    numpy = "numpy>=1.16" if base.version >= (3, 13) else "numpy>=1.16,<2"
    distutils = ("setuptools",) if base.version >= (3, 12) else ()
    # In this order: after mxnet, pip would call its bound on NumPy broken.
    return [(numpy, *_MXNET_NEEDS, *distutils), _MXNET]


def _order(series: str) -> tuple[int, ...]:
    return tuple(map(int, series.split(".")))
