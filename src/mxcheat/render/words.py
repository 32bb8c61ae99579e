"""The words and glyphs for what a reader is told of states; colour only repeats them."""

from __future__ import annotations

from typing import NamedTuple


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

# How a reader meets a difference: nothing is said, something raises, or that was not run.
SILENT = Sign("≠", "silent", "bad")
LOUD = Sign("!", "loud", "fair")
NOT_RUN = Sign("?", "not run", "quiet")

# What a difference shows, in a word that stands beside its sentence.
SHOWS = {
    "values": "values",
    "gradient": "gradient",
    "shape": "shape",
    "dtype": "dtype",
    "memory": "memory",
    "state": "state",
    "error": "raises",
    "crash": "dies",
    "hybridized": "hybridized",
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

SIDE_NAMES = {"pytorch": "PyTorch", "gluon": "Gluon"}


def difference(max_abs_diff: float | None, max_rel_diff: float | None) -> str:
    """The largest difference in words, or "" where there is none to give."""
    if not max_abs_diff:
        return ""
    relative = f" (relative {max_rel_diff:.2g})" if max_rel_diff else ""
    return f"largest difference {max_abs_diff:.3g}{relative}"


def silent_differences(count: int) -> str:
    """How many differences are silent, in words; "" if none is."""
    return f"{count} silent difference{'' if count == 1 else 's'}" if count else ""


def how_loud(loud: bool | None) -> Sign:
    """The sign of a difference that is silent (False), loud (True) or was not run (None)."""
    return NOT_RUN if loud is None else LOUD if loud else SILENT
