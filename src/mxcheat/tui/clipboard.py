"""Copies text to the clipboard: with a local tool, through tmux, or by asking the terminal."""

from __future__ import annotations

import base64
import os
import subprocess
import sys
from shutil import which
from typing import TYPE_CHECKING

from mxcheat.paths import state_directory
from mxcheat.render.language import label, said

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

# Terminals drop a longer sequence without a word; xterm's bound is the lowest.
LONGEST_BASE64 = 74_994
_NO_CLIPBOARD = ("linux", "dumb", "")
_PATIENCE = 2.0


def copy(text: str, write: Callable[[str], object]) -> str:
    """Copy `text` by the surest way there is; return in words which that was.

    `write` sends a sequence to the terminal. Where it is not known whether the text arrives,
    it is kept in a file as well, and the words name it.
    """
    for name, command in _commands():
        if _pipe(command, text):
            return name
    sequence = osc52(text)
    if os.environ.get("TERM", "") in _NO_CLIPBOARD:
        return said("not copied: this terminal has no clipboard; {file}", file=_kept(text))
    if len(sequence) > LONGEST_BASE64:
        longest = LONGEST_BASE64 * 3 // 4 // 1024
        sizes = {"size": len(text.encode()) // 1024, "longest": longest}
        sentence = "not copied: {size} KiB, and a terminal takes {longest}; {file}"
        return said(sentence, file=_kept(text), **sizes)
    in_tmux = bool(os.environ.get("TMUX"))
    write(_for_tmux(sequence) if in_tmux else sequence)
    sentence = "sent to the terminal's clipboard (OSC 52); if it refuses, {file}"
    if in_tmux:
        sentence = "sent through tmux to the terminal's clipboard (OSC 52); if it refuses, {file}"
    return said(sentence, file=_kept(text))


def osc52(text: str) -> str:
    """The sequence that asks a terminal to put `text` on its clipboard."""
    return f"\x1b]52;c;{base64.b64encode(text.encode()).decode()}\x07"


def _commands() -> Iterator[tuple[str, list[str]]]:
    """The commands that can copy here, each with the words that report it."""
    remote = any(os.environ.get(name) for name in ("SSH_CONNECTION", "SSH_TTY"))
    if not remote:
        for command in _local_tools():
            if which(command[0]):
                yield said("copied with {tool}", tool=command[0]), command
    if os.environ.get("TMUX") and which("tmux"):
        yield (
            label("copied to tmux's buffer, and to the terminal's clipboard if it has one"),
            ["tmux", "load-buffer", "-w", "-"],
        )


def _local_tools() -> Iterator[list[str]]:
    if sys.platform == "darwin":
        yield ["pbcopy"]
    if os.environ.get("WAYLAND_DISPLAY"):
        yield ["wl-copy"]
    if os.environ.get("DISPLAY"):
        yield ["xclip", "-selection", "clipboard"]
        yield ["xsel", "--clipboard", "--input"]


def _pipe(command: list[str], text: str) -> bool:
    """Give `text` to a program; return whether it took it."""
    try:
        done = subprocess.run(
            command,
            input=text.encode(),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            timeout=_PATIENCE,
            start_new_session=True,  # what keeps the clipboard is not to end with us
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired):
        return False
    return done.returncode == 0


def _for_tmux(sequence: str) -> str:
    """Wrapped so that tmux hands it on to the terminal it runs in."""
    return "\x1bPtmux;" + sequence.replace("\x1b", "\x1b\x1b") + "\x1b\\"


def _kept(text: str) -> str:
    """Keep the text in a file; return where it is, in words."""
    directory = state_directory()
    if directory is None:
        return label("it could not be kept in a file either: there is no home")
    path = os.path.join(directory, "copied.txt")
    try:
        os.makedirs(directory, mode=0o700, exist_ok=True)
        with open(path, "w", encoding="utf-8") as file:
            file.write(text)
    except OSError as error:
        sentence = "it could not be kept in {path} either ({error})"
        return said(sentence, path=path, error=error.strerror)
    return said("it is in {path}", path=path)
