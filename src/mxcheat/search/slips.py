"""Words that look alike: slips of the fingers, letters left out or swapped."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

# One slip in four letters, two in seven; less is another word.
_CLOSE = 0.71
_MOST_NEIGHBOURS = 24


def by_length(words: Iterable[str]) -> dict[int, list[str]]:
    """Words by how long they are, as `near` takes them."""
    found: dict[int, list[str]] = {}
    for word in words:
        found.setdefault(len(word), []).append(word)
    return found


def near(
    text: str, words: Mapping[int, Sequence[str]], closeness: float = _CLOSE
) -> list[tuple[str, float]]:
    """Return the words a few slips away from `text`, nearest first, with likeness 0..1."""
    length = len(text)
    if length < 4:
        return []
    # Only a misspelt query pays for loading the matcher.
    from rapidfuzz.distance import OSA  # noqa: PLC0415
    from rapidfuzz.process import extract  # noqa: PLC0415

    # Each letter that one is longer is a slip: the rest need not be compared.
    lengths = [n for n in words if min(n, length) >= closeness * max(n, length)]
    close = extract(
        text,
        [word for n in lengths for word in words[n]],
        scorer=OSA.normalized_similarity,
        score_cutoff=closeness,
        limit=None,
    )
    nearest = sorted(((word, like) for word, like, _ in close), key=lambda it: (-it[1], it[0]))
    # The first letter is the one that is rarely missed.
    return [
        (word, like)
        for word, like in nearest[:_MOST_NEIGHBOURS]
        if word[0] == text[0] or like > 0.8
    ]
