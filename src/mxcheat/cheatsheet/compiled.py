"""What is made of the data once and kept in the user's cache, in marshal's form.

Each form says what it was made from - the size and times of every data file and module - and is
read only while all of that is still so. It is never needed: without a cache that can be written,
it is made each time.
"""

from __future__ import annotations

import marshal
import os
import sys
import time
from binascii import crc32

from mxcheat.paths import cache_directory, modules_of, sheet_files

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

# A file that changed less than two seconds ago may change again with the same times.
_SETTLED = 2 * 10**9
_ENDINGS = (".form", ".partial")
_MOST = 24


class Compiled:
    """One form, by name, and the state its sources were in before they were read."""

    def __init__(self, name: str, *folders: str) -> None:
        """Take the folders of the package whose modules make the form of the shipped sheet."""
        paths = [*sheet_files(), *modules_of(*folders)]
        self._sources = [_state(path) for path in paths]
        self._directory = cache_directory()
        where = f"{crc32(os.fsencode(paths[0])):08x}"
        self._file = f"{name}-{where}-{sys.implementation.cache_tag}"

    def read(self) -> Any | None:
        """The form that was kept, or None where there is none, or none that may be used."""
        if self._directory is None:
            return None
        try:
            with open(os.path.join(self._directory, self._file + ".form"), "rb") as file:
                checksum, body = file.read(4), file.read()
            if crc32(body).to_bytes(4, "big") != checksum:
                return None
            sources, form = marshal.loads(body)  # noqa: S302 - our own file, and whole
        except (OSError, EOFError, ValueError, TypeError):
            return None
        return form if sources == self._sources else None

    def keep(self, make: Callable[[], Any]) -> Any | None:
        """Make the form and keep it; None, and nothing is made, where no file can be opened."""
        if self._directory is None or not self._is_settled():
            return None
        path = os.path.join(self._directory, self._file)
        partial = f"{path}.{os.getpid()}-{id(self):x}.partial"  # no two writers share it
        form = None
        try:
            os.makedirs(self._directory, exist_ok=True)
            with open(partial, "wb") as file:
                form = make()
                body = marshal.dumps((self._sources, form))
                file.write(crc32(body).to_bytes(4, "big") + body)
            os.replace(partial, path + ".form")
            _drop_oldest(self._directory)
        except OSError:  # the disk may be full
            return form
        finally:
            _remove(partial)
        return form

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
