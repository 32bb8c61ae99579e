"""The tables that a page is given: plain values, with the terminal's own answers for names."""

from __future__ import annotations

import json

from mxcheat.loading import load
from mxcheat.search import Index, ranked
from mxcheat.search.portable import portable

ROWS = load().rows[:40]
INDEX = Index(ROWS)
TABLES = portable(INDEX)


def test_the_tables_are_plain_values() -> None:
    assert json.loads(json.dumps(TABLES)) == TABLES


def test_a_public_name_and_an_id_have_the_answers_of_the_ranker() -> None:
    for name in ("torch.clamp", "mxnet.nd.clip", "clip", "NDArray.clip", "clamp"):
        assert TABLES["answers"][name] == [row for row, *_ in ranked(INDEX, name, 5)]
    answered = {name for row in ROWS for names in row.answers.values() for name in names}
    assert answered | {row.id for row in ROWS} <= TABLES["answers"].keys()


def test_a_phrase_is_the_stems_that_it_is_made_of() -> None:
    words = sorted(TABLES["words"])
    assert words == [*TABLES["words"]], "a page counts them in this order"
    for row, phrases in zip(ROWS, TABLES["phrases"], strict=True):
        said = {frozenset(words[number] for number in phrase) for phrase in phrases}
        assert said == {roots for roots, _ in INDEX.phrases(ROWS.index(row)) if roots}


def test_what_a_word_says_is_told_from_where_it_stands() -> None:
    most, titles, *others = TABLES["words"]["cosin"]
    assert "acos" in [ROWS[row].id for row in titles]
    assert INDEX.words.get("cosin", {}) == {
        row: weight
        for weight, rows in zip([most, *others[::2]], [titles, *others[1::2]], strict=True)
        for row in rows
    }
