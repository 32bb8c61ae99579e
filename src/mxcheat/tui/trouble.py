"""Unexpected errors: told and written down, and the app goes on."""

from __future__ import annotations

import os
import time
import traceback
from collections import deque
from typing import TYPE_CHECKING, Any

from textual.events import Compose, Mount
from textual.strip import Strip
from textual.worker import Worker, WorkerState

from mxcheat import __version__
from mxcheat.paths import state_directory

if TYPE_CHECKING:
    from textual.app import App
    from textual.geometry import Region
    from textual.message import Message

# More than this in so many seconds: the app is not usable any more, and had better end.
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
                raise  # half a widget is of no use
            self.app._handle_exception(error)

    def render_lines(self, crop: Region) -> list[Strip]:
        """What cannot be drawn stays empty; it would be tried again with every tick."""
        try:
            return super().render_lines(crop)  # type: ignore[misc,no-any-return]
        except Exception as error:  # noqa: BLE001 - it is told
            self.app._handle_exception(error)
            return [Strip.blank(crop.width)] * crop.height

    def on_worker_state_changed(self, event: Worker.StateChanged) -> None:
        """An error in a thread is one like any other."""
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
