"""From the file and the environment to settings, each with where it came from."""

from __future__ import annotations

import os
import sys
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from mxcheat.config.table import BY_NAME, SETTINGS
from mxcheat.errors import MxcheatError, did_you_mean
from mxcheat.paths import config_file

if TYPE_CHECKING:
    from collections.abc import Iterator

    # A setting's name, and its value or what is wrong with it.
    _Found = tuple[str, "Value | MxcheatError"]

_TABLES = {name.partition(".")[0] for name in BY_NAME if "." in name}


class Value(NamedTuple):
    """What a setting is, and what says so: "default", a variable, or a file and a key."""

    value: Any
    origin: str


class Settings:
    """The value of every setting, by name."""

    def __init__(self, values: dict[str, Value] | None = None) -> None:
        self._values = {setting.name: Value(setting.default, "default") for setting in SETTINGS}
        self._values.update(values or {})

    def __getitem__(self, name: str) -> Any:
        return self._values[name].value

    def items(self) -> Iterator[tuple[str, Value]]:
        """Every name with its value, in the order of the table."""
        yield from self._values.items()

    def origin(self, name: str) -> str:
        """What says so."""
        return self._values[name].origin

    def refuse(self, name: str, hint: str) -> MxcheatError:
        """The error for a value that does not do, found by whoever knows what does."""
        return _refusal(self._values[name].origin, self[name], hint)


def read_settings() -> Settings:
    """Every setting: from the environment, else from the file, else its default.

    Raises MxcheatError, in one line, for the first thing that is wrong.
    """
    settings, problems = examine_settings()
    if problems:
        raise problems[0]
    return settings


def examine_settings() -> tuple[Settings, list[MxcheatError]]:
    """The settings as far as they can be read, and everything that is wrong with the rest."""
    values: dict[str, Value] = {}
    problems: list[MxcheatError] = []
    path = config_file()
    in_file = _from_file(Path(path)) if path is not None and os.path.exists(path) else ()
    for name, found in chain(in_file, _from_environment()):
        if isinstance(found, MxcheatError):
            problems.append(found)
        else:
            values[name] = found
    return Settings(values), problems


def _from_environment() -> Iterator[_Found]:
    for setting in SETTINGS:
        given = os.environ.get(setting.variable)
        if given:
            try:
                value = setting.kind.of_text(given)
            except ValueError:
                hint = setting.kind.hint(given)
                yield setting.name, _refusal(setting.variable, given, hint)
            else:
                yield setting.name, Value(value, setting.variable)


def _from_file(path: Path) -> Iterator[_Found]:
    try:
        entries = list(_flat(_parsed(path)))
    except MxcheatError as error:
        yield "", error
        return
    for name, given in entries:
        if name not in BY_NAME:
            hint = did_you_mean(name, BY_NAME)
            yield name, MxcheatError(f"{path}: there is no setting {name!r}", hint=hint)
            continue
        origin, kind = f"{path}: {name}", BY_NAME[name].kind
        try:
            value = kind.of_toml(given, path.parent)
        except ValueError:
            yield name, _refusal(origin, given, kind.hint(given))
        else:
            yield name, Value(value, origin)


def _flat(document: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    """Each entry by its full name: what a table of settings holds, else the entry itself."""
    for name, value in document.items():
        if name in _TABLES and isinstance(value, dict):
            yield from ((f"{name}.{key}", inner) for key, inner in value.items())
        else:
            yield name, value


def _parsed(path: Path) -> dict[str, Any]:
    if sys.version_info >= (3, 11):
        import tomllib  # noqa: PLC0415 - only where there is a file to read
    else:
        import tomli as tomllib  # noqa: PLC0415
    try:
        parsed: dict[str, Any] = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        problem = f"cannot be read ({error.strerror})"
    except UnicodeDecodeError:
        problem = "is not UTF-8 text"
    except tomllib.TOMLDecodeError as error:
        problem = f"is not TOML: {error}"
    else:
        return parsed
    raise MxcheatError(f"{path} {problem}", hint="see docs/configuration.md") from None


def _refusal(origin: str, given: Any, hint: str) -> MxcheatError:
    return MxcheatError(f"{origin} is {given!r}", hint=hint)
