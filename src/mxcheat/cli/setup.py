"""mxcheat setup: a framework in an environment of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mxcheat.cheatsheet.sides import FRAMEWORKS
from mxcheat.cli.arguments import Parser
from mxcheat.cli.narrate import say
from mxcheat.errors import ExitCode

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mxcheat.cheatsheet.sides import Side

EXAMPLES = """examples:
  mxcheat setup mxnet
  mxcheat setup torch --python python3.12
  mxcheat setup mxnet --remove

A torch without CUDA is taken where one is offered; PIP_EXTRA_INDEX_URL may name
an index of such. Where it was stopped, the same command goes on; one that works
is left as it is."""


def parser() -> Parser:
    """What the command takes."""
    about = "Install a framework where mxcheat finds it, beside the environment you are in."
    parser = Parser("setup", about, EXAMPLES)
    parser.add_argument(
        "framework",
        nargs="*",
        choices=FRAMEWORKS.values(),
        metavar="[FRAMEWORK...]",
        help="torch or mxnet; both if none is named",
    )
    parser.add_argument("--python", metavar="PROGRAM", help="the Python to make it with")
    parser.add_argument("--cuda", action="store_true", help="torch with CUDA, some gigabytes")
    parser.add_argument("--remove", action="store_true", help="remove what setup made")
    return parser


def run(argv: Sequence[str]) -> ExitCode:
    """Make or remove the environments of the frameworks named, of both if none is."""
    args = parser().parse_all(argv)
    wanted = args.framework or tuple(FRAMEWORKS.values())
    if args.remove:
        return _remove(wanted)
    return _install(wanted, args.python, args.cuda)


def _install(frameworks: Sequence[str], python: str | None, cuda: bool) -> ExitCode:
    from mxcheat.live.install import Setup, find_base  # noqa: PLC0415
    from mxcheat.live.pythons import ask_python  # noqa: PLC0415

    for framework in frameworks:
        base = ask_python(python) if python else find_base(framework)
        info = Setup(framework, base, say, cuda).install()
        say(f"{framework} {info['version']} is ready, with NumPy {info['numpy']}")
    for side, framework in FRAMEWORKS.items():
        if framework in frameworks:
            _say_if_unused(side, framework)
    return ExitCode.DONE


def _say_if_unused(side: Side, framework: str) -> None:
    """Say what goes before the environment that has just been made, if anything does."""
    from mxcheat.live.environments import made_python  # noqa: PLC0415
    from mxcheat.live.interpreters import choose  # noqa: PLC0415

    chosen = choose(side)
    if chosen.python != made_python(framework):
        say(f"{framework} is run by {chosen.python} all the same ({chosen.why})")


def _remove(frameworks: Sequence[str]) -> ExitCode:
    from mxcheat.live.environments import alone, cannot_write, environment, remove  # noqa: PLC0415

    code = ExitCode.NO
    for framework in frameworks:
        folder = environment(framework)
        try:
            with alone(folder, say):
                removed = remove(folder)
        except OSError as error:
            raise cannot_write(folder, error) from None
        code = ExitCode.DONE if removed else code
        say(f"{framework}: {'removed' if removed else 'nothing to remove at'} {folder}")
    return code
