"""How much of what real code calls the rows answer, and what they do not.

    .venv/bin/python -m benchmarks.coverage [MODULE...]

Prints for each side and each module the share of look-ups (a look-up is one name in one file), of
call sites and of distinct names that a row answers, and the heaviest names that none does. With
modules, names are listed of these alone, and all of them.
"""

from __future__ import annotations

import sys
from collections import defaultdict
from typing import TYPE_CHECKING

from mxcheat.cheatsheet.sides import LABELS, SIDES
from mxcheat.cheatsheet.usage import read_usage
from mxcheat.loading import load
from mxcheat.paths import usage_file

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from mxcheat.cheatsheet.sides import Side
    from mxcheat.cheatsheet.usage import Used

_LISTED = 6
_LINE = "{:<42} {:>9} {:>9} {:>11}  {}"


def main(modules: Sequence[str]) -> int:
    """Print the table. Reports and does not judge: 0."""
    answered = answered_names()
    for side in SIDES:
        used = [each for each in read_usage(usage_file()) if each.side == side]
        print(_LINE.format(LABELS[side], "look-ups", "sites", "names", "missing (files)"))
        print(_line("all", used, answered[side], 0))
        for module, names in _by_module(used):
            if not modules or module in modules:
                listed = len(names) if modules else _LISTED
                print(_line(module, names, answered[side], listed))
        print()
    return 0


def answered_names() -> dict[Side, set[str]]:
    """The names that rows answer for, by side."""
    rows = load().rows
    return {side: {name for row in rows for name in row.answers.get(side, ())} for side in SIDES}


def is_answered(used: Used, answered: set[str]) -> bool:
    """Whether a row answers for the name, or for that which it is another spelling of."""
    return used.name in answered or used.alias_of in answered


def _by_module(used: Iterable[Used]) -> list[tuple[str, list[Used]]]:
    modules: dict[str, list[Used]] = defaultdict(list)
    for each in used:
        modules[each.module or each.name].append(each)
    return sorted(modules.items(), key=lambda item: -sum(each.files for each in item[1]))


def _line(title: str, used: Sequence[Used], answered: set[str], listed: int) -> str:
    have = [each for each in used if is_answered(each, answered)]
    missing = sorted(set(used) - set(have), key=lambda each: (-each.files, each.name))
    names = " ".join(f"{each.name.rpartition('.')[2]}:{each.files}" for each in missing[:listed])
    lookups = _share(sum(each.files for each in have), sum(each.files for each in used))
    sites = _share(sum(each.sites for each in have), sum(each.sites for each in used))
    return _LINE.format(title, lookups, sites, f"{len(have)} of {len(used)}", names).rstrip()


def _share(part: int, whole: int) -> str:
    return f"{part / whole:.1%}"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
