"""Known findings, which a scan leaves out so that a code base can be fixed step by step."""

from __future__ import annotations

import json
import os
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from mxcheat.errors import MxcheatError
from mxcheat.paths import write_whole
from mxcheat.scan.files import STDIN
from mxcheat.scan.findings import Told

if TYPE_CHECKING:
    from mxcheat.scan.files import Found
    from mxcheat.scan.found import Call


class Key(NamedTuple):
    """What identifies a finding wherever it moves in its file: the path from the baseline, the
    symbol and the code; the last two are "" for a finding about the file itself."""

    path: str
    symbol: str
    code: str


class Baseline:
    """How often each finding is known; `left` are those that were not met again yet."""

    def __init__(self, file: str, known: Counter[Key] | None = None) -> None:
        """`file` is where it is stored."""
        self.file = file
        self.left = Counter(known or {})
        self._met: set[str] = set()
        self._folder = os.path.dirname(os.path.realpath(file))

    def add(self, told: Told, found: Found) -> None:
        """Add all findings of a file."""
        path = self._path(found)
        self.left.update(_key_of(path, call) for call in told.calls)
        self.left[Key(path, "", "")] += bool(told.why)

    def new(self, told: Told, found: Found) -> Told:
        """The findings of a file that are not known, or are met more often than they are known."""
        path = self._path(found)
        self._met.add(path)
        calls = tuple(call for call in told.calls if not self._take(_key_of(path, call)))
        why = told.why and not self._take(Key(path, "", ""))
        return Told(calls, told.why if why else "")

    def gone(self) -> int:
        """How many known findings are gone, in files that were met or are gone themselves."""
        return sum(
            count
            for key, count in self.left.items()
            if key.path in self._met or not os.path.exists(os.path.join(self._folder, key.path))
        )

    def write(self) -> None:
        """Write it, sorted, with a line for each finding. Raises MxcheatError."""
        lines = [
            json.dumps({**key._asdict(), "count": count})
            for key, count in sorted((+self.left).items())
        ]
        known = ",\n  ".join(lines)
        text = f'{{"schema": 1, "known": [\n  {known}\n]}}\n' if lines else _EMPTY
        try:
            write_whole(self.file, text)
        except OSError as error:
            raise MxcheatError(f"{self.file} cannot be written ({error.strerror})") from None

    def _take(self, key: Key) -> bool:
        if self.left[key] <= 0:
            return False
        self.left[key] -= 1
        return True

    def _path(self, found: Found) -> str:
        if found.place == STDIN:
            return STDIN
        real = os.path.join(
            os.path.realpath(os.path.dirname(found.place)), os.path.basename(found.place)
        )
        return os.path.relpath(real, self._folder).replace(os.sep, "/")


_EMPTY = '{"schema": 1, "known": []}\n'


def read_baseline(file: str) -> Baseline:
    """Read a baseline. Raises MxcheatError for any other file."""
    try:
        with open(file, encoding="utf-8") as opened:
            document = json.load(opened)
        known = {_key(entry): _count(entry["count"]) for entry in document["known"]}
        return Baseline(file, Counter(known))
    except OSError as error:
        hint = "mxcheat scan --write-baseline FILE makes one"
        raise MxcheatError(f"{file}: cannot be read ({error.strerror})", hint=hint) from None
    except (ValueError, KeyError, TypeError, RecursionError):
        hint = "mxcheat scan --write-baseline FILE makes one"
        raise MxcheatError(f"{file} is no baseline of a scan", hint=hint) from None


def _key_of(path: str, call: Call) -> Key:
    return Key(path, call.symbol or "", call.code)


def _count(number: object) -> int:
    if type(number) is not int or number < 1:
        raise ValueError
    return number


def _key(entry: dict[str, str]) -> Key:
    path, symbol, code = (entry[name] for name in Key._fields)
    if not (isinstance(path, str) and isinstance(symbol, str) and isinstance(code, str)):
        raise TypeError
    return Key(path, symbol, code)
