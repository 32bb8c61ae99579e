"""What is made from the data once and kept in the user's cache: one file of several parts.

The file says what it was made from - the size and times of every data file and module - and is
used only as long as all of that is unchanged. A part is made when a command first needs it, and
only the parts that are asked for are read. Without a cache to write to, a part is made each time.
"""

from __future__ import annotations

import marshal
import os
import sys
import time
from binascii import crc32

from mxcheat.paths import cache_directory, modules_of, outcome_files, sheet_files

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any, BinaryIO

    # Where a part begins behind the head, and its checksum.
    Index = dict[str, tuple[int, int, int]]

# Folders of the package whose modules make the parts.
_FOLDERS = ("cheatsheet", "search", "render", "cli", "live")
# A file that changed less than two seconds ago may change again with the same times.
_SETTLED = 2 * 10**9
_ENDINGS = (".kept", ".partial")
_MOST = 8


class Kept:
    """The kept parts of the shipped sheet, and the state of its sources."""

    def __init__(self) -> None:
        """Note the state of the sources before anything is made from them."""
        paths = [*sheet_files(), *outcome_files(), *modules_of(*_FOLDERS)]
        self._sources = [_state(path) for path in paths]
        directory = cache_directory()
        name = f"{crc32(os.fsencode(paths[0])):08x}-{sys.implementation.cache_tag}"
        self._path = os.path.join(directory, name) if directory else ""
        self._head: tuple[int, Index] | None = None

    def read(self, part: str) -> Any | None:
        """A part that was kept, or None if there is none that can be used."""
        try:
            body = self._bodies(part).get(part)
            return None if body is None else marshal.loads(body)  # noqa: S302 - ours, and whole
        except (OSError, EOFError, ValueError, TypeError):
            return None

    def keep(self, part: str, make: Callable[[], Any]) -> Any | None:
        """Make a part and keep it; without making it, None if no file can be opened."""
        made = self.keep_all(lambda: {part: make()})
        return None if made is None else made[part]

    def keep_all(self, make: Callable[[], dict[str, Any]]) -> dict[str, Any] | None:
        """Make parts and keep them, each by its name; None as `keep` gives it."""
        if not self._path or not self._is_settled():
            return None
        partial = f"{self._path}.{os.getpid()}-{id(self):x}.partial"  # no two writers share it
        made = None
        try:
            os.makedirs(os.path.dirname(self._path), exist_ok=True)
            with open(partial, "wb") as file:
                made = make()
                bodies = {part: marshal.dumps(each) for part, each in made.items()}
                self._head = None
                # With the parts made before, or while these were made.
                file.write(self._packed({**self._others(), **bodies}))
            os.replace(partial, self._path + ".kept")
            self._head = None
            _drop_oldest(os.path.dirname(self._path))
        except OSError:  # the disk may be full
            return made
        finally:
            _remove(partial)
        return made

    def _others(self) -> dict[str, bytes]:
        try:
            return self._bodies()
        except (OSError, EOFError, ValueError, TypeError):
            return {}

    def _bodies(self, *wanted: str) -> dict[str, bytes]:
        """Those of the wanted parts, or of all, that the file has; {} if the sources changed.

        Raises OSError, EOFError, ValueError or TypeError for a file that is missing or damaged.
        """
        if not self._path:
            return {}
        with open(self._path + ".kept", "rb") as file:
            if self._head is None:
                self._head = self._read_head(file)
            begin, index = self._head
            bodies = {}
            for part in wanted or index:
                if part in index:
                    start, size, checksum = index[part]
                    file.seek(begin + start)
                    bodies[part] = file.read(size)
                    if crc32(bodies[part]) != checksum:
                        raise ValueError(f"the part {part} is not whole")
        return bodies

    def _read_head(self, file: BinaryIO) -> tuple[int, Index]:
        """Where the parts begin, and where each is; no part of a file of other sources.

        Raises ValueError where the head is not whole.
        """
        size, checksum = (int.from_bytes(file.read(4), "big") for _ in range(2))
        head = file.read(size)
        if not head or crc32(head) != checksum:
            raise ValueError("the head is not whole")
        sources, index = marshal.loads(head)  # noqa: S302 - our own file, and whole
        return 8 + size, index if sources == self._sources else {}

    def _packed(self, bodies: dict[str, bytes]) -> bytes:
        index: Index = {}
        start = 0
        for part, body in bodies.items():
            index[part] = (start, len(body), crc32(body))
            start += len(body)
        head = marshal.dumps((self._sources, index))
        sizes = (len(head).to_bytes(4, "big"), crc32(head).to_bytes(4, "big"))
        return b"".join((*sizes, head, *bodies.values()))

    def _is_settled(self) -> bool:
        return time.time_ns() - max(changed for *_, changed in self._sources) > _SETTLED


def _state(path: str) -> tuple[str, int, int, int]:
    try:
        found = os.stat(path)
    except OSError:
        return path, 0, 0, 0
    return path, found.st_size, found.st_mtime_ns, found.st_ctime_ns


def _drop_oldest(directory: str) -> None:
    ours = [os.path.join(directory, n) for n in os.listdir(directory) if n.endswith(_ENDINGS)]
    for path in sorted(ours, key=os.path.getmtime)[:-_MOST]:
        _remove(path)


def _remove(path: str) -> None:
    try:
        os.remove(path)
    except OSError:
        return  # it is gone, or may stay: the next one written tries again
