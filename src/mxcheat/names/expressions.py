"""What an expression stands for, noting the uses of public names in it on the way."""

from __future__ import annotations

import abc
import ast
from typing import TYPE_CHECKING

from mxcheat.names.calls import Calls
from mxcheat.names.functions import is_generic, typed
from mxcheat.names.members import combined
from mxcheat.names.scopes import Scope, stored_in
from mxcheat.names.values import (
    PLAIN,
    UNKNOWN,
    Either,
    Instance,
    Mapped,
    Member,
    Namespace,
    Object,
    Outside,
    Public,
    Several,
    Value,
    any_of,
    either,
    listed,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence


class Expressions(Calls):
    """Reads expressions in the scope that is current."""

    @abc.abstractmethod
    def made(self, node: ast.Lambda) -> Value:
        """The function that a lambda makes, to be read when it is called, or at the end."""

    @abc.abstractmethod
    def yielded(self, node: ast.Yield) -> Value:
        """What a yield stands for in its generator."""

    def value(self, node: ast.expr | None) -> Value:
        """What an expression stands for."""
        if node is None:
            return PLAIN
        read = _READERS.get(node.__class__)
        if read:
            return read(self, node)
        for child in ast.iter_child_nodes(node):
            self._inner(child)
        return PLAIN

    def _inner(self, node: ast.AST) -> None:
        """Read what is not itself an expression, such as a slice or an f-string's format."""
        if isinstance(node, ast.expr):
            self.value(node)
        else:
            for child in ast.iter_child_nodes(node):
                self._inner(child)

    def _subscript(self, node: ast.Subscript) -> Value:
        base = self.value(node.value)
        if isinstance(base, Outside) and is_generic(base.path):
            return self._typed(base, node.slice)
        self._inner(node.slice)
        if isinstance(node.slice, ast.Slice):
            return Several(base.each) if isinstance(base, Several) else base
        index = node.slice.value if isinstance(node.slice, ast.Constant) else None
        if isinstance(base, Namespace) and index is None and self.members.frameworks:
            self.notes.unknown(node, "globals with a computed name")
        return self.members.item(base, index)

    def _typed(self, base: Outside, inside: ast.expr) -> Value:
        """A type with parameters."""
        parts = inside.elts if isinstance(inside, ast.Tuple) else [inside]
        made = typed(base.path, [self.type_of(part) for part in parts])
        return made or self.members.item(base, None)

    def type_of(self, node: ast.expr) -> Value:
        """What an annotation, or a part of one, stands for; a text is read, A | B is a union."""
        if isinstance(node, ast.BinOp) and isinstance(node.op, ast.BitOr):
            parts = self.type_of(node.left), self.type_of(node.right)
            return typed("typing.Union", parts) or UNKNOWN
        if not (isinstance(node, ast.Constant) and isinstance(node.value, str)):
            return self.value(node)
        try:
            inside = ast.parse(node.value, mode="eval").body
        except (SyntaxError, ValueError):
            return UNKNOWN
        noted, names = len(self.notes.uses), {*self.read}
        found = self.type_of(inside)
        del self.notes.uses[noted:]  # they have no place in the source
        self.read = names
        return found

    def _operation(self, node: ast.BinOp) -> Value:
        """Long sums lean to the left: a loop walks down them, since recursion would not reach."""
        right: list[ast.expr] = []
        left: ast.expr = node
        while isinstance(left, ast.BinOp):
            right.append(left.right)
            left = left.left
        whole = self.value(left)
        for operand in reversed(right):
            whole = combined(whole, self.value(operand))
        return whole

    def _comparison(self, node: ast.Compare) -> Value:
        mentions = len(self.notes.mentions)
        whole = self.value(node.left)
        for operand in node.comparators:
            whole = combined(whole, self.value(operand))
        del self.notes.mentions[mentions:]  # whether a module is there
        identity = isinstance(node.ops[0], (ast.Is, ast.IsNot, ast.In, ast.NotIn))
        return whole if isinstance(whole, Instance) and not identity else PLAIN

    def _unary(self, node: ast.UnaryOp) -> Value:
        operand = self.value(node.operand)
        return PLAIN if isinstance(node.op, ast.Not) else operand

    def _conditional(self, node: ast.IfExp) -> Value:
        self.value(node.test)
        return either(self.value(node.body), self.value(node.orelse))

    def _list(self, node: ast.List | ast.Tuple | ast.Set) -> Value:
        if any(isinstance(item, ast.Starred) for item in node.elts):
            return Several(any_of([self.value(item) for item in node.elts]))
        return listed([self.value(item) for item in node.elts])

    def _dictionary(self, node: ast.Dict) -> Value:
        for key in node.keys:
            self.value(key)
        return Mapped(any_of([self.value(value) for value in node.values]))

    def _named(self, node: ast.NamedExpr) -> Value:
        value = self.value(node.value)
        scope = self.scope
        while scope.parent and node.target.id not in scope.bound:
            scope = scope.parent
        scope.set(node.target.id, value)
        return value

    def _comprehension(
        self, node: ast.ListComp | ast.SetComp | ast.GeneratorExp | ast.DictComp
    ) -> Value:
        outer = self.scope
        bound = {name for part in node.generators for name in stored_in(part.target)}
        inner = Scope(bound, outer)
        for at, part in enumerate(node.generators):
            self.scope = inner if at else outer  # the first is gone through outside
            each = self.members.each(self.value(part.iter))
            self.scope = inner
            self.assign(part.target, each)
            for test in part.ifs:
                self.value(test)
        if isinstance(node, ast.DictComp):
            self.value(node.key)
            made: Value = Mapped(self.value(node.value))
        else:
            made = Several(self.value(node.elt))
        self.scope = outer
        return made

    def assign(self, target: ast.expr, value: Value) -> None:
        """Bind what an assignment, a loop or a with statement binds."""
        if isinstance(target, ast.Name):
            self.scope.set(target.id, value)
        elif isinstance(target, (ast.Tuple, ast.List)):
            self._unpack(target.elts, value)
        elif isinstance(target, ast.Starred):
            self.assign(target.value, Several(value))
        elif isinstance(target, ast.Attribute):
            self._assign_attribute(target, value)
        elif isinstance(target, ast.Subscript):
            self.value(target)
            held = self.held(target.value)
            if isinstance(held, (Several, Mapped)):
                each = value if held.each in (UNKNOWN, PLAIN) else either(held.each, value)
                self.hold(target.value, held.__class__(each))

    def _unpack(self, targets: Sequence[ast.expr], value: Value) -> None:
        items = value.items if isinstance(value, Several) else ()
        if len(items) == len(targets) and not any(isinstance(t, ast.Starred) for t in targets):
            for target, item in zip(targets, items, strict=True):
                self.assign(target, item)
            return
        each = self.members.each(value)
        for target in targets:
            self.assign(target, each)

    def _assign_attribute(self, target: ast.Attribute, value: Value) -> None:
        base = self.target_of(target.value)
        if isinstance(base, (Member, Either)):
            base = self.settled(target.value, base)
        if isinstance(base, Object):
            if base.cls.source == self.token:
                held = base.cls.attributes.get(target.attr)
                base.cls.attributes[target.attr] = either(held, value) if held else value
            return
        found = self.members.of(base, target.attr)
        if isinstance(found, (Public, Member)):
            self.notes.use(target, found)


_READERS: dict[type, Callable[..., Value]] = {
    ast.Constant: lambda _reader, node: UNKNOWN if node.value in (None, ...) else PLAIN,
    ast.Name: lambda reader, node: reader.settled(node, reader.looked_up(node.id)),
    ast.Attribute: lambda reader, node: reader.settled(node, reader.target_of(node)),
    ast.Call: Expressions.called,
    ast.Subscript: Expressions._subscript,
    ast.BinOp: Expressions._operation,
    ast.Compare: Expressions._comparison,
    ast.BoolOp: lambda reader, node: any_of([reader.value(each) for each in node.values]),
    ast.UnaryOp: Expressions._unary,
    ast.IfExp: Expressions._conditional,
    **dict.fromkeys((ast.List, ast.Tuple, ast.Set), Expressions._list),
    ast.Starred: lambda reader, node: reader.members.each(reader.value(node.value)),
    ast.Dict: Expressions._dictionary,
    ast.NamedExpr: Expressions._named,
    ast.Await: lambda reader, node: reader.value(node.value),
    **dict.fromkeys(
        (ast.ListComp, ast.SetComp, ast.GeneratorExp, ast.DictComp), Expressions._comprehension
    ),
    ast.Lambda: lambda reader, node: reader.made(node),
    ast.Yield: lambda reader, node: reader.yielded(node),
}
