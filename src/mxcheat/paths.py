"""Where things lie: the data that ships with mxcheat, and the user's cache."""

from __future__ import annotations

import os
from pathlib import Path

_PACKAGE = Path(__file__).parent


def mappings_file() -> Path:
    """The cheatsheet: inside an installed package, or at the top of a checkout."""
    installed = _PACKAGE / "data" / "mappings.yaml"
    return installed if installed.exists() else _PACKAGE.parents[1] / "data" / "mappings.yaml"


def cache_directory() -> Path | None:
    """The user's cache folder for mxcheat (XDG base directories), or None without a home."""
    named = os.environ.get("XDG_CACHE_HOME", "")
    if named.startswith("/"):
        return Path(named) / "mxcheat"
    home = os.environ.get("HOME", "")
    return Path(home) / ".cache" / "mxcheat" if home.startswith("/") else None
