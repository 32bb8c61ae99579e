"""The public names of both frameworks, and which of them a name in a query may be.

data/names.txt lists them, as data/make_names.py read them off the installed frameworks: a line
for each module or class that has names, then one for each of its names, with its kind and the
names of its parameters. It is read where no row answers.
"""

from __future__ import annotations

from bisect import bisect_left
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, NamedTuple

from mxcheat.names.written import MODULES, ROOTS, squeeze, stands_for
from mxcheat.paths import names_file
from mxcheat.search.words import by_length, split_words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mxcheat.names.written import Name

_KINDS = {"m": "module", "c": "class", "f": "function", "p": "property", "a": "constant"}
_TITLES = {"mxnet": "MXNet", "torch": "PyTorch", "torchvision": "torchvision"}
_FRAMEWORKS = frozenset(_TITLES)
_ARRAYS = frozenset({"Tensor", "NDArray"})

_OF_ARRAYS = frozenset({("torch",), ("mxnet", "nd"), ("mxnet", "np")})

# How well a public name is what was asked for.
FULL = 3.0  # spelled out, or called on what is named as such objects are
LIKELY = 2.0  # a member of arrays, called on something; or the name alone
POSSIBLE = 1.0  # a member of another class
DOUBTFUL = 0.5  # of one that is not named, or in a module within the one that is
_CASE = 0.4  # what capitals lose


class Public(NamedTuple):
    """A public name in full: its framework and that one's version, its kind and parameters."""

    name: str
    framework: str
    version: str
    kind: str
    parameters: tuple[str, ...]

    @property
    def words(self) -> str:
        """The words that the last part of the name is made of."""
        return " ".join(split_words(self.name.rpartition(".")[2]))

    @property
    def where(self) -> str:
        """The framework and version, for a reader: MXNet 1.9.1."""
        return f"{_TITLES[self.framework]} {self.version}"


class PublicNames:
    """The list. Nothing is made of it before it is known what is looked for."""

    def __init__(self, text: str) -> None:
        self._lines = text.split("\n")
        self._heads = [at for at, line in enumerate(self._lines) if line[:1] != " "]
        # As `squeeze` has names, line for line.
        self._flat = text.lower().replace("_", "")

    def spelled(self, key: str) -> Iterator[Public]:
        """Yield the names whose last part is `key` when squeezed."""
        at = number = 0
        wanted = f"\n {key} "
        while (found := self._flat.find(wanted, at)) >= 0:
            number += self._flat.count("\n", at, found + 1)
            at = found + 1
            yield self._read(number)

    def _read(self, number: int) -> Public:
        head = bisect_left(self._heads, number) - 1
        owner = self._lines[self._heads[head]]
        while not self._lines[self._heads[head]].startswith("#"):
            head -= 1
        _, framework, version = self._lines[self._heads[head]].split()
        name, kind, *parameters = self._lines[number].split()
        return Public(f"{owner}.{name}", framework, version, _KINDS[kind], tuple(parameters))

    @cached_property
    def by_length(self) -> dict[int, list[str]]:
        """The last parts of all names, squeezed, as `near` takes them."""
        keys = {line.split(None, 1)[0] for line in self._flat.split("\n") if line[:1] == " "}
        return by_length(sorted(keys))


@lru_cache(maxsize=1)
def public_names() -> PublicNames:
    """The list that is shipped, read when first asked for."""
    try:
        text = names_file().read_text(encoding="utf-8")
    except OSError:  # a checkout in the making; search then knows what rows say
        text = ""
    return PublicNames(text)


def asked_for(name: Name, meant: str = "") -> list[tuple[Public, float]]:
    """The public names that a name in a query may be, with how well each fits, best first.

    `meant` is how its last part is spelled, squeezed, where that is misspelt. No modules.
    """
    found = []
    for public in public_names().spelled(meant or squeeze(name.tail)):
        tail = public.name.rpartition(".")[2]
        spelled = name._replace(path=(*name.path[:-1], tail)) if meant else name
        if public.kind != "module" and (how := fit(spelled, public.name)) > 0:
            found.append((public, how))
    return sorted(found, key=lambda pair: -pair[1])


def fit(name: Name, public: str) -> float:
    """How well a public name is what a name in code says: 0 where it is another, up to FULL."""
    path = tuple(public.split("."))
    loss = 0.0 if path[-1] == name.tail else _spelling(name.tail, path[-1])
    if len(name.path) == 1:
        return LIKELY - loss
    if loss > 1:
        return 0.0
    head = name.path[0]
    if head in ROOTS or head in MODULES:
        return max((_agreement(full, path, loss) for full in spelled_out(name)), default=0.0)
    return _member(head, path) - loss if _as_written(name.path, path) == 0 else FULL - loss


def _spelling(given: str, name: str) -> float:
    if given.lower() == name.lower():
        return _CASE
    return _CASE if given.lower().strip("_") == name.lower().strip("_") else 1.5


def spelled_out(name: Name) -> Iterator[tuple[str, ...]]:
    """The paths that a name may stand for, each in full or as its last parts."""
    from mxcheat.names.spelling import standard, symbol_of  # noqa: PLC0415 - a known name needs it not

    head = name.path[0]
    for root in dict.fromkeys((*stands_for(head), head)):
        path = ".".join((root, *name.path[1:]))
        if root.partition(".")[0] in _FRAMEWORKS:
            path = symbol_of(path) or standard(path)
        yield tuple(path.split("."))


def also_spelled(name: Name) -> Iterator[str]:
    """What else a name that is spelled out is called: by its older name, or as an heir's."""
    from mxcheat.names.also_called import also_called  # noqa: PLC0415 - most names are found before

    for path in spelled_out(name):
        if len(path) > 2 and path[0] in _FRAMEWORKS:
            yield from also_called(".".join(path))


def _agreement(asked: tuple[str, ...], path: tuple[str, ...], loss: float) -> float:
    """How well a path agrees with the one that is asked for, in full or by its last parts."""
    if asked[0] in _FRAMEWORKS and path[0] in _FRAMEWORKS and len(path) > len(asked):
        return 0.0
    if _as_written(asked, path):
        return FULL - loss
    if asked[-2] in _ARRAYS and path[:-1] in _OF_ARRAYS:
        return LIKELY + 0.4 - loss  # of arrays, what is a function is a method too
    if asked[0] == path[0] and _in_order(path, asked):
        return DOUBTFUL - loss  # torch.utils.data.dataset.TensorDataset
    if asked[0] in _FRAMEWORKS and len(path) == 2 and asked[-2][:1].isupper():
        return DOUBTFUL - loss  # a member that a class may inherit
    return 0.0


def _as_written(asked: tuple[str, ...], path: tuple[str, ...]) -> bool:
    """Whether a path ends as the other does, capitals apart."""
    shared = min(len(asked), len(path))
    if shared < 2 or len(asked) > len(path):
        return False
    return all(
        a.lower() == b.lower() for a, b in zip(asked[-shared:-1], path[-shared:-1], strict=True)
    )


def _in_order(path: tuple[str, ...], asked: tuple[str, ...]) -> bool:
    left = iter(asked[:-1])
    return all(part in left for part in path[:-1])


def _member(head: str, path: tuple[str, ...]) -> float:
    """How likely it is that a member of a class, or a function, is what is called on `head`."""
    owner = path[-2]
    if head[0].isupper() and head not in _ARRAYS and len(head) > 1:
        return DOUBTFUL if owner[0].isupper() else 0.0  # perhaps it inherits it
    from mxcheat.names.kinds import possible_kinds  # noqa: PLC0415 - a name alone needs it not

    usual = frozenset({head}) if head in _ARRAYS else possible_kinds(head.lower())
    if not usual - _ARRAYS and head not in _ARRAYS:
        usual = frozenset()  # an array is what any variable may be
    if not owner[0].isupper():
        twin = path[:-1] in _OF_ARRAYS and not (usual - _ARRAYS)
        return LIKELY + 0.4 if twin else 0.0
    if owner in usual:
        return FULL
    if owner in _ARRAYS:
        return POSSIBLE + 0.2 if usual else LIKELY + 0.5
    return POSSIBLE
