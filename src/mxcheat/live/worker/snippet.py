"""Code whose last statement says what its outputs are. Python 3.8 syntax.

Which names a statement binds or writes into: what lies in a scope of its own binds nothing outside,
as the bodies of functions and lambdas, and the variables of comprehensions, generators included.
Names of imports and of caught exceptions are no values that a snippet leaves.
"""

from __future__ import annotations

import ast
import linecache
from typing import Any, Iterator

_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)
_COMPREHENSIONS = (ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)
_IMPORTS = (ast.Import, ast.ImportFrom)
_CHANGED = (ast.Store, ast.Del)


class Snippet:
    """Code whose last statement says what its outputs are.

    An expression gives its value ("out", or the name it consists of; a tuple gives one
    output an element, those of a starred element one by one); any other statement gives
    the names it binds.
    """

    def __init__(self, code: str, filename: str) -> None:
        linecache.cache[filename] = (len(code), None, code.splitlines(True), filename)
        tree = ast.parse(code, filename)
        self.source = code
        self.bound: list[str] = []
        self.labels: list[tuple[str, bool]] | None = None
        self.label = ""
        self.expression = None
        last = tree.body[-1] if tree.body else None
        if isinstance(last, ast.Expr):
            tree.body.pop()
            self.expression = compile(self._expression(last.value), filename, "eval")
        else:
            self.bound = bound_names(last)
        self.statements = compile(tree, filename, "exec")

    def execute(self, namespace: dict[str, Any]) -> list[tuple[str, Any]]:
        """Run in `namespace`; return outputs under names of their own."""
        exec(self.statements, namespace)
        if self.expression is None:
            return [(name, namespace[name]) for name in self.bound if name in namespace]
        value = eval(self.expression, namespace)
        if self.labels is None:
            return [] if value is None else [(self.label, value)]
        outputs = []
        for (label, starred), item in zip(self.labels, value):
            if starred:
                outputs += [("%s[%d]" % (label, i), part) for i, part in enumerate(item)]
            else:
                outputs.append((label, item))
        return _told_apart(outputs)

    def _expression(self, node: ast.expr) -> ast.Expression:
        """What is to be evaluated of the last expression; notes the labels of its parts."""
        if not isinstance(node, ast.Tuple):
            simple = isinstance(node, (ast.Name, ast.Attribute, ast.NamedExpr))
            self.label = self._label(node) if simple else "out"
            return ast.Expression(node)
        parts: list[ast.expr] = []
        self.labels = []
        for part in node.elts:
            if isinstance(part, ast.Starred):  # all it unpacks to is one part of the value
                self.labels.append((self._label(part.value), True))
                parts.append(ast.copy_location(ast.Tuple([part], ast.Load()), part))
            else:
                self.labels.append((self._label(part), False))
                parts.append(part)
        return ast.Expression(ast.copy_location(ast.Tuple(parts, ast.Load()), node))

    def _label(self, node: ast.expr) -> str:
        named = node.target if isinstance(node, ast.NamedExpr) else node
        return ast.get_source_segment(self.source, named) or "out"


def _told_apart(outputs: list[tuple[str, Any]]) -> list[tuple[str, Any]]:
    """Outputs of one name are numbered from the second on."""
    seen: dict[str, int] = {}
    told = []
    for name, value in outputs:
        seen[name] = seen.get(name, 0) + 1
        told.append((name if seen[name] == 1 else "%s #%d" % (name, seen[name]), value))
    return told


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
