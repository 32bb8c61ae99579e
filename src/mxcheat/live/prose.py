"""Whether the numbers and dtypes in a row's prose are those of something that the row runs."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from mxcheat.cheatsheet.contradictions import code_of
from mxcheat.cheatsheet.sides import SIDES
from mxcheat.live.told_numbers import untold_numbers
from mxcheat.live.told_sides import VERSION, untold_dtypes

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from mxcheat.cheatsheet.row import Row
    from mxcheat.live.results import TryResult

# An argument with a number, as a call gives it: dim=-1, axes=(0, 1), eps=1e-5.
_SETTING = re.compile(r"(?<![\w.])[A-Za-z_]\w*=(?:-?\d+(?:\.\d+)?(?:e-?\d+)?\b|\(-?\d[^()]*\))")


def untold_in_prose(row: Row, results: Sequence[TryResult]) -> list[str]:
    """What is wrong with the numbers and dtypes of the title, the notes and the notes on arguments.

    Each has to stand in the row's code, its inputs, outputs or errors (`results`), or among the
    defaults of its arguments, which are held against the frameworks.
    """
    checked = list(_checked(row))
    told = [(where, VERSION.sub("", text)) for where, text in _prose(row)]
    untold = [
        (where, [*untold_numbers(text, checked, results), *untold_dtypes(text, checked, results)])
        for where, text in told
    ]
    untold += _untold_settings(row)
    return [
        f"{where}: nothing that was run gives {', '.join(facts)}"
        for where, facts in untold
        if facts
    ]


def _untold_settings(row: Row) -> Iterator[tuple[str, list[str]]]:
    """The arguments with a number that no code of the row gives, and its table does not list."""
    said = [*_prose(row), *_sentences(row)]
    found = [(where, _SETTING.findall(text)) for where, text in said]
    if not any(settings for _, settings in found):
        return
    code = [text for side in SIDES for _, text in code_of(row, side)]
    known = "\n".join(map(_squeezed, [*code, *_checked(row)]))
    for where, settings in found:
        yield where, [setting for setting in settings if not _gives(known, _squeezed(setting))]


def _gives(code: str, setting: str) -> bool:
    return re.search(rf"(?<!\w){re.escape(setting)}(?![\w.])", code) is not None


def _squeezed(code: str) -> str:
    return re.sub(r"[ \t]", "", code)


def _sentences(row: Row) -> Iterator[tuple[str, str]]:
    for number, difference in enumerate(row.differences, 1):
        yield f"difference {number}", difference.says


def _prose(row: Row) -> Iterator[tuple[str, str]]:
    yield "function", row.function
    yield "notes", row.notes
    for number, argument in enumerate(row.arguments, 1):
        yield f"argument {number}", argument.note


def _checked(row: Row) -> Iterator[str]:
    """The code, the inputs and the defaults of a row."""
    inputs = [*map(row.inputs_of_case, range(row.case_count)), *map(row.inputs_of, row.differences)]
    yield from (str(spec) for named in inputs for spec in named.values())
    for argument in row.arguments:
        yield from filter(None, map(argument.form, SIDES))
    for difference in row.differences:
        yield from difference.instead.values()
    # "Make a ResNet of 50 layers": figures that are a part of a name.
    for side in SIDES:
        yield re.sub(r"[A-Za-z]+", " ", row.form(side) or "").replace("_", ".")
