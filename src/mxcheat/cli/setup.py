"""mxcheat setup: a framework in an environment of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mxcheat.cheatsheet.sides import FRAMEWORKS
from mxcheat.cli.arguments import Parser
from mxcheat.cli.narrate import say
from mxcheat.errors import ExitCode
from mxcheat.live.pythons.choose import choose

if TYPE_CHECKING:
    import argparse
    from collections.abc import Sequence

    from mxcheat.live.pythons.choose import Chosen

EXAMPLES = """examples:
  mxcheat setup mxnet
  mxcheat setup torch --python python3.12
  mxcheat setup mxnet --remove

A framework that already works is left as it is, and nothing is downloaded; with
--python or --cuda it gets an environment of its own all the same. torch without
CUDA is preferred where an index has it; PIP_EXTRA_INDEX_URL can name one. If
setup is interrupted, run the same command again to continue."""


def parser() -> Parser:
    """What the command takes."""
    about = "Install a framework for mxcheat, in an environment of its own."
    parser = Parser("setup", about, EXAMPLES)
    parser.add_argument(
        "framework",
        nargs="*",
        choices=FRAMEWORKS.values(),
        metavar="[FRAMEWORK...]",
        help="torch or mxnet; both if none is named",
    )
    parser.add_argument("--python", metavar="PROGRAM", help="the Python to create it with")
    parser.add_argument("--cuda", action="store_true", help="torch with CUDA: several gigabytes")
    parser.add_argument("--remove", action="store_true", help="remove what setup installed")
    return parser


def run(argv: Sequence[str]) -> ExitCode:
    """Make or remove the environments of the frameworks named, of both if none is."""
    args = parser().parse_all(argv)
    wanted = args.framework or tuple(FRAMEWORKS.values())
    if args.remove:
        return _remove(wanted)
    return _install(wanted, args)


def _install(frameworks: Sequence[str], args: argparse.Namespace) -> ExitCode:
    from mxcheat.config.engine import engine_settings  # noqa: PLC0415
    from mxcheat.live.pythons.ask import ask_python  # noqa: PLC0415
    from mxcheat.live.pythons.install import Setup, find_base, working  # noqa: PLC0415

    settings = engine_settings(args.settings)
    asked_for = args.python or args.cuda  # an environment of its own, whatever there is
    for side, framework in FRAMEWORKS.items():
        if framework not in frameworks:
            continue
        chosen = choose(side, settings)
        if not asked_for and (info := working(chosen)):
            where = f"{chosen.python} ({chosen.why})"
            say(f"{framework} {info['version']} already works in {where}; nothing was installed")
            continue
        base = ask_python(args.python) if args.python else find_base(framework)
        info = Setup(framework, base, say, args.cuda).install()
        say(f"{framework} {info['version']} is ready, with NumPy {info['numpy']}")
        _say_if_unused(choose(side, settings))
    return ExitCode.DONE


def _say_if_unused(chosen: Chosen) -> None:
    """Say what goes before the environment that has just been made, if anything does."""
    from mxcheat.live.pythons.environments import made_python  # noqa: PLC0415

    if chosen.python != made_python(chosen.framework):
        say(f"{chosen.framework} still runs in {chosen.python} ({chosen.why})")


def _remove(frameworks: Sequence[str]) -> ExitCode:
    from mxcheat.live.pythons.environments import alone, cannot_write, environment, remove  # noqa: PLC0415

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
