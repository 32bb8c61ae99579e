"""Random keys, pastes and sizes: `python -m tests.tui.random_keys SEED SECONDS` on real rows.

The same seed presses the same keys; what runs on the side of the engine is made up.
"""

from __future__ import annotations

import asyncio
import os
import random
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

from textual import events

from mxcheat.cheatsheet.sides import SIDES
from mxcheat.loading import load
from mxcheat.tui.actions import ACTIONS
from mxcheat.tui.drafts import draft_of

from .driver import FakeSession, array, driven, side

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .driver import Driver

# These leave the app, or the terminal.
_LEAVES = ("app.quit", "app.suspend")
_BOUND = [
    key
    for action in ACTIONS
    if action.id not in _LEAVES
    for key in action.keys.split(",")
    if key and key not in ("ctrl+z", "ctrl+q", "ctrl+c")
]
_PLAIN = (
    *"abcdexyz019",
    *("space", "escape", "enter", "tab", "shift+tab", "backspace", "delete", "up", "down"),
    *("left", "right", "home", "end", "full_stop", "colon", "left_parenthesis", "quotation_mark"),
)
_PASTED = ("torch.clamp(x, min=0)", "x: normal(2, 3)\ny: 3", "求和", "\x1b[31m\0", "", "a" * 3000)
_SIZES = ((80, 24), (120, 36), (200, 50), (40, 12), (20, 5), (1, 1))


def steps(seed: int) -> Iterator[str | tuple[int, int] | events.Paste]:
    """Keys, and now and then a size or a paste; without an end."""
    chance = random.Random(seed)
    while True:
        drawn = chance.random()
        if drawn < 0.02:
            yield chance.choice(_SIZES)
        elif drawn < 0.06:
            yield events.Paste(chance.choice(_PASTED))
        else:
            yield chance.choice(_BOUND if drawn < 0.5 else _PLAIN)


async def take(it: Driver, step: str | tuple[int, int] | events.Paste) -> None:
    """Do one step, and hold that the app answers and that nothing typed is lost."""
    if isinstance(step, events.Paste):
        (it.app.focused or it.app.screen).post_message(step)
    elif isinstance(step, tuple):
        await it.pilot.resize_terminal(*step)
    else:
        await it.pilot.press(step)
    await asyncio.wait_for(it.pilot.pause(), 30)
    assert it.app.is_running
    assert not it.app.troubles.seen
    _holds_what_is_typed(it)


def _holds_what_is_typed(it: Driver) -> None:
    shown, editors = it.screen.row.shown, it.screen.row.detail.editors
    if shown.editing and editors is not None and shown.row is not None:
        draft = shown.draft or draft_of(shown.row)
        for name in SIDES:
            assert editors.code[name].text.strip() == draft.text(name).strip(), name


async def _stay() -> None:
    """Quitting would end what is tried here."""


def _memory() -> float:
    """What this process holds in memory, in MiB."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * os.sysconf("SC_PAGESIZE") / 2**20


async def press_at_random(seed: int, seconds: float = 1e9, most: int = sys.maxsize) -> int:
    """Press keys for so many seconds or so often; return how many. Raises what goes wrong."""
    quick = FakeSession().at_once()
    quick.gluon = side("gluon", array("y", 1.0, 2.5))
    end = time.monotonic() + seconds
    done: list[object] = []
    try:
        async with driven(quick, "clamp", sheet=load()) as it:
            setattr(it.app, "action_quit", _stay)  # noqa: B010 - the palette offers it, too
            for step in steps(seed):
                if len(done) >= most or time.monotonic() > end:
                    break
                done.append(step)
                await take(it, step)
    except BaseException:
        print(f"seed {seed}, after {len(done)} steps, the last: {done[-25:]}", file=sys.stderr)
        raise
    return len(done)


if __name__ == "__main__":
    os.chdir(tempfile.mkdtemp())  # pages and rows are saved where one is
    seed, seconds = int(sys.argv[1]), float(sys.argv[2])
    start = _memory()
    count = asyncio.run(press_at_random(seed, seconds))
    print(f"seed {seed}: {count} steps, {start:.0f} MiB before, {_memory():.0f} MiB after")
