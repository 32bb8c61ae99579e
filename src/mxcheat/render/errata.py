"""The page of errata: every correction to the printed sheets, with the line that shows it."""

from __future__ import annotations

import shlex
from dataclasses import replace
from typing import TYPE_CHECKING

from mxcheat.cheatsheet.sides import SIDES
from mxcheat.render.export import NOT_VERIFIED, code_cell, origin, sections
from mxcheat.render.inert import inert

if TYPE_CHECKING:
    from mxcheat.cheatsheet.row import Printed, Row
    from mxcheat.cheatsheet.sheet import Cheatsheet
    from mxcheat.cheatsheet.sides import Side
    from mxcheat.live.outcomes import Outcomes

_INTRODUCTION = """\
# Errata

What the published PyTorch-to-MXNet cheatsheets get wrong: {count} of the {total} rows that they
print. Below each, a line that runs what is printed on inputs that show it; where the print says
that nothing is available, the line runs what is. `mxcheat verify` runs them all.

{origin}

This page is generated from `data/mappings.yaml` by `make docs`.
"""


def to_errata(sheet: Cheatsheet, outcomes: Outcomes) -> str:
    """The page as Markdown; it says which rows were not verified as they stand."""
    wrong = tuple(row for row in sheet.rows if row.erratum)
    ran = origin(replace(sheet, rows=wrong), outcomes)
    printed = sum(bool(row.printed) for row in sheet.rows)
    parts = [_INTRODUCTION.format(count=len(wrong), total=printed, origin=ran)]
    for title, rows in sections(sheet):
        entries = [_entry(row, sheet, outcomes) for row in rows if row.erratum]
        if entries:
            parts += [f"## {title}\n", *entries]
    return "\n".join(parts)


def reproduction(row: Row) -> list[str]:
    """The command that shows the erratum: what is printed, or the row where nothing was."""
    if not row.misprint:
        return ["mxcheat", "try", row.id]
    command = ["mxcheat", "try"]
    for side in SIDES:
        code = _code(row, side)
        if code is not None:
            command += [f"--{side}", code]
    texts = [spec if isinstance(spec, str) else repr(spec) for spec in row.inputs.values()]
    specs = "; ".join(f"{name}={text}" for name, text in zip(row.inputs, texts, strict=True))
    return [*command, "--inputs", specs] if specs else command


def _code(row: Row, side: Side) -> str | None:
    """What is printed on `side` if that is wrong, else the form it is held against."""
    snippet = row.snippet(side)
    form = row.misprint.get(side) or (snippet.form if snippet else None)
    if form is None:
        return None
    parts = (row.before.get(side, ""), form, row.after_of(side))
    return "\n".join(part for part in parts if part)


def _entry(row: Row, sheet: Cheatsheet, outcomes: Outcomes) -> str:
    lines = [f"### {inert(row.function)} (`{row.id}`)\n", inert(row.erratum or "") + "\n"]
    if outcomes.of(row) is None:
        lines.append(f"({NOT_VERIFIED.capitalize()}.)\n")
    lines += ["| | PyTorch | MXNet Gluon |", "| --- | --- | --- |"]
    for printed, titles in _prints(row, sheet):
        cells = code_cell(printed.pytorch or None), code_cell(printed.gluon or None)
        lines.append(f"| printed in {titles} | {cells[0]} | {cells[1]} |")
    lines.append(f"| works today | {code_cell(row.pytorch)} | {code_cell(row.gluon)} |\n")
    lines.append("```sh\n" + shlex.join(reproduction(row)) + "\n```\n")
    return "\n".join(lines)


def _prints(row: Row, sheet: Cheatsheet) -> list[tuple[Printed, str]]:
    """Each different print once, with the titles of the documents it stands in."""
    grouped: dict[tuple[str, str], list[Printed]] = {}
    for printed in row.printed:
        grouped.setdefault((printed.pytorch, printed.gluon), []).append(printed)
    return [
        (prints[0], ", ".join(dict.fromkeys(sheet.sources[p.source].id for p in prints)))
        for prints in grouped.values()
    ]
