"""A scan from beginning to end: files found, read one by one, and their calls resolved."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from mxcheat.scan.answers import SIDES, bites
from mxcheat.scan.files import STDIN, tidy
from mxcheat.scan.project import scan_sources
from mxcheat.scan.source import read_source
from mxcheat.scan.walk import Walk

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from mxcheat.cheatsheet.sheet import Cheatsheet
    from mxcheat.scan.files import Found
    from mxcheat.scan.found import File, Source


class Scan:
    """What is found below some paths; iterating over it reads them, a file at a time."""

    def __init__(  # noqa: PLR0913 - all but the first two have a default
        self,
        paths: Sequence[str],
        sheet: Cheatsheet,
        framework: str = "mxnet",
        *,
        include: Sequence[str] = (),
        exclude: Sequence[str] = (),
        tell: Callable[[str], None] = lambda _: None,
    ) -> None:
        """`framework` is the one whose uses are looked for, "mxnet" or "torch"; `tell` is given
        the name of each file before it is read, and "" at the end. Raises MxcheatError for a path
        that does not exist.
        """
        self._walk = Walk(paths, include, exclude)
        self._one = len(paths) == 1
        self._sheet, self._framework = sheet, framework
        self._tell = tell
        self._found: dict[str, Found] = {}

    @property
    def skipped(self) -> dict[str, int]:
        """How many files and folders were left out so far, by why."""
        return dict(sorted(self._walk.skipped.items()))

    def __iter__(self) -> Iterator[File]:
        """The files in the order of the paths; the path of each is relative to PATH, or begins
        with it if several are given."""
        met = partial(bites, side=SIDES[self._framework])
        return scan_sources(self._sources(), self._sheet, self._framework, met)

    def found(self, file: File) -> Found:
        """Where a file that the iteration gave was found."""
        return self._found[file.path]

    def _sources(self) -> Iterator[Source]:
        for found in self._walk:
            shown = shown_path(found)
            path = found.path if self._one else shown
            self._found[path] = found
            self._tell(shown)
            yield read_source(found, path)
        self._tell("")


def shown_path(found: Found) -> str:
    """The path of a file as an editor opens it from the current folder."""
    return STDIN if found.place == STDIN else tidy(found.place)
