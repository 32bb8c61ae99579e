"""The Python in a Markdown text: its blocks of code, and lines of interactive sessions."""

from __future__ import annotations

import ast
import re
import warnings
from textwrap import dedent
from typing import TYPE_CHECKING

from mxcheat.scan.magics import without_magics

if TYPE_CHECKING:
    from collections.abc import Iterator

_PYTHON = ("python", "py", "python2", "python3", "py3", "ipython", "ipython3", "pycon")
_FENCE = re.compile(r"[ \t>]*(?:(?:[-*+]|\d+[.)])[ \t]+)?(?P<fence>`{3,}|~{3,})(?P<info>.*)")
_QUOTED = re.compile(r"(?:[ \t]*>)+")
_PROMPT = re.compile(r"(?:[ \t]*>)??[ \t]*(?P<sign>>>>|\.\.\.)(?: |$)")
# What shows that a block without a language is Python.
_TELLS = re.compile(r"^\s*(?:import \w|from [\w.]+ import )", re.MULTILINE)
# Options of a block, as MyST has them.
_OPTION = re.compile(r"\s*:[\w-]+:")
# What stands before indented code, so that it can be parsed.
_BLOCK = "if True:"


def read_markdown(text: str) -> str:
    """The Python of a text, with every line and column where it was, and all else blank.

    That is the blocks marked as Python, and those without a language that import something. The
    fence of an indented block becomes `if True:`.
    """
    lines = text.split("\n")
    kept = [""] * len(lines)
    prose = 0
    for start, end, info in _blocks(lines):
        _keep_sessions(lines, kept, prose, start)
        if _is_session(lines[start + 1 : end]):
            _keep_sessions(lines, kept, start + 1, end)
        elif _language(info) in _PYTHON or (not _language(info) and _tells(lines[start + 1 : end])):
            _keep_block(lines, kept, start, end)
        prose = end + 1
    _keep_sessions(lines, kept, prose, len(lines))
    return "\n".join(kept)


def is_markdown(text: str) -> bool:
    """Whether a text has a block of code marked as Python, and is not itself Python."""
    blocks = _blocks(text.split("\n"))
    return any(_language(info) in _PYTHON for *_, info in blocks) and not _parses(text)


def _blocks(lines: list[str]) -> Iterator[tuple[int, int, str]]:
    """Each fenced block: the lines of both fences, and what the first says."""
    start, fence, info = 0, "", ""
    for number, line in enumerate(lines):
        found = _FENCE.match(line)
        if not found:
            continue
        if not fence and not (found["fence"][0] == "`" and "`" in found["info"]):
            start, fence, info = number, found["fence"], found["info"].strip()
        elif fence and found["fence"].startswith(fence) and not found["info"].strip():
            yield start, number, info
            fence = ""
    if fence:
        yield start, len(lines), info


def _language(info: str) -> str:
    """The language that a fence names: `python`, `{.python .input}`, `{code-cell} ipython3`."""
    words = re.findall(r"[\w+-]+", info.lower())
    likely = words[:3] if info.startswith("{") else words[:1]
    return next((word for word in likely if word in _PYTHON), words[0] if words else "")


def _tells(inside: list[str]) -> bool:
    code = dedent("\n".join(map(_without_quote, inside)))
    return bool(_TELLS.search(code)) and _parses(code)


def _keep_block(lines: list[str], kept: list[str], start: int, end: int) -> None:
    """Copy the Python of the block between two fences to `kept`."""
    code = [_without_quote(line) for line in lines[start + 1 : end]]
    for number, line in enumerate(code):
        if not _OPTION.match(line):
            break
        code[number] = ""
    kept[start + 1 : end] = without_magics("\n".join(code)).split("\n")[: len(code)]
    indents = [len(line) - len(line.lstrip()) for line in kept[start + 1 : end] if line.strip()]
    if min(indents, default=0):
        kept[start] = _BLOCK


def _is_session(inside: list[str]) -> bool:
    return any((found := _PROMPT.match(line)) and found["sign"] == ">>>" for line in inside)


def _keep_sessions(lines: list[str], kept: list[str], start: int, end: int) -> None:
    """Copy what follows prompts to `kept`, from one line to before another."""
    depth, goes_on = 0, False
    for number in range(start, end):
        found = _PROMPT.match(lines[number])
        goes_on = bool(found and (goes_on or found["sign"] == ">>>"))
        if not (found and goes_on):
            continue
        kept[number] = " " * found.end() + lines[number][found.end() :]
        if found["sign"] == ">>>" and found.end() != depth and number:
            depth = found.end()
            kept[number - 1] = _BLOCK


def _without_quote(line: str) -> str:
    """A line with blanks instead of its quotation marks."""
    found = _QUOTED.match(line)
    return " " * found.end() + line[found.end() :] if found else line


def _parses(code: str) -> bool:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            ast.parse(code)
        except (SyntaxError, ValueError, RecursionError, MemoryError):
            return False
    return True
