"""What to install so that a framework can be imported, on which Python and platform."""

from __future__ import annotations

from shlex import join
from typing import TYPE_CHECKING

from mxcheat.errors import MissingError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mxcheat.live.pythons.ask import Python

# Pythons on which each framework's wheels have been run; the first that is there is taken.
PYTHONS = {
    "torch": ("3.11", "3.12", "3.10", "3.13"),
    "mxnet": ("3.11", "3.10", "3.12", "3.13", "3.9", "3.8"),
}
# What is downloaded; torch without CUDA.
SIZES = {"torch": "some 250 MB", "mxnet": "some 80 MB"}
# The oldest Python that the workers are written for.
OLDEST = (3, 8)
# The last that reads with the protobuf that mxboard needs; not made for Python 3.13.
_ONNX = "onnx>=1.16,<1.18; python_version < '3.13'"
_TORCH = ("torch>=2.4", "torchvision>=0.19", "tensorboardX>=2.6", _ONNX)
_MXNET = ("--no-deps", "mxnet==1.9.1", "mxboard==0.1.0")
# What these two import, without the bound on NumPy that mxnet's metadata states: our worker puts
# back the names that mxnet misses in a newer one.
_MXNET_NEEDS = (
    "requests>=2.20,<3",
    "graphviz>=0.8.1,<0.9",
    "protobuf>=3.20.2,<3.21",
    "six",
    "Pillow",
    "tensorboardX>=2.6",
    _ONNX,
)
_HAVE_MXNET = {("Linux", "x86_64"), ("Darwin", "x86_64")}
# What runs mxnet's wheel on a machine of another kind.
_INSTEAD = {
    "Darwin": "a Python for Intel, which Rosetta runs: mxcheat setup mxnet --python PROGRAM",
    "Linux": "an x86-64 machine or container",
    "Windows": "WSL on an x86-64 machine",
}


def recipe(framework: str, base: Python) -> list[tuple[str, ...]]:
    """What `pip install` is called with, once for each element.

    Raises MissingError where there is nothing that could be installed.
    """
    _check_platform(framework, base)
    if base.series not in PYTHONS[framework]:
        raise MissingError(
            f"{framework} cannot be installed for Python {base.series} ({base.path})",
            hint=f"name another with --python: {', '.join(sorted(PYTHONS[framework], key=_order))}",
        )
    if framework == "torch":
        return [_TORCH]
    # Python 3.13 has no NumPy below 2, and 3.12 no distutils, which mxnet imports.
    numpy = "numpy>=1.16" if base.version >= (3, 13) else "numpy>=1.16,<2"
    # In this order: after mxnet, pip would call its bound on NumPy broken.
    return [(numpy, *_MXNET_NEEDS, *_distutils(base)), _MXNET]


def pip_line(framework: str, python: Python, *, broken: bool) -> str:
    """The line for a shell that installs a framework for a Python of the user's own.

    A `broken` one is installed over. Raises MissingError where there is nothing to install.
    """
    _check_platform(framework, python)
    pip = [python.path, "-m", "pip", "install"]
    pip += ["--force-reinstall"] if broken else []
    if framework == "mxnet" and python.version >= (3, 13):
        needs = ["numpy", *_MXNET_NEEDS[:2], *_distutils(python)]
        return f"{join([*pip, *needs])} && {join([*pip, *_MXNET[:2]])}"
    distutils = _distutils(python) if framework == "mxnet" else ()
    return join([*pip, framework, *distutils])


def _check_platform(framework: str, base: Python) -> None:
    if framework == "mxnet" and (base.system, base.machine) not in _HAVE_MXNET:
        raise MissingError(
            f"mxnet has wheels for Linux and macOS on x86-64, not for {base.system} on"
            f" {base.machine}",
            hint=f"what works: {_INSTEAD.get(base.system, 'a machine of that kind')}; without it,"
            " Gluon's side of every row is shown as recorded",
        )


def _distutils(base: Python) -> Sequence[str]:
    return ("setuptools",) if base.version >= (3, 12) else ()


def _order(series: str) -> tuple[int, ...]:
    return tuple(map(int, series.split(".")))
