"""Text as comparable words: stems of Latin words, pairs of Chinese characters."""

from __future__ import annotations

import re
from functools import lru_cache

_ASKING = """
    a an and are as at be by can convert do does equivalent example for from function get
    gluon has have how i if in into is it its let make me method mx mxnet my need of on one
    or please pytorch s set should so some that the them then there these they this to torch
    use used using want way we what when where which while with would you your
    如何 怎么 怎样 什么
"""
# Words that say how something is asked, not what is asked for: they still count, a little.
NOISE = frozenset(_ASKING.split())

_CHINESE = "\u3400-\u9fff"
_CHARACTER = re.compile(f"[{_CHINESE}]")
_LATIN = r"[A-Z]+(?=[A-Z][a-z])|[A-Z]?[a-z]+|[A-Z]+"
_TOKEN = re.compile(rf"{_LATIN}|[{_CHINESE}]+|[^\W\d_A-Za-z{_CHINESE}]+")
_IZE = re.compile(r"i[sz](?:e[drs]?|ers?|ing|ations?)$")
_ENDINGS = """
    ability ations ation itions ition ators ator ates ate able ings ing ions ion
    ies ied ers er ors or es ed ly s e y
"""
_SUFFIXES = tuple(_ENDINGS.split())


@lru_cache(maxsize=16384)
def stem(word: str) -> str:
    """Return a lower-case word without its ending: sampler, samples, sampling -> sampl."""
    if len(word) > 6 and (shorter := _IZE.sub("iz", word)) != word:
        return shorter
    for suffix in _SUFFIXES:
        if word.endswith(suffix) and len(word) - len(suffix) >= 3:
            return word if word.endswith("ss") else word[: -len(suffix)]
    return word


def split_words(text: str) -> list[str]:
    """Return the lower-case words of prose or of a name, Chinese as pairs of characters.

    `zero_grad`, `ZeroGrad` and `zero grad` all give zero, grad; digits are dropped.
    """
    tokens = _TOKEN.findall(text)
    if text.isascii():
        return [token.lower() for token in tokens]
    return [part for token in tokens for part in _pairs(token)]


def _pairs(token: str) -> list[str]:
    if len(token) > 2 and _CHARACTER.match(token):
        return [token[at : at + 2] for at in range(len(token) - 1)]
    return [token.lower()]


def characters(text: str) -> list[str]:
    """Return the Chinese characters of `text` one by one."""
    return [] if text.isascii() else _CHARACTER.findall(text)


def stems(text: str) -> list[str]:
    """Return the stems of the words of `text`, in order."""
    return [stem(word) for word in split_words(text)]
