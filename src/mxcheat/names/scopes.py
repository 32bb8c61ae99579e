"""Scopes: which one a name belongs to, what it stands for there, and functions with theirs."""

from __future__ import annotations

import ast
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from mxcheat.names.values import UNKNOWN, Class, Value, either

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

_PARTS = ("body", "orelse", "finalbody", "handlers", "cases")
# The parts of statements that hold statements of the same scope.
_BLOCKS: dict[type, tuple[str, ...]] = {
    **dict.fromkeys((ast.If, ast.For, ast.AsyncFor, ast.While), ("body", "orelse")),
    **dict.fromkeys((ast.With, ast.AsyncWith, ast.ExceptHandler, ast.match_case), ("body",)),
    ast.Try: ("body", "orelse", "finalbody", "handlers"),
    ast.Match: ("cases",),
}
if hasattr(ast, "TryStar"):  # Python 3.11
    _BLOCKS[ast.TryStar] = _BLOCKS[ast.Try]


class Scope:
    """The names that a module, class, function or comprehension binds, and their values so far.

    `changes` holds what each name stood for before the branch that is being read.
    """

    __slots__ = ("bound", "changes", "elsewhere", "is_class", "parent", "values")

    def __init__(
        self, bound: set[str], parent: Scope | None = None, *, is_class: bool = False
    ) -> None:
        self.bound = bound
        self.parent = parent
        self.is_class = is_class
        self.values: dict[str, Value] = {}
        self.elsewhere: dict[str, Scope] = {}  # names declared global or nonlocal
        self.changes: dict[str, Value | None] | None = None

    def set(self, name: str, value: Value) -> None:
        """Bind a name, here or in the scope that it is declared to be of."""
        if self.elsewhere and name in self.elsewhere:
            self.elsewhere[name].set(name, value)
            return
        if self.changes is not None and name not in self.changes:
            self.changes[name] = self.values.get(name)
        self.values[name] = value

    def home_of(self, name: str) -> Scope | None:
        """The scope that a name is bound in, seen from here, or None where nothing binds it."""
        scope: Scope | None = self
        while scope:
            if name in scope.elsewhere:
                return scope.elsewhere[name]
            if name in scope.bound and (not scope.is_class or name in scope.values):
                return scope
            scope = scope.parent
            while scope and scope.is_class:  # methods do not see what their class binds
                scope = scope.parent
        return None

    def declare(self, node: ast.Global | ast.Nonlocal, module: Scope) -> None:
        """Take in a global or nonlocal statement."""
        for name in node.names:
            self.bound.discard(name)
            if isinstance(node, ast.Global):
                module.bound.add(name)
                self.elsewhere[name] = module
            elif home := self.parent and self.parent.home_of(name):
                self.elsewhere[name] = home

    def begin_branch(self) -> dict[str, Value | None] | None:
        """Begin to note what a branch changes; gives what was noted, for `end_branch`."""
        before, self.changes = self.changes, {}
        return before

    def end_branch(self, before: dict[str, Value | None] | None) -> dict[str, Value]:
        """Undo what the branch changed, and return it."""
        changes, self.changes = self.changes or {}, before
        changed = {name: self.values[name] for name in changes}
        for name, old in changes.items():
            if old is None:
                del self.values[name]
            else:
                self.values[name] = old
        return changed

    def joined(self, one: dict[str, Value], other: dict[str, Value]) -> dict[str, Value]:
        """What either of two branches changed, as it may be after them."""
        return {
            name: either(
                one.get(name) or self.values.get(name, UNKNOWN),
                other.get(name) or self.values.get(name, UNKNOWN),
            )
            for name in {**one, **other}
        }


@dataclass(slots=True, eq=False)
class Function(Value):
    """A function of the source, or a lambda."""

    node: ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda
    scope: Scope
    owner: Class | None
    defaults: dict[str, Value]
    annotated: dict[str, Value]
    source: object  # whose reading made it
    binding: str = ""  # "static", "class" or "property", as it is decorated
    gives: Value | None = None
    is_open: bool = False  # it is being read
    at: tuple[int, int] = (0, 0)  # the line and column in which it begins
    lacks: frozenset[int | str] = frozenset()  # parameters of which nothing told, by place and name


@dataclass(slots=True)
class Method(Value):
    """A function of the source, bound to an object or class."""

    function: Function
    receiver: Value


def bound_names(statements: Iterable[ast.stmt], *, walrus: bool) -> set[str]:
    """The names that statements bind in their own scope.

    Expressions are searched where the source has a `walrus`: nothing else in them binds.
    """
    bound: set[str] = set()
    for node in _statements(statements):
        bound.update(_bound_by(node))
        if walrus:
            bound.update(_walrus_in(node))
    return bound


def _statements(statements: Iterable[ast.stmt]) -> Iterator[ast.AST]:
    """Every statement of a scope, handlers and cases among them, without the scopes inside it."""
    waiting: list[ast.AST] = list(statements)
    while waiting:
        node = waiting.pop()
        yield node
        for field in _BLOCKS.get(node.__class__, ()):
            waiting.extend(getattr(node, field))


def _bound_by(node: ast.AST) -> Iterator[str]:
    """The names that one statement binds by itself."""
    find = _BINDERS.get(node.__class__)
    return find(node) if find else iter(())


def _of_import(node: ast.Import | ast.ImportFrom) -> Iterator[str]:
    for alias in node.names:
        if alias.name != "*":
            yield alias.asname or alias.name.partition(".")[0]


def _of_handler(node: ast.ExceptHandler) -> Iterator[str]:
    if node.name:
        yield node.name


def _of_case(node: ast.match_case) -> Iterator[str]:
    for part in ast.walk(node.pattern):
        name = getattr(part, "rest" if isinstance(part, ast.MatchMapping) else "name", None)
        if isinstance(name, str):
            yield name


def _of_targets(node: ast.Assign | ast.Delete) -> Iterator[str]:
    for target in node.targets:
        yield from _stored(target)


def _of_with(node: ast.With | ast.AsyncWith) -> Iterator[str]:
    for item in node.items:
        if item.optional_vars:
            yield from _stored(item.optional_vars)


def stored_in(target: ast.expr) -> set[str]:
    """The names that a target of an assignment binds."""
    return set(_stored(target))


def _stored(target: ast.expr) -> Iterator[str]:
    waiting = [target]
    while waiting:
        node = waiting.pop()
        if isinstance(node, ast.Name):
            yield node.id
        elif isinstance(node, (ast.Tuple, ast.List)):
            waiting.extend(node.elts)
        elif isinstance(node, ast.Starred):
            waiting.append(node.value)


def _walrus_in(statement: ast.AST) -> Iterator[str]:
    """Names that := binds in the expressions of a statement, those of comprehensions included."""
    waiting = [
        child
        for field, value in ast.iter_fields(statement)
        if field not in _PARTS
        for child in (value if isinstance(value, list) else [value])
        if isinstance(child, ast.AST)
    ]
    while waiting:
        node = waiting.pop()
        if isinstance(node, ast.NamedExpr) and isinstance(node.target, ast.Name):
            yield node.target.id
        if isinstance(node, ast.Lambda):
            waiting.extend(ast.iter_child_nodes(node.args))
        else:
            waiting.extend(ast.iter_child_nodes(node))


_BINDERS: dict[type, Callable[[Any], Iterator[str]]] = {
    **dict.fromkeys(
        (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef), lambda node: iter((node.name,))
    ),
    **dict.fromkeys((ast.Import, ast.ImportFrom), _of_import),
    **dict.fromkeys((ast.Assign, ast.Delete), _of_targets),
    **dict.fromkeys(
        (ast.AugAssign, ast.AnnAssign, ast.For, ast.AsyncFor), lambda node: _stored(node.target)
    ),
    **dict.fromkeys((ast.With, ast.AsyncWith), _of_with),
    ast.ExceptHandler: _of_handler,
    ast.match_case: _of_case,
}
