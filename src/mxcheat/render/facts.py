"""A row's facts as a card shows them: harmless text, code in coloured spans, words for states.

Plain dicts, lists and tuples, so that they can be made ahead and kept.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypedDict

from mxcheat.render.inert import inert, inert_line
from mxcheat.render.tokens import tokens
from mxcheat.render.words import AVAILABILITY

if TYPE_CHECKING:
    from mxcheat.cheatsheet.row import Row
    from mxcheat.render.page import Span

_NO_FORM = "(no counterpart)"
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
    section: str
    glyph: str
    word: str
    tone: str


class Card(Heading):
    """What a card says of a row; `public` is its public JSON form."""

    pytorch: list[list[Span]]
    gluon: list[list[Span]]
    notes: str
    erratum: str
    public: dict[str, Any]


def heading_of(row: Row) -> Heading:
    """What a listing shows of a row."""
    sign = AVAILABILITY[row.availability]
    return {
        "id": row.id,
        "title": inert_line(row.function),
        "section": inert_line(row.section),
        "glyph": sign.glyph,
        "word": sign.word,
        "tone": sign.tone,
    }


def card_of(row: Row) -> Card:
    """Everything that is shown of a row."""
    return {
        **heading_of(row),
        "pytorch": _code(row.pytorch),
        "gluon": _code(row.gluon),
        "notes": inert(row.notes),
        "erratum": inert(row.erratum or ""),
        "public": row.public_json(),
    }


def _code(form: str | None) -> list[list[Span]]:
    return [[(_NO_FORM, "quiet")]] if form is None else code_lines(inert(form))


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
