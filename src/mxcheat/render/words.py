"""The words and glyphs for what a reader is told of states; colour only repeats them."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable

    from mxcheat.cheatsheet.row import Row
    from mxcheat.live.claims import Outcome
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

# Where a row has no form of a side.
NO_FORM = "(no counterpart)"

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

# A difference that the row has foretold.
DOCUMENTED = Sign("≠", "different, as documented", "fair")

STATUS = {
    "ok": Sign("✓", "ok", "good"),
    "error": Sign("✗", "error", "bad"),
    "timeout": Sign("◔", "timeout", "bad"),
    "crashed": Sign("✗", "crashed", "bad"),
    "unavailable": Sign("∅", "unavailable", "fair"),
    "cancelled": Sign("–", "cancelled", "quiet"),
    "none": Sign("–", "no such side", "quiet"),
}


def difference(verdict: Verdict, say: Callable[..., str] = str.format) -> str:
    """The largest difference and where, in words; "" where there is none, or the reason says it.

    `say` puts its keyword arguments into a sentence; it may say it in another language.
    """
    size, relative = verdict.max_abs_diff, verdict.max_rel_diff
    if not size or "largest difference" in verdict.reason:
        return ""
    text = say("largest difference {size}", size=f"{size:.3g}")
    if relative:
        sentence = "largest difference {size} (relative {share})"
        text = say(sentence, size=f"{size:.3g}", share=f"{relative:.2g}")
    is_told = not verdict.where or verdict.where in verdict.reason
    return text if is_told else say("{said} at {where}", said=text, where=verdict.where)


def silent_differences(count: int) -> str:
    """How many differences are silent, in words; "" if none is."""
    return f"{count} silent difference{'' if count == 1 else 's'}" if count else ""


def claimed(outcome: Outcome) -> tuple[Sign, str]:
    """Whether a difference shows, as a sign; where it does not, what is the case instead."""
    if outcome.holds:
        return Sign("✓", "as documented", "good"), ""
    found = "a number in the sentence is not in this run" if outcome.found == "untold" else ""
    return (
        Sign("✗", "not as documented", "bad"),
        f"{found or outcome.found}: {outcome.says}".rstrip(": "),
    )


def of_verdict(verdict: Verdict, row: Row | None) -> Sign:
    """The sign of a verdict; of a difference that `row` foretells, that it does."""
    foretold = row is not None and row.availability == "differs"
    return of_status(verdict.status, foretold=foretold)


def of_status(status: str, *, foretold: bool) -> Sign:
    """The sign of a verdict by its status; of a difference, whether it was `foretold`."""
    return DOCUMENTED if foretold and status == "different" else VERDICT[status]


def how_loud(loud: bool | None) -> Sign:
    """The sign of a difference that is silent (False), loud (True) or was not run (None)."""
    return NOT_RUN if loud is None else LOUD if loud else SILENT
