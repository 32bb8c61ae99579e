"""How the app survives unexpected errors, and how it ends on signals or a closed terminal."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
import time
import traceback
from collections import deque
from functools import partial
from typing import TYPE_CHECKING, Any

from textual.events import Compose, Mount
from textual.strip import Strip
from textual.worker import Worker, WorkerState

from mxcheat import __version__
from mxcheat.errors import ExitCode
from mxcheat.paths import state_directory

if TYPE_CHECKING:
    from textual.app import App
    from textual.geometry import Region
    from textual.message import Message

# More errors than this in so many seconds: the app is not usable any more, and ends.
_MANY, _SECONDS = 20, 10.0
_LONGEST_LOG = 1_000_000


class Guarded:
    """For our widgets, screens and the app: an error in one place does not end the others."""

    app: App[Any]

    async def _dispatch_message(self, message: Message) -> None:
        try:
            await super()._dispatch_message(message)  # type: ignore[misc]
        except Exception as error:
            if isinstance(message, Compose | Mount):
                raise  # half a widget is useless
            self.app._handle_exception(error)

    def render_lines(self, crop: Region) -> list[Strip]:
        """Leave empty what cannot be drawn; it would be tried again at every tick."""
        try:
            return super().render_lines(crop)  # type: ignore[misc,no-any-return]
        except Exception as error:  # noqa: BLE001 - it is told
            self.app._handle_exception(error)
            return [Strip.blank(crop.width)] * crop.height

    def on_worker_state_changed(self, event: Worker.StateChanged) -> None:
        """Treat an error in a thread like any other."""
        if event.state is WorkerState.ERROR and isinstance(event.worker.error, Exception):
            self.app._handle_exception(event.worker.error)


class Troubles:
    """The unexpected errors of this session, latest last."""

    def __init__(self) -> None:
        self.seen: deque[tuple[float, Exception]] = deque(maxlen=_MANY)

    def bear(self, error: Exception) -> bool:
        """Count an error; return whether the app can go on."""
        now = time.monotonic()
        full = len(self.seen) == _MANY
        self.seen.append((now, error))
        return not (full and now - self.seen[0][0] < _SECONDS)

    def is_new(self) -> bool:
        """Whether the latest is not the same as the one before."""
        said = [str(error) for _, error in self.seen][-2:]
        return len(said) < 2 or said[0] != said[1]


def write_down(error: Exception) -> str:
    """Add an error to the log; return where that is, or "" if it cannot be written."""
    directory = state_directory()
    if directory is None:
        return ""
    path = os.path.join(directory, "error.log")
    lines = traceback.format_exception(error)
    try:
        os.makedirs(directory, mode=0o700, exist_ok=True)
        fresh = os.path.exists(path) and os.path.getsize(path) > _LONGEST_LOG
        with open(path, "w" if fresh else "a", encoding="utf-8") as file:
            file.write(f"{time.strftime('%Y-%m-%d %H:%M:%S')} mxcheat {__version__}\n")
            file.writelines([*lines, "\n"])
    except OSError:
        return ""
    return path


def handle_signals(app: App[None]) -> None:
    """Handle signals of the terminal and of `kill` in the app's own loop."""
    handlers = {signal.SIGTERM: _end, signal.SIGHUP: _hang_up, signal.SIGCONT: _go_on}
    for number, handler in handlers.items():
        asyncio.get_running_loop().add_signal_handler(number, partial(handler, app))
    app.app_resume_signal.subscribe(app, lambda _: app.refresh(layout=True))


def _end(app: App[None]) -> None:
    """End as Ctrl+Q does: nothing is left running."""
    app.exit(return_code=ExitCode.INTERRUPTED)


def _hang_up(app: App[None]) -> None:
    """The terminal is closed: send what would still be drawn nowhere, or writing it would fail."""
    nowhere = os.open(os.devnull, os.O_RDWR)
    for stream in (sys.__stdin__, sys.__stderr__):
        if stream is not None:
            os.dup2(nowhere, stream.fileno())
    os.close(nowhere)
    _end(app)


def _go_on(app: App[None]) -> None:
    """Take the terminal back; another program may have changed it.

    Textual alone would start a second reader and writer if it was stopped without notice, by
    SIGSTOP, or if SIGCONT comes with SIGHUP from a terminal that is closed.
    """
    driver = app._driver
    if driver is None or sys.__stdin__ is None or not sys.__stdin__.isatty():
        return
    if not driver._must_signal_resume:  # type: ignore[attr-defined]
        driver.suspend_application_mode()
        app.post_message(driver.SignalResume())
    driver.resume_application_mode()
