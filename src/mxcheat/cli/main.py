"""The entry point: which command is meant, and what its outcome is for the shell."""

from __future__ import annotations

import os
import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

# Command -> module with `run(argv)`; imported only when it is the one that was asked for.
COMMANDS = {
    "lookup": "lookup",
    "try": "try_row",
    "list": "list_rows",
    "verify": "verify",
    "doctor": "doctor",
    "setup": "setup",
    "export": "export",
    "record": "record",
}

HELP = """usage: mxcheat [QUERY...]          search full screen
       mxcheat COMMAND [...]

PyTorch and MXNet Gluon, side by side, every claim executed.

commands:
  lookup QUERY...   the row for a name, a line of code, or a few words
  try ROW           run both forms on a device, and compare
  list              every row
  verify [ROW...]   run rows on all their inputs and check what they promise
  doctor            what this machine has, what it lacks, what mends it
  setup [torch|mxnet]  install a framework beside the environment you are in
  export            the corrected cheatsheet as Markdown or HTML
  record            keep what every row gives, for where a framework is missing

options:
  --data FILE       add a YAML file of your own rows (any command)
  --color WHEN      auto, always or never (any command)
  --version         print the version
  -h, --help        this page; after a command, that command's options

examples:
  mxcheat clamp
  mxcheat lookup as_in_context
  mxcheat try addmm --ctx gpu0
"""

# Options that may stand before the command and take a value of their own.
_VALUED = ("--data", "--color")


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command line; return the exit code. Users' mistakes never show a traceback."""
    arguments = list(sys.argv[1:] if argv is None else argv)
    try:
        code = _dispatch(arguments)
        sys.stdout.flush()
    except BrokenPipeError:  # the reader has gone
        _give_up_stdout()
        return 0
    except SystemExit as leaving:  # argparse, after --help
        return leaving.code if isinstance(leaving.code, int) else 2
    except (Exception, KeyboardInterrupt) as error:
        told = _told(error)
        if told is None:
            raise
        return told
    return code


def _told(error: BaseException) -> int | None:
    """The exit code of an end that a user has been told of; None for a fault of our own."""
    from mxcheat.cli.narrate import complain, say  # noqa: PLC0415 - most commands end well
    from mxcheat.errors import ExitCode, MxcheatError  # noqa: PLC0415

    if isinstance(error, MxcheatError):
        complain(error)
        return int(error.exit_code)
    if isinstance(error, KeyboardInterrupt):
        say("interrupted")
        return int(ExitCode.INTERRUPTED)
    if isinstance(error, OSError) and error.filename is None and _no_room(error):
        _give_up_stdout()
        say(f"the output cannot be written ({error.strerror})")
        return int(ExitCode.MISSING)
    return None


def _no_room(error: OSError) -> bool:
    import errno  # noqa: PLC0415 - most commands end well

    return error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)


def _give_up_stdout() -> None:
    """Keep the interpreter's own flush at exit from complaining."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)


def _dispatch(arguments: list[str]) -> int:
    position = _first_word(arguments)
    word = arguments[position] if position is not None else ""
    if word not in COMMANDS:
        leading = arguments[:position] if position is not None else arguments
        if "--help" in leading or "-h" in leading:
            sys.stdout.write(HELP)
            return 0
        return _run("app", arguments)
    assert position is not None
    return _run(COMMANDS[word], arguments[:position] + arguments[position + 1 :])


def _run(module: str, arguments: list[str]) -> int:
    # importlib would have to be loaded first.
    run = __import__(f"mxcheat.cli.{module}", fromlist=["run"]).run
    return int(run(arguments))


def _first_word(arguments: Sequence[str]) -> int | None:
    """Position of the first argument that is neither an option nor an option's value."""
    skip = False
    for position, argument in enumerate(arguments):
        if skip:
            skip = False
        elif argument == "--":
            return None
        elif argument in _VALUED:
            skip = True
        elif not argument.startswith("-"):
            return position
    return None
