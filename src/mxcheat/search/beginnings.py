"""Names typed in part, as far as they are typed: `trainer-st`, `nd.wai`, `with torch.no`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from mxcheat.cheatsheet.sides import FRAMEWORKS, MODULES, SIDES
from mxcheat.search.rows import apis

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from mxcheat.cheatsheet.row import Row

# The last piece of code of a query: a dotted name; or the whole of it: an id in several words.
_DOTTED = re.compile(r"(?:.*[\s=(])?([A-Za-z_]\w*\.[\w.]*)", re.ASCII | re.DOTALL)
_ID = re.compile(r"[A-Za-z0-9]+(?:[-_][A-Za-z0-9]*)+", re.ASCII)


def spelled_names(rows: Sequence[Row]) -> list[tuple[str, int]]:
    """Return every id and public name in small letters, with the number of its row, in order."""
    return sorted(
        (name.lower(), number) for number, row in enumerate(rows) for name in {row.id, *apis(row)}
    )


def begun_names(text: str) -> list[str]:
    """Return what ids and public names begin with, in small letters, that `text` may be part of."""
    typed = text.strip()
    if _ID.fullmatch(typed):
        return [typed.lower().replace("_", "-")]
    dotted = _DOTTED.fullmatch(typed)
    return list(dict.fromkeys(map(str.lower, _in_full(dotted[1])))) if dotted else []


def _in_full(name: str) -> Iterator[str]:
    """A name as it is typed, and by the modules that its first part may stand for."""
    head, _, rest = name.partition(".")
    yield name
    for side in SIDES:
        yield f"{FRAMEWORKS[side]}.{name}"
        if head in MODULES[side]:
            yield f"{MODULES[side][head]}.{rest}"
