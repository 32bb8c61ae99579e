"""The values of arguments that are written out."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

_LONGEST = 64  # items of a list: a longer one is data, and decides nothing
_DEEPEST = 4
_NONE = object()


def literals_of(
    arguments: Sequence[ast.expr], keywords: Sequence[ast.keyword]
) -> dict[int | str, object]:
    """The value of each argument that is written out, by position or name.

    What follows a * has no position, and is left out.
    """
    found: dict[int | str, object] = {}
    for at, argument in enumerate(arguments):
        if isinstance(argument, ast.Starred):
            break
        value = _literal(argument)
        if value is not _NONE:
            found[at] = value
    for keyword in keywords:
        value = _literal(keyword.value)
        if keyword.arg and value is not _NONE:
            found[keyword.arg] = value
    return found


def _literal(node: ast.expr, depth: int = 0) -> object:
    """What an expression is, if it is a number, a text, a truth value or a short list of such."""
    if isinstance(node, ast.Constant):
        return node.value
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, (ast.USub, ast.UAdd)):
        value = _literal(node.operand, depth)
        is_number = isinstance(value, (int, float, complex)) and not isinstance(value, bool)
        if is_number:
            return -value if isinstance(node.op, ast.USub) else value  # type: ignore[operator]
    if isinstance(node, (ast.List, ast.Tuple)) and len(node.elts) <= _LONGEST and depth < _DEEPEST:
        items = [_literal(item, depth + 1) for item in node.elts]
        if _NONE not in items:
            return items if isinstance(node, ast.List) else tuple(items)
    return _NONE
