"""From the texts of a code base to what each uses of a framework, across its files."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mxcheat.names.resolve import read
from mxcheat.scan.answers import Answers
from mxcheat.scan.found import Bite, Call, File

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from mxcheat.cheatsheet.row import Row
    from mxcheat.cheatsheet.sheet import Cheatsheet
    from mxcheat.names.uses import Use
    from mxcheat.scan.found import Source

    Bites = Callable[[Row, Use], tuple[Bite, ...]]


def _none(_row: Row, _use: Use) -> tuple[Bite, ...]:
    return ()


def scan_sources(
    sources: Iterable[Source],
    rows: Cheatsheet | Sequence[Row],
    framework: str = "mxnet",
    bites: Bites = _none,
) -> Iterator[File]:
    """What each of the files uses of `framework` ("mxnet" or "torch"), in the order of `sources`.

    `bites` tells which differences of a row a use meets.
    """
    answers = Answers(getattr(rows, "rows", rows), framework)
    for source in sources:
        reading = read(source.text)
        lines = source.text.split("\n")
        calls = [_call(use, source, lines, answers, bites) for use in reading.uses]
        uses = tuple(dict.fromkeys(name.partition(".")[0] for name in reading.imports))
        problem = source.problem
        if not problem and reading.problems:
            problem = "line {}: {}".format(*reading.problems[0])
        yield File(source.path, problem, uses, tuple(calls))


def _call(use: Use, source: Source, lines: list[str], answers: Answers, bites: Bites) -> Call:
    row = answers.row(use.symbol)
    line = use.line
    code = lines[line - 1][use.column - 1 : use.end_column - 1 if use.end_line == line else None]
    return Call(
        line,
        use.column,
        use.end_line,
        use.end_column,
        code,
        use.symbol,
        use.certainty,
        use.reason,
        row.id if row else None,
        bites(row, use) if row else (),
        None,
    )
