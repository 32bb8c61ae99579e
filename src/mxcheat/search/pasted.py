"""Pasted lines as one query: every statement counts, and imports only say what names stand for."""

from __future__ import annotations

import ast
import re
from typing import TYPE_CHECKING

from mxcheat.names.lines import statements, without_prompt

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mxcheat.search.index import Index

# What stands between the statements of a query.
_BETWEEN = "; "
_IMPORT = re.compile(r"(?:import|from)\s")


def as_query(text: str) -> str:
    """What to search for where `text` has been pasted; text of one line that imports nothing stays.

    Prompts and comments are left out. A name that is imported is spelled out where it is used, so
    that it does not matter how it was imported; only imports give back themselves. An error stays
    whole, as one line: its parts say nothing alone.
    """
    from mxcheat.search.tracebacks import (  # noqa: PLC0415 - patterns take a while
        is_error,
        without_colours,
    )

    text = without_colours(text)
    if is_error(text):
        return " ".join(text.split())
    lines = (without_prompt(line).strip() for line in text.replace("\r", "\n").split("\n"))
    found = statements("\n".join(lines))
    imports = [each for each in found if _IMPORT.match(each)]
    others = [each for each in found if each not in imports]
    if not (imports and others):
        return _BETWEEN.join(found)
    meaning = {name: full for each in imports for name, full in _imported(each)}
    return _BETWEEN.join(_spelled_out(each, meaning) for each in others)


def asked_in(index: Index, query: str) -> list[str]:
    """What is looked up for a query: its statements one by one, but the message of an error whole.

    Imports are left out where there are others.
    """
    parts = statements(query)
    if len(parts) < 2:
        return [query]
    from mxcheat.search.errors import is_message  # noqa: PLC0415 - patterns take a while

    if is_message(index, query):
        return [query]
    return [part for part in parts if not _IMPORT.match(part)] or parts


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
