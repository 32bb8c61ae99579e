"""Errors that someone pasted: the rows whose differences raise them, or are about their names.

A text may be a whole traceback, of Python and of C++, or a part of one. What it says is held
against the messages that verifying the rows recorded; a name that is missing from an object, or an
argument from a call, is looked up as a name.
"""

from __future__ import annotations

from collections import Counter
from math import log2
from re import findall
from typing import TYPE_CHECKING

from mxcheat.names.written import Name, squeeze
from mxcheat.search.arguments import of_call
from mxcheat.search.evidence import fill
from mxcheat.search.messages import about_name, words_of
from mxcheat.search.rows import CODE
from mxcheat.search.tracebacks import (
    first_clause,
    is_error,
    lacking,
    messages_in,
    operators_in,
    quoted_names,
    without_colours,
    wrong_call,
)
from mxcheat.search.words import stem

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from mxcheat.search.evidence import Evidence, Ranked
    from mxcheat.search.index import Index

    LookUp = Callable[[str], Ranked]

_SURE = 100.0  # a general row about what a symbol lacks of an array
_SAME = 98.0  # a message that a row raises word for word
_LETTERS = 97.0  # one that many rows raise, to the letter
_NAMED = 97.0  # the row of the name that an object lacks
_RAISED = 95.0  # one that raises just that
_ELSEWHERE = 3.0  # what it says less of that name on another object
_FITS = 0.7  # how like one of ours a message has to be
_SAID = 0.85  # how like one, where nothing else shows that it is a message
_OTHERS = 2.0  # what a message says less that twice as many rows raise
_FEW = 2  # rows that raise the same, none of them more general
_PIECE = 0.96  # how like it is what is a piece of it
_NEARLY = 0.04  # how much less like it a message is that is nearly the same
_SUBJECT = 2.0  # what the row gains whose titles and keywords say most of a message
_BESIDE = 1.5  # what a row gains whose names stand in the traceback
_OPERATOR = 94.0  # the row of an operator that MXNet names
_ARGUMENT = 40.0  # what a row gains that has the arguments which a message names
_GUESS = 80.0  # the most of a row that is found by words of the message alone
_LONG = 2_000  # characters of a message without any sign
_LONGEST = 20_000  # the end of a traceback says what went wrong

# What an object is called in the other framework, or stands for: it has the names of these.
_COUNTERPARTS = {
    **dict.fromkeys(("NDArray", "ndarray", "Symbol", "_Symbol"), ("Tensor", "torch")),
    **dict.fromkeys(("mxnet", "mx", "symbol", "nd", "np", "numpy", "gluon"), ("torch",)),
    **dict.fromkeys(("Tensor", "torch", "functional"), ("NDArray", "nd", "mxnet")),
}
# Packages whose names are none of the frameworks', however they are spelled, and what they are
# called in code.
_OTHER_PACKAGES = {"numpy": "np", "collections": "collections", "PIL": "PIL", "cv2": "cv2"}


def of_error(index: Index, text: str, look_up: LookUp) -> Evidence | None:
    """The rows that an error leads to, and how surely; None if the text is none.

    `look_up` is asked for the rows of a name.
    """
    text = without_colours(text[-_LONGEST:])
    told = is_error(text)
    said = messages_in(text) if told else [text[:_LONG]]
    found = _by_message(index, said, _FITS if told else _SAID)
    if not told:
        return found or None
    fill(found, _by_name(index, text, said, look_up))
    _add_names(found, index, text)
    if not found and said:
        found = _at_most(_GUESS, look_up(first_clause(said[0])))
        for row, more in _of_arguments(index, said[0]).items():
            found[row] = min(_GUESS, found.get(row, 0.0) + more)
    return found


def is_message(index: Index, text: str) -> bool:
    """Whether a text is an error, or what one says."""
    return of_error(index, text, lambda _: []) is not None


def _by_message(index: Index, said: list[str], least: float) -> Evidence:
    """The rows that raise what is said, or something like it; those of its subject first."""
    for message in said:
        words = words_of(message)
        is_named = about_name(message)  # another name makes another message of it
        found = _raising(index, words, _PIECE if is_named else least)
        if found:
            letters = index.messages.same(message)
            fill(found, dict.fromkeys(letters, _LETTERS - _shared(len(letters))))
            if is_named:
                found = {row: min(score, _RAISED) for row, score in found.items()}
            _add_subjects(found, index, words)
            return found
    return {}


def _raising(index: Index, words: list[str], least: float) -> Evidence:
    """The rows that raise messages like one: what is nearly the same counts as one message."""
    like = index.messages.like(words, least)
    enough = like[0][1] - _NEARLY if like else 1.0
    same = {row for rows, likeness in like if likeness >= enough for row in rows}
    found: Evidence = {}
    for rows, likeness in like:
        for row in rows:
            score = _SAME * likeness - _shared(len(same if row in same else rows))
            found[row] = max(found.get(row, 0.0), score)
    if len(same) > _FEW:
        found |= dict.fromkeys(index.messages.general & same, _SAME * like[0][1])
    return found


def _shared(several: int) -> float:
    """What a message says less of each row that raises it."""
    return _OTHERS * log2(max(1, several))


def _add_subjects(found: Evidence, index: Index, words: list[str]) -> None:
    """Part rows that raise the same by how much of it their titles and keywords say."""
    shares = dict.fromkeys(found, 0.0)
    for root in {*map(stem, words)}:
        for row, place in index.words.get(root, {}).items():
            if row in found and place > CODE:
                shares[row] += index.weight(root)
    most = max(shares.values())
    for row, share in shares.items():
        found[row] += _SUBJECT * share / most if most else 0.0


def _by_name(index: Index, text: str, said: list[str], look_up: LookUp) -> Evidence:
    """The rows about a name that something lacks, or about a call with a wrong argument."""
    for message in said:
        if missing := lacking(message):
            return _of_attribute(index, *missing, look_up)
        if call := wrong_call(message):
            return _of_call(index, text, *call, look_up)
    return {}


def _of_attribute(index: Index, owner: str, name: str, look_up: LookUp) -> Evidence:
    """The rows that answer for a name, best on what the owner is in the other framework."""
    package = owner.partition(".")[0]
    if package in _OTHER_PACKAGES:
        called = squeeze(f"{_OTHER_PACKAGES[package]}.{name}")
        return dict.fromkeys((entry.row for entry in index.names.entries(called)), _NAMED)
    theirs = _COUNTERPARTS.get(owner.rpartition(".")[2], ())
    found: Evidence = {}
    of_arrays = False
    for row, api, _ in index.answers.get(squeeze(name), []):
        *home, tail = api.split(".")
        if tail == name:
            nearer = not {*theirs}.isdisjoint(home)
            found[row] = max(found.get(row, 0.0), _NAMED - (0 if nearer else _ELSEWHERE))
            of_arrays = of_arrays or home == ["NDArray"]
    # What an array has, and a symbol lacks, is the subject of a general row.
    general = index.messages.general_of(owner)
    found |= dict.fromkeys(general, _SURE if of_arrays else _RAISED)
    return found or _at_most(_NAMED, look_up(name))


def _of_call(index: Index, text: str, function: str, argument: str, look_up: LookUp) -> Evidence:
    """The rows about a function, or the one in the traceback that the argument is of."""
    functions = [function, *quoted_names(text)] if argument else []
    of_both = (of_call(index, each, argument) for each in functions)
    found = next(filter(None, of_both), {})
    if found or not function:
        return found
    return _at_most(_GUESS if argument else _NAMED, look_up(function))


def _at_most(most: float, found: Ranked) -> Evidence:
    return {row: min(score, most) for row, score, *_ in found}


def _add_names(found: Evidence, index: Index, text: str) -> None:
    """Part rows that raise the same by the names in the code that a traceback quotes."""
    named = {row for tail in quoted_names(text) for row in index.answering(Name((tail,)))}
    operators = {row for name in operators_in(text) for row in _of_operator(index, name)}
    for row in (named | operators).intersection(found):
        found[row] += _BESIDE
    fill(found, dict.fromkeys(operators, _OPERATOR))


def _of_operator(index: Index, name: str) -> Iterable[int]:
    return index.answering(Name(("nd", name))) or index.answering(Name((name,)))


def _of_arguments(index: Index, message: str) -> Evidence:
    """The rows that have most of the arguments which a message names."""
    names = {*findall(r"\b[a-z]+_[a-z_]+\b", message)}
    having = Counter(row for name in names for row in index.arguments.get(name, []))
    most = max(having.values(), default=0)
    rows = [row for row, several in having.items() if several == most]
    return dict.fromkeys(rows, _ARGUMENT - _shared(len(rows)))
