"""A row's facts as a card shows them: harmless text, code in coloured spans, words for states.

Plain dicts, lists and tuples, so that they can be made ahead and kept.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypedDict

from mxcheat.cheatsheet.sides import SIDES
from mxcheat.render.inert import inert, inert_line
from mxcheat.render.tokens import tokens
from mxcheat.render.words import AVAILABILITY, NO_FORM, SHOWS, how_loud, silent_differences

if TYPE_CHECKING:
    from collections.abc import Iterable

    from mxcheat.cheatsheet.row import Argument, Difference, Row
    from mxcheat.render.page import Span

_TONES = {
    "comment": "quiet",
    "string": "string",
    "number": "number",
    "constant": "keyword",
    "keyword": "keyword",
    "call": "call",
}


class Heading(TypedDict):
    """What one line says of a row."""

    id: str
    title: str
    chinese: str
    section: str
    glyph: str
    word: str
    tone: str
    silent: str


class Told(TypedDict):
    """One difference: its number, what kind it is, in a glyph and a word, and what it says."""

    number: str
    glyph: str
    word: str
    tone: str
    silent: bool
    says: str


class Card(Heading):
    """What a card says of a row; `public` is its public JSON form."""

    pytorch: list[list[Span]]
    gluon: list[list[Span]]
    notes: str
    arguments: list[tuple[str, str, str]]
    differences: list[Told]
    hybridized: list[list[Span]]
    erratum: str
    public: dict[str, Any]


def heading_of(row: Row) -> Heading:
    """What a listing shows of a row."""
    sign = AVAILABILITY[row.availability]
    return {
        "id": row.id,
        "title": inert_line(row.function),
        "chinese": inert_line(row.chinese),
        "section": inert_line(row.section),
        "glyph": sign.glyph,
        "word": sign.word,
        "tone": sign.tone,
        "silent": silent_differences(row.silent),
    }


def card_of(row: Row) -> Card:
    """Everything that is shown of a row."""
    return {
        **heading_of(row),
        "pytorch": _code(row.pytorch),
        "gluon": _code(row.gluon),
        "notes": inert(row.notes),
        "arguments": [argument_line(argument) for argument in row.arguments],
        "differences": [
            _told(number, each) for number, each in enumerate(by_danger(row.differences), 1)
        ],
        "hybridized": _hybridized(row),
        "erratum": inert(row.erratum or ""),
        "public": row.public_json(),
    }


def by_danger(differences: Iterable[Difference]) -> list[Difference]:
    """The order in which they are shown, and numbered from 1: silent ones first, as in the row."""
    return sorted(differences, key=lambda difference: difference.loud is not False)


def _told(number: int, difference: Difference) -> Told:
    sign = how_loud(difference.loud)
    return {
        "number": str(number),
        "glyph": sign.glyph,
        "word": SHOWS[difference.shows],
        "tone": sign.tone,
        "silent": difference.loud is False,
        "says": inert_line(difference.says),
    }


def argument_line(argument: Argument) -> tuple[str, str, str]:
    """An argument of both sides, and what is to be known of it: the default, the rule."""
    pytorch, gluon = (inert_line(argument.form(side) or "") for side in SIDES)
    remarks = [argument.rule, argument.note]
    both = pytorch and gluon
    if both and pytorch.partition("=")[2] != gluon.partition("=")[2]:
        remarks.insert(0, "≠")
    return pytorch or "–", gluon or "–", inert_line("  ".join(filter(None, remarks)))


def _hybridized(row: Row) -> list[list[Span]]:
    if row.hybridized is None:
        return []
    if row.hybridized.form:
        return code_lines(inert(row.hybridized.form))
    return [[(inert_line(row.hybridized.reason), "")]]


def _code(form: str | None) -> list[list[Span]]:
    return [[(NO_FORM, "quiet")]] if form is None else code_lines(inert(form))


def code_lines(code: str) -> list[list[Span]]:
    """Code in lines of spans, each with the tone of its token; joined they give the code."""
    spans: list[Span] = []
    done = 0
    for start, end, kind in tokens(code):
        tone = _TONES.get(kind)
        if tone:
            spans += [(code[done:start], ""), (code[start:end], tone)]
            done = end
    return _in_lines([*spans, (code[done:], "")])


def _in_lines(spans: list[Span]) -> list[list[Span]]:
    lines: list[list[Span]] = [[]]
    for text, tone in spans:
        first, *others = text.split("\n")
        lines[-1].append((first, tone))
        lines += [[(other, tone)] for other in others]
    return [[span for span in line if span[0]] for line in lines]
