"""The words and glyphs for what a reader is told of states; colour only repeats them."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from mxcheat.live.results import Verdict


class Sign(NamedTuple):
    """A glyph, a word, and a tone: "good", "fair", "bad" or "quiet"."""

    glyph: str
    word: str
    tone: str


AVAILABILITY = {
    "equivalent": Sign("●", "equivalent", "good"),
    "differs": Sign("◐", "differs", "fair"),
    "workaround": Sign("◇", "workaround", "fair"),
    "pytorch-only": Sign("○", "PyTorch only", "bad"),
    "gluon-only": Sign("○", "Gluon only", "bad"),
}

VERDICT = {
    "equal": Sign("✓", "equal", "good"),
    "close": Sign("≈", "close", "good"),
    "stochastic": Sign("~", "same distribution", "good"),
    "different": Sign("✗", "different", "bad"),
    "not-compared": Sign("–", "not compared", "quiet"),
}

STATUS = {
    "ok": Sign("✓", "ok", "good"),
    "error": Sign("✗", "error", "bad"),
    "timeout": Sign("◔", "timeout", "bad"),
    "crashed": Sign("✗", "crashed", "bad"),
    "unavailable": Sign("○", "unavailable", "fair"),
    "cancelled": Sign("–", "cancelled", "quiet"),
    "none": Sign("–", "no such side", "quiet"),
}


def difference(verdict: Verdict) -> str:
    """The largest difference and where, in words; "" where there is none, or the reason says it."""
    size, relative = verdict.max_abs_diff, verdict.max_rel_diff
    words = "largest difference"
    if not size or words in verdict.reason:
        return ""
    share = f" (relative {relative:.2g})" if relative else ""
    said = not verdict.where or verdict.where in verdict.reason
    return f"{words} {size:.3g}{share}" + ("" if said else f" at {verdict.where}")
