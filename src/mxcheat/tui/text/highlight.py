"""Python code in colour.

One regular expression, because importing a real lexer takes 50 ms of the first paint.
"""

from __future__ import annotations

import keyword
import re

from textual.content import Content, Span

_TOKEN = re.compile(
    r"(?P<comment>\#[^\n]*)"
    r"|(?P<string>[rbfu]{0,2}(?:\"\"\"[\s\S]*?\"\"\"|'''[\s\S]*?'''"
    r"|\"(?:\\.|[^\"\\\n])*\"|'(?:\\.|[^'\\\n])*'))"
    r"|(?P<number>\b(?:0[xob][\da-f_]+|\d[\d_]*\.?\d*(?:e[+-]?\d+)?j?)\b)"
    r"|(?P<call>\b[^\W\d]\w*(?=\())"
    r"|(?P<option>\b[^\W\d]\w*(?==(?!=)))"
    r"|(?P<word>\b[^\W\d]\w*)"
    r"|(?P<operator>[-+*/%@=<>!&|^~]+)",
    re.IGNORECASE,
)
_CONSTANTS = ("None", "True", "False")
_STYLES = {
    "comment": "$foreground-muted italic",
    "string": "$text-success",
    "number": "$text-warning",
    "call": "bold $text-primary",
    "option": "$text-secondary",
    "operator": "$foreground-muted",
    "keyword": "$text-accent",
    "constant": "$text-warning",
}


def highlight(code: str) -> Content:
    """Return `code` with the styles of Python's tokens; its text is unchanged."""
    spans = []
    for match in _TOKEN.finditer(code):
        style = _STYLES.get(_kind(match))
        if style:
            spans.append(Span(match.start(), match.end(), style))
    return Content(code, spans)


def _kind(match: re.Match[str]) -> str:
    if match[0] in _CONSTANTS:
        return "constant"
    if keyword.iskeyword(match[0]):
        return "keyword"
    return match.lastgroup or ""
