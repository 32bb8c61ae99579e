"""From the paths that are given to the files below them."""

from __future__ import annotations

import os
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from mxcheat.errors import MxcheatError, nearest
from mxcheat.scan.files import STDIN, Found, is_read, problem_of, why_skipped
from mxcheat.scan.ignore import Rules

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence


class Walk:
    """The files below some paths, each once, in the order of the paths and of their names.

    Iterating over it finds them one by one; `skipped` counts what was left out, by reason. A file
    that is itself given is read whatever its name. Symbolic links are followed after everything
    else below a path, so that each file is found at its real place first.
    """

    def __init__(
        self, paths: Sequence[str], include: Sequence[str] = (), exclude: Sequence[str] = ()
    ) -> None:
        """`include` and `exclude` are patterns as in a .gitignore. Raises MxcheatError for a path
        that does not exist."""
        for path in paths:
            if path != STDIN and not os.path.lexists(path):
                raise _no_such(path)
        self.paths = paths
        self.include = Rules(include)
        self.exclude = Rules(exclude)
        self.skipped: Counter[str] = Counter()
        self._seen: set[str] = set()

    def __iter__(self) -> Iterator[Found]:
        for path in self.paths:
            if path == STDIN:
                if self.take(STDIN):
                    yield Found(STDIN, STDIN, STDIN)
            elif os.path.isdir(path):
                yield from _Below(self, path)
            else:
                yield from self._named(path)

    def take(self, real: str) -> bool:
        """Whether the file or folder at this real path is met for the first time."""
        new = real not in self._seen
        self._seen.add(real)
        return new

    def wanted(self, path: str) -> bool:
        """Whether the patterns of the command line let a file through."""
        if self.exclude.decide(path, folder=False):
            self.skipped["--exclude"] += 1
            return False
        if self.include.rules and not (
            self.include.decide(path, folder=False) or _names_folder_of(self.include, path)
        ):
            self.skipped["not in --include"] += 1
            return False
        return True

    def _named(self, path: str) -> Iterator[Found]:
        below = os.path.relpath(path) if os.path.isabs(path) else os.path.normpath(path)
        below = below.replace(os.sep, "/")
        if _names_folder_of(self.exclude, below):
            self.skipped["--exclude"] += 1
        elif self.wanted(below) and self.take(os.path.realpath(path)):
            yield Found(path, os.path.basename(path), path, problem_of(path, named=True))


class _Folder(NamedTuple):
    """A folder by its path below the top ("" for the top), and the rules from above it, nearest
    last."""

    path: str
    rules: list[Rules]


class _Below:
    """The files below one folder."""

    def __init__(self, walk: Walk, top: str) -> None:
        self.walk = walk
        self.top = top
        self.rules, self.place = _repository(top)
        self.links: list[_Folder] = []

    def __iter__(self) -> Iterator[Found]:
        if self.walk.take(os.path.realpath(self.top)):
            yield from self._all(_Folder("", self.rules))
        while self.links:
            yield from self._all(self.links.pop(0))

    def _all(self, first: _Folder) -> Iterator[Found]:
        """The files below a folder or behind a link, without recursion: it may be very deep."""
        inside = [self._link(first) if first.path else self._entries(first)]
        while inside:
            entry = next(inside[-1], None)
            if entry is None:
                inside.pop()
            elif isinstance(entry, Found):
                yield entry
            else:
                inside.append(self._entries(entry))

    def _entries(self, folder: _Folder) -> Iterator[Found | _Folder]:
        """The files and the folders in a folder, in the order of their names."""
        place = os.path.join(self.top, folder.path)
        try:
            with os.scandir(place) as entries:
                found = sorted(entries, key=lambda entry: entry.name)
        except OSError as error:
            problem = f"cannot be read ({error.strerror})"
            yield Found(self.top, folder.path or ".", place, problem)
            return
        prefix = f"{folder.path}/" if folder.path else ""
        rules = folder.rules
        if any(entry.name == ".gitignore" for entry in found):
            lines = _lines(os.path.join(place, ".gitignore"))
            rules = [*rules, Rules(lines, self.place + prefix)]
        real = os.path.realpath(place)
        for entry in found:
            yield from self._entry(entry, _Folder(prefix + entry.name, rules), real)

    def _entry(
        self, entry: os.DirEntry[str], below: _Folder, real: str
    ) -> Iterator[Found | _Folder]:
        """What to read of an entry of the folder whose real path is `real`: a file or a folder."""
        path = below.path
        try:
            folder = entry.is_dir()
        except OSError as error:
            yield Found(self.top, path, entry.path, f"cannot be followed ({error.strerror})")
            return
        if not (folder or is_read(entry)) or self._is_left_out(below, folder=folder):
            return
        if entry.is_symlink():
            self.links.append(below)
        elif self.walk.take(os.path.join(real, entry.name)):
            yield from [below] if folder else self._file(path)

    def _is_left_out(self, below: _Folder, *, folder: bool) -> bool:
        """Whether an entry is skipped, which is counted by reason."""
        path, rules = below
        why = why_skipped(os.path.join(self.top, path)) if folder else ""
        if folder and self.walk.exclude.decide(path, folder=True):
            why = "--exclude"
        if not why and _decided(rules, self.place + path, folder=folder):
            why = ".gitignore"
        if why:
            self.walk.skipped[why] += 1
        return bool(why)

    def _file(self, path: str) -> Iterator[Found]:
        if self.walk.wanted(path):
            place = os.path.join(self.top, path)
            yield Found(self.top, path, place, problem_of(place))

    def _link(self, below: _Folder) -> Iterator[Found | _Folder]:
        """What a symbolic link leads to, unless that was met before."""
        path = below.path
        place = os.path.join(self.top, path)
        real = os.path.realpath(place)
        folder = os.path.isdir(place)
        if folder and f"{os.path.realpath(os.path.dirname(place))}/".startswith(f"{real}/"):
            yield Found(self.top, path, place, "it is a symbolic link to a folder that it lies in")
        elif self.walk.take(real):
            yield from [below] if folder else self._file(path)


def _names_folder_of(rules: Rules, path: str) -> bool:
    """Whether a folder that contains the file matches."""
    parts = path.split("/")
    above = ("/".join(parts[:end]) for end in range(1, len(parts)))
    return any(rules.decide(folder, folder=True) for folder in above)


def _decided(rules: list[Rules], path: str, *, folder: bool) -> bool:
    for each in reversed(rules):
        decided = each.decide(path, folder=folder)
        if decided is not None:
            return decided
    return False


def _repository(top: str) -> tuple[list[Rules], str]:
    """The rules of the repository that contains `top`, and its path there: "" or "some/folder/".

    Those in `top` itself are not included. If they exclude `top`, there are none: it was asked for.
    """
    folders = [os.path.realpath(top)]
    while not os.path.exists(os.path.join(folders[-1], ".git")):
        folders.append(os.path.dirname(folders[-1]))
        if folders[-1] == folders[-2]:
            return [], ""
    root = folders.pop()
    rules = [Rules(_lines(os.path.join(root, ".git", "info", "exclude")))]
    above, place = root, ""
    for folder in reversed(folders):
        rules.append(Rules(_lines(os.path.join(above, ".gitignore")), place))
        place += os.path.basename(folder)
        if _decided(rules, place, folder=True):
            return [], ""
        above, place = folder, f"{place}/"
    return rules, place


def _lines(path: str) -> list[str]:
    try:
        with open(path, encoding="utf-8-sig", errors="surrogateescape") as file:
            return file.read().split("\n")
    except OSError:
        return []


def _no_such(path: str) -> MxcheatError:
    folder, name = os.path.split(path)
    try:
        near = nearest(name, os.listdir(folder or "."))
    except OSError:
        near = ""
    hint = f"did you mean {os.path.join(folder, near)}?" if near else ""
    return MxcheatError(f"{path or repr(path)}: there is no such file or folder", hint=hint)
