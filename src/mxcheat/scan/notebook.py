"""The Python of a notebook (nbformat 3 or 4) as one text, with the cell of each line."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any, NamedTuple

from mxcheat.scan.magics import without_magics

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_PYTHON = ("python", "python2", "python3", "ipython", "ipython2", "ipython3", "py", "pyspark")
# Where metadata name the language of the kernel, and of a cell: by VS Code, .NET, Polyglot.
_OF_KERNEL = (("language_info", "name"), ("kernelspec", "language"))
_OF_CELL = (
    *(("vscode", "languageId"), ("dotnet_interactive", "language")),
    ("polyglot_notebook", "kernelName"),
)
_DECODER = json.JSONDecoder(strict=False)
_CELL = re.compile(r'\{\s*"(?:cell_type|attachments|execution_count|id|metadata|outputs|source)"')


class Pieces(NamedTuple):
    """The Python of several cells: its text, and for each line the cell and the line in that."""

    text: str
    cells: tuple[tuple[int, int], ...]
    problem: str | None = None


def read_notebook(text: str) -> Pieces:
    """The code cells of a notebook one after another, with blanks for what is not Python.

    If its JSON is broken, these are the cells that can be read, and `problem` says so.
    """
    problem = None
    try:
        document = json.loads(text, strict=False)
        cells = _cells_of(document)
    except (ValueError, RecursionError) as error:
        document, cells = {}, list(_cells_that_can_be_read(text))
        problem = f"its JSON is broken ({_where(error)})"
    if cells is None:
        return Pieces("", (), "it is JSON, but no notebook")
    language = _said(document, _OF_KERNEL) or "python"
    if language not in _PYTHON:
        problem = f"its language is {language}, which is not read"
    lines: list[str] = []
    places: list[tuple[int, int]] = []
    for number, cell in enumerate(cells):
        code = _python_in(cell, language)
        if code.strip():
            for at, line in _numbered(code):
                lines.append(line)
                places.append((number, at))
    return Pieces("\n".join(lines), tuple(places), problem)


def _numbered(code: str) -> Iterator[tuple[int, str]]:
    """The lines of a cell, numbered from 1; `if True:` comes before one that is all indented."""
    lines = code.split("\n")
    first = next(line for line in lines if line.strip())
    if first[0] in " \t":
        yield 1, "if True:"
    yield from enumerate(lines, 1)


def _cells_of(document: Any) -> list[Any] | None:
    """All cells of a notebook (of all worksheets in nbformat 3); None if it is not a notebook."""
    if not isinstance(document, dict):
        return None
    if isinstance(document.get("cells"), list):
        return list(document["cells"])
    sheets = document.get("worksheets")
    if not isinstance(sheets, list):
        return None
    kept = [sheet.get("cells") for sheet in sheets if isinstance(sheet, dict)]
    return [cell for cells in kept if isinstance(cells, list) for cell in cells]


def _cells_that_can_be_read(text: str) -> Iterator[Any]:
    """The complete cells in broken JSON."""
    at = 0
    while found := _CELL.search(text, at):
        try:
            cell, at = _DECODER.raw_decode(text, found.start())
        except (ValueError, RecursionError):
            at = found.start() + 1
        else:
            if "cell_type" in cell:
                yield cell


def _where(error: Exception) -> str:
    if isinstance(error, json.JSONDecodeError):
        return f"line {error.lineno}: {error.msg}"
    return "it is nested too deeply" if isinstance(error, RecursionError) else str(error)


def _said(document: dict[str, Any], places: Iterable[tuple[str, str]]) -> str:
    """The first word that is found in these places of some metadata, in lower case, or ""."""
    metadata = document.get("metadata")
    for key, name in places:
        part = metadata.get(key) if isinstance(metadata, dict) else None
        word = part.get(name) if isinstance(part, dict) else None
        if isinstance(word, str) and word:
            return word.lower()
    return ""


def _python_in(cell: Any, language: str) -> str:
    """The Python of a cell; "" for text, other languages and what is not a cell."""
    if not isinstance(cell, dict) or cell.get("cell_type") != "code":
        return ""
    own = cell.get("language")  # nbformat 3
    own = own.lower() if isinstance(own, str) else ""
    if (own or _said(cell, _OF_CELL) or language) not in _PYTHON:
        return ""
    source = cell.get("source", cell.get("input", ""))
    if isinstance(source, list):
        source = "".join(line for line in source if isinstance(line, str))
    if not isinstance(source, str):
        return ""
    return without_magics(source.replace("\r\n", "\n").replace("\r", "\n"))
