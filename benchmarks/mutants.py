"""Small wrong changes to rows' code, one at a time, without those that give the same program."""

from __future__ import annotations

import ast
import copy
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from mxcheat.cheatsheet.sides import SIDES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from mxcheat.cheatsheet.row import Row
    from mxcheat.cheatsheet.sides import Side

    # Whether a keyword of a call in a row's form is given the value it has anyhow.
    IsDefault = Callable[[Row, Side, ast.Call, ast.keyword], bool]

# Functions whose operands may stand in any order, by their last name; all take two but one.
SUM_OF_ALL = "add_n"
COMMUTATIVE = {
    *("add", "mul", "multiply", "maximum", "minimum", "eq", "ne", "equal", "not_equal"),
    *("logical_and", "logical_or", "logical_xor", "bitwise_and", "bitwise_or", "bitwise_xor"),
    *("broadcast_add", "broadcast_mul", "broadcast_maximum", "broadcast_minimum", "hypot"),
    *("broadcast_equal", "broadcast_not_equal", SUM_OF_ALL),
}
# Functions whose first two operands may, whatever else they are given.
SYMMETRIC = {"dist", "cosine_similarity", "mse_loss", "MSELoss", "L2Loss"}
# What a layer finds out at its first forward, and the device that is the only one here.
FOUND_OUT = {"in_units", "in_channels", "input_size", "ctx"}
OF_TWO_AXES = {"swapaxes", "transpose"}  # methods that exchange them
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


def mutants(row: Row, is_default: IsDefault) -> Iterator[Mutant]:
    """Every change to both forms that gives another program, each once."""
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
                if kind == DROPPED and _drops_default(row, side, node, is_default):
                    continue
                if type(target) is type(node) and change(target):
                    code = ast.unparse(changed)
                    if code not in seen:
                        seen.add(code)
                        yield Mutant(row, side, kind, code)


def swap_arguments(node: ast.AST) -> bool:
    if isinstance(node, ast.Call) and len(node.args) > 1 and not _is_commutative(node):
        node.args[0], node.args[1] = node.args[1], node.args[0]
        return True
    return False


def _is_commutative(call: ast.Call) -> bool:
    """Whether a call is given bare names or numbers alone, and their order is no matter."""
    made = call.func.func if isinstance(call.func, ast.Call) else call.func
    name = getattr(made, "attr", getattr(made, "id", ""))
    if name in SYMMETRIC or (isinstance(made, ast.Name) and name in ("min", "max")):
        return True
    if name in OF_TWO_AXES and len(call.args) == 2:
        return all(isinstance(axis, ast.Constant) for axis in call.args)
    bare = all(isinstance(operand, (ast.Name, ast.Constant)) for operand in call.args)
    two = len(call.args) == 2 or name == SUM_OF_ALL
    return bare and two and not call.keywords and name in COMMUTATIVE


def _drops_default(row: Row, side: Side, node: ast.AST, is_default: IsDefault) -> bool:
    if not (isinstance(node, ast.Call) and node.keywords):
        return False
    last = node.keywords[-1]
    return (side == "gluon" and last.arg in FOUND_OUT) or is_default(row, side, node, last)


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


DROPPED = "drop a keyword"
KINDS = {
    "swap arguments": swap_arguments,
    "move a number": move_number,
    "turn true and false": turn_truth,
    "turn a sign": turn_sign,
    "exchange an operator": exchange_operator,
    "exchange a reduction": exchange_name,
    DROPPED: drop_keyword,
}
