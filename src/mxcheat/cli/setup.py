"""mxcheat setup: a framework in an environment of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mxcheat.cli.arguments import Parser
from mxcheat.cli.narrate import say
from mxcheat.errors import ExitCode, did_you_mean
from mxcheat.live.interpreters import FRAMEWORKS

if TYPE_CHECKING:
    from collections.abc import Sequence

EXAMPLES = """examples:
  mxcheat setup mxnet
  mxcheat setup torch --python python3.12
  mxcheat setup mxnet --remove

pip's own settings apply: for a torch without CUDA, name an index of such wheels in
PIP_EXTRA_INDEX_URL. Where it was stopped, the same command goes on."""


def run(argv: Sequence[str]) -> ExitCode:
    """Make or remove the environments of the frameworks named, of both if none is."""
    about = "Install a framework where mxcheat finds it, beside the environment you are in."
    parser = Parser("setup", about, EXAMPLES)
    names = tuple(FRAMEWORKS.values())
    parser.add_argument("framework", nargs="*", metavar="torch|mxnet", help="both if none is named")
    parser.add_argument("--python", metavar="PROGRAM", help="the Python to make it with")
    parser.add_argument("--remove", action="store_true", help="remove what setup made")
    args = parser.parse_all(argv)
    for name in args.framework:
        if name not in names:
            raise parser.usage_error(f"{name!r} is no framework", did_you_mean(name, names))
    wanted = args.framework or names
    if args.remove:
        return _remove(wanted)
    return _install(wanted, args.python)


def _install(frameworks: Sequence[str], python: str | None) -> ExitCode:
    from mxcheat.live.install import base_of, find_base, install  # noqa: PLC0415

    for framework in frameworks:
        base = base_of(python) if python else find_base(framework)
        info = install(framework, base, say)
        say(f"{framework} {info['version']} is ready, with NumPy {info['numpy']}")
    return ExitCode.DONE


def _remove(frameworks: Sequence[str]) -> ExitCode:
    from mxcheat.live.environments import environment, remove  # noqa: PLC0415

    removed = [framework for framework in frameworks if remove(framework)]
    for framework in frameworks:
        what = "removed" if framework in removed else "nothing to remove at"
        say(f"{framework}: {what} {environment(framework)}")
    return ExitCode.DONE if removed else ExitCode.NO
