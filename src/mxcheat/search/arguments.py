"""Arguments of functions: the rows whose tables have one, alone, with a value, or of a function."""

from __future__ import annotations

from math import log2
from typing import TYPE_CHECKING

from mxcheat.cheatsheet.sides import SIDES
from mxcheat.names.written import Name, squeeze
from mxcheat.search.query import is_joined
from mxcheat.search.rows import Place
from mxcheat.search.words import NOISE

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from mxcheat.cheatsheet.row import Row
    from mxcheat.search.evidence import Evidence
    from mxcheat.search.index import Index

_OF_FUNCTION = 98.0  # a row that answers for the function, and has the argument
_WITH_VALUE = 97.0  # one whose code gives the argument this value
_ALONE = 95.0  # one that has an argument whose spelling is no other word
_NAME = 92.0  # one that has an argument which is a name of a framework too
_WORD = 85.0  # one that has an argument which may as well be a word
_OTHERS = 1.5  # what is lost where twice as many rows have it
_WITHOUT = 2.0  # what it says less where another value was meant
_LONGEST = 6  # words of a function with its arguments
_COMMON = 10  # an argument of more rows leads to none in particular
_FEW = 2  # rows that have it equally well, as a layer and its operator do: it leads to both
_GUESS = 85.0  # the most of what is no argument, where one is meant
# What says no more than that an argument is meant, or stands between it and its function.
_FILLERS = NOISE | {"arg", "argument", "arguments", "parameter", "parameters", "option", "keyword"}
# "Which device is my tensor on" asks for no argument of tensor().
_ASKING = {"is", "my", "are", "do", "does", "which", "what", "how", "why", "where"}
# Values that any row with the argument may be about.
_SWITCHES = {"True", "False", "None"}
_ANY = "*"  # the name that a value of notes has
# `name=value` in code; patterns are compiled when used: not where the tables were kept.
_GIVEN = r"\b([A-Za-z_]\w*)\s*=\s*('[^'\n]*'|\"[^\"\n]*\"|[-+]?[\w.]+)"


def held_arguments(rows: Sequence[Row]) -> dict[str, list[int]]:
    """`padding_idx` and `blank_label='first'` -> numbers of the rows that have these."""
    held: dict[str, dict[int, None]] = {}
    for number, row in enumerate(rows):
        for key in _keys(row):
            held.setdefault(key, {})[number] = None
    return {key: [*numbers] for key, numbers in held.items()}


def _keys(row: Row) -> Iterator[str]:
    """The names in a row's table, with each value that stands there or in code of the row."""
    import re  # noqa: PLC0415 - the table is kept

    written = [argument.form(side) or "" for argument in row.arguments for side in SIDES]
    names = {text.partition("=")[0].strip("* ") for text in written}
    names = {name for name in names if len(name) > 1}  # x and a are anyone's
    yield from sorted(names)
    for text in [*written, *_code(row)]:
        for name, value in re.findall(_GIVEN, text):
            if name in names:
                yield _with_value(name, value)
    for side in SIDES:  # what a form gives by name is what the row is about
        form = re.sub(r"setattr\('(\w+)', ", r"(\1=", row.form(side) or "")
        yield from (_with_value(*given) for given in re.findall(_GIVEN, form) if "_" in given[0])
    for text in (row.notes, *(argument.note for argument in row.arguments)):
        for value in re.findall(r"(?<!\w)'\w+'", text) if names else ():
            yield _with_value(_ANY, value)


def _code(row: Row) -> Iterator[str]:
    """What is run of a row: forms, spellings, differences and what is written instead."""
    for side in SIDES:
        yield from (row.form(side) or "", *row.also.get(side, ()))
        for difference in row.differences:
            yield from (difference.form(side) or "", difference.instead.get(side, ""))


def _with_value(name: str, value: str) -> str:
    return f"{name}={value.replace(chr(34), chr(39)).strip()}"


def of_arguments(index: Index, text: str) -> Evidence:
    """The rows that a query leads to which is an argument, or a function and some of its own."""
    text = text.strip().removesuffix("=")
    if "=" in text and (found := _of_value(index, text)):
        return found
    words = text.replace("(", " ").replace(")", " ").replace(",", " ").split()
    telling = [word for word in words if word.lower() not in _FILLERS]
    if len(telling) == 1:
        return {} if "=" in text else _of_name(index, telling[0])
    if "=" in words or _ASKING.intersection(words):  # an assignment; a question about a thing
        return {}
    is_short = len(telling) == 2 or (len(telling) <= _LONGEST and "(" not in text)
    return _of_function(index, telling) if is_short else {}


def _of_function(index: Index, words: Sequence[str]) -> Evidence:
    """The rows that answer for one of the words, and whose table has the others.

    Beside what can only be a name (`grid_sample padding_mode border`) one that it has will do.
    """
    for place, function in enumerate(words):
        names = [word.partition("=")[0] for word in (*words[:place], *words[place + 1 :])]
        found = [] if "=" in function else [of_call(index, function, name) for name in names]
        if any(found) and (all(found) or is_joined(function)):
            rows = [rows for rows in found if rows]
            return {row: score for row, score in rows[0].items() if all(row in r for r in rows)}
    return {}


def of_call(index: Index, function: str, argument: str) -> Evidence:
    """The rows that answer for a function, and whose table has the argument."""
    holders = {*index.arguments.get(argument, [])}
    path = tuple(function.split("."))
    for name in (Name(path), Name(path[-1:])) if holders and all(path) else ():
        meant = index.answering(name)
        best = max((how for how, _ in meant.values()), default=0.0)
        if found := {row: how - best for row, (how, _) in meant.items() if row in holders}:
            return {row: _OF_FUNCTION + loss / 2 for row, loss in found.items()}
    return {}


def _of_name(index: Index, name: str) -> Evidence:
    holders = index.arguments.get(name, [])
    is_name = any(e.place in (Place.API, Place.ID) for e in index.names.entries(squeeze(name)))
    if "_" in name:
        return _shared(holders, _NAME if is_name else _ALONE)
    return {} if is_name else _shared(holders, _WORD)


def _of_value(index: Index, text: str) -> Evidence:
    """The rows that have an argument with this value, then those that have it at all."""
    import re  # noqa: PLC0415 - few queries are of this kind

    match = re.fullmatch(rf"(?:([\w.]+)[\s(,]+)?{_GIVEN}[\s),]*", text.strip())
    if match is None:
        return {}
    function, name, value = match.groups()
    if function and (index.answering(Name(tuple(function.split(".")))) or "(" in text):
        # x.f(name=value) is about f; that another function has the argument says nothing.
        return of_call(index, function, name)
    holders = index.arguments.get(name, [])
    noted = {*index.arguments.get(_with_value(_ANY, value), [])}
    with_value = {*index.arguments.get(_with_value(name, value), []), *noted.intersection(holders)}
    if value in _SWITCHES and len(holders) <= _COMMON:
        return _shared({*holders, *with_value}, _ALONE)
    found = _shared(holders, _ALONE - _WITHOUT)
    found |= _shared(with_value, _WITH_VALUE)
    return found


def _shared(holders: Collection[int], most: float) -> Evidence:
    if len(holders) > _COMMON:
        return {}
    return dict.fromkeys(holders, most - _OTHERS * log2(max(1, len(holders))))


def prefer(scores: Evidence, arguments: Evidence) -> set[int]:
    """Put the rows of an argument before all others, in place; if it may be a word, beside them.

    Returns those whose argument it surely is: none where many have it.
    """
    best = max(arguments.values(), default=0.0)
    if best > _NAME:
        for row, score in scores.items():
            scores[row] = min(score, _GUESS)
    for row, score in arguments.items():
        scores[row] = max(scores.get(row, 0.0), score)
    if _ties(arguments):
        return set()
    return {row for row, score in arguments.items() if score > _WORD}


def is_anyones(index: Index, text: str, arguments: Evidence) -> bool:
    """Whether an argument with its value, which leads to these rows, is one of too many."""
    name = text.partition("=")[0].strip()
    return _ties(arguments) if arguments else bool(index.arguments.get(name, []))


def _ties(arguments: Evidence) -> bool:
    """Whether more than a few rows have an argument equally well."""
    best = max(arguments.values(), default=0.0)
    return sum(score == best for score in arguments.values()) > _FEW
