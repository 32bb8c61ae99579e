"""A text edited in the user's own editor, while the app stands aside."""

from __future__ import annotations

import contextlib
import os
import shlex
import subprocess
import tempfile
from typing import TYPE_CHECKING

from textual.app import SuspendNotSupported

from mxcheat.errors import MxcheatError

if TYPE_CHECKING:
    from textual.app import App


def edited_outside(app: App[object], text: str, suffix: str) -> str:
    """What `text` has become in $VISUAL or $EDITOR, as a file that ends in `suffix`.

    Raises MxcheatError where there is no editor, it fails, or the terminal cannot be left.
    """
    command = _editor()
    path = _file_with(text, suffix)
    try:
        with app.suspend():
            _run([*command, path])
        with open(path, encoding="utf-8") as file:
            return file.read().rstrip("\n")
    except OSError as error:  # an editor may remove the file, or leave something else there
        what = f"what the editor left cannot be read ({error.strerror}); nothing was changed"
        raise MxcheatError(what) from None
    except SuspendNotSupported:
        raise MxcheatError("this terminal cannot be left for an editor") from None
    except UnicodeDecodeError:
        raise MxcheatError("the editor left text that is not UTF-8; nothing was changed") from None
    finally:
        with contextlib.suppress(OSError):
            os.remove(path)


def _editor() -> list[str]:
    """The command that the user has set, in its words."""
    name = "VISUAL" if os.environ.get("VISUAL") else "EDITOR"
    text = os.environ.get(name, "")
    try:
        command = shlex.split(text)
    except ValueError as error:  # a quote that is not closed
        raise MxcheatError(f"{name} is {text!r}, which is no command ({error})") from None
    if not command:
        raise MxcheatError("no editor is set", hint="for example: export EDITOR=vim")
    return command


def _file_with(text: str, suffix: str) -> str:
    with tempfile.NamedTemporaryFile(
        "w", encoding="utf-8", prefix="mxcheat-", suffix=suffix, delete=False
    ) as file:
        file.write(text + "\n")
    return file.name


def _run(command: list[str]) -> None:
    try:
        done = subprocess.run(command, check=False)
    except OSError as error:
        raise MxcheatError(f"{command[0]} cannot be started ({error.strerror})") from None
    if done.returncode:
        raise MxcheatError(f"{command[0]} ended with status {done.returncode}; nothing was changed")
