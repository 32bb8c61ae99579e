"""What is worth saying about a scan: kinds of findings, in words, as JSON, and in sum."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping

    from mxcheat.cheatsheet.row import Row
    from mxcheat.scan.files import Found
    from mxcheat.scan.found import Bite, Call, File

# What a call can be, the worst first, and what that means.
KINDS = {
    "silent": "it does something else than on the other side, and nothing says so",
    "loud": "it does something else than on the other side, and raises",
    "missing": "no row answers it",
    "unknown": "what it stands for cannot be told",
    "answered": "a row answers it",
}
# What a silent difference shows in, the worst first.
SEVERITY = ("values", "gradient", "state", "memory", "shape", "dtype", "hybridized")
ONE_SIDED = ("pytorch-only", "gluon-only")
# The other side, for a sentence.
OTHER = {"mxnet": "PyTorch", "torch": "MXNet Gluon"}
_MOST_OF_CODE = 60


def kind_of(call: Call) -> str:
    """What a call is, of KINDS."""
    if call.certainty == "unknown":
        return "unknown"
    if call.row is None:
        return "missing"
    if any(bite.silent for bite in call.bites):
        return "silent"
    return "loud" if call.bites else "answered"


class Told(NamedTuple):
    """What there is to say about a file: its calls, and what makes the file itself a finding, or
    ""."""

    calls: tuple[Call, ...]
    why: str

    def __bool__(self) -> bool:
        return bool(self.calls or self.why)

    def only(self, kinds: Collection[str]) -> Told:
        """The part of these kinds, of KINDS; a file that is itself a finding counts as unknown."""
        calls = tuple(call for call in self.calls if kind_of(call) in kinds)
        return Told(calls, self.why if "unknown" in kinds else "")


def told_of(file: File, framework: str) -> Told:
    """All there is to say about a file. It is itself a finding if it was not read completely, or
    if it imports `framework` or a library built on it and no call was found: it may not be clean.
    """
    # The app names findings at each start, and judges files after a scan only.
    from mxcheat.names.libraries import stands_on  # noqa: PLC0415

    why = ""
    if file.problem:
        why = f"not read whole: {file.problem}"
    elif file.uses and not file.calls and framework in map(stands_on, file.uses):
        why = f"it imports {', '.join(file.uses)}, and no call of it was found"
    return Told(file.calls, why)


def name_of(call: Call) -> str:
    """What a call is called in a line: its symbol without the framework, or its code."""
    if call.symbol:
        name = call.symbol.removeprefix("mxnet.")
        return name if "." in name else call.symbol.replace("mxnet.", "mx.")
    code = " ".join(call.code.split())
    return code if len(code) <= _MOST_OF_CODE else f"{code[: _MOST_OF_CODE - 1]}…"


def says(call: Call, row: Row | None) -> str:
    """What to say about a call, whose row is `row`, after its name."""
    kind = kind_of(call)
    if kind == "unknown":
        return f"unknown: {call.reason}" if call.reason else "unknown"
    if row is None:
        return KINDS["missing"]
    words = [f"row {row.id}"]
    if row.availability in ONE_SIDED:
        words.append(f"{row.availability}, so there is no counterpart")
    worst_first = sorted(call.bites, key=_how_bad)
    words += [
        bite.says.rstrip(".") if bite.silent else f"raises: {bite.says.rstrip('.')}"
        for bite in worst_first
    ]
    return "; ".join(words) + (" (likely)" if call.certainty == "likely" else "")


def place_of(call: Call) -> str:
    """Where in its file a call is: line:column, after the cell in a notebook."""
    place = f"{call.line}:{call.column}"
    return place if call.cell is None else f"cell {call.cell}:{place}"


def _how_bad(bite: Bite) -> tuple[bool, int]:
    known = bite.shows in SEVERITY
    return not bite.silent, SEVERITY.index(bite.shows) if known else len(SEVERITY)


class Summary:
    """The sum of all files; each is added once."""

    def __init__(self, rows: Mapping[str, Row]) -> None:
        """`rows` are the rows by their ids."""
        self.rows = rows
        self.files = self.using = self.problems = self.calls = 0
        self.kinds = Counter(dict.fromkeys(KINDS, 0))
        self.severity: Counter[str] = Counter()
        self.libraries: Counter[str] = Counter()
        self.without_row: dict[str, list[int]] = {}
        self.one_sided: dict[str, list[int]] = {}

    def add(self, file: File) -> None:
        """Add a file."""
        self.files += 1
        self.problems += bool(file.problem)
        self.using += bool(file.uses or file.calls)
        self.libraries.update(file.uses)
        self.calls += len(file.calls)
        for call in file.calls:
            self.kinds[kind_of(call)] += 1
            self.severity.update({bite.shows for bite in call.bites if bite.silent})
        _count(self.without_row, (c.symbol for c in file.calls if kind_of(c) == "missing"))
        _count(self.one_sided, (c.symbol for c in file.calls if self._is_one_sided(c)))

    @property
    def answered(self) -> int:
        """How many calls a row answers, with or without a difference."""
        return self.calls - self.kinds["missing"] - self.kinds["unknown"]

    def severities(self) -> dict[str, int]:
        """How many calls meet a silent difference, by what it shows in, the worst first."""
        words = [*SEVERITY, *sorted(self.severity.keys() - {*SEVERITY})]
        return {word: self.severity[word] for word in words if self.severity[word]}

    def to_json(self, skipped: Mapping[str, int]) -> dict[str, Any]:
        """As `scan --json` has it."""
        return {
            "files": self.files,
            "using": self.using,
            "calls": self.calls,
            "answered": self.answered,
            "missing": self.kinds["missing"],
            "unknown": self.kinds["unknown"],
            "silent": self.kinds["silent"],
            "severity": self.severities(),
            "problems": self.problems,
            "libraries": dict(self.libraries.most_common()),
            "blocking": [*blocking(self.without_row)],
            "one_sided": [*blocking(self.one_sided)],
            "skipped": dict(skipped),
        }

    def _is_one_sided(self, call: Call) -> bool:
        row = self.rows.get(call.row or "")
        return row is not None and row.availability in ONE_SIDED


def blocking(counts: Mapping[str, list[int]]) -> Iterator[dict[str, Any]]:
    """Symbols with the numbers of their files and calls, those in most files first."""
    for symbol, (files, calls) in sorted(counts.items(), key=lambda it: (-it[1][0], -it[1][1], it)):
        yield {"symbol": symbol, "files": files, "calls": calls}


def _count(counts: dict[str, list[int]], symbols: Iterable[str | None]) -> None:
    """Count the symbols of one file: one file for each of them, and a call each time."""
    for symbol, times in Counter(filter(None, symbols)).items():
        files, calls = counts.get(symbol, (0, 0))
        counts[symbol] = [files + 1, calls + times]


def file_entry(file: File, told: Told, found: Found, rows: Mapping[str, Row]) -> dict[str, Any]:
    """A file, with what is said about it, as `scan --json` has it; `rows` are the rows by id."""
    return {
        "path": found.path,
        "given": found.given,
        "problem": file.problem,
        "uses": [*file.uses],
        "calls": [_call_entry(call, rows) for call in told.calls],
    }


def _call_entry(call: Call, rows: Mapping[str, Row]) -> dict[str, Any]:
    row = rows.get(call.row or "")
    return {
        "cell": call.cell,
        "line": call.line,
        "column": call.column,
        "end_line": call.end_line,
        "end_column": call.end_column,
        "code": call.code,
        "symbol": call.symbol,
        "certainty": call.certainty,
        "reason": call.reason or None,
        "row": call.row,
        "availability": row.availability if row else None,
        "differences": _bites(bite for bite in call.bites if bite.silent),
        "loud": _bites(bite for bite in call.bites if not bite.silent),
    }


def _bites(bites: Iterable[Bite]) -> list[dict[str, str]]:
    return [{"says": bite.says, "shows": bite.shows} for bite in bites]
