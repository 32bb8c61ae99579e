"""Python 2 rewritten as Python 3, only to be parsed, and where everything was before."""

from __future__ import annotations

import ast
import re
from collections import defaultdict
from dataclasses import dataclass

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


# Per line the bytes that were added: at which column of the new line, and how many.
Added = dict[int, list[tuple[int, int]]]


@dataclass(slots=True)
class _Token:
    """A piece of the text, of unchanged length, and what is added on either side of it."""

    kind: str
    text: str
    before: str = ""
    after: str = ""


class _Line:
    """The statement that is being read: what it begins with, and where its parts are."""

    def __init__(self) -> None:
        self.word = ""  # print, exec, raise or except, where it has to be closed
        self.opened = -1  # where its bracket opens
        self.comma = -1  # where its last one is


def modern(source: str) -> tuple[str, Added]:
    """The text with Python 2 syntax respelled for Python 3, and what was added to it.

    Lines keep their numbers; `put_back` restores the columns.
    """
    tokens = [_Token(str(match.lastgroup), match[0]) for match in _TOKEN.finditer(source)]
    _spelled(tokens)
    _statements(tokens)
    _parameters(tokens)
    return "".join(each.before + each.text + each.after for each in tokens), _added(tokens)


def put_back(tree: ast.AST, added: Added) -> None:
    """Give the nodes of the new text their columns in the old one."""
    for node in ast.walk(tree) if added else ():
        for line, column in (("lineno", "col_offset"), ("end_lineno", "end_col_offset")):
            if places := added.get(getattr(node, line, 0)):
                new = getattr(node, column)
                more = sum(min(count, new - at) for at, count in places if at < new)
                setattr(node, column, new - more)


def _added(tokens: list[_Token]) -> Added:
    added: Added = defaultdict(list)
    line, column = 1, 0
    for token in tokens:
        for text, is_new in ((token.before, True), (token.text, False), (token.after, True)):
            if text and is_new:
                added[line].append((column, len(text)))
            line += text.count("\n")
            start = 0 if "\n" in text else column
            column = start + len(text.rpartition("\n")[2].encode(errors="surrogatepass"))
    return dict(added)


def _spelled(tokens: list[_Token]) -> None:
    """Respell numbers, strings, backquotes and <>."""
    inside = False
    for token in tokens:
        kind, text = token.kind, token.text
        if kind == "number":
            token.text = _number(text)
        elif kind == "text" and text[:2].lower() == "ur":
            token.text = " " + text[1:]
        elif text == "<>":
            token.text = "!="
        elif text == "`":
            token.text = ")" if inside else "("
            inside = not inside


def _number(text: str) -> str:
    if text[-1] in "lL" and text[:2].lower() != "0b":
        text = text[:-1] + " "
    digits = text.rstrip()
    if len(digits) > 1 and digits.isdigit() and digits[0] == "0" and digits.strip("0"):
        text = digits.lstrip("0").rjust(len(digits)) + text[len(digits) :]
    return text


def _statements(tokens: list[_Token]) -> None:
    """Respell print, exec, raise and except."""
    depth, begins, line = 0, True, _Line()
    for at, token in enumerate(tokens):
        text = token.text
        if token.kind in ("space", "comment"):
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
        if text == ",":
            line.comma = at
        if text in ("\n", ";", ":"):
            if not (text == ":" and line.word in ("print", "exec", "raise")):
                _bracketed(tokens, line, at)
                line = _Line()
            begins = True
    _bracketed(tokens, line, len(tokens))


def _bracketed(tokens: list[_Token], line: _Line, end: int) -> None:
    """Put what follows the word of a statement in brackets, where Python 3 needs them."""
    if not line.word or line.opened >= end:
        return
    first = line.opened + (tokens[line.opened].kind == "space")
    text = tokens[first].text if first < end else ""
    if line.word in ("print", "exec"):
        if text in _NO_STATEMENT:
            return
    elif line.comma < 0:
        return
    elif line.word == "except" and _is_name(tokens[line.comma + 1 : end]):
        tokens[line.comma].text, tokens[line.comma].after = " ", "as "
        return
    if text == ">>":
        tokens[first].text = "  "
    tokens[first].before = "("
    last = end - 1
    while tokens[last].kind in ("space", "comment"):
        last -= 1
    tokens[last].after = ")"


def _is_name(tokens: list[_Token]) -> bool:
    return [each.kind for each in tokens if each.kind != "space"] == ["name"]


def _parameters(tokens: list[_Token]) -> None:
    """Drop the brackets of tuples among parameters."""
    outer: str | None = None  # "def" or "lambda" while its parameters are gone through
    depth, before = 0, ""
    for token in tokens:
        text = token.text
        if token.kind in ("space", "comment"):
            continue
        if text in ("def", "lambda"):
            outer, depth = text, 0 if text == "def" else 1
        elif outer and text == "(":
            depth += 1
            if depth > 1 and before in ("(", ",", "lambda", " "):
                token.text = text = " "
            elif depth > 1:
                outer = None
        elif outer and text == ")":
            depth -= 1
            if depth > 0:
                token.text = text = " "
            else:
                outer = None
        elif (outer == "lambda" and text == ":" and depth == 1) or text == "\n":
            outer = None if depth <= 1 else outer
        before = text
