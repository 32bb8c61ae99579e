"""From the texts of a code base to what each uses of a framework, across its files."""

from __future__ import annotations

import gc
from contextlib import contextmanager
from functools import partial
from typing import TYPE_CHECKING

from mxcheat.names.libraries import is_mentioned
from mxcheat.names.mending import mended
from mxcheat.names.resolve import read
from mxcheat.names.uses import Around, Reading
from mxcheat.names.values import Namespace
from mxcheat.scan.answers import Answers
from mxcheat.scan.calls import Asked, reported
from mxcheat.scan.modules import Modules
from mxcheat.scan.order import imports, ordered

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator, Mapping, Sequence

    from mxcheat.cheatsheet.sheet import Cheatsheet
    from mxcheat.names.uses import Handed
    from mxcheat.scan.calls import Bites
    from mxcheat.scan.found import File, Source


_LARGE = 20  # modules of a circle; of a larger one only those read too early are read again


def scan_sources(
    sources: Iterable[Source],
    sheet: Cheatsheet,
    framework: str = "mxnet",
    bites: Bites = lambda _row, _use: (),
) -> Iterator[File]:
    """What each of the files uses of `framework` ("mxnet" or "torch"), in the order of `sources`.

    The rows of `sheet` may answer; `bites` tells which differences of a row a use meets.
    """
    given = [*sources]
    answers = Answers(sheet.rows, framework)
    listed = {*sheet.calls, *answers.symbols}
    asked = Asked(framework, answers, bites)
    project = Project([source.path for source in given], [source.text for source in given], listed)
    found: dict[int, File] = {}
    for number, reading in project.readings():
        found[number] = reported(given[number], reading, asked)
    for number in range(len(given)):
        yield found.pop(number)


class Project:
    """The texts of a code base, and what the modules among them export."""

    def __init__(self, paths: Sequence[str], texts: Sequence[str], listed: Container[str]) -> None:
        """`texts` are those of the files at `paths`, `listed` the symbols of the frameworks."""
        self._paths = paths
        self._texts = texts
        self._listed = listed
        self._modules = Modules(paths)
        self._numbers = {path: number for number, path in reversed([*enumerate(paths)])}
        self._exports: dict[str, Namespace] = {}  # by file
        self._asked: dict[int, set[int]] = {}  # by file, those whose exports it was given
        self._told: dict[int, dict[tuple[int, int], Handed]] = {}  # by file and function

    def readings(self) -> Iterator[tuple[int, Reading]]:
        """Each text, by its number, read after what it imports.

        A text comes again if it was not known at first what its functions are called with.
        """
        needs = {number: self._needs(number) for number in range(len(self._paths))}
        worth = self._worth_reading(needs)
        for group in ordered(needs, needs.__getitem__):
            if group[0] in worth:
                for number in group:
                    yield number, self._heard(number)
                for number in self._early(group):
                    yield number, self._heard(number)
            else:
                for number in group:
                    yield number, Reading((), problems=tuple(mended(self._texts[number])[1]))
        yield from self._told_more([*self._exports])

    def _worth_reading(self, needs: Mapping[int, Sequence[int]]) -> set[int]:
        """The files that may use a framework, directly or through others, and those others."""
        importers: dict[int, list[int]] = {}
        for number, needed in needs.items():
            for each in needed:
                importers.setdefault(each, []).append(number)
        users = [number for number in needs if is_mentioned(self._texts[number])]
        return _reached(_reached(users, importers), needs)

    def _told_more(self, order: Sequence[str]) -> Iterator[tuple[int, Reading]]:
        """Those about which something new is known, read again, importers before imported."""
        for path in reversed(order):
            number = self._numbers[path]
            if number in self._told:
                yield number, self._heard(number)

    def _heard(self, number: int) -> Reading:
        reading = self._read(number)
        self._hear(number, reading)
        return reading

    def _early(self, group: Sequence[int]) -> list[int]:
        """Those of a group that were read before something they import, and their importers."""
        to_come = set(group)
        early = set()
        for number in group:
            to_come.discard(number)
            if to_come & self._asked[number]:
                early.add(number)
        if len(group) > _LARGE:
            return [n for n in group if n in early]
        return [n for n in group if n in early or early & self._asked[n]]

    def _needs(self, number: int) -> list[int]:
        """The files that a file imports."""
        path = self._paths[number]
        places = (self._modules.place(path, name) for name in imports(self._texts[number]))
        files = (self._modules.file(place) for place in places if place is not None)
        return [*dict.fromkeys(self._numbers[file] for file in files if file)]

    def _read(self, number: int) -> Reading:
        path = self._paths[number]
        self._asked[number] = set()
        around = Around(
            partial(self._known, number), self._listed, number, self._told.get(number, {})
        )
        with _without_collection():
            reading = read(self._texts[number], around=around)
        self._exports[path] = reading.exports
        return reading

    def _known(self, importer: int, name: str) -> Namespace | None:
        """What a file gets by importing this name, if that is a module of the code base."""
        place = self._modules.place(self._paths[importer], name)
        if place is None:
            return None
        file = self._modules.file(place)
        if file:
            self._asked[importer].add(self._numbers[file])
        return self._namespace(place)

    def _namespace(self, place: str) -> Namespace:
        file = self._modules.file(place)
        exports = self._exports.get(file, _NOTHING) if file else _NOTHING
        if not self._modules.is_folder(place):
            return exports
        return Namespace(exports.names, exports.stars, exports.public, partial(self._inner, place))

    def _inner(self, place: str, name: str) -> Namespace | None:
        inner = self._modules.below(place, name)
        return None if inner is None else self._namespace(inner)

    def _hear(self, number: int, reading: Reading) -> None:
        """Note what a file calls functions of others with; the first call counts."""
        for handed in reading.handed:
            place = handed.place
            if isinstance(place, int) and place != number:
                self._told.setdefault(place, {}).setdefault(handed.at, handed)


def _reached(starts: Iterable[int], ways: Mapping[int, Sequence[int]]) -> set[int]:
    """Everything that can be reached from the starts, including them."""
    waiting = [*starts]
    found = {*waiting}
    while waiting:
        for number in ways.get(waiting.pop(), ()):
            if number not in found:
                found.add(number)
                waiting.append(number)
    return found


@contextmanager
def _without_collection() -> Iterator[None]:
    """Collect garbage after a file, not while its tree is alive, which takes a third longer."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


_NOTHING = Namespace({})
