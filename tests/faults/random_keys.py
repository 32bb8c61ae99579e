"""Keys at random in the real app, for as long as one likes: does it still answer, does it grow?

    .venv/bin/python -m tests.faults.random_keys --seconds 3600 --seed 1

Types, pastes, clicks, resizes and runs rows in a pseudo-terminal, with a home and a folder of its
own. Every second the window changes its size, and the time until the app draws is taken; every
fifteen the search must find a row. A line every ten seconds says how much memory, how many
processes and descriptors there are, which are to stay within bounds. In the end the app is quit:
the terminal is to be restored and nothing left. What was wrong is printed, and the exit code is
then 1. A seed gives the same keys again, though not the same moments.
"""

from __future__ import annotations

import argparse
import itertools
import os
import random
import signal
import sys
import tempfile
import time
from collections import deque
from pathlib import Path

import psutil

from tests.e2e.terminal import Terminal
from tests.faults import census
from tests.faults.app import CTRL_U, ENTER, ESCAPE, processes_of, quit_app, settle

# What the search field shows when nothing is typed, and so many things can be in its way.
EMPTY = "a name, code or words"
LAYERS = 6
# Seconds an answer may take; a bound for a loaded machine, not a measure.
PATIENCE = 10
# What the app stays below, however long it is open: in MiB, with room for what it remembers.
MOST_MEMORY, MOST_DESCRIPTORS, MOST_PROCESSES = 300, 64, 32
LETTERS = "abcdefghijklmnopqrstuvwxyz_.()[]=:,'\"0123456789 -+*é漢\u0301\u202e"
WORDS = ["clamp", "addmm", "x.view(", "in:tensor ", "is:differs ", "conv", "train", "zzz", "[red]"]
ARROWS = [f"\x1b[{letter}" for letter in "ABCDHF"] + ["\x1b[5~", "\x1b[6~", "\x1b[3~", "\x1b[1;5A"]
FUNCTIONS = [f"\x1bO{letter}" for letter in "PQRS"] + [f"\x1b[{n}~" for n in (15, *range(17, 22))]
# All but quit and suspend; J and M are Enter, I is Tab, [ begins a sequence.
CONTROLS = [chr(ord(letter) - 64) for letter in "ABCDEFGHIJKLMNOPRSTUVWXY\\]^_"]
PASTES = [
    "nd.clip(x, 0, 1)",
    "a\nb\n" * 20,
    "\x1b]0;title\x07\x1b[2J",
    "x" * 5000,
    "def f(:\n  1/0",
]
SIZES = [(120, 36), (80, 24), (200, 50), (60, 20), (40, 12), (20, 5), (10, 3), (1, 1)]


def some_keys(dice: random.Random) -> str:
    """What a hand on the keyboard, or a cat, may press next."""
    kind = dice.choices(range(9), [8, 4, 8, 4, 3, 3, 3, 1, 2])[0]
    return [
        lambda: dice.choice(LETTERS),
        lambda: dice.choice(WORDS),
        lambda: dice.choice(ARROWS) * dice.randint(1, 5),
        lambda: ENTER,
        lambda: dice.choice([ESCAPE, "\t", "\x1b[Z", "\x7f"]),
        lambda: dice.choice(FUNCTIONS),
        lambda: dice.choice(CONTROLS),
        lambda: f"\x1b[200~{dice.choice(PASTES)}\x1b[201~",
        lambda: mouse(dice),
    ][kind]()


def mouse(dice: random.Random) -> str:
    """A click, or a turn of the wheel, somewhere."""
    column, line = dice.randint(1, 200), dice.randint(1, 50)
    if dice.random() < 0.3:
        return f"\x1b[<{dice.choice((64, 65))};{column};{line}M"
    return f"\x1b[<0;{column};{line}M\x1b[<0;{column};{line}m"


class Drive:
    """One app under random keys."""

    def __init__(self, terminal: Terminal, dice: random.Random) -> None:
        self.terminal = terminal
        self.dice = dice
        self.app = psutil.Process(terminal.process.pid)
        self.size = SIZES[0]
        self.last: deque[str | tuple[int, int]] = deque(maxlen=200)
        self.pressed = 0
        self.slowest = 0.0

    def press(self, seconds: float) -> None:
        """Press random keys for so long."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            keys = some_keys(self.dice)
            self.terminal.type(keys)
            self.last.append(keys)
            self.pressed += 1
            self.terminal.read(self.dice.choice((0, 0, 0.02, 0.1)))

    def has_ended(self) -> bool:
        """Whether it was quit by a command of the palette, which must have gone well."""
        if self.terminal.process.isalive():
            return False
        assert self.terminal.wait_for_end() == 0, self.terminal.text
        return True

    def check_answer(self) -> None:
        """Change the size of the window; something is to be drawn soon."""
        if self.app.status() == psutil.STATUS_STOPPED:  # by a command of the palette
            self.app.send_signal(signal.SIGCONT)
        assert b"Traceback" not in self.terminal.raw
        self.terminal.raw = b""
        began = time.monotonic()
        self.resize(self.dice.choice([size for size in SIZES if size != self.size]))
        while not self.terminal.raw:
            assert time.monotonic() - began < PATIENCE, "nothing is drawn any more"
            self.terminal.read(0.05)
        self.slowest = max(self.slowest, time.monotonic() - began)

    def check_search(self) -> None:
        """Go back to the search from wherever the keys have led; a row is to be found."""
        self.resize(SIZES[0])
        try:
            self.go_back()
            self.terminal.type(CTRL_U + "clamp")
            self.terminal.wait_for("Limit the values of a tensor", seconds=PATIENCE)
        except AssertionError as error:
            raise AssertionError(f"{error}\nafter {list(self.last)}") from None

    def go_back(self) -> None:
        """Press Escape until nothing is left to be closed, stopped, folded, left or cleared.

        The first ones close lists over the screen; while a run is being stopped they do nothing.
        """
        end = time.monotonic() + PATIENCE
        for count in itertools.count(1):
            self.terminal.type(ESCAPE)
            settle(self.terminal, 0.3)
            if count >= LAYERS and EMPTY in self.terminal.text:
                return
            assert time.monotonic() < end, f"Escape leads nowhere:\n{self.terminal.text}"

    def resize(self, size: tuple[int, int]) -> None:
        """Change the size of the window, and of what shows it: columns, lines."""
        self.terminal.read(0)
        columns, lines = self.size = size
        self.last.append(size)
        self.terminal.screen.resize(lines, columns)
        self.terminal.process.setwinsize(lines, columns)

    def census(self) -> str:
        """What the app and all below it take, in a line; it is not to be much."""
        app, *below = processes_of(self.terminal)
        sizes = [process.memory_info().rss / 2**20 for process in (app, *app.children())]
        assert sizes[0] < MOST_MEMORY, f"the app takes {sizes[0]:.0f} MiB"
        assert app.num_fds() < MOST_DESCRIPTORS, f"{app.num_fds()} descriptors"
        assert len(below) < MOST_PROCESSES, below
        return (
            f"{self.pressed:>6} keys, {' + '.join(f'{size:.0f}' for size in sizes)} MiB in app and "
            f"workers, {1 + len(below)} processes, {app.num_fds()} descriptors, "
            f"{app.num_threads()} threads, slowest answer {self.slowest:.2f} s"
        )


def drive(seconds: float, dice: random.Random) -> float:
    """Open an app and press keys until it ends or the time is over; return how long that took."""
    columns, lines = SIZES[0]
    began = time.monotonic()
    with Terminal(columns=columns, lines=lines) as terminal:
        terminal.wait_for("torch 2.", "mxnet 1.", seconds=60)
        it = Drive(terminal, dice)
        for second in range(1, int(seconds) + 1):
            it.press(1)
            if it.has_ended():
                print(f"{second:>6} s  quit by its own command", flush=True)
                break
            it.check_answer()
            if second % 15 == 0:
                it.check_search()
            if second % 10 == 0:
                print(f"{second:>6} s {it.census()}", flush=True)
        else:
            it.check_search()
            print(f"{'end':>6}   {it.census()}", flush=True)
            quit_app(terminal)
    return time.monotonic() - began


def main() -> int:
    """Drive apps for the time asked for; 1 if one of them misbehaved."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    dice = random.Random(options.seed)
    with tempfile.TemporaryDirectory() as home:
        os.environ["HOME"] = home
        os.chdir(home)
        problems = _drive_all(options.seconds, dice)
        log = Path(home, ".local/state/mxcheat/error.log")
        problems += [log.read_text()] if log.exists() else []
        problems += [f"left behind: {process}" for process in census.started_by_us()]
        os.chdir("/")
    print("\n".join(problems) or "nothing wrong")
    return min(1, len(problems))


def _drive_all(seconds: float, dice: random.Random) -> list[str]:
    left = seconds
    while left >= 1:
        try:
            left -= drive(left, dice)
        except AssertionError as error:
            return [str(error)]
    return []


if __name__ == "__main__":
    sys.exit(main())
