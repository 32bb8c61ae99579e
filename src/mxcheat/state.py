"""What the app remembers from one session to the next; small, and never needed."""

from __future__ import annotations

import json
import os
from dataclasses import asdict, dataclass, field
from typing import Any

from mxcheat.paths import state_directory, write_whole

RECENT = 12
QUERIES = 50
# A file that is longer was not written by us.
_LONGEST = 64 * 1024
_LONGEST_WORD = 200


@dataclass
class Remembered:
    """The rows used last, latest first, and what was chosen for the screen ("": nothing yet).

    `queries` are those that led to a row that was used, latest first.
    """

    recent: list[str] = field(default_factory=list)
    theme: str = ""
    density: str = ""
    queries: list[str] = field(default_factory=list)


class State:
    """What is remembered, and the file it is kept in; without a file it lasts as long as we do.

    `is_new` says whether nothing had been kept before.
    """

    def __init__(self, directory: str | None = None) -> None:
        self._path = os.path.join(directory, "state.json") if directory else None
        found = _read(self._path) if self._path else None
        self.is_new = found is None
        self.remembered = _checked(found)

    @classmethod
    def of_user(cls) -> State:
        """The state of the current user."""
        return cls(state_directory())

    def used(self, row_id: str, query: str = "") -> None:
        """Remember that a row was used, and the query that led to it."""
        asked = self.remembered.queries
        if query and len(query) <= _LONGEST_WORD:
            asked = _first(query, asked)[:QUERIES]
        self._change(recent=_first(row_id, self.remembered.recent)[:RECENT], queries=asked)

    def chose(self, **choices: str) -> None:
        """Remember a theme or a density."""
        self._change(**choices)

    def save(self) -> bool:
        """Write the file, whole or not at all; return whether that could be done."""
        if self._path is None:
            return False
        try:
            os.makedirs(os.path.dirname(self._path), mode=0o700, exist_ok=True)
            write_whole(self._path, json.dumps(asdict(self.remembered), indent=1))
        except OSError:
            return False
        return True

    def _change(self, **choices: Any) -> None:
        before = asdict(self.remembered)
        if before | choices != before:
            self.remembered = Remembered(**(before | choices))
            self.save()


def _read(path: str) -> Any:
    """What the file holds; None where there is none, "" where it cannot be understood."""
    try:
        with open(path, encoding="utf-8") as file:
            return json.loads(file.read(_LONGEST))
    except FileNotFoundError:
        return None
    except (OSError, ValueError, RecursionError):
        return ""


def _checked(found: Any) -> Remembered:
    """What was found, without what we cannot have written."""
    known = found if isinstance(found, dict) else {}
    recent, queries = _listed(known.get("recent")), _listed(known.get("queries"))
    theme, density = _word(known.get("theme")), _word(known.get("density"))
    return Remembered(recent[:RECENT], theme, density, queries[:QUERIES])


def _first(word: str, others: list[str]) -> list[str]:
    """`word` in front of the others, and nowhere else."""
    return [word, *(other for other in others if other != word)]


def _listed(found: Any) -> list[str]:
    words = map(_word, found if isinstance(found, list) else ())
    return list(dict.fromkeys(filter(None, words)))


def _word(found: Any) -> str:
    return found if isinstance(found, str) and len(found) <= _LONGEST_WORD else ""
