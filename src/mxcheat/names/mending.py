"""Code that Python cannot read, made readable: as little as can be is changed or left out."""

from __future__ import annotations

import ast
import re
import warnings

_OLD = re.compile(r"^(\s*)(print|exec|raise|except)\s(\s*)(?!\s*[=(:])(.*?)(\s*:?\s*)$")
TOO_DEEP = "it is nested too deeply"
_TRIES = 60
_WORK = 4_000_000  # characters to read over and over, at most


def mended(source: str) -> tuple[ast.Module, list[tuple[int, str]]]:
    """The tree of a source text, and the lines that were changed or left out, with the reason.

    Statements of Python 2 are read as those of Python 3; columns stay as they are.
    """
    problems: list[tuple[int, str]] = []
    if "\0" in source:
        source = source.replace("\0", " ")
        problems.append((1, "it holds null characters"))
    lines = source.split("\n")
    tried: dict[int, int] = {}
    for _ in range(max(4, min(_TRIES, _WORK // (len(source) + 1)))):
        try:
            return _parsed("\n".join(lines)), problems
        except SyntaxError as error:
            at = min(max(error.lineno or 1, 1), len(lines)) - 1
            if tried.get(at, 0) > 1:
                break
            reason = _mend(lines, at, error, tried)
            problems.append((at + 1, reason))
        except (ValueError, RecursionError, MemoryError):
            return ast.Module([], []), [*problems, (1, TOO_DEEP)]
    return _before_trouble(lines, problems), problems


def _parsed(source: str) -> ast.Module:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return ast.parse(source)


def _mend(lines: list[str], at: int, error: SyntaxError, tried: dict[int, int]) -> str:
    """Change one line so that the rest can be read; the reason is what was wrong with it."""
    line = lines[at]
    reason = error.msg
    if reason.startswith("expected an indented block"):
        before = next((n for n in range(at, -1, -1) if _opens(lines[n])), at)
        if before not in tried:
            tried[before] = 1
            lines[before] += " pass"
            return reason
    old = _OLD.match(line) if at not in tried else None
    tried[at] = tried.get(at, 0) + 1
    if old:
        indent, word, space, rest, end = old.groups()
        lines[at] = f"{indent}{word}({space}{rest}){end}"
        return f"Python 2: {word} {rest}"[:60]
    if tried[at] > 1:
        lines[at] = ""
    else:
        indent = line[: len(line) - len(line.lstrip())]
        lines[at] = indent + ("if 1:" if line.rstrip().endswith(":") else "pass")
    return reason


def _opens(line: str) -> bool:
    return line.partition("#")[0].rstrip().endswith(":")


def _before_trouble(lines: list[str], problems: list[tuple[int, str]]) -> ast.Module:
    """The tree of the lines before the last one that could not be mended, or of none."""
    last = problems[-1][0] if problems else 1
    try:
        return _parsed("\n".join(lines[: last - 1]))
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return ast.Module([], [])
