"""One row and what running it gave, side by side, as text to paste and as Markdown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mxcheat.cheatsheet.sides import LABELS, SIDES
from mxcheat.render.beside import output_title
from mxcheat.render.export import claims_markdown, code_cell, prose
from mxcheat.render.inert import inert
from mxcheat.render.words import AVAILABILITY, STATUS, difference, of_verdict

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from mxcheat.cheatsheet.row import Row
    from mxcheat.cheatsheet.sides import Side
    from mxcheat.live.results import SideResult, TryResult


def outcome_text(result: TryResult) -> str:
    """What both sides left, one after the other, and the verdict; plain text."""
    parts = [f"{_head(side)}\n{_left(side)}" for side in result.sides]
    return "\n\n".join([*parts, _verdict(result)]) + "\n"


def row_markdown(row: Row, forms: Mapping[Side, str | None], result: TryResult | None) -> str:
    """A row as a Markdown page: the forms as they are now beside each other, and a result."""
    sign = AVAILABILITY[row.availability]
    return "\n".join(
        [
            f"# {prose(row.function)}\n",
            f"`{row.id}` · {sign.glyph} {sign.word} · `mxcheat lookup {row.id}`\n",
            *_table([code_cell(forms[side]) for side in SIDES]),
            *_remarks(row),
            *(_outcome(result) if result else ()),
        ]
    )


def _table(cells: list[str]) -> Iterator[str]:
    yield "| " + " | ".join(LABELS[side] for side in SIDES) + " |"
    yield "| --- | --- |"
    yield "| " + " | ".join(cells) + " |\n"


def _remarks(row: Row) -> Iterator[str]:
    if row.notes:
        yield prose(row.notes) + "\n"
    yield from claims_markdown(row)
    if row.erratum:
        yield f"> Erratum: {prose(row.erratum)}\n"


def _outcome(result: TryResult) -> Iterator[str]:
    yield f"## {_verdict(result)}\n"
    for name, described in result.inputs.items():
        yield f"Input `{name}`:\n\n{_block(described['text'])}\n"
    for side in result.sides:
        yield f"{_head(side)}:\n\n{_block(_left(side))}\n"


def _block(text: str) -> str:
    """Indented code, which no text can end before its time."""
    return "\n".join(f"    {line}" for line in inert(text).split("\n"))


def _verdict(result: TryResult) -> str:
    verdict = result.verdict
    sign = of_verdict(verdict, result.row)
    said = (f"{sign.glyph} {sign.word}", difference(verdict), verdict.reason)
    return inert("; ".join(filter(None, said)))


def _head(side: SideResult) -> str:
    took = "" if side.elapsed_ms is None else f"{side.elapsed_ms:.2f} ms"
    name = f"{LABELS[side.side]} {side.version or ''}".strip()
    return ", ".join(filter(None, (name, side.device, took)))


def _left(side: SideResult) -> str:
    """Outputs, then the failure or what was written."""
    parts = [f"{output_title(output)}\n{output.text}" for output in side.outputs]
    if not side.ok:
        parts.append(f"{STATUS[side.status].word}: {side.error or ''}".rstrip(": "))
    parts += [
        f"{name}\n{text.rstrip()}"
        for name, text in (("stdout", side.stdout), ("stderr", side.stderr))
        if text.strip()
    ]
    return inert("\n".join(parts))
