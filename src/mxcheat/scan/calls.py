"""From the reading of one file to what is reported about it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from mxcheat.names.libraries import library_of, stands_on
from mxcheat.names.spelling import FRAMEWORKS
from mxcheat.names.uses import Use
from mxcheat.scan.found import Bite, Call, File

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from mxcheat.cheatsheet.row import Row
    from mxcheat.names.uses import Reading
    from mxcheat.scan.answers import Answers
    from mxcheat.scan.found import Source

    Bites = Callable[[Row, Use], tuple[Bite, ...]]

_LINE_END = re.compile(r"\r\n|\r|\n")
_WORDS = re.compile(rf"\b(?:{'|'.join(FRAMEWORKS)})\b")
_COMMENT = re.compile(r"""("(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*')|\#.*""")
_LONGEST = 200


class Asked(NamedTuple):
    """What is asked about each use: the framework, which row answers it, what bites."""

    framework: str
    answers: Answers
    bites: Bites


def reported(source: Source, reading: Reading, asked: Asked) -> File:
    """What is reported about a file that was read."""
    lines = _LINE_END.split(source.text.removeprefix("\ufeff"))
    uses = _libraries(reading, lines)
    frameworks = {stands_on(name) for name in uses}
    found = [use for use in reading.uses if _is_of(use, asked.framework, frameworks)]
    if not found and asked.framework in frameworks:
        found = [*_suspects(reading, lines, asked.framework)]
    calls = tuple(_call(use, source, lines, asked) for use in found)
    return File(source.path, _problem(source, reading), uses, calls)


def _is_of(use: Use, framework: str, frameworks: set[str]) -> bool:
    """Whether a use is, or may be, of the framework that is asked about."""
    return use.framework == framework or (not use.framework and framework in frameworks)


def _libraries(reading: Reading, lines: Sequence[str]) -> tuple[str, ...]:
    """The frameworks, and the libraries built on them, that a file uses."""
    found = {library_of(name) for name in reading.imports} - {""}
    found |= {use.framework for use in reading.uses if use.framework}
    found |= {name for line, _ in reading.problems for name in _WORDS.findall(lines[line - 1])}
    return tuple(sorted(found | reading.named))


def _suspects(reading: Reading, lines: Sequence[str], framework: str) -> Iterator[Use]:
    """Where a file without any call may use a framework after all."""
    for mention in reading.mentions:
        if mention.framework == framework:
            yield mention
            return
    for line, reason in reading.problems:
        if line <= len(lines):
            end = len(lines[line - 1]) + 1
            yield Use(None, line, 1, line, end, "unknown", f"not read: {reason}")
            return


def _problem(source: Source, reading: Reading) -> str | None:
    """Why a file was not read completely, with the first place."""
    if source.problem or not reading.problems:
        return source.problem
    line, reason = reading.problems[0]
    where = f"line {line}"
    if source.cells:
        cell, line = source.cells[line - 1]
        where = f"cell {cell}, line {line}"
    more = len(reading.problems) - 1
    return f"{where}: {reason}" + (f" (and {more} more)" if more else "")


def _call(use: Use, source: Source, lines: Sequence[str], asked: Asked) -> Call:
    row = asked.answers.row(use.symbol)
    cell, line, end_line = None, use.line, use.end_line
    if source.cells:
        cell, line = source.cells[use.line - 1]
        end_line = line + use.end_line - use.line
    return Call(
        line,
        use.column,
        end_line,
        use.end_column,
        _code(use, lines),
        use.symbol,
        use.certainty,
        use.reason,
        row.id if row else None,
        asked.bites(row, use) if row else (),
        cell,
    )


def _code(use: Use, lines: Sequence[str]) -> str:
    """The expression on one line, cut where it is long."""
    piece = use.piece(lines)
    code = _joined(piece) if len(piece) > 1 else piece[0]
    return code if len(code) <= _LONGEST else f"{code[: _LONGEST - 4]} ..."


def _joined(lines: Iterable[str]) -> str:
    """Lines of an expression as one, without comments and the space at their ends."""
    kept = [_COMMENT.sub(lambda match: match[1] or "", line).strip() for line in lines]
    whole = " ".join(filter(None, kept))
    return re.sub(r"(?<=[(\[{]) | (?=[)\]}.])", "", whole)
