"""`in:tensor is:differs` in a query: which rows are to be looked at."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from mxcheat.cheatsheet.row import AVAILABILITIES
from mxcheat.errors import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mxcheat.cheatsheet.row import Row

WORD = re.compile(r"(?<!\S)(in|is):(\S*)")
# Stands for no filter where one is chosen.
ALL = "all"


class Filter(NamedTuple):
    """Beginnings of a section's or an availability's name; of several of a kind, one fits."""

    sections: tuple[str, ...] = ()
    availabilities: tuple[str, ...] = ()

    def passes(self, row: Row) -> bool:
        """Whether a row passes the filter."""
        return (
            not self.sections or any(_within(row.section, each) for each in self.sections)
        ) and (not self.availabilities or row.availability.startswith(self.availabilities))

    def unknown(self, sections: Mapping[str, str]) -> str:
        """What is wrong with a filter that no row can pass, and what would do; or ""."""
        for given in self.sections:
            if not any(_within(section, given) for section in sections):
                return f"no section is called {given!r}; {did_you_mean(given, sections)}"
        for given in self.availabilities:
            if not any(name.startswith(given) for name in AVAILABILITIES):
                return f"no availability is called {given!r}; {did_you_mean(given, AVAILABILITIES)}"
        return ""


def split(query: str) -> tuple[str, Filter]:
    """What is searched for in a query, and which filter it holds."""
    words = [(kind, name.casefold()) for kind, name in WORD.findall(query) if name]
    sections = tuple(name for kind, name in words if kind == "in")
    availabilities = tuple(name for kind, name in words if kind == "is")
    searched = " ".join(WORD.sub(" ", query).split()) if WORD.search(query) else query.strip()
    return searched, Filter(sections, availabilities)


def toggled(query: str, word: str) -> str:
    """The query with this filter word put before it, or taken out if it was there."""
    words = [match[0] for match in WORD.finditer(query)]
    others = [each for each in words if each != word]
    kept = others if word in words else [*others, word]
    searched = WORD.sub("", query).strip()
    return " ".join([*kept, searched]) if searched else "".join(f"{each} " for each in kept)


def without(query: str) -> str:
    """The query without its filter words."""
    return split(query)[0]


def _within(section: str, beginning: str) -> bool:
    """Whether a section, or a part of it after a slash, starts with this."""
    return f"/{section}".casefold().find(f"/{beginning}") >= 0
