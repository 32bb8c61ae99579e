"""Where things lie: the data that ships with mxcheat, its own modules, and the user's own; and how
files come there whole."""

from __future__ import annotations

import os

TYPE_CHECKING = False  # typing's own would cost a lookup a quarter of its time
if TYPE_CHECKING:
    from pathlib import Path

_PACKAGE = os.path.dirname(os.path.abspath(__file__))


def mappings_file() -> Path:
    """The cheatsheet."""
    return _data("mappings.yaml")


def shipped_files() -> list[Path]:
    """The files of rows that ship with mxcheat, in the order in which they are read."""
    from pathlib import Path  # noqa: PLC0415 - a lookup has no need of it

    return [Path(path) for path in _row_files()]


def usage_file() -> Path:
    """How often public code calls each name (see cheatsheet/usage.py)."""
    return _data("usage.tsv")


def other_libraries_file() -> Path:
    """What other libraries call what the frameworks have."""
    return _data("other_libraries.tsv")


def names_file() -> Path:
    """The public names of both frameworks (see search/public.py)."""
    return _data("names.txt")


def outcomes_file() -> Path:
    """What `make docs` found when it verified the rows: a line each."""
    return _path(outcome_files()[0])


def own_outcomes_file() -> Path | None:
    """What `mxcheat verify --keep` found on this machine; None without a home."""
    files = outcome_files()
    return _path(files[1]) if len(files) > 1 else None


def outcome_files() -> list[str]:
    """Both of these files, as far as there is a place for them; what comes later prevails."""
    own = state_directory()
    shipped = os.path.join(_data_directory(), "measured", "outcomes.jsonl")
    return [shipped, *([os.path.join(own, "outcomes.jsonl")] if own else [])]


def recordings_file() -> Path:
    """What `mxcheat record` kept of every row; there may be none."""
    return _data("measured/recordings.json.gz")


def parameters_file() -> Path:
    """How the names that rows answer for take their arguments (see cheatsheet/parameters.py)."""
    return _data("measured/parameters.tsv")


def samples_directory() -> Path:
    """Small data files in real formats, which rows about loading data read."""
    return _data("samples")


def sheet_files() -> list[str]:
    """The files that the shipped sheet is made of."""
    beside = ("usage.tsv", "other_libraries.tsv")
    return [*_row_files(), *(os.path.join(_data_directory(), name) for name in beside)]


def _row_files() -> list[str]:
    """The cheatsheet, and the rows beyond it by family, in the order of their names."""
    data = _data_directory()
    beyond = os.path.join(data, "rows")
    names = sorted(os.listdir(beyond)) if os.path.isdir(beyond) else []
    files = [os.path.join(beyond, name) for name in names if name.endswith(".yaml")]
    return [os.path.join(data, "mappings.yaml"), *files]


def modules_of(*folders: str) -> list[str]:
    """The modules that lie in these folders of the package."""
    paths = [os.path.join(_PACKAGE, folder) for folder in folders]
    return [
        os.path.join(path, name)
        for path in paths
        for name in sorted(os.listdir(path))
        if name.endswith(".py")
    ]


def cache_directory() -> str | None:
    """The user's cache folder for mxcheat, or None without a home."""
    return _user_directory("XDG_CACHE_HOME", ".cache")


def data_directory() -> str | None:
    """The folder of the environments that mxcheat makes, or None without a home."""
    return _user_directory("XDG_DATA_HOME", ".local/share")


def state_directory() -> str | None:
    """The folder of what the app remembers, and of its log, or None without a home."""
    return _user_directory("XDG_STATE_HOME", ".local/state")


def config_file() -> str | None:
    """Where the configuration is looked for, be there one or not; None without a home."""
    named = os.environ.get("MXCHEAT_CONFIG")
    if named:
        return os.path.expanduser(named)
    directory = _user_directory("XDG_CONFIG_HOME", ".config")
    return os.path.join(directory, "config.toml") if directory else None


def _user_directory(variable: str, below_home: str) -> str | None:
    """A folder of ours by the rules of the XDG base directories."""
    named = os.environ.get(variable, "")
    if named.startswith("/"):
        return os.path.join(named, "mxcheat")
    home = os.environ.get("HOME", "")
    return os.path.join(home, below_home, "mxcheat") if home.startswith("/") else None


def write_whole(path: str, text: str) -> None:
    """Write a file in one step, so that nobody reads half of it; what is no file, as a pipe, is
    written to. Raises OSError; then the file is as it was."""
    if os.path.exists(path) and not os.path.isfile(path):
        with open(path, "w", encoding="utf-8") as file:
            file.write(text)
        return
    path = os.path.realpath(path)  # a link stays one
    partial = f"{path}.{os.getpid()}.partial"
    try:
        with open(partial, "w", encoding="utf-8") as file:
            file.write(text)
        os.replace(partial, path)
    except OSError:
        if os.path.exists(partial):
            os.remove(partial)
        raise


def in_checkout() -> bool:
    """Whether this is a checkout, whose data are at its top; else they are in the package."""
    return not os.path.isdir(os.path.join(_PACKAGE, "data"))


def _data_directory() -> str:
    top = os.path.dirname(os.path.dirname(_PACKAGE)) if in_checkout() else _PACKAGE
    return os.path.join(top, "data")


def _data(name: str) -> Path:
    return _path(os.path.join(_data_directory(), name))


def _path(name: str) -> Path:
    from pathlib import Path  # noqa: PLC0415 - a lookup has no need of it

    return Path(name)
