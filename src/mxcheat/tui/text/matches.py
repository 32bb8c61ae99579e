"""Which letters of a line stand in the query."""

from __future__ import annotations

import re
from itertools import takewhile
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

# Words and the parts of joined ones: `as_in_context`, `BatchNorm2d`.
_PART = re.compile(r"[A-Z]?[a-z]+|[A-Z]+|\d+|[^\W\d_A-Za-z]+")
# Of a word in another form (multiply, multiplication) at least so much has to be the same.
_SAME_LETTERS = 4
_SAME_SHARE = 0.6


def matches(text: str, words: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Yield start and end of what `text` shares with the words of a query.

    A word counts where it begins a word of the text or a part of one; of a word in another
    form, the letters both begin with; of joined words, each part.
    """
    parts = {part.casefold() for word in words for part in (word, *_PART.findall(word))}
    if len(words) > 1:
        # A lone letter says something only while nothing else has been typed.
        parts = {part for part in parts if len(part) > 1}
    for match in _PART.finditer(text):
        held = match[0].casefold()
        shared = max((_shared(held, part) for part in parts), default=0)
        if shared:
            yield match.start(), match.start() + shared


def _shared(held: str, part: str) -> int:
    """How many letters of `held`, from its first, stand in `part` as well."""
    same = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(held, part, strict=False)))
    enough = same >= _SAME_LETTERS and same >= _SAME_SHARE * min(len(held), len(part))
    return same if same == len(part) or enough or (same == len(held) and same > 1) else 0
