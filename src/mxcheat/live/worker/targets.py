"""Which names a snippet's last statement binds or writes into. Python 3.8 syntax.

What lies in a scope of its own binds nothing outside: the bodies of functions and lambdas, and the
variables of comprehensions, generators included. Names of imports and of caught exceptions are no
values that a snippet leaves.
"""

from __future__ import annotations

import ast
from typing import Iterator

_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)
_COMPREHENSIONS = (ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)
_IMPORTS = (ast.Import, ast.ImportFrom)
_CHANGED = (ast.Store, ast.Del)


def bound_names(statement: ast.stmt | None) -> list[str]:
    """The names, in the order in which they are written."""
    return list(dict.fromkeys(_names(statement))) if statement else []


def _names(node: ast.AST) -> Iterator[str]:
    if isinstance(node, ast.Name):
        if isinstance(node.ctx, ast.Store):
            yield node.id
    elif isinstance(node, _COMPREHENSIONS):
        yield from _walruses(node)
    elif isinstance(node, (*_FUNCTIONS, ast.ClassDef)):
        yield from _definition(node)
    elif isinstance(node, ast.AnnAssign) and node.value is None:
        return  # it says a type and binds nothing
    elif not isinstance(node, _IMPORTS):
        yield from _written_into(node)
        for child in ast.iter_child_nodes(node):
            yield from _names(child)
        yield from _captured(node)


def _definition(node: ast.AST) -> Iterator[str]:
    """The name of a function or class, and what its header binds: defaults, decorators, bases."""
    header: list[ast.AST | None] = list(getattr(node, "decorator_list", ()))
    if isinstance(node, ast.ClassDef):
        header += [*node.bases, *node.keywords]
    elif isinstance(node, _FUNCTIONS):
        header += [*node.args.defaults, *node.args.kw_defaults]
    for part in header:
        if part is not None:
            yield from _names(part)
    if not isinstance(node, ast.Lambda):
        yield node.name  # type: ignore[attr-defined]
    if isinstance(node, ast.ClassDef):
        yield from _globals_of(node)


def _globals_of(node: ast.ClassDef) -> Iterator[str]:
    """Names that the body of a class, which runs at once, binds outside of it."""
    declared = {name for part in node.body if isinstance(part, ast.Global) for name in part.names}
    for part in node.body:
        yield from (name for name in _names(part) if name in declared)


def _walruses(node: ast.AST) -> Iterator[str]:
    """What `:=` binds inside a comprehension: names of the scope around it."""
    for child in ast.iter_child_nodes(node):
        if isinstance(child, _FUNCTIONS):
            continue
        if isinstance(child, ast.NamedExpr):
            yield from _names(child.target)
        yield from _walruses(child)


def _written_into(node: ast.AST) -> Iterator[str]:
    """The name behind `x[0] = ..`, `x.y = ..` and `del x[0]`."""
    if isinstance(node, (ast.Subscript, ast.Attribute)) and isinstance(node.ctx, _CHANGED):
        base = node.value
        while isinstance(base, (ast.Subscript, ast.Attribute)):
            base = base.value
        if isinstance(base, ast.Name):
            yield base.id


def _captured(node: ast.AST) -> Iterator[str]:
    """The names that a pattern of `match` binds, which are texts in the tree."""
    if type(node).__name__ in ("MatchAs", "MatchStar", "MatchMapping"):
        for field in ("name", "rest"):
            captured = getattr(node, field, None)
            if captured is not None:
                yield captured
