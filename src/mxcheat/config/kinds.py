"""How the value of a setting is written: in the file, and as text in the environment."""

from __future__ import annotations

import math
import os
from typing import TYPE_CHECKING, Any

from mxcheat.errors import did_you_mean

if TYPE_CHECKING:
    from pathlib import Path


class Kind:
    """Reads a value. Both readers raise ValueError for what is not `expected`."""

    expected = "text"

    def of_toml(self, given: Any, folder: Path) -> Any:  # noqa: ARG002
        """Take a value of the file that lies in `folder`."""
        return self.of_text(_text(given))

    def of_text(self, given: str) -> Any:
        """Take a value of the environment."""
        return given

    def hint(self, given: Any) -> str:  # noqa: ARG002
        """What to write instead of a value that does not do."""
        return f"expected {self.expected}"


class Choice(Kind):
    """One of a few words."""

    def __init__(self, *words: str) -> None:
        self.words = words
        self.expected = " or ".join(words)

    def hint(self, given: Any) -> str:
        return did_you_mean(str(given), self.words)

    def of_text(self, given: str) -> str:
        if given not in self.words:
            raise ValueError
        return given


class Number(Kind):
    """A number above zero."""

    def __init__(self, unit: str, example: str) -> None:
        self.expected = f"{unit} above 0, for example {example}"

    def of_toml(self, given: Any, folder: Path) -> float:  # noqa: ARG002
        if isinstance(given, bool) or not isinstance(given, int | float):
            raise ValueError
        return self.of_text(str(given))

    def of_text(self, given: str) -> float:
        number = float(given)
        if not (math.isfinite(number) and number > 0):
            raise ValueError
        return number


class Program(Kind):
    """A program by path, or by a name that the shell would find."""

    expected = "the path of a program, or its name"

    def of_toml(self, given: Any, folder: Path) -> str:
        name = _text(given)
        return self.of_text(_from_folder(name, folder) if "/" in name else name)

    def of_text(self, given: str) -> str:
        return os.path.expanduser(given)


class Files(Kind):
    """A list of files; in the environment they are separated as in PATH."""

    expected = "a list of files"

    def of_toml(self, given: Any, folder: Path) -> list[str]:
        if not isinstance(given, list):
            raise ValueError
        return [_from_folder(_text(name), folder) for name in given]

    def of_text(self, given: str) -> list[str]:
        return [os.path.expanduser(name) for name in given.split(os.pathsep) if name]


class Keys(Kind):
    """Keys by the id of an action: a table, or `id=key,key; id=key` in the environment."""

    expected = 'keys by action, such as "row.run" = "f5,ctrl+r"'

    def of_toml(self, given: Any, folder: Path) -> dict[str, str]:  # noqa: ARG002
        if not isinstance(given, dict):
            raise ValueError
        return {action: _text(keys) for action, keys in given.items()}

    def of_text(self, given: str) -> dict[str, str]:
        pairs = [part.split("=", 1) for part in given.split(";") if part.strip()]
        return {action.strip(): _text(keys.strip()) for action, keys in pairs}


def _text(given: Any) -> str:
    if not (isinstance(given, str) and given.strip()):
        raise ValueError
    return given


def _from_folder(name: str, folder: Path) -> str:
    """A file named in the configuration is looked for beside it."""
    return str(folder / os.path.expanduser(name))
