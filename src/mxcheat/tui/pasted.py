"""Pasted lines as one query: every statement counts, and imports only say what names stand for."""

from __future__ import annotations

import ast
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

# What stands between the statements of a query.
BETWEEN = "; "
_PROMPT = re.compile(r"^\s*(?:>>>|\.\.\.|In \[\d+\]:|\$)(?: |$)")
_STRING = re.compile(r"\"[^\"]*\"|'[^']*'")
_COMMENT = re.compile(r"(?<!\S)#.*")
_IMPORT = re.compile(r"(?:import|from)\s")


def as_query(text: str) -> str:
    """What to search for where `text` has been pasted; text of one line that imports nothing stays.

    Prompts and comments are left out. A name that is imported is spelled out where it is used, so
    that it does not matter how it was imported; only imports give back themselves.
    """
    statements = list(_statements(text))
    imports = [each for each in statements if _IMPORT.match(each)]
    others = [each for each in statements if each not in imports]
    if not (imports and others):
        return BETWEEN.join(statements)
    meaning = {name: full for each in imports for name, full in _imported(each)}
    return BETWEEN.join(_spelled_out(each, meaning) for each in others)


def statements_of(query: str) -> list[str]:
    """The statements of a query, imports left out where there are others."""
    parts = [part for part in query.split(BETWEEN) if part.strip()]
    return [part for part in parts if not _IMPORT.match(part)] or parts


def _statements(text: str) -> Iterator[str]:
    """The statements, one a line: what is open at the end of a line goes on in the next."""
    held = ""
    for line in text.replace("\r", "\n").split("\n"):
        bare = _COMMENT.sub("", _PROMPT.sub("", line)).strip()
        held = f"{held} {bare}".strip()
        if held.endswith("\\"):
            held = held[:-1].rstrip()
        elif held and not _is_open(held):
            yield from _parts(held)
            held = ""
    if held:
        yield held


def _parts(line: str) -> list[str]:
    """The statements of a line; one with a string in it is left whole."""
    if _STRING.search(line):
        return [line]
    return [part.strip() for part in line.split(";") if part.strip()]


def _is_open(code: str) -> bool:
    bare = _STRING.sub("", code)
    return sum(map(bare.count, "([{")) > sum(map(bare.count, ")]}"))


def _imported(statement: str) -> Iterator[tuple[str, str]]:
    """The names that an import binds, and what each stands for."""
    try:
        nodes = ast.parse(statement).body
    except (SyntaxError, ValueError):
        return
    for node in nodes:
        if isinstance(node, ast.ImportFrom) and node.module:
            for alias in node.names:
                yield alias.asname or alias.name, f"{node.module}.{alias.name}"
        elif isinstance(node, ast.Import):
            for alias in node.names:
                if alias.asname:
                    yield alias.asname, alias.name


def _spelled_out(statement: str, meaning: dict[str, str]) -> str:
    """The statement with each name that is called, or has a dot behind it, spelled out."""
    if not meaning:
        return statement
    names = "|".join(map(re.escape, meaning))
    used = re.compile(rf"(?<![\w.])({names})(?=\s*[.(])")
    return used.sub(lambda match: meaning[match[1]], statement)
