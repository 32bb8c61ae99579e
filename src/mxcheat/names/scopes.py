"""Scopes: which names each of them binds and what those stand for; functions and their scopes."""

from __future__ import annotations

import ast
from dataclasses import dataclass
from typing import TYPE_CHECKING

from mxcheat.names.values import UNKNOWN, Class, Value, either

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

Definition = ast.FunctionDef | ast.AsyncFunctionDef
_OF_THEIR_OWN = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)  # what has its own scope
# The fields of statements that hold statements.
_BLOCKS = ("body", "orelse", "finalbody", "handlers", "cases")


class Scope:
    """The names bound by a module, class, function or comprehension, and their values so far.

    `changes` has what each name stood for before the branch that is being read.
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
        """The scope that binds a name, seen from here, or None."""
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
        """Start noting what a branch changes; returns what was noted so far, for `end_branch`."""
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

    node: Definition | ast.Lambda
    scope: Scope
    owner: Class | None
    defaults: dict[str, Value]
    annotated: dict[str, Value]
    source: object  # whose reading made it
    binding: str = ""  # "static", "class" or "property", as it is decorated
    gives: Value | None = None
    is_open: bool = False  # it is being read
    at: tuple[int, int] = (0, 0)  # the line and column in which it begins
    returns: Value | None = None  # by its annotation
    lacks: frozenset[int | str] = frozenset()  # parameters of unknown value, by place and name

    @property
    def positional(self) -> list[str]:
        """The names of its positional parameters, in order."""
        arguments = self.node.args
        return [each.arg for each in (*arguments.posonlyargs, *arguments.args)]


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
    waiting: list[ast.AST] = [*statements]
    while waiting:
        node = waiting.pop()
        bound.update(_bound_by(node))
        if walrus:
            bound.update(_walrus_in(node))
        if not isinstance(node, _OF_THEIR_OWN):
            for field in _BLOCKS:
                waiting.extend(getattr(node, field, ()))
    return bound


def _bound_by(node: ast.AST) -> Iterator[str]:
    """The names that one statement, handler or case binds by itself."""
    for target in _targets(node):
        yield from stored_in(target)
    match node:
        case ast.FunctionDef(name) | ast.AsyncFunctionDef(name) | ast.ClassDef(name):
            yield name
        case ast.ExceptHandler(name=str(name)):
            yield name
        case ast.Import(names) | ast.ImportFrom(names=names):
            given = (alias.asname or alias.name.partition(".")[0] for alias in names)
            yield from (name for name in given if name != "*")
        case ast.match_case(pattern):
            for part in ast.walk(pattern):
                field = "rest" if isinstance(part, ast.MatchMapping) else "name"
                if isinstance(found := getattr(part, field, None), str):
                    yield found


def _targets(node: ast.AST) -> list[ast.expr]:
    match node:
        case ast.Assign(targets) | ast.Delete(targets):
            return targets
        case ast.AugAssign() | ast.AnnAssign() | ast.For() | ast.AsyncFor():
            return [node.target]
        case ast.With(items) | ast.AsyncWith(items):
            return [item.optional_vars for item in items if item.optional_vars]
    return []


def stored_in(target: ast.expr) -> Iterator[str]:
    """The names that a target of an assignment binds."""
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
    """Names that := binds in the expressions of a statement, including its comprehensions."""
    waiting = [
        child
        for field, value in ast.iter_fields(statement)
        if field not in _BLOCKS
        for child in (value if isinstance(value, list) else [value])
        if isinstance(child, ast.AST)
    ]
    while waiting:
        node = waiting.pop()
        if isinstance(node, ast.NamedExpr) and isinstance(node.target, ast.Name):
            yield node.target.id
        waiting.extend(ast.iter_child_nodes(node.args if isinstance(node, ast.Lambda) else node))
