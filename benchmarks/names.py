"""Asked by name for what real code calls: the row that answers, another one, or nothing.

Every name of data/usage.tsv, as code spells it in several ways, weighs as many look-ups as files
that call it. Right is a row that answers for the name, or nothing where none does; of a name alone
or on a variable, which may be several, a row that answers for one of those. Another row counts
apart where it is said to be a guess.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING, NamedTuple

from benchmarks.figures import Figure
from mxcheat.cheatsheet.usage import read_usage
from mxcheat.loading import load
from mxcheat.paths import usage_file
from mxcheat.search import Index, find

if TYPE_CHECKING:
    from collections.abc import Iterator

    from benchmarks.setting import Setting
    from mxcheat.cheatsheet.usage import Used

RIGHT, GUESS, ANOTHER, NOTHING = "right", "a guess", "another row", "nothing"
# What a variable that holds an object of a class is usually called.
_VARIABLES = {
    "Block": "net",
    "Module": "net",
    "Trainer": "trainer",
    "Parameter": "param",
    "ParameterDict": "params",
    "Optimizer": "optimizer",
    "Symbol": "sym",
}


class Spelling(NamedTuple):
    """How a name is asked for: the way, the query, and whether it may be several names."""

    way: str
    query: str
    is_open: bool = False


def measure(_: Setting) -> Iterator[Figure]:
    """The shares of each way of spelling, for both frameworks."""
    names = Names()
    for (framework, way), counts in names.counts().items():
        total = sum(counts.values())
        shares = {what: count / total for what, count in counts.items()}
        beside = " · ".join(f"{what} {shares.get(what, 0):.1%}" for what in (GUESS, NOTHING))
        right, another = shares.get(RIGHT, 0.0), shares.get(ANOTHER, 0.0)
        met = "yes" if right >= 0.97 and another <= 0.01 else "no"
        result = f"another row {another:.1%}"
        yield Figure(
            f"{framework}, {way} ({total} look-ups)",
            f"{right:.1%}",
            beside,
            result,
            "97 %, 1 %",
            met,
        )


class Names:
    """The sheet, asked for each name that real code calls."""

    def __init__(self) -> None:
        sheet = load()
        self._index = Index(sheet.rows, sheet.calls)
        self._rows: dict[str, set[str]] = defaultdict(set)
        self._alike: dict[str, set[str]] = defaultdict(set)
        for row in sheet.rows:
            self._alike[row.id].add(row.id)
            for names in row.answers.values():
                for name in names:
                    self._rows[name].add(row.id)
                    self._alike[_last(name)].add(row.id)

    def counts(self) -> dict[tuple[str, str], Counter[str]]:
        """Look-ups by framework and way of spelling, and by what came of them."""
        found: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
        for used in read_usage(usage_file()):
            framework = "torch" if used.kind == "torch" else "mxnet"
            for spelling in spellings(used.name):
                found[framework, spelling.way][self._outcome(used, spelling)] += used.files
        return found

    def _outcome(self, used: Used, spelling: Spelling) -> str:
        wanted = self._rows.get(used.name, set()) | self._rows.get(used.alias_of, set())
        if wanted and spelling.is_open:
            wanted |= self._alike[_last(used.name)]
        hits = find(self._index, spelling.query, 1)
        if not hits:
            return NOTHING if wanted else RIGHT
        if hits[0].row.id in wanted:
            return RIGHT
        return ANOTHER if hits[0].sure else GUESS


def spellings(name: str) -> Iterator[Spelling]:
    """Yield the ways in which code spells a name, with arguments and without."""
    first, *others = name.split(".")
    last = _last(name)
    yield Spelling("in full", name)
    yield Spelling("the name alone", last, is_open=True)
    if first[0].isupper():
        variable = _VARIABLES.get(first, "x")
        yield Spelling("x.name", f"{variable}.{last}", is_open=True)
        yield Spelling("x.name()", f"{variable}.{last}()", is_open=True)
        return
    short = ".".join(["mx", *others]) if first == "mxnet" else name
    yield Spelling("mx.name, torch.name", short)
    yield Spelling("a line that calls it", f"y = {short}(x, 2)")
    yield Spelling("module.name", ".".join(name.split(".")[-2:]), is_open=True)
    if name.startswith("mxnet.nd."):
        yield Spelling("nd.name", ".".join(others))
        yield Spelling("F.name", ".".join(["F", *others[1:]]), is_open=True)


def _last(name: str) -> str:
    return name.rpartition(".")[2]
