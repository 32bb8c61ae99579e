"""Where things lie: the data that ships with mxcheat, and the user's cache."""

from __future__ import annotations

import os
from pathlib import Path

_PACKAGE = Path(__file__).parent


def data_directory() -> Path:
    """The shipped data: inside an installed package, or at the top of a checkout."""
    installed = _PACKAGE / "data"
    return installed if installed.exists() else _PACKAGE.parents[1] / "data"


def mappings_file() -> Path:
    """The cheatsheet."""
    return data_directory() / "mappings.yaml"


def calls_file() -> Path:
    """How often public code calls each name: a symbol and a count on each line."""
    return data_directory() / "calls.tsv"


def verdicts_file() -> Path:
    """What the last `make docs` found when it verified every row."""
    return data_directory() / "verdicts.json"


def samples_directory() -> Path:
    """Small data files in real formats, which rows about loading data read."""
    return data_directory() / "samples"


def cache_directory() -> Path | None:
    """The user's cache folder for mxcheat (XDG base directories), or None without a home."""
    named = os.environ.get("XDG_CACHE_HOME", "")
    if named.startswith("/"):
        return Path(named) / "mxcheat"
    home = os.environ.get("HOME", "")
    return Path(home) / ".cache" / "mxcheat" if home.startswith("/") else None
