"""Errors that someone pasted: the rows whose differences raise them, or are about their names.

A text may be a whole traceback, of Python and of C++, or a part of one. What it says is held
against the messages that verifying the rows recorded; a name that is missing from an object, or an
argument from a call, is looked up as a name.
"""

from __future__ import annotations

import re
from math import log2
from typing import TYPE_CHECKING

from mxcheat.cheatsheet.messages import plain_message
from mxcheat.names.written import names_in, squeeze
from mxcheat.search.messages import words_of
from mxcheat.search.rows import Place

if TYPE_CHECKING:
    from collections.abc import Callable

    from mxcheat.search.evidence import Evidence
    from mxcheat.search.index import Index

    # Row number, score, and whether the query is one of its names: as `ranked` gives them.
    Ranked = list[tuple[int, float, bool]]

_SAME = 98.0  # a message that a row raises word for word
_NAMED = 96.0  # the row of the name that an object lacks
_FITS = 0.55  # how like one of ours a message has to be
_SAID = 0.85  # how like one, where nothing else shows that it is a message
_OTHERS = 3.0  # what a message says less that twice as many rows raise
_BESIDE = 2.0  # what a row gains whose names stand in the traceback
_GUESS = 80.0  # the most of a row that is found by words of the message alone
_LONGEST = 20_000  # the end of a traceback says what went wrong
_MESSAGES = 6  # of a traceback, from its end

_SIGNS = re.compile(
    r"\w(?:Error|Exception|Warning|ForSymbol)\b\s*(?::|$)|Traceback \(most|Check failed"
    r"|has no attribute|unexpected keyword argument|required positional argument"
    r"|received an invalid combination|cannot import name|No module named|not implemented for"
    r"""|File ["'“][^\n]{1,300}, line \d|\[bt\]"""
)
_TYPE = re.compile(
    r"(?:[A-Za-z_][\w.]*)?(?:Error|Exception|Warning|ForSymbol)\s*:\s"
    r"|[A-Za-z][\w.]*: (?=Check failed)"
)
# What follows a message, or stands before one.
_END = re.compile(
    r"Traceback \(most|Stack trace|During handling of|The above exception|\[bt\]|File \"|"
    r"\n>>> |\n\s*In \[|\n\$ "
)
_COLOUR = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]")
_QUOTE = "['\"`\u2018\u2019]?"
_LACKS = re.compile(
    rf"{_QUOTE}([A-Za-z_][\w.]*){_QUOTE}(?: object)? has no attribute {_QUOTE}(\w+)"
)
_IMPORTS = re.compile(rf"cannot import name {_QUOTE}(\w+){_QUOTE} from {_QUOTE}([\w.]+)")
_CALLS = (
    re.compile(
        rf"(?P<function>[\w.]+)\(\) got an unexpected keyword argument {_QUOTE}(?P<argument>\w+)"
    ),
    re.compile(
        rf"{_QUOTE}(?P<argument>\w+){_QUOTE} is an invalid keyword argument for "
        r"(?P<function>[\w.]+)"
    ),
    re.compile(
        r"(?P<function>[\w.]+)\(\) (?:received an invalid|missing \d|takes |got multiple)"
        r"(?P<argument>)"
    ),
)
# What an object is called in the other framework, or stands for: it has the names of these.
_COUNTERPARTS = {
    **dict.fromkeys(("NDArray", "ndarray", "Symbol", "_Symbol"), ("Tensor", "torch")),
    **dict.fromkeys(("mxnet", "mx", "symbol", "nd", "np", "numpy", "gluon"), ("torch",)),
    **dict.fromkeys(("Tensor", "torch", "functional"), ("NDArray", "nd", "mxnet")),
}


def of_error(index: Index, text: str, look_up: Callable[[str], Ranked]) -> Evidence | None:
    """The rows that an error leads to, and how surely; None if the text is none.

    `look_up` is asked for the rows of a name.
    """
    text = _COLOUR.sub("", text[-_LONGEST:])
    is_error = _SIGNS.search(text) is not None
    said = _messages(text) if is_error else [text]
    found = _by_message(index, said, _FITS if is_error else _SAID)
    if not is_error:
        return found or None
    for row, score in _by_name(index, said, look_up).items():
        found[row] = max(found.get(row, 0.0), score)
    _add_names(found, index, text)
    if not found:
        words = plain_message(said[0])[:200] if said else ""
        found = {row: min(score, _GUESS) for row, score, _ in look_up(words)}
    return found


def _messages(text: str) -> list[str]:
    """What a traceback says, the last thing first; without a type of error, its lines."""
    starts = [match.end() for match in _TYPE.finditer(text)]
    if starts:
        ends = [*[match.start() for match in _TYPE.finditer(text)][1:], len(text)]
        parts = [text[start:end] for start, end in zip(starts, ends, strict=True)]
    else:
        lines = [line for line in text.splitlines() if not line.lstrip().startswith("File ")]
        parts = [text, *lines] if len(lines) > 1 else [text]
    cut = (_END.split(part, maxsplit=1)[0].strip() for part in parts)
    return [part for part in reversed([*cut]) if part][:_MESSAGES]


def _by_message(index: Index, said: list[str], least: float) -> Evidence:
    """The rows that raise what is said, or something like it."""
    found: Evidence = {}
    for message in said:
        for rows, likeness in index.messages.like(words_of(message), least):
            for row in rows:
                several = 0.0 if row in index.messages.general else _OTHERS * log2(len(rows))
                found[row] = max(found.get(row, 0.0), _SAME * likeness - several)
        if found:
            break
    return found


def _by_name(index: Index, said: list[str], look_up: Callable[[str], Ranked]) -> Evidence:
    """The rows about a name that something lacks, or about a call with a wrong argument."""
    for message in said:
        if match := _LACKS.search(message):
            return _of_attribute(index, match[1], match[2], look_up)
        if match := _IMPORTS.search(message):
            return _of_attribute(index, match[2], match[1], look_up)
        for pattern in _CALLS:
            if match := pattern.search(message):
                name = match["function"].removesuffix(".__init__")
                asked = f"{name} {match['argument']}".strip()
                return {row: min(score, _NAMED) for row, score, _ in look_up(asked)}
    return {}


def _of_attribute(
    index: Index, owner: str, name: str, look_up: Callable[[str], Ranked]
) -> Evidence:
    """The rows that answer for a name, best on what the owner is in the other framework."""
    theirs = _COUNTERPARTS.get(owner.rpartition(".")[2], ())
    found: Evidence = {}
    for entry in index.names.entries(squeeze(name)):
        if entry.place is Place.API and entry.name.tail == name:
            nearer = any(part in theirs for part in entry.name.path[:-1])
            found[entry.row] = max(found.get(entry.row, 0.0), _NAMED - (0 if nearer else 3))
    if found:
        return found
    return {row: min(score, _NAMED) for row, score, _ in look_up(name)}


def _add_names(found: Evidence, index: Index, text: str) -> None:
    """Part rows that raise the same by the names in the code that a traceback quotes."""
    if len(found) < 2:
        return
    named = {squeeze(name.tail) for name in names_in(text[-2000:])[0]}
    for key in named:
        for entry in index.names.entries(key):
            if entry.place is Place.API and entry.row in found:
                found[entry.row] = min(100.0, found[entry.row] + _BESIDE)
