"""The entry point: which command is meant, and what its outcome is for the shell."""

from __future__ import annotations

import os
import sys

from mxcheat.cli.commands import command_of, module_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command line; return the exit code. Users' mistakes never show a traceback."""
    arguments = list(sys.argv[1:] if argv is None else argv)
    try:
        code = _dispatch(arguments)
        sys.stdout.flush()
    except BrokenPipeError:  # the reader has gone
        _give_up_stdout()
        return 0
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

    _speak()
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


def _speak() -> None:
    """Speak the user's language, where the command has ended before it did."""
    from contextlib import suppress  # noqa: PLC0415 - most commands end well

    from mxcheat.config import language  # noqa: PLC0415
    from mxcheat.errors import MxcheatError  # noqa: PLC0415
    from mxcheat.render.language import speak  # noqa: PLC0415

    with suppress(MxcheatError):  # it is told in English that the settings are wrong
        speak(language())


def _no_room(error: OSError) -> bool:
    import errno  # noqa: PLC0415 - most commands end well

    return error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)


def _give_up_stdout() -> None:
    """Keep the interpreter's own flush at exit from complaining."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)


def _dispatch(arguments: list[str]) -> int:
    command, others = command_of(arguments)
    try:
        return int(module_of(command).run(others))
    except SystemExit as leaving:  # argparse, after --help
        return leaving.code if isinstance(leaving.code, int) else 2
