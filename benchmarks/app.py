"""The app through a pseudo-terminal: first paint, a key to its repaint, Enter to the verdict.

Only the times of bytes are taken while the app runs; what they drew is replayed afterwards. A
bare Textual app with an input, a list of as many lines and a footer is measured in turns with it.
"""

from __future__ import annotations

import re
import statistics
import time
from bisect import bisect
from typing import TYPE_CHECKING

from benchmarks.figures import CannotMeasureError, Figure, interleaved, milliseconds, ratio, spread
from benchmarks.rows import COUNT, clock_row, flood_row, thousand_rows, write_rows
from benchmarks.setting import MXCHEAT, PYTHON, ROOT, Setting
from benchmarks.terminal import Terminal
from mxcheat.render.words import VERDICT

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    # A moment and the screen's lines then; when a key was pressed, and how long it was watched.
    Screen = tuple[float, list[str]]
    Window = tuple[float, float]

STARTS = 12
PRESSES = 120
TYPED = (
    *("clamp", "unsqeeze", "reset gradient"),
    *("x.view(-1, 28*28)", "mx.nd.clip", "dataparalel"),
)
ENTER, CLEAR = b"\r", b"\x15"
READY = re.compile(rb"torch \d")
EQUAL = f"{VERDICT['equal'].glyph} {VERDICT['equal'].word}"

STAMP = re.compile(r"<(\d+)>")


def measure(setting: Setting) -> Iterator[Figure]:
    """First paint, keys at rest and in a flood, Enter to verdict."""
    yield _first_paint(setting)
    rest, flood, floor = _typed(setting)
    beside = f"bare app {milliseconds(statistics.median(floor))}"
    goals = {50: 25.0, 95: 45.0}
    yield spread(f"key to repaint, {COUNT} rows", rest, goals, beside)
    yield spread("key to repaint, while a snippet floods stdout", flood, goals, beside)
    yield spread("Enter to verdict, clamp", _verdicts(setting), {50: 50.0, 95: 120.0})


def _first_paint(setting: Setting) -> Figure:
    """From the start of the process until nine tenths of what the screen will show are there."""
    floor = [PYTHON, str(ROOT / "benchmarks" / "bare_app.py"), "100"]
    ours, theirs = interleaved(
        STARTS + 1, lambda: _paint(setting, [MXCHEAT]), lambda: _paint(setting, floor)
    )
    return ratio("first paint", ours[1:], "bare app", theirs[1:], 1.4)


def _paint(setting: Setting, command: list[str]) -> float:
    with Terminal(command, setting.environment) as terminal:
        terminal.wait_for(_has_footer, "first paint")
        terminal.read_for(0.3)
        screens = [(moment, _ink(lines)) for moment, lines in terminal.screens()]
        terminal.quit()
    full = screens[-1][1]
    return next(moment for moment, ink in screens if ink >= 0.9 * full) - terminal.began


def _has_footer(data: bytes) -> bool:
    return b"Quit" in data


def _ink(lines: list[str]) -> int:
    return sum(not character.isspace() for text in lines for character in text)


def _typed(setting: Setting) -> Iterator[list[float]]:
    """Seconds from a key to its repaint: in the app at rest, in a flood, and in the bare app."""
    rows, flood = setting.home / "thousand.yaml", setting.home / "flood.yaml"
    thousand_rows(rows)
    write_rows(flood, [flood_row(setting.home / "beat")])
    command = [MXCHEAT, "--data", str(rows), "--data", str(flood)]
    with Terminal(command, setting.environment) as terminal:
        terminal.wait_for(READY.search, "framework's version")
        at_rest = _type(terminal)
        terminal.press(b"bench-flood")
        terminal.settle(0.3, 3)
        terminal.press(ENTER)
        _wait_for_flood(setting.home / "beat")
        in_flood = _type(terminal)
        _wait_for_flood(setting.home / "beat")
        terminal.quit()
    yield from _repaints(terminal, at_rest, in_flood)
    floor = [PYTHON, str(ROOT / "benchmarks" / "bare_app.py"), str(COUNT)]
    with Terminal(floor, setting.environment) as terminal:
        terminal.wait_for(_has_footer, "first paint")
        bare = _type(terminal)
        terminal.quit()
    yield from _repaints(terminal, bare)


def _type(terminal: Terminal) -> list[Window]:
    """Type each query of TYPED and clear it; when each key was pressed, and watched until."""
    terminal.settle(0.5, 5)
    windows = []
    for query in TYPED:
        for key in query:
            pressed = terminal.press(key.encode())
            terminal.read_for(0.25)
            if terminal.chunks[-1][0] < pressed:
                terminal.read(5)
            terminal.settle(0.05, 1)
            if key != " ":  # draws nothing
                windows.append((pressed, time.monotonic()))
        terminal.press(CLEAR)
        terminal.read_for(0.3)
    return windows


def _repaints(terminal: Terminal, *typed: list[Window]) -> Iterator[list[float]]:
    """For each key of each list, when the screen first became what it is at the window's end."""
    steady = [(moment, _steady(lines)) for moment, lines in terminal.screens()]
    moments = [moment for moment, _ in steady]
    for windows in typed:
        yield [_repaint(steady, moments, *window) for window in windows]


def _repaint(steady: list[Screen], moments: list[float], pressed: float, end: float) -> float:
    first, last = bisect(moments, pressed), bisect(moments, end)
    before, final = steady[first - 1][1], steady[last - 1][1]
    if final == before:
        return end - pressed  # at least: it was not waited for any longer
    while steady[last - 2][1] == final:
        last -= 1
    return moments[last - 1] - pressed


def _steady(lines: list[str]) -> list[str]:
    """The screen without what changes by itself: clocks."""
    return [re.sub(r"\d", "#", text) for text in lines]


def _wait_for_flood(beat: Path) -> None:
    end = time.monotonic() + 20
    while not beat.exists() or time.time() - beat.stat().st_mtime > 0.5:
        if time.monotonic() > end:
            raise CannotMeasureError("the snippet that floods stdout does not run")
        time.sleep(0.05)


def _verdicts(setting: Setting) -> list[float]:
    """Seconds from Enter until the screen shows what both sides of this run gave, and a verdict."""
    path = setting.home / "clock.yaml"
    write_rows(path, [clock_row()])
    with Terminal([MXCHEAT, "--data", str(path), "bench-clock"], setting.environment) as terminal:
        terminal.wait_for(READY.search, "framework's version")
        terminal.settle(0.5, 5)
        presses = []
        for _ in range(PRESSES + 5):
            pressed = terminal.press(ENTER)
            terminal.wait_for(_both_sides, "output of both sides", seconds=30)
            terminal.read_for(0.2)
            presses.append(pressed)
        screens = list(terminal.screens())
        terminal.quit()
    return [_verdict(screens, pressed) for pressed in presses[5:]]


def _both_sides(data: bytes) -> bool:
    return len(set(STAMP.findall(data.decode("utf-8", "replace")))) >= 2


def _verdict(screens: list[Screen], pressed: float) -> float:
    for moment, lines in screens:
        if moment > pressed:
            text = "\n".join(lines)
            fresh = [stamp for stamp in STAMP.findall(text) if int(stamp) > 1e9 * pressed]
            if len(fresh) == 2 and EQUAL in text:
                return moment - pressed
    raise CannotMeasureError("a run's outputs came without its verdict")
