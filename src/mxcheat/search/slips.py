"""Words that look alike: slips of the fingers, letters left out or swapped."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

# One slip in four letters, two in eight; less is another word.
_CLOSE = 0.72
_MOST_NEIGHBOURS = 24


def near(text: str, words: Sequence[str], closeness: float = _CLOSE) -> list[tuple[str, float]]:
    """Return the words a few slips away from `text`, nearest first, with likeness 0..1."""
    if len(text) < 4:
        return []
    # Only a misspelt query pays for loading the matcher.
    from rapidfuzz.distance import OSA  # noqa: PLC0415
    from rapidfuzz.process import extract  # noqa: PLC0415

    close = extract(
        text,
        words,
        scorer=OSA.normalized_similarity,
        score_cutoff=closeness,
        limit=_MOST_NEIGHBOURS,
    )
    # The first letter is the one that is rarely missed.
    return [(word, like) for word, like, _ in close if word[0] == text[0] or like > 0.8]
