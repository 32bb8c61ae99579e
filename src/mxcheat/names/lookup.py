"""What a name stands for where a source text reads it."""

from __future__ import annotations

import abc
import builtins
from typing import TYPE_CHECKING

from mxcheat.names.libraries import is_of_its_own, stands_on
from mxcheat.names.members import Members
from mxcheat.names.notes import Notes
from mxcheat.names.scopes import Function, Scope
from mxcheat.names.spelling import is_framework, is_module, standard, symbol_of
from mxcheat.names.values import UNKNOWN, Instance, Outside, Public, Value

if TYPE_CHECKING:
    import ast
    from collections.abc import Mapping, Sequence

    from mxcheat.names.uses import Around

BUILTINS = frozenset({*dir(builtins), "__name__", "__doc__", "__file__"})


class Lookup(abc.ABC):
    """The scopes of a source text while it is read; `scope` is the current one."""

    def __init__(
        self, source: str, ambient: Mapping[str, Value], assumed: Value, around: Around
    ) -> None:
        """`ambient` is what the source finds without an import, `assumed` what is unbound."""
        self.around = around
        # Marks what this reading made, among what others did.
        self.token = object() if around.place is None else around.place
        self.module = Scope(set())
        self.ambient = ambient
        self.assumed = assumed
        self.scope = self.module
        self.members = Members(self.call)
        self.notes = Notes(source)
        self.read: set[str] = set()
        self.named: set[str] = set()  # frameworks that strings name
        self.others: set[str] = set()  # names of other libraries
        self.untold: set[str] = set()  # members of unknown objects
        self.imports: list[str] = []
        self.stars: list[str] = []  # modules that * was imported from
        self.public: frozenset[str] | None = None  # what __all__ lists
        for value in ambient.values():
            if isinstance(value, Public):
                self.note_import(value.path)

    @abc.abstractmethod
    def value(self, node: ast.expr | None) -> Value:
        """What an expression stands for."""

    @abc.abstractmethod
    def call(
        self,
        function: Function,
        receiver: Value | None = None,
        given: Sequence[Value] = (),
        named: Mapping[str, Value] | None = None,
    ) -> Value:
        """What a function of the source returns; the first call reads it."""

    @abc.abstractmethod
    def module_of(self, name: str) -> Value:
        """What importing a module gives."""

    def note_import(self, path: str) -> None:
        """Remember which frameworks the source uses."""
        framework = stands_on(path)
        if framework:
            self.members.frameworks.add(framework)

    def looked_up(self, name: str) -> Value:
        """What a name stands for where it is read."""
        home = self.scope.home_of(name)
        if home is None or home is self.module:
            self.read.add(name)
        if home is not None and (home is not self.module or name in home.values):
            return home.values.get(name, UNKNOWN)
        if name in self.ambient:
            return self.ambient[name]
        if home is None:
            starred = self.starred(name, self.stars) if self.stars else None
            if starred:
                return starred
            if name not in BUILTINS:
                return self._unbound(name)
        return Outside(name, known=True) if home is None else UNKNOWN

    def _unbound(self, name: str) -> Value:
        """A name that nothing binds: it may come from the one star import, or be an input."""
        if len(self.stars) == 1 and is_framework(self.stars[0]):
            return Public(standard(f"{self.stars[0]}.{name}"), sure=False)
        if not isinstance(self.assumed, Instance):
            return UNKNOWN
        usual = self.members.usual(name)
        return self.assumed if usual is UNKNOWN else usual

    def starred(self, name: str, stars: Sequence[str]) -> Value | None:
        """What a name is by the last of several star imports known to bring it."""
        for path in reversed(stars):
            full = f"{path}.{name}"
            if is_framework(path) and (
                symbol_of(full) in self.around.listed or is_module(standard(full))
            ):
                return Public(standard(full), sure=False)
        return None

    def module_named(self, path: str) -> Value:
        """What importing a module of another code base gives."""
        self.note_import(path)
        if is_framework(path):
            return Public(standard(path))
        return Outside(path, known=is_of_its_own(path))
