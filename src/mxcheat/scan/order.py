"""In which order to read the modules of a code base: what is imported before what imports it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

_NAME = re.compile(r"[\w.]+(?:[ \t]+as[ \t]+\w+)?")
_NAMES = re.compile(r"[ \t]*(\([^)]*\)|(?:\\\r?\n|[^\n;#])*)")
_BY_TEXT = re.compile(r"(?:import_module|import__)\(\s*['\"]([\w.]+)")
_WORD = "import"


def imports(text: str) -> Iterator[str]:
    """The modules that a text may import, as it spells them; some may not be modules."""
    at = text.find(_WORD)
    while at >= 0:
        end = at + len(_WORD)
        if text[end : end + 1] in (" ", "\t", "(", "\\", "*"):
            start = max(text.rfind("\n", 0, at), text.rfind(";", 0, at)) + 1
            yield from _statement(text[start:at].strip(), text, end)
        elif match := _BY_TEXT.match(text, at):
            yield match[1]
        at = text.find(_WORD, end)


def _statement(head: str, text: str, end: int) -> Iterator[str]:
    """What an import statement names; `head` is before the word `import`, which ends at `end`."""
    before = head.rpartition(":")[2].lstrip()
    found = _NAMES.match(text, end)
    names = [name.split()[0] for name in _NAME.findall(found[1])] if found else []
    if before.startswith("from"):
        module = before[4:].replace(" ", "").replace("\t", "")
        dot = "" if module.endswith(".") else "."
        yield module
        yield from (f"{module}{dot}{name}" for name in names)
    elif not before:
        yield from names


def ordered(
    places: Iterable[int], needs: Callable[[int], Sequence[int]]
) -> Iterator[tuple[int, ...]]:
    """The groups of modules that import each other, needed ones first; most groups have one.

    `needs` gives what a module imports. Within a group, too, what is needed comes first as far as
    possible. This is Tarjan's algorithm without recursion.
    """
    ended: dict[int, int] = {}
    index: dict[int, int] = {}
    low: dict[int, int] = {}
    open_: list[int] = []
    is_open: set[int] = set()
    for start in places:
        if start in index:
            continue
        index[start] = low[start] = len(index)
        open_.append(start)
        is_open.add(start)
        waiting = [(start, iter(needs(start)))]
        while waiting:
            place, rest = waiting[-1]
            for needed in rest:
                if needed not in index:
                    index[needed] = low[needed] = len(index)
                    open_.append(needed)
                    is_open.add(needed)
                    waiting.append((needed, iter(needs(needed))))
                    break
                if needed in is_open:
                    low[place] = min(low[place], index[needed])
            else:
                waiting.pop()
                ended[place] = len(ended)
                if waiting:
                    above = waiting[-1][0]
                    low[above] = min(low[above], low[place])
                if low[place] == index[place]:
                    at = _last(open_, place)
                    group = tuple(sorted(open_[at:], key=ended.__getitem__))
                    del open_[at:]
                    is_open.difference_update(group)
                    yield group


def _last(places: Sequence[int], place: int) -> int:
    """The index of a module that is near the end."""
    at = len(places) - 1
    while places[at] != place:
        at -= 1
    return at
