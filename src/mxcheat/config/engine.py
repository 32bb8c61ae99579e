"""What of the settings is for the engine, in the form that it takes."""

from __future__ import annotations

from shlex import quote
from typing import TYPE_CHECKING

from mxcheat.config.table import BY_NAME
from mxcheat.errors import MxcheatError
from mxcheat.live.device import parse_device

if TYPE_CHECKING:
    from mxcheat.config.reader import Settings
    from mxcheat.live.device import Device
    from mxcheat.live.pythons.choose import EngineSettings


def engine_settings(settings: Settings) -> EngineSettings:
    """The interpreters that are named, and the memory limit."""
    from mxcheat.live.pythons.choose import (  # noqa: PLC0415 - the app paints before
        FRAMEWORKS,
        EngineSettings,
        Named,
    )

    named = {
        side: Named(settings[name], settings.origin(name), undo(settings, name))
        for side, framework in FRAMEWORKS.items()
        if settings[name := f"python.{framework}"] is not None
    }
    return EngineSettings(named, settings["memory_limit"])


def device_of(settings: Settings) -> Device:
    """The device that the settings name. Raises MxcheatError, naming where it is set."""
    try:
        return parse_device(settings["device"])
    except MxcheatError as error:
        raise settings.refuse("device", error.hint) from None


def undo(settings: Settings, name: str) -> str:
    """The line after which a setting has its default: of a shell, or for a person."""
    origin, variable = settings.origin(name), BY_NAME[name].variable
    if origin == variable:
        return f"unset {variable}"
    path, _, key = origin.rpartition(": ")
    return f"remove {key} from {quote(path)}"
