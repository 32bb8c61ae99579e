"""Text as comparable words: stems of Latin words, pairs of Chinese characters."""

from __future__ import annotations

import re
from functools import lru_cache

_ASKING = """
    a all an and any are as at be by calculate can certain check compute convert different
    do does equivalent every example find for from function get give gluon has have how i if
    in into is it its let make many me method much mx mxnet my need of on one or other over
    please put pytorch s same set several should so some than that the them then there these
    they thing things this time times to torch twice use used using want way we what when
    where which while with would you your
    如何 怎么 怎样 什么
"""
# Words that say how something is asked, not what is asked for.
NOISE = frozenset(_ASKING.split())

# Ranges of Chinese in a pattern would take longer to compile than all else here.
_RUN = re.compile(r"[A-Za-z]+|[^\x00-\x7f]+")
_HUMP = re.compile(r"[A-Z]+(?=[A-Z][a-z])|[A-Z]?[a-z]+|[A-Z]+")
_IZE = re.compile(r"i[sz](?:e[drs]?|ers?|ing|ations?)$")
_ENDINGS = """
    ability ations ation itions ition ators ator ates ate able ings ing ions ion
    ies ied ers er ors or es ed ly s e y
"""
_SUFFIXES = tuple(_ENDINGS.split())


def stem(word: str) -> str:
    """Return a lower-case word without its ending: sampler, samples, sampling -> sampl."""
    if len(word) > 6 and (shorter := _IZE.sub("iz", word)) != word:
        return shorter
    if word.endswith(_SUFFIXES) and not word.endswith("ss"):
        for suffix in _SUFFIXES:
            if word.endswith(suffix) and len(word) - len(suffix) >= 3:
                return word[: -len(suffix)]
    return word


def split_words(text: str) -> list[str]:
    """Return the lower-case words of prose or of a name, Chinese as pairs of characters.

    `zero_grad`, `ZeroGrad` and `zero grad` all give zero, grad; digits are dropped.
    """
    return [word for run in _RUN.findall(text) for word in _split(run)]


def stems(text: str) -> list[str]:
    """Return the stems of the words of `text`, in order."""
    return [root for run in _RUN.findall(text) for root in _stems(run)]


@lru_cache(maxsize=16384)
def _stems(run: str) -> tuple[str, ...]:
    return tuple(map(stem, _split(run)))


def _split(run: str) -> list[str]:
    if run.isascii():
        return [run] if run.islower() else [hump.lower() for hump in _HUMP.findall(run)]
    parts = "".join(letter if letter.isalnum() else " " for letter in run).split()
    return [pair for part in parts for pair in _pairs(part)]


def _pairs(part: str) -> list[str]:
    return [part[at : at + 2] for at in range(max(1, len(part) - 1))]
