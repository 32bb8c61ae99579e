"""A notebook cell without what IPython adds to Python: magics, shell lines, help.

Every line stays where it is, and so does every column of the Python in it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

# Cell magics with another language below; the others have Python.
_OTHER = re.compile(
    r"(?:r|bash|bigquery|cmd|cpp|css|cuda?|cython|file|fortran|go|html|java|javascript|js|julia"
    r"|latex|markdown|mermaid|perl|powershell|ruby|rust|sass|scala|script|sh|sql|svg|sx|system"
    r"|writefile|writetemplate|yaml|zsh)",
    re.IGNORECASE,
)
# Line magics with Python after them.
_PYTHON_AFTER = ("lprun", "memit", "mprun", "prun", "time", "timeit")
_CELL = re.compile(r"\s*%%(\w+)(.*)")
_AFTER = re.compile(rf"%%?(?:{'|'.join(_PYTHON_AFTER)})\b(?:\s+-(?:[nrpfmsTlD]\s*\S+|\w+))*\s*")
_LINE = re.compile(r"[%!?]|/\w|[;,]\w|(?:pip3?|conda|mamba)\s+\w|.*\?\s*$")
# A name that is assigned what a magic or the shell returns.
_GIVEN = re.compile(r"(\s*[\w., \[\]'\"]+=\s*)(?:%|!)")
_SUSPECT = re.compile(
    r"^\s*(?:[%!?/;,]|pip|conda|mamba|.*\?\s*$|[\w., \[\]'\"]+=\s*[%!])", re.MULTILINE
)
# What decides whether a statement continues on the next line.
_TOKEN = re.compile(
    r"(?P<quotes>'''|\"\"\")|(?P<text>'(?:\\.|[^'\\])*'?|\"(?:\\.|[^\"\\])*\"?)"
    r"|(?P<comment>#.*)|(?P<opens>[(\[{])|(?P<closes>[)\]}])|(?P<joins>\\$)"
)


def without_magics(cell: str) -> str:
    """The Python of a cell, with empty lines where it has something else."""
    found = _CELL.match(cell)
    if found and not _is_python(found[1], found[2]):
        return "\n" * cell.count("\n")
    return "\n".join(_lines(cell.split("\n"))) if _SUSPECT.search(cell) else cell


def _is_python(magic: str, rest: str) -> bool:
    """Whether what is below a cell magic is Python."""
    if magic in ("writefile", "file"):
        return rest.strip().strip("'\"").endswith(".py")
    if magic == "script":
        return "python" in rest
    return not _OTHER.fullmatch(magic)


def _lines(lines: list[str]) -> Iterator[str]:
    inside, escaped = _Inside(), False
    for line in lines:
        if escaped:
            escaped = line.endswith("\\")
            yield ""
        elif inside:
            inside.read(line)
            yield line
        else:
            kept = _python_of(line)
            escaped = kept != line and line.endswith("\\")
            inside.read(kept)
            yield kept


def _python_of(line: str) -> str:
    """The Python of a line that begins a statement."""
    bare = line.lstrip()
    indent = " " * (len(line) - len(bare))
    if bare.startswith("#"):
        return line
    if given := _GIVEN.match(line):
        after = _AFTER.match(line, given.end(1))
        return f"{given[1]:<{after.end()}}{line[after.end() :]}" if after else f"{given[1]}0"
    after = _AFTER.match(bare)
    if after and bare[after.end() :]:
        # A statement that does nothing, up to the Python after it.
        return f"{indent}0{';':<{after.end() - 1}}{bare[after.end() :]}"
    if _LINE.match(bare) and not _ends_in_comment(bare):
        # A block must not be empty.
        return f"{indent}pass" if indent else ""
    return line


def _ends_in_comment(line: str) -> bool:
    """Whether the question mark at the end of a line is in a comment or a string."""
    return line[0] not in "%!?/;," and any(mark in line for mark in "#'\"")


class _Inside:
    """Whether the next line continues the statement of the last one."""

    def __init__(self) -> None:
        self.quotes = ""
        self.depth = 0
        self.joined = False

    def __bool__(self) -> bool:
        return bool(self.quotes or self.depth > 0 or self.joined)

    def read(self, line: str) -> None:
        """Read the next line."""
        self.joined = False
        at = 0
        while at < len(line):
            if self.quotes:
                end = re.compile(rf"(?<!\\)(?:\\\\)*{self.quotes}").search(line, at)
                if not end:
                    return
                at, self.quotes = end.end(), ""
            found = _TOKEN.search(line, at)
            if not found:
                return
            self._count(found)
            at = found.end()

    def _count(self, found: re.Match[str]) -> None:
        kind = found.lastgroup
        if kind == "quotes":
            self.quotes = found[0]
        elif kind == "joins":
            self.joined = True
        elif kind in ("opens", "closes"):
            self.depth += 1 if kind == "opens" else -1
