"""What a user may set: one table of settings, read from a file and from the environment."""

from __future__ import annotations

import os

from mxcheat.paths import config_file

TYPE_CHECKING = False
if TYPE_CHECKING:
    from mxcheat.config.reader import Settings
    from mxcheat.errors import MxcheatError


def row_files(settings: Settings | None = None) -> list[str]:
    """Files of rows that the user has set, in `settings` if they have been read.

    Where nothing is set, nothing is loaded to find that out.
    Raises MxcheatError for settings that are wrong, and for a file that is not there.
    """
    if settings is None:
        path = config_file()
        if not os.environ.get("MXCHEAT_DATA") and not (path and os.path.exists(path)):
            return []
        from mxcheat.config.reader import read_settings  # noqa: PLC0415

        settings = read_settings()
    for file in settings["data"]:
        if not os.path.exists(file):
            raise missing(settings, file)
    return list(settings["data"])


def missing(settings: Settings, file: str) -> MxcheatError:
    """The error for a file of rows that is set, and not there."""
    from mxcheat.errors import MxcheatError  # noqa: PLC0415

    origin = settings.origin("data")
    folder = "in the current folder" if ":" not in origin else "beside the configuration"
    return MxcheatError(f"{origin}: there is no file {file}", hint=f"it is looked for {folder}")
