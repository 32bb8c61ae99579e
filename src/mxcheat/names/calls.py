"""What calls give, and what they are noted as."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from mxcheat.names.literals import literals_of
from mxcheat.names.lookup import Lookup
from mxcheat.names.scopes import Function, Method
from mxcheat.names.spelling import symbol_of
from mxcheat.names.values import (
    PLAIN,
    UNKNOWN,
    Class,
    Either,
    Instance,
    Member,
    Object,
    Outside,
    Partial,
    Public,
    Several,
    Super,
    Value,
    any_of,
    either,
    listed,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from mxcheat.names.members import Members
    from mxcheat.names.scopes import Scope

_RUNS_TEXT = ("eval", "exec", "execfile")


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
        found = self.members.of(base, node.attr)
        if found is UNKNOWN:
            self.untold.add(node.attr)
        return found

    def settled(self, node: ast.expr, found: Value) -> Value:
        """Note the use that a reference is, and return what it stands for."""
        if isinstance(found, (Public, Member)):
            self.notes.use(node, found)
        elif isinstance(found, Outside):
            self.others.add(found.path)
        elif isinstance(found, Either):
            return any_of([_read(each) for each in found.values])
        return _read(found)

    def called(self, node: ast.Call) -> Value:
        target = self.target_of(node.func)
        if isinstance(node.func, ast.Call):
            self.notes.forget(node.func)  # getattr(nd, 'relu')(x) is one use
        given = [self.value(argument) for argument in node.args]
        named = {word.arg or "**": self.value(word.value) for word in node.keywords}
        if isinstance(target, Outside):
            return self._outside(node, target, given)
        if isinstance(target, (Public, Member, Partial, Either)):
            self.notes.use(node, target, is_call=True)
        if isinstance(node.func, ast.Attribute) and isinstance(node.func.value, ast.Name):
            self._kept(node.func, given)
        return self.result(target, given, named)

    def _kept(self, method: ast.Attribute, given: Sequence[Value]) -> None:
        """What is appended to a list is what the list holds from then on."""
        if method.attr in ("append", "add", "insert") and given:
            name = method.value.id  # type: ignore[attr-defined]
            held = self.scope.values.get(name)
            if isinstance(held, Several):
                only = held.each is UNKNOWN and not held.items
                self.scope.set(name, Several(given[-1] if only else either(held.each, given[-1])))

    def result(self, target: Value, given: Sequence[Value], named: dict[str, Value]) -> Value:
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
        self, target: Object, given: Sequence[Value], named: dict[str, Value]
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

    def _outside(self, node: ast.Call, target: Outside, given: Sequence[Value]) -> Value:
        """Calls of Python's own functions, and of other libraries'."""
        path = target.path
        self.others.add(path)
        first = given[0] if given else UNKNOWN
        if path in _CALLED:
            return _CALLED[path](self, node, first)
        if path in _GONE_THROUGH:
            return _GONE_THROUGH[path](self.members, given)
        if path in _RUNS_TEXT and self.members.frameworks:
            self.notes.unknown(node, f"{path} of a text")
            return UNKNOWN
        return PLAIN if target.known else UNKNOWN

    def _got(self, node: ast.Call, owner: Value) -> Value:
        """getattr: an attribute if its name is written out."""
        name = node.args[1] if len(node.args) > 1 else None
        if isinstance(name, ast.Constant) and isinstance(name.value, str):
            found = self.members.of(owner, name.value)
            return self.settled(node, found)
        if isinstance(owner, (Public, Instance)):
            of = symbol_of(owner.path) or owner.path if isinstance(owner, Public) else owner.kind
            self.notes.unknown(node, f"getattr of {of} with a computed name")
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
        name = node.args[0] if node.args else None
        if isinstance(name, ast.Constant) and isinstance(name.value, str):
            return self.module_named(name.value)
        if self.members.frameworks:
            self.notes.unknown(node, "import of a computed name")
        return UNKNOWN


def _read(found: Value) -> Value:
    """What an attribute gives, and a method that is not called is."""
    return found.gives if isinstance(found, Member) and found.is_property else found


def _same(members: Members, given: Sequence[Value]) -> Value:
    """A list of what is gone through, or that list itself."""
    first = given[0] if given else UNKNOWN
    return first if isinstance(first, Several) else Several(members.each(first))


def _map(members: Members, given: Sequence[Value]) -> Value:
    return Several(members.called(given[0])) if given else UNKNOWN


_CALLED: dict[str, Callable[[Calls, ast.Call, Value], Value]] = {
    "getattr": Calls._got,
    "super": Calls._super,
    "functools.partial": Calls._partial,
    "importlib.import_module": Calls._imported,
    "__import__": Calls._imported,
}
_GONE_THROUGH: dict[str, Callable[[Members, Sequence[Value]], Value]] = {
    **dict.fromkeys(("list", "tuple", "set", "sorted", "reversed", "iter"), _same),
    **dict.fromkeys(("tqdm.tqdm", "tqdm.auto.tqdm", "tqdm.notebook.tqdm", "tqdm.trange"), _same),
    "next": lambda members, given: members.each(given[0]) if given else UNKNOWN,
    "zip": lambda members, given: Several(listed([members.each(each) for each in given])),
    "enumerate": lambda members, given: Several(listed([PLAIN, *map(members.each, given[:1])])),
    "map": _map,
}
