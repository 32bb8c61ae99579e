"""Rows in the order in which they answer a query."""

from __future__ import annotations

from dataclasses import dataclass
from heapq import nsmallest
from typing import TYPE_CHECKING

from mxcheat.search.evidence import of_name, of_part, of_slip, of_word
from mxcheat.search.index import without_space
from mxcheat.search.query import Query
from mxcheat.search.words import NOISE, split_words, stem

if TYPE_CHECKING:
    from mxcheat.cheatsheet.row import Row
    from mxcheat.search.evidence import Evidence
    from mxcheat.search.index import Index
    from mxcheat.search.names import Name

_LEAST = 30.0  # below this a row has little to do with the query
_DOUBTFUL = 85.0  # below this the query may be misspelt
_UNKNOWN = 0.4  # weight of a word that no row holds
_SLIGHT = 0.15  # weight below which a query says too little to be sure of any row
_NOISE = 0.1  # weight of a word that only says how something is asked


@dataclass(frozen=True)
class Hit:
    """A row found: its score, 0..100, and whether the query is one of its names."""

    row: Row
    score: float
    exact: bool


def find(index: Index, query: str, limit: int = 10) -> list[Hit]:
    """Return at most `limit` rows for `query`, best first; [] where none fits.

    Rows that fit equally well have equal scores and stand in the order of the rows.
    """
    asked = Query.parse(query)
    scores, exact = _exactly(index, asked)
    if len(exact) < limit:
        _fill(scores, _loosely(index, asked, certain=bool(exact)))
    ordered = ((-round(score, 2), row) for row, score in scores.items() if score >= _LEAST)
    best = nsmallest(max(0, limit), ordered)
    return [Hit(index.rows[row], -score, row in exact) for score, row in best]


def _exactly(index: Index, asked: Query) -> tuple[Evidence, set[int]]:
    """Rows that the query as a whole names: a form of theirs, or one name."""
    whole = index.forms.get(without_space(asked.text), ()) if asked.is_code else ()
    scores, exact = dict.fromkeys(whole, 100.0), set(whole)
    for name, loss in asked.single_names:
        found, spelled = of_name(index, name)
        _fill(scores, {row: score - loss for row, score in found.items()})
        exact |= set() if loss else spelled
    if asked.is_code:
        _part(scores, index, asked)
    return scores, exact


def _part(scores: Evidence, index: Index, asked: Query) -> None:
    """Part rows that hold the same name by what else is in the line of code."""
    for row in index.lines.get(without_space(asked.text), ()):
        scores[row] = min(100.0, scores.get(row, 0.0) + 0.25)
    highest = max(scores.values(), default=0.0)
    equals = [row for row, score in scores.items() if score == highest]
    telling = [word for word in asked.words if len(word) > 1]
    if len(equals) > 1 and telling:
        others = _mean([_word_item(index, word, guess=False) for word in telling])
        for row in equals:
            scores[row] = min(100.0, highest + others.get(row, 0.0) / 500)


def _loosely(index: Index, asked: Query, *, certain: bool) -> Evidence:
    if asked.only is None:
        return _by_coverage(index, asked)
    found = of_part(index, asked.only)
    if certain:
        return found
    _fill(found, _by_coverage(index, asked))
    if max(found.values(), default=0.0) < _DOUBTFUL:
        _fill(found, of_slip(index, asked.only))
    return found


def _fill(scores: Evidence, more: Evidence) -> None:
    for row, score in more.items():
        scores[row] = max(scores.get(row, 0.0), score)


def _by_coverage(index: Index, asked: Query) -> Evidence:
    """Rows by how much of the query they cover, rare words weighing most."""
    named = [item for name in asked.names for item in _name_items(index, name)]
    worded = [_word_item(index, word) for word in asked.words]
    if named and asked.is_code:
        # In code the names say it; what the variables are called only parts equals.
        return _blend(_mean(named), _mean([item for item in worded if item[1]]), 0.04)
    covered = _mean(named + worded)
    return _blend(covered, _of_titles(index, asked, covered), 0.06)


def _blend(main: Evidence, other: Evidence, share: float) -> Evidence:
    return {
        row: (1 - share) * 0.94 * score + share * other.get(row, 0.0) for row, score in main.items()
    }


def _mean(items: list[tuple[float, Evidence]]) -> Evidence:
    total = max(_SLIGHT, sum(weight for weight, _ in items))
    summed: Evidence = {}
    for weight, evidence in items:
        for row, score in evidence.items():
            summed[row] = summed.get(row, 0.0) + weight * score
    return {row: score / total for row, score in summed.items()}


def _name_items(index: Index, name: Name) -> list[tuple[float, Evidence]]:
    """Evidence of a name in the query; a name that no row holds counts by its words."""
    found, _ = of_name(index, name)
    nested = 0.5**name.depth
    if found:
        return [(nested * index.rarity(len(found)), found)]
    items = [_word_item(index, word) for word in split_words(name.tail)]
    return [(nested * weight, evidence) for weight, evidence in items]


def _word_item(index: Index, word: str, *, guess: bool = True) -> tuple[float, Evidence]:
    found = of_word(index, word, guess=guess and word not in NOISE)
    if word in index.words or stem(word) in index.words:
        weight = index.rarity(len(found))
    else:
        weight = _UNKNOWN
    return weight * (_NOISE if word in NOISE else 1.0), found


def _of_titles(index: Index, asked: Query, rows: Evidence) -> Evidence:
    """How much of each row's function the query says: parts rows it covers equally."""
    said = {stem(word) for word in asked.words}
    said.update(stem(word) for name in asked.names for word in split_words(name.tail))
    return {
        row: 100 * len(title & said) / len(title) for row in rows if (title := index.titles[row])
    }
