"""The corrected cheatsheet as a Markdown document, and what it shares with the page of all rows."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from mxcheat.cheatsheet.sheet import by_section
from mxcheat.render.facts import card_of
from mxcheat.render.inert import inert
from mxcheat.render.language import label
from mxcheat.render.words import AVAILABILITY, NO_FORM, of_status, silent_differences

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mxcheat.cheatsheet.row import Row
    from mxcheat.cheatsheet.sheet import Cheatsheet
    from mxcheat.live.outcomes import Outcomes

NOT_VERIFIED = "not verified"


def verdict_of(row: Row, outcomes: Outcomes) -> str:
    """The verdict in a glyph and a word; that there is none for a row that was changed since."""
    found = outcomes.of(row)
    if found is None:
        return label(NOT_VERIFIED)
    sign = of_status(found.verdict, foretold=found.ok)
    said = f"{sign.glyph} {label(sign.word)}"
    return said if found.ok else f"{said}, {label('not as claimed')}"


def origin(sheet: Cheatsheet, outcomes: Outcomes) -> str:
    """How many rows were run as they stand here, and on which versions, as a sentence."""
    found = [each for each in map(outcomes.of, sheet.rows) if each]
    if not found:
        return "The rows were not verified."
    counts = Counter((each.versions["torch"], each.versions["mxnet"]) for each in found)
    places = [f"torch {torch} and mxnet {mxnet}" for torch, mxnet in counts]
    if len(places) > 1:
        places = [f"{place} ({n})" for place, n in zip(places, counts.values(), strict=True)]
    total = len(sheet.rows)
    whole = len(found) == total
    head = "Every row was run" if whole else f"{len(found)} of {total} rows were run"
    rest = "" if whole else "; the others were not verified"
    return f"{head} on {', or '.join(places)} from the same inputs{rest}."


def sections(sheet: Cheatsheet) -> Iterator[tuple[str, list[Row]]]:
    """Title and rows of each section, in the order of the sheet."""
    for section, rows in by_section(sheet.rows).items():
        yield sheet.sections.get(section, section), rows


def to_markdown(sheet: Cheatsheet, outcomes: Outcomes) -> str:
    """The cheatsheet as Markdown: a table a section, notes and errata below it."""
    parts = ["# PyTorch and MXNet Gluon\n", origin(sheet, outcomes) + "\n"]
    for title, rows in sections(sheet):
        parts.append(f"## {title}\n")
        parts.append("| Function | PyTorch | MXNet Gluon | Availability | Verdict |")
        parts.append("| --- | --- | --- | --- | --- |")
        parts += [_table_line(row, outcomes) for row in rows]
        parts.append("")
        for row in rows:
            if row.notes or row.erratum or row.differences:
                parts.append(f"**{prose(row.function)}** (`{row.id}`): {prose(row.notes)}\n")
            parts += claims_markdown(row)
            if row.erratum:
                parts.append(f"> Erratum: {prose(row.erratum)}\n")
    return "\n".join(parts)


def claims_markdown(row: Row) -> list[str]:
    """The arguments, differences and hybridized form of a row, each as a block of Markdown."""
    card = card_of(row)
    blocks = []
    if card["arguments"]:
        lines = [
            f"| {code_cell(pytorch)} | {code_cell(gluon)} | {prose(remark)} |"
            for pytorch, gluon, remark in card["arguments"]
        ]
        blocks.append("\n".join(["| PyTorch | MXNet Gluon | |", "| --- | --- | --- |", *lines]))
    if card["differences"]:
        blocks.append(
            "\n".join(
                f"- {told['glyph']} *{told['word']}*: {prose(told['says'])}"
                for told in card["differences"]
            )
        )
    if row.hybridized:
        said = row.hybridized
        blocks.append(f"Hybridized: {code_cell(said.form) if said.form else prose(said.reason)}")
    return [f"{block}\n" for block in blocks]


def _table_line(row: Row, outcomes: Outcomes) -> str:
    sign = AVAILABILITY[row.availability]
    cells = [
        prose(row.function),
        code_cell(row.pytorch),
        code_cell(row.gluon),
        " · ".join(filter(None, (f"{sign.glyph} {sign.word}", silent_differences(row.silent)))),
        verdict_of(row, outcomes),
    ]
    return "| " + " | ".join(cells) + " |"


def code_cell(code: str | None) -> str:
    """Code for a cell of a Markdown table: each line in code marks, lines broken by <br>."""
    if code is None:
        return NO_FORM
    return "<br>".join(code_mark(line.replace("|", "\\|")) for line in inert(code).split("\n"))


def code_mark(text: str) -> str:
    """One line in Markdown code marks, however many backticks it holds; indentation kept."""
    body = text.lstrip(" ")
    indent = "&nbsp;" * (len(text) - len(body))
    if not body:
        return indent
    marks = "`"
    while marks in body:
        marks += "`"
    space = " " if len(marks) > 1 else ""
    return f"{indent}{marks}{space}{body}{space}{marks}"


def prose(text: str) -> str:
    """Prose for one line of Markdown: nothing in it is markup."""
    flat = " ".join(inert(text).split())
    for char in "\\`*_[]<>|#":
        flat = flat.replace(char, "\\" + char)
    return flat
