"""The outcome of a try as text: inputs, both sides beside each other, the verdict."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mxcheat.cheatsheet.sides import LABELS
from mxcheat.render.beside import write_sides
from mxcheat.render.inert import inert_line
from mxcheat.render.language import label, title
from mxcheat.render.words import SHOWS, claimed, difference, how_loud, of_verdict

if TYPE_CHECKING:
    from mxcheat.cheatsheet.row import Row
    from mxcheat.live.claims import Shown
    from mxcheat.live.results import TryResult, Verdict
    from mxcheat.render.page import Page, Span


def write_report(page: Page, result: TryResult, shown: Shown | None = None) -> None:
    """Write a whole try; of a difference, what it says above, and whether it shows below."""
    if result.row:
        page.line(
            (inert_line(title(result.row.function, result.row.chinese)), "title"),
            (f"  {result.row.id}", "quiet"),
        )
    if shown:
        sign = how_loud(shown.to_json()["loud"])
        kind = f"{sign.glyph} {label(SHOWS[shown.difference.shows])}  "
        page.paragraph(shown.difference.says, kind, sign.tone, before=f"{shown.number} ")
    for name, described in result.inputs.items():
        page.line((f"{name} = ", "quiet"), *_first_line(described["text"]))
        for line in described["text"].split("\n")[1:]:
            page.line((" " * (len(name) + 3) + line, ""))
    page.line()
    write_sides(page, result)
    page.line()
    for side in result.sides:
        if side.error and side.error.fix:  # in one piece, to be copied
            page.line((f"to get {LABELS[side.side]}: ", "quiet"), (inert_line(side.error.fix), ""))
    write_verdict(page, result.verdict, None if shown else result.row)
    if shown and shown.outcome:
        sign, reason = claimed(shown.outcome)
        page.paragraph(inert_line(reason), f"{sign.glyph} {label(sign.word)}  ", sign.tone)
    write_bench(page, result)


def write_bench(page: Page, result: TryResult) -> None:
    """Write the medians of a benchmark and the ratio between the sides."""
    medians = {}
    for side in result.sides:
        if side.bench:
            medians[side.side] = side.bench["median_ms"]
            spread, count = side.bench["iqr_ms"], side.bench["iterations"]
            name = f"{LABELS[side.side]:<8}"
            facts = f"(interquartile range {spread:.3g} ms, {count:,} runs)"
            page.line((f"{name}{medians[side.side]:.3g} ms a run ", ""), (facts, "quiet"))
    if len(medians) == 2:
        fast, slow = sorted(medians, key=lambda side: medians[side])
        ratio = medians[slow] / max(medians[fast], 1e-9)
        page.line((f"{LABELS[slow]} takes {ratio:.2f} times as long as {LABELS[fast]}", ""))


def write_verdict(page: Page, verdict: Verdict, row: Row | None = None) -> None:
    """Write the verdict: glyph and word, the largest difference and where, the reason.

    Where it is a difference that `row` foretells, it says so.
    """
    sign = of_verdict(verdict, row)
    parts = [inert_line(difference(verdict)), inert_line(verdict.reason)]
    page.paragraph(
        "; ".join(part for part in parts if part), f"{sign.glyph} {label(sign.word)}  ", sign.tone
    )


def _first_line(text: str) -> list[Span]:
    return [(inert_line(text.split("\n", maxsplit=1)[0]), "")]
