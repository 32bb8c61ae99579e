"""The commands that the documents show: in blocks of code, and between backquotes in prose."""

from __future__ import annotations

import re
import shlex
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[1]
PAGES = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"), *ROOT.glob("benchmarks/*.md")])

_SHELL = ("sh", "bash", "zsh", "fish", "shell", "console")
# What a line of a block begins with whose language is not said, if it is a command.
_PROGRAM = r"(?:\w+=\S* )*(?:mxcheat|make|pip|git|python|pre-commit)(?=\s|$)"
_COMMAND = re.compile(rf"{_PROGRAM}(?! \()")
_FENCE = re.compile(r" *```\s*(\w*)")
_INLINE = re.compile(rf"`({_PROGRAM}[^`]*)`")


class Shown(NamedTuple):
    """A command, and the page that shows it; `inline` where it stands in prose."""

    command: str
    page: str
    inline: bool


def commands_of(page: Path) -> list[Shown]:
    """The commands that a page shows, each once: those of blocks in order, then those in prose."""
    name = str(page.relative_to(ROOT))
    prose, blocks = [], []
    for language, line in _lines(page.read_text("utf-8")):
        if language is None:
            prose.append(line)
        elif language in _SHELL or (not language and _COMMAND.match(line.strip())):
            blocks.append(line)
    block = [Shown(command, name, False) for command in _whole(blocks)]
    inline = [" ".join(found.split()) for found in _INLINE.findall("\n".join(prose))]
    return list(dict.fromkeys([*block, *(Shown(command, name, True) for command in inline)]))


def _lines(text: str) -> Iterator[tuple[str | None, str]]:
    """Each line with the language of its block, "" where none is said, None for prose."""
    fenced: str | None = None
    indented, blank = False, True
    for line in text.splitlines():
        if found := _FENCE.match(line):
            fenced = found[1] if fenced is None else None
        elif fenced is not None:
            yield fenced, line
        else:
            indented = line.startswith("    ") and (blank or indented)
            yield ("" if indented else None), line
        blank = not line.strip()


def _whole(lines: list[str]) -> Iterator[str]:
    """The commands in lines of shell: one goes on while a quotation is open."""
    command = ""
    for line in lines:
        command = f"{command}\n{line}" if command else line.strip().removeprefix("$ ")
        if _is_closed(command):
            if command and not command.startswith("#"):
                yield command
            command = ""


def _is_closed(command: str) -> bool:
    try:
        shlex.split(command, comments=True)
    except ValueError:
        return False
    return True
