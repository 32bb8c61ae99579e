"""Python code in tokens: what each is, for whoever colours it.

One regular expression: a real lexer is slower to import than all else on screen to make.
"""

from __future__ import annotations

import keyword
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

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


def tokens(code: str) -> Iterator[tuple[int, int, str]]:
    """Yield where each token begins and ends, and its kind.

    A kind is "comment", "string", "number", "constant", "keyword", "call", "option" (the name
    of a keyword argument), "word" or "operator".
    """
    for match in _TOKEN.finditer(code):
        yield match.start(), match.end(), _kind(match)


def _kind(match: re.Match[str]) -> str:
    if match[0] in _CONSTANTS:
        return "constant"
    if keyword.iskeyword(match[0]):
        return "keyword"
    return match.lastgroup or ""
