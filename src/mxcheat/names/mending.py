"""Code that Python cannot parse, repaired by changing or leaving out as little as possible."""

from __future__ import annotations

import ast
import re
import warnings
from itertools import pairwise

from mxcheat.names.lines import closed
from mxcheat.names.python2 import Added, modern, put_back
from mxcheat.names.uses import TOO_DEEP

_CLAUSE = re.compile(r"(?:elif|else|except|finally)\b")
_TRIES = 60
_WORK = 4_000_000  # characters to read over and over, at most


def mended(source: str) -> tuple[ast.Module, list[tuple[int, str]]]:
    """The tree of a source text, and the lines that were changed or left out, with the reason.

    Python 2 is read as Python 3, with the columns of the source.
    """
    added: Added = {}
    tree, problems = _mended(source, added)
    put_back(tree, added)
    return tree, problems


def _mended(source: str, added: Added) -> tuple[ast.Module, list[tuple[int, str]]]:
    """The same with the columns of the text that was parsed; `added` says what was added to it."""
    problems: list[tuple[int, str]] = []
    if "\0" in source:
        source = source.replace("\0", " ")
        problems.append((1, "it holds null characters"))
    lines = source.split("\n")
    tried: dict[int, int] = {}
    is_modern = False
    for _ in range(max(4, min(_TRIES, _WORK // (len(source) + 1)))):
        try:
            return _parsed("\n".join(lines)), problems
        except SyntaxError as error:
            at = min(max(error.lineno or 1, 1), len(lines)) - 1
            if not is_modern:
                is_modern = True
                if old := _modernized(lines, at, added):
                    problems.append(old)
                    continue
            if tried.get(at, 0) > 1:
                break
            reason = _mend(lines, at, error, tried)
            problems.append((at + 1, reason))
        except (ValueError, RecursionError, MemoryError):
            break
    return _in_pieces(lines, problems), problems


def _parsed(source: str) -> ast.Module:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return ast.parse(source)


def _mend(lines: list[str], at: int, error: SyntaxError, tried: dict[int, int]) -> str:
    """Change one line so that the rest can be parsed; returns what was wrong with it."""
    line = lines[at]
    reason = error.msg
    if reason.startswith("expected an indented block"):
        before = next((n for n in range(at, -1, -1) if _opens(lines[n])), at)
        if before not in tried:
            tried[before] = 1
            lines[before] += " pass"
            return reason
    if at not in tried and reason.endswith("was never closed"):
        tried[at] = 0
        _close(lines, at)
        return reason
    tried[at] = tried.get(at, 0) + 1
    if tried[at] > 1:
        lines[at] = ""
    else:
        indent = line[: len(line) - len(line.lstrip())]
        lines[at] = indent + ("if 1:" if line.rstrip().endswith(":") else "pass")
    return reason


def _modernized(lines: list[str], at: int, added: Added) -> tuple[int, str] | None:
    """Rewrite Python 2 as Python 3 in place; returns the line that shows it, with the reason."""
    text, more = modern("\n".join(lines))
    new = text.split("\n")
    changed = [n for n, (old, line) in enumerate(zip(lines, new, strict=True)) if old != line]
    if not changed:
        return None
    shows = at if at in changed else changed[0]
    said = f"Python 2: {lines[shows].strip()}"[:60]
    lines[:] = new
    added.update(more)
    return shows + 1, said


def _close(lines: list[str], at: int) -> None:
    """Close the brackets of the statement that begins in a line, before the next one begins."""
    indent = _indent(lines[at])
    end = at + 1
    while end < len(lines) and (_indent(lines[end]) > indent or not lines[end].strip()):
        end += 1
    while end > at + 1 and not lines[end - 1].strip():
        end -= 1
    whole = closed("\n".join(lines[at:end])).split("\n")
    lines[at:end] = [*whole, *[""] * (end - at - len(whole))]


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip())


def _opens(line: str) -> bool:
    return line.partition("#")[0].rstrip().endswith(":")


def _in_pieces(lines: list[str], problems: list[tuple[int, str]]) -> ast.Module:
    """The tree of those statements at the margin that can be parsed, one by one."""
    body: list[ast.stmt] = []
    starts = [n for n, line in enumerate(lines) if not n or _begins(line, lines[n - 1])]
    for start, end in pairwise([*starts, len(lines)]):
        try:
            piece = _parsed("\n".join(lines[start:end]))
        except SyntaxError as error:
            problems.append((start + (error.lineno or 1), error.msg))
        except (ValueError, RecursionError, MemoryError):
            problems.append((start + 1, TOO_DEEP))
        else:
            body += ast.increment_lineno(piece, start).body
    return ast.Module(body, [])


def _begins(line: str, before: str) -> bool:
    """Whether a statement begins here: neither a continuation nor what a decorator is for."""
    goes_on = line[:1] in " \t#)]}" or not line or before[:1] == "@"
    return not goes_on and not _CLAUSE.match(line)
