"""What is read out of a query: words, Chinese, the one thing asked for."""

import pytest

from mxcheat.search.query import Query
from mxcheat.search.words import split_words, stem, stems


def test_words_of_names_and_prose() -> None:
    assert split_words("DataLoader zero_grad Conv2D, HTTPServer") == [
        *("data", "loader", "zero", "grad", "conv", "2d", "http", "server"),
    ]


def test_several_of_what_has_capitals_are_one_word() -> None:
    assert split_words("train on GPUs, RNNs") == ["train", "on", "gpus", "rnns"]
    assert stems("GPUs") == stems("GPU")


def test_a_letter_with_a_digit_is_a_word_and_a_number_is_none() -> None:
    assert split_words("3D conv of l1_loss, L2Loss, 2.5d, 224x224") == [
        *("3d", "conv", "of", "l1", "loss", "l2", "loss", "d", "x"),
    ]


def test_chinese_is_read_in_pairs() -> None:
    assert split_words("梯度清零 GPU 可用") == ["梯度", "度清", "清零", "gpu", "可用"]


@pytest.mark.parametrize(
    "family",
    [
        ("sampler", "samples", "sampling"),
        ("copy", "copies"),
        ("available", "availability"),
        ("normalise", "normalization"),
        ("value", "values"),
        ("create", "created", "creating", "creates"),
        ("update", "updated", "updates", "updating"),
        ("variable", "variables"),
        ("probability", "probabilities"),
        ("number", "numbered", "numbers"),
        ("assign", "assignment", "assigned"),
        ("multiply", "multiplication"),
    ],
)
def test_forms_of_a_word_share_a_stem(family: tuple[str, ...]) -> None:
    assert len(set(stems(" ".join(family)))) == 1


def test_stems_keep_short_words_apart() -> None:
    assert len({stem(word) for word in ("normal", "normalise", "one", "on", "loss")}) == 5


@pytest.mark.parametrize(
    ("text", "only"),
    [
        ("clamp", "clamp"),
        ("torch clamp equivalent in mxnet", "clamp"),
        ("how to use nd.clip", "clip"),
        ("n += p.numel()", "numel"),
        ("reset gradient", None),
        ("", None),
    ],
)
def test_the_one_thing_asked_for(text: str, only: str | None) -> None:
    assert Query.parse(text).only == only
