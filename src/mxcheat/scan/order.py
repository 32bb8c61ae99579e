"""In which order the modules of a code base are read: what is imported before what imports it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

_IMPORT = re.compile(
    r"""(?:^|[;:])[ \t]*
    (?: from [ \t]+ (?P<module>\.*[ \t]*[\w.]*) [ \t]+ import
        [ \t]* (?P<names>\([^)]*\)|(?:\\\n|[^\n;\#])*)
      | import [ \t]+ (?P<modules>(?:\\\n|[^\n;\#])+) )
    | import_module\(\s*['"](?P<text>[\w.]+)""",
    re.VERBOSE | re.MULTILINE,
)
_NAME = re.compile(r"[\w.]+(?:[ \t]+as[ \t]+\w+)?")


def imports(text: str) -> Iterator[str]:
    """The modules that a text may import, as it spells them; some may be none."""
    for match in _IMPORT.finditer(text):
        module = match["module"]
        if module is not None:
            module = module.replace(" ", "")
            yield module
            dot = "" if module.endswith(".") else "."
            for name in _NAME.findall(match["names"]):
                yield f"{module}{dot}{name.split()[0]}"
        elif match["text"]:
            yield match["text"]
        else:
            for name in _NAME.findall(match["modules"]):
                yield name.split()[0]


def ordered(
    places: Iterable[int], needs: Callable[[int], Sequence[int]]
) -> Iterator[tuple[int, ...]]:
    """The groups of modules that import each other, what is needed first; most are of one.

    `needs` gives what a module imports. This is Tarjan's algorithm, without recursion.
    """
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
                if waiting:
                    above = waiting[-1][0]
                    low[above] = min(low[above], low[place])
                if low[place] == index[place]:
                    at = _last(open_, place)
                    group = tuple(open_[at:])
                    del open_[at:]
                    is_open.difference_update(group)
                    yield group


def _last(places: Sequence[int], place: int) -> int:
    """Where a module stands that is near the end."""
    at = len(places) - 1
    while places[at] != place:
        at -= 1
    return at
