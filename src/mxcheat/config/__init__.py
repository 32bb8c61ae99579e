"""What a user may set: one table of settings, read from a file and from the environment."""

from __future__ import annotations

import os

from mxcheat.paths import config_file

TYPE_CHECKING = False
if TYPE_CHECKING:
    from mxcheat.config.reader import Settings
    from mxcheat.errors import MxcheatError

_VARIABLES = ("MXCHEAT_DATA", "MXCHEAT_LANGUAGE")
# What says which language messages are in; the first that is set prevails.
_LOCALE = ("LC_ALL", "LC_MESSAGES", "LANG")


def row_files(settings: Settings | None = None) -> list[str]:
    """Files of rows that the user has set, in `settings` if they have been read.

    Where nothing is set, nothing is loaded to find that out.
    Raises MxcheatError for settings that are wrong, and for a file that is not there.
    """
    settings = settings or read_where_set()
    if settings is None:
        return []
    for file in settings["data"]:
        if not os.path.exists(file):
            raise missing(settings, file)
    return list(settings["data"])


def language(settings: Settings | None = None) -> str:
    """The language of titles and labels, "en" or "zh": as is set, else as the locale says.

    Where nothing is set, nothing is loaded to find that out.
    Raises MxcheatError for settings that are wrong.
    """
    settings = settings or read_where_set()
    chosen: str | None = settings["language"] if settings else None
    if chosen:
        return chosen
    locale = next(filter(None, map(os.environ.get, _LOCALE)), "")
    return "zh" if locale.lower().startswith("zh") else "en"


def read_where_set() -> Settings | None:
    """The settings; None, and nothing is loaded, where nothing says which rows and language.

    Raises MxcheatError for settings that are wrong.
    """
    path = config_file()
    if not any(map(os.environ.get, _VARIABLES)) and not (path and os.path.exists(path)):
        return None
    from mxcheat.config.reader import read_settings  # noqa: PLC0415

    return read_settings()


def missing(settings: Settings, file: str) -> MxcheatError:
    """The error for a file of rows that is set, and not there."""
    from mxcheat.errors import MxcheatError  # noqa: PLC0415

    origin = settings.origin("data")
    folder = "in the current folder" if ":" not in origin else "beside the configuration"
    return MxcheatError(f"{origin}: there is no file {file}", hint=f"it is looked for {folder}")
