"""The outcome of a try as text: inputs, both sides beside each other, the verdict."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mxcheat.cheatsheet.sides import LABELS
from mxcheat.render.beside import write_sides
from mxcheat.render.inert import inert_line
from mxcheat.render.language import label, said, title, told
from mxcheat.render.times import columns_of, slower, untimed
from mxcheat.render.words import SHOWS, claimed, difference, how_loud, of_status, of_verdict

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
            page.line(
                (f"to get {LABELS[side.side]}: ", "quiet"), (inert_line(told(side.error.fix)), "")
            )
    outcome = shown.outcome if shown else None
    row = None if shown else result.row
    foretold = outcome is not None and outcome.holds
    both_ran = all(side.status != "none" for side in result.sides)
    if both_ran or outcome is None:
        write_verdict(page, result.verdict, row, foretold=foretold)
    if outcome is not None and not (foretold and result.verdict.status == "different"):
        sign, reason = claimed(outcome)
        page.paragraph(inert_line(told(reason)), f"{sign.glyph} {label(sign.word)}  ", sign.tone)
    write_bench(page, result)


def write_bench(page: Page, result: TryResult) -> None:
    """Write the medians of a benchmark, the ratio between the sides, and what was not timed."""
    timed = [side for side in result.sides if side.bench]
    for side, figures in zip(timed, columns_of(timed), strict=True):
        page.line((f"{LABELS[side.side]:<9}", "quiet"), (figures, ""))
    if len(timed) == 2:
        page.line((slower(*timed), ""))
    for line in untimed(result) if timed else ():
        page.line((inert_line(line), "fair"))


def write_verdict(
    page: Page, verdict: Verdict, row: Row | None = None, *, foretold: bool = False
) -> None:
    """Write the verdict: glyph and word, the largest difference and where, the reason.

    Where it is a difference that `row` foretells, or that is `foretold`, it says so.
    """
    sign = of_status(verdict.status, foretold=True) if foretold else of_verdict(verdict, row)
    parts = [inert_line(difference(verdict, said)), inert_line(told(verdict.reason))]
    page.paragraph(
        "; ".join(part for part in parts if part), f"{sign.glyph} {label(sign.word)}  ", sign.tone
    )


def _first_line(text: str) -> list[Span]:
    return [(inert_line(text.split("\n", maxsplit=1)[0]), "")]
