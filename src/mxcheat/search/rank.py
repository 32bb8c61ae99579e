"""Rows in the order in which they answer a query."""

from __future__ import annotations

from collections import Counter
from heapq import nlargest
from typing import TYPE_CHECKING, NamedTuple

from mxcheat.names.written import Name, squeeze
from mxcheat.search.arguments import is_anyones, of_arguments, prefer
from mxcheat.search.evidence import fill, name_item, of_name, of_subject, spelled_items
from mxcheat.search.guesses import of_longer_slip, of_module, of_part, of_slip, unanswered_names
from mxcheat.search.public import DOUBTFUL
from mxcheat.search.query import Query
from mxcheat.search.worded import joined_items, without_slips, word_item, word_items
from mxcheat.search.words import split_words, stem

if TYPE_CHECKING:
    from mxcheat.cheatsheet.row import Row
    from mxcheat.search.evidence import Evidence, Item, Ranked
    from mxcheat.search.index import Index

_SURE = 75.0  # what an answer has that is no name of its row, and
_LEAD = 5.0  # by how much it is ahead of the next; else it is a guess
_LEAST = 30.0  # below this a row has little to do with the query
_ENOUGH = 50.0  # share of the query that a row covers which knows one word of several
_DOUBTFUL = 85.0  # below this the query may be misspelt
_FORM = 99.6  # score of a row whose form is the line of code that was typed
_LINE = 97.9  # of one that holds it among others
_OTHER = 2.0  # what that one loses where another row answers for what the line is about
_KEYWORD = 99.4  # of one that has as a keyword all that was typed, where that is more than a name
_BESIDE = 0.35  # what may part rows that hold the same name: the rest of the line
_COVERED = 0.9  # what all words of a query count beside one exact name
_NAME = 3.0  # how much more than a word a name that rows hold weighs among words
_PHRASE = 0.3  # share of a single phrase that says the same as the query
_VARIABLES = 0.04  # share of what is no name in a line of code
_COMPARED = 24  # rows whose phrases are held against the query
_INSIDE = 0.1  # of what a row has, where the outermost name of a line is not a framework's
_MESSAGE = 3  # spaces that an error has at least


class Hit(NamedTuple):
    """A row found: its score, 0..100, and whether the query is one of its names.

    It is `sure` where it is an answer; else it is a guess.
    """

    row: Row
    score: float
    exact: bool
    sure: bool

    def __repr__(self) -> str:
        return f"<{'' if self.sure else 'guess: '}{self.row.id}, {self.score:g}>"


def find(index: Index, query: str, limit: int = 10) -> list[Hit]:
    """Return at most `limit` rows for `query`, best first; [] where none fits.

    Rows that fit equally well have equal scores; first is what real code calls most, then
    the order of the rows.
    """
    found = ranked(index, query, limit)
    return [Hit(index.rows[row], score, exact, sure) for row, score, exact, sure in found]


def ranked(index: Index, query: str, limit: int = 10) -> Ranked:
    """Return what `find` does, with numbers for rows, which need not be there."""
    asked = Query.parse(query)
    if query.count(" ") >= _MESSAGE:
        from mxcheat.search.errors import of_error  # noqa: PLC0415 - patterns take a while

        raised = of_error(index, query, lambda name: _ranked(index, Query.parse(name), limit))
        if raised is not None:
            return _in_order(index, asked, raised, set(), limit)
    return _ranked(index, asked, limit)


def _ranked(index: Index, asked: Query, limit: int) -> Ranked:
    """What `ranked` gives for all but the message of an error."""
    if unanswered_names(index, asked):
        return []
    module = of_module(index, asked.names[0]) if asked.is_path else {}
    scores, exact = (module, set[int]()) if module else _exactly(index, asked)
    if not module and (not exact or len(scores) < limit):
        fill(scores, _loosely(index, asked, certain=bool(exact)))
    if arguments := of_arguments(index, asked.text):
        exact |= prefer(scores, arguments)
    if asked.is_code and (outermost := _of_no_framework(index, asked)):
        # What stands inside a call of an unknown name is not what is asked for.
        exact.clear()
        scores = {row: _INSIDE * score for row, score in scores.items()}
        slips = of_slip(index, outermost.tail, phrases=False)
        scores = {row: scores.get(row, 0.0) + slips.get(row, 0.0) for row in scores | slips}
    found = _in_order(index, asked, scores, exact, limit)
    if asked.is_argument and is_anyones(index, asked.text, arguments):
        return [(row, score, False, False) for row, score, *_ in found]
    return found


def _of_no_framework(index: Index, asked: Query) -> Name | None:
    """The outermost name of a line of code, if its module is a framework's and has no such name."""
    name = asked.subject
    if name is None or not (name.in_module and name.called) or index.answering(name):
        return None
    return None if index.names.entries(squeeze(name.tail)) else name


def _in_order(index: Index, asked: Query, scores: Evidence, exact: set[int], limit: int) -> Ranked:
    """The best of these rows, and which of them are exact, and answers."""
    fitting = {row: min(100.0, round(score, 2)) for row, score in scores.items() if score >= _LEAST}
    best = nlargest(max(0, limit), fitting.values())
    chosen = [row for row, score in fitting.items() if best and score >= best[-1]]
    meant = index.answering(asked.subject) if asked.subject else {}
    calls = {row: meant[row][1] if row in meant else index.calls[row] for row in chosen}
    chosen.sort(key=lambda row: (-fitting[row], row not in exact, -calls[row], row))
    first, second = [*nlargest(2, fitting.values()), 0.0, 0.0][:2]
    least = max(_SURE, second + _LEAD) if asked.only is None else 101.0
    ahead = {row for row in chosen if fitting[row] == first >= least}
    if asked.is_code:
        ahead |= {row for row, (how, _) in meant.items() if how > DOUBTFUL}
    sure = exact | ahead
    return [(row, fitting[row], row in exact, row in sure) for row in chosen[:limit]]


def _exactly(index: Index, asked: Query) -> tuple[Evidence, set[int]]:
    """Rows that the query as a whole names, by one name or by a line of their code."""
    scores: Evidence = {}
    exact: set[int] = set()
    for name, loss in asked.single_names:
        found, spelled = of_name(index, name)
        fill(scores, {row: score - loss for row, score in found.items()})
        exact |= spelled if asked.is_code or not loss else set()
    if asked.says_more:
        lines = {} if asked.is_argument else index.holding_lines(asked.text)
        exact |= lines.keys()
        answers = index.answering(asked.subject) if asked.subject else {}
        for row, loss in lines.items():
            other = bool(answers) and row not in answers
            line = _LINE - loss / 5 - _OTHER * other if loss else _FORM
            scores[row] = max(scores.get(row, 0.0), line)
        claimed = index.names.called(squeeze(asked.text))
        exact |= claimed
        fill(scores, dict.fromkeys(claimed, _KEYWORD))
    if asked.is_code and asked.only is None and asked.subject is not None:
        fill(scores, of_subject(index, asked.subject))
    if asked.is_code:
        _part_equals(scores, index, asked)
    return scores, exact


def _part_equals(scores: Evidence, index: Index, asked: Query) -> None:
    """Part rows that hold the same name by what else is in the line of code."""
    highest = max(scores.values(), default=0.0)
    equals = [row for row, score in scores.items() if score > highest - _BESIDE]
    if len(equals) > 1:
        words = [word for name in asked.names if not name.called for word in split_words(name.tail)]
        words += asked.telling
        others = _mean([word_item(index, word, guess=False) for word in words])
        for row in equals:
            scores[row] += others.get(row, 0.0) / 100 * _BESIDE


def _loosely(index: Index, asked: Query, *, certain: bool) -> Evidence:
    if asked.only is None:
        return _by_coverage(index, asked)
    # After a dot stands a name, not a word of a title.
    phrases = not any(len(name.path) > 1 for name in asked.names)
    found = of_part(index, asked.subject or Name((asked.only,)), phrases=phrases)
    if certain or (found and asked.only == asked.text and "-" in asked.text):
        return found  # of an id as it is typed so far
    fill(found, _by_coverage(index, asked))
    slips = of_slip(index, asked.only, phrases=phrases)
    if max(found.values(), default=0.0) < _DOUBTFUL:
        fill(found, slips)
    return found or of_longer_slip(index, asked.only)


def _by_coverage(index: Index, asked: Query) -> Evidence:
    """Rows by how much of the query they cover, rare words weighing most."""
    if asked.only is None:  # one word alone is held against whole names
        asked = asked._replace(words=without_slips(index, asked.words))
    items = [(name, name_item(index, name)) for name in asked.names]
    named = [(_NAME * weight, found) for weight, found in _known([item for _, item in items])]
    named += joined_items(index, asked.words)
    worded = word_items(index, asked.telling)
    for name, (_, found) in items:
        worded += [] if found else spelled_items(index, name)
    if asked.is_code and named:
        # In code the known names say it; what the others are called only parts equals.
        named += _known([name_item(index, Name((word,), "", 1)) for word in asked.variables])
        return _blend(_mean(named), _mean(_known(worded)), _VARIABLES)
    covered = _mean(named + worded)
    scores = _blend(covered, _by_phrase(index, asked, covered), _PHRASE)
    if len(named + worded) < 2:
        return scores
    known = Counter(row for _, found in named + named + worded for row in found)
    return {row: s for row, s in scores.items() if covered[row] >= _ENOUGH or known[row] > 1}


def _blend(main: Evidence, other: Evidence, share: float) -> Evidence:
    return {
        row: _COVERED * ((1 - share) * score + share * other.get(row, 0.0))
        for row, score in main.items()
    }


def _known(items: list[Item]) -> list[Item]:
    return [item for item in items if item[1]]


def _mean(items: list[Item]) -> Evidence:
    total = sum(weight for weight, _ in items)
    summed: Evidence = {}
    for weight, evidence in items:
        for row, score in evidence.items():
            summed[row] = summed.get(row, 0.0) + weight * score
    return {row: score / total for row, score in summed.items()}


def _by_phrase(index: Index, asked: Query, rows: Evidence) -> Evidence:
    """How nearly the query says what one of a row's titles or keywords says."""
    words = [*asked.words, *(word for name in asked.names for word in split_words(name.tail))]
    said = {root: index.weight(root) for root in map(stem, words)}
    weight = sum(said.values())
    found: Evidence = {}
    for row in nlargest(_COMPARED, rows, key=rows.__getitem__):
        for phrase, phrase_weight in index.phrases(row):
            if not phrase.isdisjoint(said):
                shared = sum(said[root] for root in said if root in phrase)
                likeness = 200 * shared / (weight + phrase_weight)
                found[row] = max(found.get(row, 0.0), likeness)
    return found
