"""Python 2 written as Python 3, each thing where it was, for reading only."""

from __future__ import annotations

import re

_TOKEN = re.compile(
    r"""(?P<text>[uUrRbB]{0,2}(?:'{3}(?:\\.|[^\\])*?'{3}|"{3}(?:\\.|[^\\])*?"{3}
            |'(?:\\.|[^'\\\n])*'|"(?:\\.|[^"\\\n])*"))
      | (?P<comment>\#[^\n]*)
      | (?P<space>(?:[ \t\f\r]|\\\n)+)
      | (?P<name>[^\W\d]\w*)
      | (?P<number>\d[\w.]*)
      | (?P<other><>|>>|.)""",
    re.VERBOSE | re.DOTALL,
)
_OPENING, _CLOSING = "([{", ")]}"
_NO_STATEMENT = ("=", "(", ".", ",", ")", ":", "[", "", "\n", ";")


class _Line:
    """The statement that is being read: what it begins with, and where its brackets are."""

    def __init__(self) -> None:
        self.word = ""  # print, exec, raise or except, where it has to be closed
        self.opened = -1  # where its bracket opens
        self.has_comma = False


def modern(source: str) -> str:
    """The text with what only Python 2 reads spelled as Python 3 does, or as it was.

    Lines keep their number and what is left of them their columns; only closing brackets are added.
    """
    tokens = [[str(match.lastgroup), match[0]] for match in _TOKEN.finditer(source)]
    _spelled(tokens)
    _statements(tokens)
    _parameters(tokens)
    return "".join(text for _, text in tokens)


def _spelled(tokens: list[list[str]]) -> None:
    """Numbers, texts, backquotes and <>."""
    inside = False
    for token in tokens:
        kind, text = token
        if kind == "number":
            token[1] = _number(text)
        elif kind == "text" and text[:2].lower() == "ur":
            token[1] = " " + text[1:]
        elif text == "<>":
            token[1] = "!="
        elif text == "`":
            token[1] = ")" if inside else "("
            inside = not inside


def _number(text: str) -> str:
    if text[-1] in "lL" and text[:2].lower() != "0b":
        text = text[:-1] + " "
    digits = text.rstrip()
    if len(digits) > 1 and digits.isdigit() and digits[0] == "0" and digits.strip("0"):
        text = digits.lstrip("0").rjust(len(digits)) + text[len(digits) :]
    return text


def _statements(tokens: list[list[str]]) -> None:
    """The statements that became functions, or take their parts in brackets now."""
    depth, begins, line = 0, True, _Line()
    for at, (kind, text) in enumerate(tokens):
        if kind in ("space", "comment"):
            continue
        if begins and text in ("print", "exec", "raise", "except"):
            line = _Line()
            line.word, line.opened = text, at + 1
        begins = False
        if text in _OPENING:
            depth += 1
        elif text in _CLOSING:
            depth = max(0, depth - 1)
        if depth:
            continue
        line.has_comma = line.has_comma or text == ","
        if text in ("\n", ";", ":"):
            if not (text == ":" and line.word in ("print", "exec", "raise")):
                _bracketed(tokens, line, at)
                line = _Line()
            begins = True
    _bracketed(tokens, line, len(tokens))


def _bracketed(tokens: list[list[str]], line: _Line, end: int) -> None:
    """Put what follows the word of a statement in brackets, where Python 3 asks for them."""
    if not line.word or line.opened >= end:
        return
    first = line.opened + (tokens[line.opened][0] == "space")
    text = tokens[first][1] if first < end else ""
    if line.word in ("print", "exec"):
        if text in _NO_STATEMENT:
            return
    elif not line.has_comma:
        return
    if text == ">>":
        tokens[first][1] = "  " if first > line.opened else "( "
    if first > line.opened:
        tokens[line.opened][1] = "(" + tokens[line.opened][1][1:]
    elif text != ">>":
        tokens[first][1] = "(" + text
    last = end - 1
    while tokens[last][0] in ("space", "comment"):
        last -= 1
    tokens[last][1] += ")"


def _parameters(tokens: list[list[str]]) -> None:
    """Tuples among parameters lose their brackets."""
    outer: str | None = None  # "def" or "lambda" while its parameters are gone through
    depth, before = 0, ""
    for token in tokens:
        kind, text = token
        if kind in ("space", "comment"):
            continue
        if text in ("def", "lambda"):
            outer, depth = text, 0 if text == "def" else 1
        elif outer and text == "(":
            depth += 1
            if depth > 1 and before in ("(", ",", "lambda", " "):
                token[1] = text = " "
            elif depth > 1:
                outer = None
        elif outer and text == ")":
            depth -= 1
            if depth > 0:
                token[1] = text = " "
            else:
                outer = None
        elif (outer == "lambda" and text == ":" and depth == 1) or text == "\n":
            outer = None if depth <= 1 else outer
        before = text
