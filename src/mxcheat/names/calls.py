"""What calls return, and which uses they are."""

from __future__ import annotations

import ast
import re
from typing import TYPE_CHECKING

from mxcheat.names.functions import given_to
from mxcheat.names.kinds import KINDS
from mxcheat.names.lookup import Lookup
from mxcheat.names.notes import literals_of, symbols_of
from mxcheat.names.python import handed_on
from mxcheat.names.results import result_outside
from mxcheat.names.scopes import Function, Method
from mxcheat.names.spelling import framework_of, is_module, is_object, symbol_of
from mxcheat.names.values import (
    PLAIN,
    UNKNOWN,
    Class,
    Either,
    Instance,
    Member,
    Namespace,
    Object,
    Outside,
    Partial,
    Public,
    Several,
    Super,
    Value,
    any_of,
    either,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from mxcheat.names.scopes import Scope

_RUNS_TEXT = ("eval", "exec", "execfile")
_WORD = re.compile(r"\w+")
_KEEPS = ("append", "add", "insert", "extend", "appendleft")


class Calls(Lookup):
    """Reads calls, and the names and attributes that are called."""

    def target_of(self, node: ast.expr) -> Value:
        """What is called or referred to, before the use of it is noted."""
        if isinstance(node, ast.Name):
            return self.looked_up(node.id)
        if not isinstance(node, ast.Attribute):
            return self.value(node)
        base = self.target_of(node.value)
        if isinstance(base, (Member, Either)):
            base = self.settled(node.value, base)
        elif isinstance(base, Public) and is_object(base.path):
            self.settled(node.value, base)
            return PLAIN
        if base is UNKNOWN:
            base = self.usual(node.value)
        found = self.members.of(base, node.attr)
        if found is UNKNOWN:
            self.untold.add(node.attr)
        return found

    def usual(self, node: ast.expr) -> Value:
        """What a name or attribute usually stands for, where nothing else is known of it."""
        return self.members.usual(getattr(node, "attr", "") or getattr(node, "id", ""))

    def settled(self, node: ast.expr, found: Value) -> Value:
        """Note the use that a reference is, and return what it stands for."""
        if isinstance(found, (Public, Member)):
            self.notes.use(node, found)
            if isinstance(found, Public) and is_module(found.path):
                self.notes.mention(node, found)
        elif isinstance(found, Outside):
            self.others.add(found.path)
        elif isinstance(found, Either):
            if len({*map(str, symbols_of(found))}) == 1:
                self.notes.use(node, found)
            return any_of([_read(each) for each in found.values])
        return _read(found)

    def called(self, node: ast.Call) -> Value:
        target = self.target_of(node.func)
        if isinstance(node.func, ast.Call):
            self.notes.forget(node.func)  # getattr(nd, 'relu')(x) is one use
        if isinstance(target, Member) and not target.sure and _is_of_a_text(node):
            target = PLAIN
        given = [self.value(argument) for argument in node.args]
        named = {word.arg or "**": self.value(word.value) for word in node.keywords}
        if isinstance(target, Outside):
            return self._outside(node, target, given, named)
        if isinstance(target, (Public, Member, Partial, Either)):
            self.notes.use(node, target, is_call=True)
            self._hand_over(target, [*given, *named.values()])
        if isinstance(node.func, ast.Attribute) and node.func.attr in _KEEPS and given:
            self._kept(node.func, given[-1])
        return self.result(self.usual(node.func) if target is UNKNOWN else target, given, named)

    def _kept(self, method: ast.Attribute, added: Value) -> None:
        """What is appended to a list is what the list holds from then on."""
        if method.attr == "extend":
            added = self.members.each(added)
        held = self.held(method.value)
        if isinstance(held, Several):
            only = held.each in (UNKNOWN, PLAIN) and not held.items
            self.hold(method.value, Several(added if only else either(held.each, added)))

    def held(self, node: ast.expr) -> Value:
        """What a name of this scope, or an attribute of an object of the source, stands for."""
        if isinstance(node, ast.Name):
            return self.scope.values.get(node.id, UNKNOWN)
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            owner = self.scope.values.get(node.value.id)
            if isinstance(owner, Object):
                return owner.cls.attributes.get(node.attr, UNKNOWN)
        return UNKNOWN

    def hold(self, node: ast.expr, value: Value) -> None:
        """Make that name or attribute stand for another value."""
        if isinstance(node, ast.Name):
            self.scope.set(node.id, value)
        elif isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            owner = self.scope.values.get(node.value.id)
            if isinstance(owner, Object) and owner.cls.source == self.token:
                owner.cls.attributes[node.attr] = value

    def _hand_over(self, target: Value, given: Sequence[Value]) -> None:
        """Read the functions that a framework is given, with what it calls them with."""
        functions = [each for each in given if isinstance(each, Function)]
        if functions and isinstance(target, (Public, Member)):
            symbol = target.symbol if isinstance(target, Member) else symbol_of(target.path)
            for function in functions:
                count = len(function.node.args.args)
                values = given_to(symbol, count) if symbol else None
                if values is not None:
                    self.call(function, None, values)

    def result(self, target: Value, given: Sequence[Value], named: Mapping[str, Value]) -> Value:
        """What calling a value gives."""
        if isinstance(target, Function):
            return self.call(target, None, given, named)
        if isinstance(target, Method):
            return self.call(target.function, target.receiver, given, named)
        if isinstance(target, Partial):
            return self.result(target.target, given, named)
        if isinstance(target, Class):
            made = Object(target)
            if begin := self.members.constructor(target):
                self.call(begin, made, given, named)
            return made
        if isinstance(target, Object):
            return self._object_called(target, given, named)
        return self.members.called(target, given)

    def _object_called(
        self, target: Object, given: Sequence[Value], named: Mapping[str, Value]
    ) -> Value:
        """What a block gives is what its forward does, else an array."""
        kind = self.members.kind_of(target.cls)
        if any(isinstance(each, Instance) and each.kind == "Symbol" for each in given) and kind:
            return self.members.called(Instance(kind), given)
        for name in ("__call__", "forward", "hybrid_forward"):
            method = self.members.of(target, name)
            if isinstance(method, Method):
                inputs = [UNKNOWN, *given] if name == "hybrid_forward" else given
                found = self.call(method.function, target, inputs, named)
                if found is not UNKNOWN:
                    return found
        return self.members.called(Instance(kind), given) if kind else UNKNOWN

    def _outside(
        self, node: ast.Call, target: Outside, given: Sequence[Value], named: Mapping[str, Value]
    ) -> Value:
        """Calls of Python's own functions, and of other libraries'."""
        path = target.path
        self.others.add(path)
        first = given[0] if given else UNKNOWN
        if path in _CALLED:
            return _CALLED[path](self, node, first)
        made = handed_on(path, self, given, named)
        if made is not None:
            return made
        if path == "globals":
            return Namespace(self.module.values)
        if path == "vars" and isinstance(first, Public):
            self.notes.unknown(
                node, f"vars of {symbol_of(first.path) or first.path}", framework_of(first.path)
            )
        if path in _RUNS_TEXT and (self.members.frameworks or self._is_named_in(node)):
            self.notes.unknown(node, f"{path} of a text")
            return UNKNOWN
        return PLAIN if target.known else result_outside(path)

    def _got(self, node: ast.Call, owner: Value) -> Value:
        """getattr: an attribute if its name is written out."""
        name = node.args[1] if len(node.args) > 1 else None
        if isinstance(name, ast.Constant) and isinstance(name.value, str):
            found = self.members.of(owner, name.value)
            return self.settled(node, found)
        if isinstance(owner, (Public, Instance)):
            of = symbol_of(owner.path) or owner.path if isinstance(owner, Public) else owner.kind
            framework = (
                framework_of(owner.path)
                if isinstance(owner, Public)
                else KINDS[owner.kind].framework
            )
            self.notes.unknown(node, f"getattr of {of} with a computed name", framework)
        return UNKNOWN

    def _super(self, _node: ast.Call, _first: Value) -> Value:
        scope: Scope | None = self.scope
        while scope:
            owner = scope.values.get("__class__")
            if isinstance(owner, Class):
                return Super(owner)
            scope = scope.parent
        return UNKNOWN

    def _partial(self, node: ast.Call, target: Value) -> Value:
        before = target if isinstance(target, Partial) else Partial(target, (), ())
        keywords = tuple(word.arg for word in node.keywords if word.arg)
        literals = tuple(literals_of(node.args[1:], node.keywords).items())
        return Partial(before.target, before.keywords + keywords, before.literals + literals)

    def _imported(self, node: ast.Call, _first: Value) -> Value:
        given = [*node.args, *(word.value for word in node.keywords if word.arg == "package")]
        name = _text(given[0]) if given else None
        package = _text(given[1]) if len(given) > 1 else None
        if name and name.startswith(".") and package:
            parts = package.split(".")
            dots = len(name) - len(name.lstrip("."))
            name = ".".join([*parts[: len(parts) - dots + 1], name.lstrip(".")])
        if name:
            return self.module_of(name)
        if self._is_named_in(node) or self.members.frameworks:
            self.notes.unknown(node, "import of a computed name")
        return UNKNOWN

    def _is_named_in(self, node: ast.AST) -> bool:
        """Whether a string in an expression names a framework, which then counts as used."""
        found = {
            framework_of(word)
            for part in ast.walk(node)
            if isinstance(part, ast.Constant) and isinstance(part.value, str)
            for word in _WORD.findall(part.value)
        } - {""}
        self.named |= found
        self.members.frameworks |= found
        return bool(found)


def _is_of_a_text(node: ast.Call) -> bool:
    """Whether a method that texts have is called as only they allow: no array splits at '/'."""
    return getattr(node.func, "attr", "") == "split" and (
        not (node.args or node.keywords)
        or any(_text(argument) is not None for argument in node.args)
    )


def _text(node: ast.expr) -> str | None:
    """A text that is written out."""
    is_text = isinstance(node, ast.Constant) and isinstance(node.value, str)
    return node.value if is_text else None  # type: ignore[attr-defined]


def _read(found: Value) -> Value:
    """The value of an attribute; a method is itself until it is called."""
    return found.gives if isinstance(found, Member) and found.is_property else found


_CALLED: dict[str, Callable[[Calls, ast.Call, Value], Value]] = {
    "getattr": Calls._got,
    "super": Calls._super,
    "functools.partial": Calls._partial,
    "importlib.import_module": Calls._imported,
    "__import__": Calls._imported,
}
