"""What is wrong with the settings of the app: said by the app as it starts, and by `doctor`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.theme import BUILTIN_THEMES

from mxcheat.errors import did_you_mean
from mxcheat.tui.keymap import key_problems

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mxcheat.config.reader import Settings
    from mxcheat.errors import MxcheatError


def wrong_settings(settings: Settings) -> Iterator[MxcheatError]:
    """Everything that would keep the app from starting."""
    if problem := theme_problem(settings):
        yield problem
    yield from key_problems(settings)


def theme_problem(settings: Settings) -> MxcheatError | None:
    """The error for a theme that does not exist."""
    wanted = settings["theme"]
    if wanted is None or wanted in BUILTIN_THEMES:
        return None
    return settings.refuse("theme", did_you_mean(wanted, BUILTIN_THEMES))
