"""What statements bind: assignments, imports, branches and loops."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from mxcheat.names.definitions import Definitions
from mxcheat.names.functions import of_annotation
from mxcheat.names.libraries import stands_on
from mxcheat.names.notes import literals_of
from mxcheat.names.spelling import framework_of, is_framework, standard
from mxcheat.names.uses import TOO_DEEP
from mxcheat.names.values import PLAIN, UNKNOWN, Namespace, Value

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

_ENDS = (ast.Return, ast.Raise, ast.Continue, ast.Break)


class Reader(Definitions):
    """Reads statements one after another."""

    def run(self, statements: Sequence[ast.stmt]) -> None:
        """Read statements in the current scope."""
        for statement in statements:
            read = _STATEMENTS.get(statement.__class__)
            scope = self.scope
            try:
                if read:
                    read(self, statement)
                else:
                    self._inner(statement)
            except RecursionError:
                self.scope = scope
                self.problems.append((statement.lineno, TOO_DEEP))

    # --- assignments and imports

    def _assign(self, node: ast.Assign) -> None:
        mentions = len(self.notes.mentions)
        value = self.value(node.value)
        if isinstance(node.value, (ast.Name, ast.Attribute, ast.Tuple)):
            del self.notes.mentions[mentions:]  # another name for a module, as an import gives one
        for target in node.targets:
            self.assign(target, value)
            if isinstance(target, ast.Name) and target.id == "__all__":
                self._list_public(node.value)

    def _list_public(self, node: ast.expr) -> None:
        names = literals_of([node], []).get(0)
        is_list = isinstance(names, (list, tuple))
        self.public = frozenset(map(str, names)) if is_list else None  # type: ignore[call-overload]

    def _assign_more(self, node: ast.AugAssign) -> None:
        value = self.value(
            ast.copy_location(ast.BinOp(_loaded(node.target), node.op, node.value), node)
        )
        if isinstance(node.target, ast.Name):
            self.scope.set(node.target.id, value)
            if node.target.id == "__all__" and self.public:
                before = self.public
                self._list_public(node.value)
                self.public = self.public and before | self.public

    def _assign_typed(self, node: ast.AnnAssign) -> None:
        said = of_annotation(self.type_of(node.annotation))
        value = self.value(node.value) if node.value else UNKNOWN
        if node.value or said is not UNKNOWN:
            self.assign(node.target, said if value in (UNKNOWN, PLAIN) else value)

    def _delete(self, node: ast.Delete) -> None:
        for target in node.targets:
            if not isinstance(target, ast.Name):
                self._inner(target)

    def _import(self, node: ast.Import) -> None:
        for alias in node.names:
            self.imports.append(alias.name)
            root = alias.name.partition(".")[0]
            module = self.module_of(alias.name)
            if not alias.asname and root != alias.name:
                module = self.module_of(root)
            self.scope.set(alias.asname or root, module)

    def _import_from(self, node: ast.ImportFrom) -> None:
        name = "." * node.level + (node.module or "")
        module = self.module_of(name)
        for alias in node.names:
            below = f"{name}{'' if name.endswith('.') else '.'}{alias.name}"
            # In `from d2l import mxnet` the module below tells of which framework it is.
            self.imports.append(below if stands_on(below) and not stands_on(name) else name)
            if alias.name == "*":
                self._import_all(node, name, module)
                continue
            self.note_import(below)
            value = (not isinstance(module, Namespace) and self.around.known(below)) or (
                self.members.of(module, alias.name)
            )
            if value is UNKNOWN and isinstance(module, Namespace) and module.stars:
                value = self.starred(alias.name, module.stars) or UNKNOWN
            if value is UNKNOWN:
                value = self.around.known(below) or UNKNOWN
            self.scope.set(alias.asname or alias.name, value)

    def module_of(self, name: str) -> Value:
        """What importing a module gives: one whose exports are known, or another."""
        known = self.around.known(name)
        if known:
            return known
        return UNKNOWN if name.startswith(".") else self.module_named(name)

    def _import_all(self, node: ast.ImportFrom, name: str, module: Value) -> None:
        if isinstance(module, Namespace):
            for each, value in module.names.items():
                if each in module.public if module.public else not each.startswith("_"):
                    self.module.bound.add(each)
                    self.scope.set(each, value)
            self.stars += module.stars
            return
        self.stars.append(name)
        if is_framework(name):
            self.notes.unknown(node, f"star import of {standard(name)}", framework_of(name))

    # --- branches, loops, with

    def _if(self, node: ast.If) -> None:
        self.value(node.test)
        self._branches([node.body, node.orelse], self._narrowed(node.test))

    def _narrowed(self, test: ast.expr) -> tuple[str, Value] | None:
        """The name that isinstance tells the class of, and what it is where that holds."""
        match test:
            case ast.Call(ast.Name("isinstance"), [ast.Name(name), classes]):
                if self.scope.values.get(name) in (UNKNOWN, PLAIN):
                    noted = len(self.notes.uses)
                    said = of_annotation(self.value(classes))
                    del self.notes.uses[noted:]
                    return None if said is UNKNOWN else (name, said)
        return None

    def _branches(
        self, bodies: Sequence[Sequence[ast.stmt]], narrowed: tuple[str, Value] | None = None
    ) -> None:
        """Read bodies of which one is run, each from the same state.

        `narrowed` is a name, and what it stands for in the first of them.
        """
        scope = self.scope
        ends: list[dict[str, Value]] = []
        for body in bodies:
            before = scope.begin_branch()
            if narrowed:
                held = scope.values[narrowed[0]]
                scope.set(*narrowed)
            try:
                self.run(body)
            finally:
                if narrowed and scope.values[narrowed[0]] is narrowed[1]:
                    scope.set(narrowed[0], held)
                narrowed = None
                changed = scope.end_branch(before)
            if not (body and isinstance(body[-1], _ENDS)):
                ends.append(changed)
        whole: dict[str, Value] = ends[0] if ends else {}
        for end in ends[1:]:
            whole = scope.joined(whole, end)
        for name, value in whole.items():
            scope.set(name, value)

    def _loop(self, node: ast.For | ast.AsyncFor | ast.While) -> None:
        if isinstance(node, ast.While):
            self.value(node.test)
        else:
            self.assign(node.target, self.members.each(self.value(node.iter)))
        self.run(node.body)
        self.run(node.orelse)

    def _with(self, node: ast.With | ast.AsyncWith) -> None:
        for item in node.items:
            value = self.value(item.context_expr)
            if item.optional_vars:
                self.assign(item.optional_vars, self.members.entered(value))
        self.run(node.body)

    def _try(self, node: ast.Try) -> None:
        """The body may end anywhere, so what a handler binds may hold afterwards too."""
        handlers = [handler.body for handler in node.handlers]
        for handler in node.handlers:
            if handler.type:
                self.value(handler.type)
            if handler.name:
                self.scope.set(handler.name, PLAIN)
        self._branches([[*node.body, *node.orelse], *handlers])
        self.run(node.finalbody)

    def _match(self, node: ast.Match) -> None:
        self.value(node.subject)
        for case in node.cases:
            self._inner(case.pattern)
            if case.guard:
                self.value(case.guard)
        self._branches([*(case.body for case in node.cases), []])


def _loaded(target: ast.expr) -> ast.expr:
    """The target of an augmented assignment, as the expression that is read first."""
    if isinstance(target, ast.Name):
        return ast.copy_location(ast.Name(target.id, ast.Load()), target)
    return target


_STATEMENTS: dict[type, Callable[..., None]] = {
    ast.Expr: lambda reader, node: reader.value(node.value),
    ast.Assign: Reader._assign,
    ast.AugAssign: Reader._assign_more,
    ast.AnnAssign: Reader._assign_typed,
    ast.Delete: Reader._delete,
    ast.Import: Reader._import,
    ast.ImportFrom: Reader._import_from,
    **dict.fromkeys((ast.FunctionDef, ast.AsyncFunctionDef), Reader.define),
    ast.ClassDef: Reader.define_class,
    ast.Return: Reader.returned,
    ast.If: Reader._if,
    **dict.fromkeys((ast.For, ast.AsyncFor, ast.While), Reader._loop),
    **dict.fromkeys((ast.With, ast.AsyncWith), Reader._with),
    ast.Try: Reader._try,
    ast.Match: Reader._match,
    **dict.fromkeys(
        (ast.Global, ast.Nonlocal),
        lambda reader, node: reader.scope.declare(node, reader.module),
    ),
}
if hasattr(ast, "TryStar"):  # Python 3.11
    _STATEMENTS[ast.TryStar] = Reader._try
