"""The functions and classes that a source text defines, and what calling them gives."""

from __future__ import annotations

import abc
import ast
from typing import TYPE_CHECKING

from mxcheat.names.expressions import Expressions
from mxcheat.names.functions import lacking, of_annotation, parameters
from mxcheat.names.scopes import Function, Scope, bound_names
from mxcheat.names.uses import TOO_DEEP, Around, Handed
from mxcheat.names.values import PLAIN, UNKNOWN, Class, Several, Value, any_of, tells, unsure

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from mxcheat.names.scopes import Definition

_DEEPEST = 12  # functions being read at once, each because the one before calls it
_NO_BODY = (ast.Raise, ast.Pass, ast.Expr)  # left to subclasses
_BINDINGS = {"staticmethod": "static", "classmethod": "class", "property": "property"}


class Definitions(Expressions):
    """Reads functions when they are called, or at the end, and classes where they stand."""

    def __init__(
        self, source: str, ambient: Mapping[str, Value], assumed: Value, around: Around
    ) -> None:
        super().__init__(source, ambient, assumed, around)
        self.problems: list[tuple[int, str]] = []
        self.handed: list[Handed] = []
        self._walrus = ":=" in source
        self._functions: list[Function] = []
        self._later: list[Function] = []
        self._given: list[Value] = []  # what the function that is being read returns
        self._yielded: list[Value] = []
        self._depth = 0
        self._owner: Class | None = None

    @abc.abstractmethod
    def run(self, statements: Sequence[ast.stmt]) -> None:
        """Read statements in the current scope."""

    def whole(self, tree: ast.Module) -> None:
        """Read a module to its end."""
        self._bind(self.module, tree.body)
        self.run(tree.body)
        for function in [*self._functions]:
            told = self.around.told.get(function.at)
            if told:
                self._read(function, told.given, told.named)
        while self._later:
            # What is defined last mostly calls what stands before it, and shows what that is given.
            self._read(self._later.pop())

    def _read(
        self,
        function: Function,
        given: Sequence[Value] = (),
        named: Mapping[str, Value] | None = None,
    ) -> None:
        """Read a function that no statement calls, as far as Python's recursion reaches."""
        try:
            self.call(function, None, given, named)
        except RecursionError:
            self.problems.append((function.at[0], TOO_DEEP))
        function.gives = function.gives or UNKNOWN

    def forget(self) -> None:
        """Let go of the code of functions that are read: what they return is known."""
        for function in self._functions:
            function.node, function.scope = _READ, Scope(set())
            function.defaults = function.annotated = {}

    def _bind(self, scope: Scope, body: Sequence[ast.stmt]) -> None:
        scope.bound |= bound_names(body, walrus=self._walrus)

    def call(
        self,
        function: Function,
        receiver: Value | None = None,
        given: Sequence[Value] = (),
        named: Mapping[str, Value] | None = None,
    ) -> Value:
        """What a function of the source returns; the first call reads it."""
        if function.source != self.token:
            self._hand(function, given, named or {})
        if function.gives is not None:
            return function.gives
        if function.is_open or self._depth >= _DEEPEST or function.source != self.token:
            return UNKNOWN
        function.is_open = True
        before = self.scope, self._given, self._yielded, self._owner
        self._depth += 1
        try:
            values = parameters(function, self.members, receiver, given, named or {})
            function.lacks = lacking(function, values)
            self._enter(function, values)
            gives = self._body(function.node)
            function.gives = function.returns or gives if gives is UNKNOWN else gives
        finally:
            self.scope, self._given, self._yielded, self._owner = before
            self._depth -= 1
            function.is_open = False
        return function.gives

    def _hand(self, function: Function, given: Sequence[Value], named: Mapping[str, Value]) -> None:
        """Remember what a function of another module is called with."""
        every = [*enumerate(given), *named.items()]
        if any(tells(value) for name, value in every if name in function.lacks):
            self.handed.append(Handed(function.source, function.at, tuple(given), named))

    def _enter(self, function: Function, values: dict[str, Value]) -> None:
        self.scope = scope = Scope(set(values), function.scope)
        scope.values.update(values)
        if function.owner:
            scope.values["__class__"] = function.owner
        self._given, self._yielded, self._owner = [], [], None
        if not isinstance(function.node, ast.Lambda):
            self._bind(scope, function.node.body)

    def _body(self, node: Definition | ast.Lambda) -> Value:
        if isinstance(node, ast.Lambda):
            return self.value(node.body)
        self.run(node.body)
        if self._yielded:
            return Several(any_of(self._yielded))
        if self._given:
            return any_of(self._given)
        return UNKNOWN if all(isinstance(each, _NO_BODY) for each in node.body) else PLAIN

    def made(self, node: ast.Lambda) -> Value:
        """The function that a lambda makes, to be read when it is called, or at the end."""
        return self._function(node, None, "")

    def _function(
        self, node: Definition | ast.Lambda, owner: Class | None, binding: str
    ) -> Function:
        defaults, annotated = self._defaults(node.args)
        at = node.lineno, node.col_offset
        function = Function(
            node, self.scope, owner, defaults, annotated, self.token, binding, at=at
        )
        self._later.append(function)
        self._functions.append(function)
        return function

    def _defaults(self, arguments: ast.arguments) -> tuple[dict[str, Value], dict[str, Value]]:
        """What parameters are by default and by annotation; a default of None says nothing."""
        every = [*arguments.posonlyargs, *arguments.args]
        pairs = list(zip(reversed(every), reversed(arguments.defaults), strict=False))
        pairs += zip(arguments.kwonlyargs, arguments.kw_defaults, strict=True)  # type: ignore[arg-type]
        defaults = {}
        for parameter, default in pairs:
            value = self.value(default) if default else UNKNOWN
            is_none = isinstance(default, ast.Constant) and default.value is None
            defaults[parameter.arg] = UNKNOWN if is_none else value
        every += [*arguments.kwonlyargs, arguments.vararg, arguments.kwarg]  # type: ignore[list-item]
        annotated = {
            each.arg: of_annotation(self.type_of(each.annotation))
            for each in every
            if each and each.annotation
        }
        return defaults, annotated

    def define(self, node: Definition) -> None:
        for decorator in node.decorator_list:
            self.value(decorator)
        binding = "static" if node.name == "__new__" else ""
        for decorator in node.decorator_list:
            if isinstance(decorator, ast.Name):
                binding = _BINDINGS.get(decorator.id, binding)
        function = self._function(node, self._owner, binding)
        if node.returns:
            function.returns = unsure(of_annotation(self.type_of(node.returns)))
        self.scope.set(node.name, function)

    def define_class(self, node: ast.ClassDef) -> None:
        for decorator in node.decorator_list:
            self.value(decorator)
        bases = [self.value(base) for base in node.bases]
        for keyword in node.keywords:
            self.value(keyword.value)
        made = Class(node.name, bases, self.token)
        before, owner = self.scope, self._owner
        self.scope, self._owner = Scope(set(), before, is_class=True), made
        self._bind(self.scope, node.body)
        try:
            self.run(node.body)
            made.members.update(self.scope.values)
        finally:
            self.scope, self._owner = before, owner
        self.scope.set(node.name, made)

    def returned(self, node: ast.Return) -> None:
        self._given.append(self.value(node.value))

    def yielded(self, node: ast.Yield) -> Value:
        """What a generator yields goes to its caller."""
        self._yielded.append(self.value(node.value))
        return UNKNOWN


_READ = ast.Lambda(
    ast.arguments(posonlyargs=[], args=[], kwonlyargs=[], kw_defaults=[], defaults=[]),
    ast.Constant(None),
)
