"""What a user may set: one table of settings, read from a file and from the environment."""

from __future__ import annotations

import os

from mxcheat.paths import config_file


def row_files() -> list[str]:
    """Files of rows that the user has set; where nothing is set, nothing is loaded to find out.

    Raises MxcheatError for settings that are wrong.
    """
    path = config_file()
    if not os.environ.get("MXCHEAT_DATA") and not (path and os.path.exists(path)):
        return []
    from mxcheat.config.reader import read_settings  # noqa: PLC0415

    return list(read_settings()["data"])
