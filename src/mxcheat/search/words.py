"""Words made comparable: stems of Latin ones, Chinese in pairs, and slips of the fingers."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

_ASKING = """
    a about all also am an and any apache are as at be been best by caffe can certain correctly
    could did different do does doing done easily easy equivalent every example find for from
    get give gluon had has have hello help here how i if in into is it its jax jnp just keras
    let like make matlab me method mine much mx mxnet my need of on or our over please
    possible properly pytorch question quickly s same set should simple simply so some somehow
    syntax tensorflow tf than thanks that the them then there these they thing things this those
    to torch tutorial twice use used using want was way we were what when where whether which
    while who why with work would you your
"""
# Words that say how something is asked, not what is asked for.
NOISE = frozenset(_ASKING.split())

# Words of Chinese that would blur the pairs of characters beside them.
_EMPTY = ("为什么", "如何", "怎么", "怎样", "什么", *"的了吗呢吧把将请")

# Ranges of Chinese in a pattern would take longer to compile than all else here.
# 2d, 3D, L1 and f1 are words; other digits are values.
_RUN = re.compile(
    r"(?<![A-Za-z0-9])[A-Za-z]\d(?![a-z0-9])|(?<![\d.])\d[dD](?![a-z0-9])|[A-Za-z]+|[^\x00-\x7f]+"
)
_HUMP = re.compile(r"[A-Z]{2,}s\b|[A-Z]+(?=[A-Z][a-z])|[A-Z]?[a-z]+|[A-Z]+")
_IZE = re.compile(r"i[sz](?:e[drs]?|ers?|ing|ations?)$")
_ENDINGS = """
    abilities ability ations ation atives ative ators ator ating ated ates ate
    itions ition ionals ional ables able ments ment ering ered iers ier ness
    ings ing ions ion ives ive ies ied ers er ors or es ed ly s e y
"""
_SUFFIXES = tuple(_ENDINGS.split())
# Words that mean the same here, a group a line: all count as the first.
_GROUPS = """
    tensor ndarray array
    network net model
    parameter param
    gradient grad
    image picture photo
    initialize init
    synchronize sync
    asynchronous async
    optimizer optim
    evaluate eval
    random rand
    multiple multi
    color colour
    gray grey
    average mean
    maximum max
    minimum min
    axis axes dimension dimensional dim
    largest biggest greatest highest
    smallest lowest
    swap exchange interchange
    upsample enlarge upscale
    batch minibatch
    freeze frozen
    compute calculate
    predict inference
    every each
    turn convert conversion
    multiply multiplied multiplication multiplicative
    apply applied application
    difference differ different
    number count many
    index indices position location
    matrix matrices
    join concatenate concat merge combine
    remove delete discard
    replace substitute
    reverse mirror
    define write implement
    own custom
    save store
    distinct unique
    interval range
    fraction fractional
    infinity infinite inf
    center centre middle
    up upward upwards
    down downward downwards
"""


# One slip in four letters, two in seven; less is another word.
_CLOSE = 0.71
_MOST_NEIGHBOURS = 24


def stem(word: str) -> str:
    """Return a lower-case word without its ending: sampler, samples, sampling -> sampl.

    Words that mean the same here have the same stem: array and tensor.
    """
    root = _ROOTS.get(word)
    return root or _ROOTS.get(shorter := _shortened(word), shorter)


def _shortened(word: str) -> str:
    if len(word) > 6 and (shorter := _IZE.sub("iz", word)) != word:
        return shorter
    if word.endswith(_SUFFIXES) and not word.endswith("ss"):
        for suffix in _SUFFIXES:
            if word.endswith(suffix) and len(word) - len(suffix) >= 3:
                return _bared(word[: -len(suffix)])
    return word


def _bared(root: str) -> str:
    """What copying and splitting leave, copy and splitt, as copy and split are shortened."""
    if len(root) > 3 and root[-1] in "ey":
        return root[:-1]
    return root[:-1] if len(root) > 3 and root[-1] == root[-2] not in "ls" else root


def _roots() -> dict[str, str]:
    # Ones are not several of one, and multiple has nothing to do with multiply.
    roots = {"ones": "ones", "multiple": "multi"}
    for first, *others in map(str.split, _GROUPS.strip().splitlines()):
        for word in others:
            roots[word] = roots[_shortened(word)] = _shortened(first)
    return roots


_ROOTS = _roots()


def roots() -> dict[str, str]:
    """Words whose stem does not follow from how they end, and their stems."""
    return dict(_ROOTS)


def endings() -> list[str]:
    """The endings that a stem does without, each before those that are a part of it."""
    return list(_SUFFIXES)


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
        return (
            [run.lower()]
            if run.islower() or not run.isalpha()
            else [hump.lower() for hump in _HUMP.findall(run)]
        )
    for word in _EMPTY:
        run = run.replace(word, " ")
    parts = "".join(letter if letter.isalnum() else " " for letter in run).split()
    return [pair for part in parts for pair in _pairs(part)]


def _pairs(part: str) -> list[str]:
    return [part[at : at + 2] for at in range(max(1, len(part) - 1))]


def by_length(words: Iterable[str]) -> dict[int, list[str]]:
    """Words by how long they are, as `near` takes them."""
    found: dict[int, list[str]] = {}
    for word in words:
        found.setdefault(len(word), []).append(word)
    return found


def near(
    text: str, words: Mapping[int, Sequence[str]], closeness: float = _CLOSE
) -> list[tuple[str, float]]:
    """Return the words a few slips away from `text`, nearest first, with likeness 0..1."""
    length = len(text)
    if length < 4:
        return []
    # Only a misspelt query pays for loading the matcher.
    from rapidfuzz.distance import OSA  # noqa: PLC0415
    from rapidfuzz.process import extract  # noqa: PLC0415

    # Each letter that one is longer is a slip: the rest need not be compared.
    lengths = [n for n in words if min(n, length) >= closeness * max(n, length)]
    close = extract(
        text,
        [word for n in lengths for word in words[n]],
        scorer=OSA.normalized_similarity,
        score_cutoff=closeness,
        limit=None,
    )
    nearest = sorted(((word, like) for word, like, _ in close), key=lambda it: (-it[1], it[0]))
    # The first letter is the one that is rarely missed.
    return [
        (word, like)
        for word, like in nearest[:_MOST_NEIGHBOURS]
        if word[0] == text[0] or like > 0.8
    ]
