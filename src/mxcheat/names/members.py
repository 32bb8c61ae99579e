"""What the attributes of a value are, and what calling it, iterating and indexing it give."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mxcheat.names.kinds import KINDS, has_member, label, likely_kind, usual_kind, value_of
from mxcheat.names.results import result_of, result_outside
from mxcheat.names.scopes import Function, Method
from mxcheat.names.spelling import standard
from mxcheat.names.values import (
    PLAIN,
    UNKNOWN,
    Class,
    Either,
    Instance,
    Mapped,
    Member,
    Namespace,
    Object,
    Outside,
    Plain,
    Public,
    Several,
    Super,
    Value,
    any_of,
    either,
    listed,
    unsure,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    # Reads a function of the source with what it is given, and returns what it gives.
    Caller = Callable[[Function, Value | None], Value]

_ARRAYS = ("NDArray", "Symbol", "Tensor")
# What every class of Python has to tell of itself.
_OF_ANY_CLASS = frozenset(
    ("__name__", "__qualname__", "__module__", "__doc__", "__dict__", "__class__", "__bases__",
     "__mro__", "__annotations__", "__subclasses__", "mro")
)  # fmt: skip
_OF_LISTS = frozenset(dir(list))
_OF_MAPPINGS = frozenset(dir(dict))


class Members:
    """Members of values; `call` reads a function of the source, and says what it returns."""

    def __init__(self, call: Caller) -> None:
        self._call = call
        self.frameworks: set[str] = set()  # those that the source imports

    def of(self, value: Value, name: str) -> Value:
        """What `value.name` is."""
        read = _MEMBER.get(value.__class__)
        return read(self, value, name) if read else UNKNOWN

    def _of_public(self, value: Public, name: str) -> Value:
        return Public(standard(f"{value.path}.{name}"), value.sure)

    def _of_instance(self, value: Instance, name: str) -> Value:
        if not value.sure and name not in KINDS[value.kind].members:
            told = self._of_unknown(value, name)
            if told is not UNKNOWN:
                return told
        return self._of_kind(value.kind, name, sure=value.sure)

    def _of_either(self, value: Either, name: str) -> Value:
        return any_of([self.of(each, name) for each in value.values])

    def _of_kind(self, kind: str | None, name: str, *, sure: bool) -> Value:
        if kind is None or not has_member(kind, name, sure=sure):
            return UNKNOWN
        known = KINDS[kind]
        gives = value_of(known.members.get(name) or known.others or "-")
        return Member(
            f"{label(kind)}.{name}",
            gives if sure else unsure(gives),
            sure,
            name in known.properties,
            known.framework,
        )

    def _of_unknown(self, _value: Value, name: str) -> Value:
        """A member that only one kind of object has says which kind this is."""
        return self._of_kind(likely_kind(name, frozenset(self.frameworks)), name, sure=False)

    def usual(self, variable: str) -> Value:
        """What a variable of this name usually holds, where nothing else is known of it."""
        kind = usual_kind(variable, frozenset(self.frameworks))
        return Instance(kind, sure=False) if kind else UNKNOWN

    def constructor(self, cls: Class) -> Function | None:
        """The __init__ that a class has or inherits."""
        for each in (cls, *cls.bases):
            found = each.members.get("__init__") if isinstance(each, Class) else None
            if isinstance(found, Function):
                return found
        return None

    def _of_object(self, receiver: Object, name: str) -> Value:
        cls = receiver.cls
        if "__init__" in cls.members:
            self._initialize(cls)
        if found := cls.attributes.get(name) or self._found_in(cls, receiver, name):
            return found
        kind = self.kind_of(cls)
        if kind is None:
            return self._of_unknown(UNKNOWN, name) if self.is_open(cls) else PLAIN
        return self._of_kind(kind, name, sure=True)

    def _initialize(self, cls: Class) -> None:
        """Make sure that the attributes that __init__ sets are known."""
        function = cls.members["__init__"]
        if isinstance(function, Function) and function.gives is None:
            self._call(function, Object(cls))

    def _found_in(self, cls: Class, receiver: Value, name: str) -> Value | None:
        """What a class binds under a name, or inherits."""
        if found := cls.members.get(name):
            return self._bound(found, receiver, cls)
        return self._inherited(cls, receiver, name)

    def _inherited(self, cls: Class, receiver: Value, name: str) -> Value | None:
        for base in cls.bases:
            if isinstance(base, Class):
                if "__init__" in base.members and "__init__" not in cls.members:
                    self._initialize(base)
                if found := base.attributes.get(name) or self._found_in(base, receiver, name):
                    return found
            elif isinstance(base, Public) and isinstance(receiver, Class):
                return self._of_base(base, name)
        return None

    def _of_base(self, base: Public, name: str) -> Value | None:
        """What a class has of one of a framework; of a known kind, only what that kind has."""
        if name in _OF_ANY_CLASS:
            return PLAIN
        made = _made_by(base)
        if isinstance(made, Instance) and not has_member(made.kind, name) and name[:2] != "__":
            return None
        return Public(standard(f"{base.path}.{name}"), base.sure)

    def _bound(self, found: Value, receiver: Value, cls: Class) -> Value:
        if not isinstance(found, Function) or found.binding == "static":
            return found
        if found.binding == "property" and isinstance(receiver, Object):
            return self._call(found, receiver)
        if found.binding == "class":
            return Method(found, cls)
        return found if isinstance(receiver, Class) else Method(found, receiver)

    def _of_class(self, value: Class, name: str) -> Value:
        return self._found_in(value, value, name) or UNKNOWN

    def _of_super(self, value: Super, name: str) -> Value:
        found = self._inherited(value.cls, Object(value.cls), name)
        return found or self._of_kind(self.kind_of(value.cls), name, sure=True)

    def _of_container(self, value: Several | Mapped, name: str) -> Value:
        each = value.each
        of_its_own = _OF_LISTS if isinstance(value, Several) else _OF_MAPPINGS
        if name not in of_its_own and isinstance(each, Instance) and each.kind in _ARRAYS:
            return self.of(unsure(each), name)  # a batch of one array is that array
        gives: Value = PLAIN
        if name in ("get", "pop", "setdefault"):
            gives = each
        elif name == "copy":
            gives = value
        elif isinstance(value, Mapped) and name == "values":
            gives = Several(each)
        elif isinstance(value, Mapped) and name == "items":
            gives = Several(listed([PLAIN, each]))
        return Member("", gives, sure=True, is_property=False)

    def kind_of(self, cls: Class) -> str | None:
        """The kind of framework object that a class makes, by what it inherits."""
        for base in cls.bases:
            if isinstance(base, Class):
                kind = self.kind_of(base)
            else:
                made = _made_by(base)
                kind = made.kind if isinstance(made, Instance) else None
            if kind:
                return kind
        return None

    def is_open(self, cls: Class) -> bool:
        """Whether a class inherits from something that is not known."""
        return any(
            self.is_open(base) if isinstance(base, Class) else not _is_known(base)
            for base in cls.bases
        )

    def called(self, value: Value, given: Sequence[Value] = ()) -> Value:
        """What calling a value gives, unless it is a function or class of the source."""
        match value:
            case Public(path, sure):
                return result_of(path) if sure else unsure(result_of(path))
            case Member(_, gives, _, is_property):
                return self.called(gives, given) if is_property else gives
            case Instance():
                return _object_called(value, given)
            case Either(values):
                return any_of([self.called(each, given) for each in values])
            case Outside(known=True) | Plain():
                return PLAIN
        return UNKNOWN

    def each(self, value: Value) -> Value:
        """What iterating over a value gives each time."""
        match value:
            case Several(each):
                return each
            case Instance(kind, sure):
                made = value_of(KINDS[kind].each)
                return made if sure else unsure(made)
            case Either(values):
                return any_of([self.each(each) for each in values])
            case Object():
                return self._each_of_object(value)
            case Outside(known=True) | Plain() | Mapped():
                return PLAIN
        return UNKNOWN

    def _each_of_object(self, value: Object) -> Value:
        """What iterating over an object gives, by its methods, else by its kind."""
        for name in ("__next__", "next", "__iter__", "__getitem__"):
            method = self._found_in(value.cls, value, name)
            if isinstance(method, Method):
                made = self._call(method.function, value)
                if name == "__iter__":
                    made = UNKNOWN if isinstance(made, Object) else self.each(made)
                if made is not UNKNOWN:
                    return made
        kind = self.kind_of(value.cls)
        return self.each(Instance(kind, sure=False)) if kind else UNKNOWN

    def entered(self, value: Value) -> Value:
        """What `with` binds: what the object's __enter__ gives, else the value itself."""
        match value:
            case Either(values):
                return any_of([self.entered(each) for each in values])
            case Object():
                method = self._found_in(value.cls, value, "__enter__")
                return self._call(method.function, value) if isinstance(method, Method) else value
        return value

    def item(self, value: Value, index: object) -> Value:
        """What `value[index]` is; the index is a number or text where it is written out."""
        match value:
            case Several(each, items):
                found = _at(items, index) or each
            case Mapped(each):
                found = each
            case Namespace() if isinstance(index, str):  # globals()["nd"]
                found = self.of(value, index)
            case Public(path):  # a type with parameters, or names by a text
                found = UNKNOWN if path.endswith("__") else value
            case Instance("ParameterDict", sure):
                found = Instance("Parameter", sure)
            case Either(values):
                found = any_of([self.item(each, index) for each in values])
            case _:
                found = self.each(value)
        return found


def _at(items: Sequence[Value], index: object) -> Value | None:
    """The item at an index, if there is one."""
    if isinstance(index, int) and -len(items) <= index < len(items):
        return items[index]
    return None


def _made_by(base: Value) -> Value:
    """What calling a class that is not of the source gives."""
    if isinstance(base, Public):
        return result_of(base.path)
    return result_outside(base.path) if isinstance(base, Outside) else base


def _object_called(value: Instance, given: Sequence[Value]) -> Value:
    """What calling an object gives; a block called with symbols gives a symbol."""
    symbols = [each for each in given if isinstance(each, Instance) and each.kind == "Symbol"]
    if value.kind == "Block" and symbols:
        return symbols[0]
    made = value_of(KINDS[value.kind].called)
    return made if value.sure else unsure(made)


def combined(one: Value, other: Value) -> Value:
    """What an operator makes of two values: an array where one of them is."""
    arrays = [v for v in (one, other) if isinstance(v, Instance) and v.kind in _ARRAYS]
    if arrays:
        return Instance(arrays[0].kind, sure=any(array.sure for array in arrays))
    if isinstance(one, Several):
        return Several(either(one.each, other.each) if isinstance(other, Several) else one.each)
    return PLAIN if _is_known(one) and _is_known(other) else UNKNOWN


def _is_known(value: Value) -> bool:
    return isinstance(value, (Plain, Public)) or (isinstance(value, Outside) and value.known)


_MEMBER: dict[type, Callable[..., Value]] = {
    Value: Members._of_unknown,
    Public: Members._of_public,
    Instance: Members._of_instance,
    Object: Members._of_object,
    Class: Members._of_class,
    Super: Members._of_super,
    Several: Members._of_container,
    Mapped: Members._of_container,
    Either: Members._of_either,
    Namespace: lambda _, value, name: value.names.get(name) or value.inner(name) or UNKNOWN,
    Outside: lambda _, value, name: Outside(f"{value.path}.{name}", value.known),
    Plain: lambda _, _value, _name: PLAIN,
}
