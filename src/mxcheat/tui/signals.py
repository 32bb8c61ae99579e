"""Signals: whatever ends or stops the app, the terminal is left as it was, and drawn again."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from functools import partial
from typing import TYPE_CHECKING

from mxcheat.errors import ExitCode

if TYPE_CHECKING:
    from textual.app import App


def heed_signals(app: App[None]) -> None:
    """Take the signals of the terminal and of `kill` from here on, in the app's own loop."""
    heeded = {signal.SIGTERM: _end, signal.SIGHUP: _hang_up, signal.SIGCONT: _go_on}
    for number, deed in heeded.items():
        asyncio.get_running_loop().add_signal_handler(number, partial(deed, app))
    app.app_resume_signal.subscribe(app, lambda _: app.refresh(layout=True))


def _end(app: App[None]) -> None:
    """End as the app's own key does: nothing is left behind."""
    app.exit(return_code=ExitCode.INTERRUPTED)


def _hang_up(app: App[None]) -> None:
    """The terminal is closed: what would still be drawn goes nowhere, or its writer would fail."""
    nowhere = os.open(os.devnull, os.O_RDWR)
    for stream in (sys.__stdin__, sys.__stderr__):
        if stream is not None:
            os.dup2(nowhere, stream.fileno())
    os.close(nowhere)
    _end(app)


def _go_on(app: App[None]) -> None:
    """Take the terminal back; whoever had it in between may have changed it.

    Textual by itself would start a second reader and writer where it was stopped unawares, by
    SIGSTOP, and where SIGCONT comes with SIGHUP from a terminal that is closed.
    """
    driver = app._driver
    if driver is None or sys.__stdin__ is None or not sys.__stdin__.isatty():
        return
    if not driver._must_signal_resume:  # type: ignore[attr-defined]
        driver.suspend_application_mode()
        app.post_message(driver.SignalResume())
    driver.resume_application_mode()
