"""Which file of a code base an import means."""

from __future__ import annotations

import sys
from posixpath import dirname, join
from typing import TYPE_CHECKING

from mxcheat.names.libraries import is_of_its_own
from mxcheat.names.spelling import is_framework

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_SUFFIXES = (".py", ".pyw")
_INIT = "__init__"


class Modules:
    """The modules of a code base, each by its path without a suffix, packages by their folder."""

    def __init__(self, paths: Iterable[str]) -> None:
        """`paths` are those of all files, with slashes, relative to one folder."""
        self._files: dict[str, str] = {}
        self._folders: set[str] = set()  # those that hold a module, at any depth
        self._packages: set[str] = set()
        self._at: dict[str, list[str]] = {}  # name -> the folders that have a module so named
        for path in paths:
            if path.endswith(_SUFFIXES):
                self._take(path)
        for place in (*self._files, *self._folders):
            self._at.setdefault(place.rpartition("/")[2], []).append(dirname(place))
        self._at = {name: sorted({*places}) for name, places in self._at.items()}

    def _take(self, path: str) -> None:
        place = path.rpartition(".")[0]
        folder = dirname(path)
        if place.rpartition("/")[2] == _INIT:
            place = folder
            self._packages.add(folder)
        if place not in self._files or place in self._packages:
            self._files[place] = path
        while folder and folder not in self._folders:
            self._folders.add(folder)
            folder = dirname(folder)

    def file(self, place: str) -> str | None:
        """The file of a module, or None for a folder without one."""
        return self._files.get(place)

    def is_folder(self, place: str) -> bool:
        """Whether a module is a package, or a folder of modules."""
        return place in self._folders

    def is_module(self, place: str) -> bool:
        """Whether it is a module, a package or a folder of modules."""
        return place in self._files or place in self._folders

    def place(self, importer: str, name: str) -> str | None:
        """The module that a file means by a name (with the dots of a relative one), or None."""
        if name.startswith("."):
            return self._relative(importer, name)
        if is_framework(name):
            return None
        path = name.replace(".", "/")
        for folder in self._where(importer, name.partition(".")[0]):
            place = join(folder, path)
            if self.is_module(place):
                return place
        inside = path.partition("/")[2]  # the folder that is scanned is itself the package
        if "" in self._packages and inside and self.is_module(inside):
            return inside
        return None

    def _relative(self, importer: str, name: str) -> str | None:
        rest = name.lstrip(".")
        folder = dirname(importer)
        for _ in range(len(name) - len(rest) - 1):
            if not folder:
                return None
            folder = dirname(folder)
        place = join(folder, rest.replace(".", "/")) if rest else folder
        return place if self.is_module(place) or place in self._packages else None

    def _where(self, importer: str, root: str) -> Iterator[str]:
        """The folders to look in, in Python's order."""
        folder = dirname(importer)
        is_library = root in sys.stdlib_module_names or is_of_its_own(root)
        if is_library:
            if folder not in self._packages:
                yield folder
            return
        packages = []
        while True:
            if folder in self._packages:
                packages.append(folder)
            else:
                yield folder
            if folder == dirname(folder):
                break
            folder = dirname(folder)
        yield from packages  # as Python 2 does
        elsewhere = [at for at in self._at.get(root, ()) if at not in self._packages]
        if len(elsewhere) == 1:
            yield elsewhere[0]

    def below(self, place: str, name: str) -> str | None:
        """The module of that name in a package or folder, or None."""
        inner = join(place, name) if place else name
        return inner if self.is_module(inner) else None
