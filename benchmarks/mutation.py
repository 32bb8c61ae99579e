"""How many small wrong changes to rows' code `verify` notices.

    python -m benchmarks.mutation [--sample N] [--seed S] [ROW...]

Each change is made to one form of one row: two arguments swapped, a number moved by one, a
sign turned, an operator or a reduction exchanged, a keyword argument dropped. A change is
noticed when the row no longer verifies. Survivors are listed, for someone to explain or mend.
Rows that start processes are left out: their broken forms wait for each other until the time
limit.
"""

from __future__ import annotations

import argparse
import ast
import random
import sys
from collections import Counter
from functools import cache
from typing import TYPE_CHECKING

from benchmarks.mutants import mutants
from mxcheat.cheatsheet.code import names_in
from mxcheat.live.groups import ClaimedRow
from mxcheat.live.host.process import WorkerFailedError
from mxcheat.live.signatures import NOT_GIVEN, same_default, ways_to_call
from mxcheat.live.trial import trial_of
from mxcheat.live.verify import judge, verify_row
from mxcheat.loading import load
from mxcheat.session import Session

if TYPE_CHECKING:
    from benchmarks.mutants import Mutant
    from mxcheat.cheatsheet.row import Row
    from mxcheat.cheatsheet.sides import Side
    from mxcheat.names.uses import Use

_TIMEOUT = 20.0


class Defaults:
    """Whether a call gives a keyword the value it has anyhow, by what the frameworks say."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._of = cache(self._ask)

    def __call__(self, row: Row, side: Side, call: ast.Call, keyword: ast.keyword) -> bool:
        """Only where every way to call the name that has a default for it has this one."""
        form = row.form(side) or ""
        symbols = [
            use.symbol
            for use in names_in(form, side, row.inputs).uses
            if use.symbol and use.is_call and _is_at(use, call)
        ]
        given = ast.unparse(keyword.value)
        found = [self._of(side, symbol, keyword.arg or "") for symbol in symbols]
        defaults = [default for each in found for default in each]
        return bool(defaults) and all(same_default(given, default) for default in defaults)

    def _ask(self, side: Side, symbol: str, argument: str) -> tuple[str, ...]:
        try:
            described = self._session.describe(side, [symbol])[symbol]
        except WorkerFailedError:
            return ()
        ways = [parameter for way in ways_to_call(described) for parameter in way]
        stated = [one.default for one in ways if one.name == argument and one.default]
        return tuple(default for default in stated if default != NOT_GIVEN)


def _is_at(use: Use, call: ast.Call) -> bool:
    return (use.line, use.column) == (call.lineno, call.col_offset + 1) and (
        use.end_line,
        use.end_column,
    ) in {(end.end_lineno, (end.end_col_offset or 0) + 1) for end in (call, call.func)}


def is_noticed(session: Session, mutant: Mutant) -> bool:
    """Whether the changed row fails: its form on one case after another first, then all it claims.

    A row that differs may agree on some cases, so those tell nothing of it.
    """
    row = mutant.mutated
    if row.availability != "differs":
        for case in range(row.case_count):
            result = session.run(trial_of(row, case), timeout=_TIMEOUT)
            if not judge(row, [result])[0]:
                return True
    return not verify_row(session, row, timeout=_TIMEOUT).ok


def main(argv: list[str]) -> None:
    """Print each change that survives, then how many were noticed, by kind."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("rows", nargs="*", metavar="ROW", help="all rows if none is named")
    parser.add_argument("--sample", type=int, metavar="N", help="only N rows, drawn at random")
    parser.add_argument("--seed", type=int, default=0, help="of the draw")
    args = parser.parse_args(argv)
    rows = [row for row in load().rows if not args.rows or row.id in args.rows]
    rows = [row for row in rows if not ClaimedRow(row).starts_processes]
    if args.sample is not None:
        rows = random.Random(args.seed).sample(rows, min(args.sample, len(rows)))  # noqa: S311
    made: Counter[str] = Counter()
    noticed: Counter[str] = Counter()
    mutated_rows = set()
    with Session() as session:
        defaults = Defaults(session)
        for row in rows:
            for mutant in mutants(row, defaults):
                made[mutant.kind] += 1
                mutated_rows.add(row.id)
                if is_noticed(session, mutant):
                    noticed[mutant.kind] += 1
                else:
                    print(
                        f"survives  {row.id} {mutant.side}, {mutant.kind}: {mutant.code!r}",
                        flush=True,
                    )
            print(f"{noticed.total()} of {made.total()}, {row.id}", file=sys.stderr, flush=True)
    for kind, count in made.items():
        print(f"{kind:<22} {noticed[kind]:4} of {count:4} noticed")
    total, found = made.total(), noticed.total()
    share = 100 * found / max(1, total)
    print(f"{found} of {total} changes to {len(mutated_rows)} rows noticed, {share:.1f} %")


if __name__ == "__main__":
    main(sys.argv[1:])
