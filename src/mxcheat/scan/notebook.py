"""The Python of a notebook, of nbformat 3 or 4, as one text that knows its cells."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any, NamedTuple

from mxcheat.scan.magics import without_magics

if TYPE_CHECKING:
    from collections.abc import Iterator

_PYTHON = ("python", "python2", "python3", "ipython", "ipython2", "ipython3", "py", "pyspark")
_DECODER = json.JSONDecoder(strict=False)
_CELL = re.compile(r'\{\s*"(?:cell_type|attachments|execution_count|id|metadata|outputs|source)"')


class Pieces(NamedTuple):
    """Python in pieces: its text, and for each line of that the cell and the line in it."""

    text: str
    cells: tuple[tuple[int, int], ...]
    problem: str | None = None


def read_notebook(text: str) -> Pieces:
    """The code cells of a notebook below each other, what is not Python in them left blank.

    Of a broken one the cells that can be read, with the problem.
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
    language = _language_of(document)
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
    """The lines of a cell from 1; before those of one that is indented as a whole, its block."""
    lines = code.split("\n")
    first = next(line for line in lines if line.strip())
    if first[0] in " \t":
        yield 1, "if True:"
    yield from enumerate(lines, 1)


def _cells_of(document: Any) -> list[Any] | None:
    """All cells of a notebook, those of nbformat 3 from all worksheets; None if it is none."""
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
    """The cells in broken JSON, each as far as it is whole."""
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


def _language_of(document: dict[str, Any]) -> str:
    """The language of a notebook's kernel, in lower case; Python where it does not say."""
    metadata = document.get("metadata")
    for key, name in (("language_info", "name"), ("kernelspec", "language")):
        part = metadata.get(key) if isinstance(metadata, dict) else None
        if isinstance(part, dict) and isinstance(part.get(name), str):
            return str(part[name]).lower()
    return "python"


def _python_in(cell: Any, language: str) -> str:
    """The Python of a cell; "" for text, for other languages and for what is no cell."""
    if not isinstance(cell, dict) or cell.get("cell_type") != "code":
        return ""
    if _own_language(cell, language) not in _PYTHON:
        return ""
    source = cell.get("source", cell.get("input", ""))
    if isinstance(source, list):
        source = "".join(line for line in source if isinstance(line, str))
    if not isinstance(source, str):
        return ""
    return without_magics(source.replace("\r\n", "\n").replace("\r", "\n"))


def _own_language(cell: dict[str, Any], language: str) -> str:
    """The language that a cell says it is in, as nbformat 3, VS Code and others put it."""
    metadata = cell.get("metadata")
    said = [cell.get("language")]
    for key, name in (
        ("vscode", "languageId"),
        ("dotnet_interactive", "language"),
        ("polyglot_notebook", "kernelName"),
    ):
        part = metadata.get(key) if isinstance(metadata, dict) else None
        said.append(part.get(name) if isinstance(part, dict) else None)
    return next((word.lower() for word in said if isinstance(word, str) and word), language)
