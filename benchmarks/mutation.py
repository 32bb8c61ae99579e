"""How many small wrong changes to rows' code `verify` notices.

    python benchmarks/mutation.py [ROW...]

Each change is made to one form of one row: two arguments swapped, a number moved by one, a
sign turned, an operator or a reduction exchanged, a keyword argument dropped. A change is
noticed when the row no longer verifies. Survivors are listed, for someone to explain or mend.
"""

from __future__ import annotations

import ast
import copy
import sys
from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from mxcheat.cheatsheet import load
from mxcheat.cheatsheet.row import Row
from mxcheat.cheatsheet.sides import SIDES
from mxcheat.live.verify import verify_row
from mxcheat.session import Session

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mxcheat.cheatsheet.row import Row
    from mxcheat.cheatsheet.sides import Side

EXCHANGED_NAMES = {
    "sum": "mean",
    "mean": "sum",
    "max": "min",
    "min": "max",
    "ones": "zeros",
    "zeros": "ones",
    "ones_like": "zeros_like",
    "argmax": "argmin",
    "floor": "ceil",
    "train_mode": "predict_mode",
    "predict_mode": "train_mode",
}
EXCHANGED_OPERATORS: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.Div,
    ast.Div: ast.Mult,
}


@dataclass(frozen=True)
class Mutant:
    """One wrong change to one form of a row."""

    row: Row
    side: Side
    kind: str
    code: str

    @property
    def mutated(self) -> Row:
        """The row with the change in it, and without its misprints."""
        if self.side == "pytorch":
            return replace(self.row, pytorch=self.code, misprint={})
        return replace(self.row, gluon=self.code, misprint={})


def mutants(row: Row) -> Iterator[Mutant]:
    """Every change to both forms that gives other code, each once."""
    for side in SIDES:
        form = row.form(side)
        if form is None:
            continue
        tree = ast.parse(form)
        seen = {ast.unparse(tree)}
        for position, node in enumerate(ast.walk(tree)):
            for kind, change in KINDS.items():
                changed = copy.deepcopy(tree)
                target = list(ast.walk(changed))[position]
                if type(target) is type(node) and change(target):
                    code = ast.unparse(changed)
                    if code not in seen:
                        seen.add(code)
                        yield Mutant(row, side, kind, code)


def swap_arguments(node: ast.AST) -> bool:
    if isinstance(node, ast.Call) and len(node.args) > 1:
        node.args[0], node.args[1] = node.args[1], node.args[0]
        return True
    return False


def move_number(node: ast.AST) -> bool:
    if isinstance(node, ast.Constant) and type(node.value) in (int, float):
        node.value += 1
        return True
    return False


def turn_truth(node: ast.AST) -> bool:
    if isinstance(node, ast.Constant) and type(node.value) is bool:
        node.value = not node.value
        return True
    return False


def turn_sign(node: ast.AST) -> bool:
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
        node.op = ast.UAdd()
        return True
    return False


def exchange_operator(node: ast.AST) -> bool:
    if isinstance(node, ast.BinOp) and type(node.op) in EXCHANGED_OPERATORS:
        node.op = EXCHANGED_OPERATORS[type(node.op)]()
        return True
    return False


def exchange_name(node: ast.AST) -> bool:
    if isinstance(node, ast.Attribute) and node.attr in EXCHANGED_NAMES:
        node.attr = EXCHANGED_NAMES[node.attr]
        return True
    return False


def drop_keyword(node: ast.AST) -> bool:
    if isinstance(node, ast.Call) and node.keywords:
        node.keywords.pop()
        return True
    return False


KINDS = {
    "swap arguments": swap_arguments,
    "move a number": move_number,
    "turn true and false": turn_truth,
    "turn a sign": turn_sign,
    "exchange an operator": exchange_operator,
    "exchange a reduction": exchange_name,
    "drop a keyword": drop_keyword,
}


def main(ids: list[str]) -> None:
    rows = [row for row in load().rows if not ids or row.id in ids]
    made: Counter[str] = Counter()
    noticed: Counter[str] = Counter()
    mutated_rows = set()
    with Session() as session:
        for row in rows:
            for mutant in mutants(row):
                made[mutant.kind] += 1
                mutated_rows.add(row.id)
                verified = verify_row(session, mutant.mutated, timeout=20)
                if verified.ok:
                    print(
                        f"survives  {row.id} {mutant.side}, {mutant.kind}: {mutant.code!r}",
                        flush=True,
                    )
                else:
                    noticed[mutant.kind] += 1
    for kind, count in made.items():
        print(f"{kind:<22} {noticed[kind]:4} of {count:4} noticed")
    total, found = made.total(), noticed.total()
    share = 100 * found / max(1, total)
    print(f"{found} of {total} changes to {len(mutated_rows)} rows noticed, {share:.1f} %")


if __name__ == "__main__":
    main(sys.argv[1:])
