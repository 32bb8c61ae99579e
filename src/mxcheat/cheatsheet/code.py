"""What can be said of a snippet without running it: whether it compiles, and its names."""

from __future__ import annotations

import ast
import builtins
import symtable
import warnings
from typing import TYPE_CHECKING

from mxcheat.cheatsheet.sides import MODULES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mxcheat.cheatsheet.sides import Side

_ALWAYS = {*dir(builtins), "__name__", "__doc__"}


def syntax_problem(code: str) -> tuple[int, str] | None:
    """Line and message of what keeps `code` from compiling, or None."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", SyntaxWarning)
            compile(code, "<row>", "exec", dont_inherit=True)
    except SyntaxError as error:
        return error.lineno or 1, f"code does not compile: {error.msg}"
    except (ValueError, RecursionError, MemoryError) as error:
        return 1, f"code does not compile: {str(error) or 'it is nested too deeply'}"
    return None


def identifiers(code: str) -> set[str]:
    """Every name, attribute and imported name of code that compiles."""
    found = set()
    for node in ast.walk(ast.parse(code)):
        if isinstance(node, ast.Attribute):
            found.add(node.attr)
        elif isinstance(node, ast.Name):
            found.add(node.id)
        elif isinstance(node, ast.alias):
            found.add(node.name.rsplit(".", 1)[-1])
    return found


def free_names(code: str) -> set[str]:
    """Names that code which compiles reads and nothing in it binds, Python's own aside.

    Empty where it imports `*`: what that binds is not known.
    """
    nodes = ast.walk(ast.parse(code))
    if any(isinstance(node, ast.alias) and node.name == "*" for node in nodes):
        return set()
    read: set[str] = set()
    bound: set[str] = set()
    for table in _tables(symtable.symtable(code, "<row>", "exec")):
        for symbol in table.get_symbols():
            if table.get_type() == "module" or symbol.is_global():
                name = symbol.get_name()
                if symbol.is_assigned() or symbol.is_imported():
                    bound.add(name)
                if symbol.is_referenced():
                    read.add(name)
    return read - bound - _ALWAYS


def _tables(table: symtable.SymbolTable) -> Iterator[symtable.SymbolTable]:
    yield table
    for child in table.get_children():
        yield from _tables(child)


def short_name(api: str, side: Side) -> str:
    """A public name as a snippet calls it: torch.nn.functional.relu is F.relu."""
    modules = [(full, short) for short, full in MODULES[side].items() if api.startswith(full + ".")]
    full, short = max(modules, default=("", ""))
    return short + api[len(full) :]


def public_names(code: str, side: Side) -> list[str]:
    """The names of the framework that code which compiles calls by a module; as in `answers`."""
    found: dict[str, None] = {}
    for node in ast.walk(ast.parse(code)):
        if isinstance(node, ast.Call):
            head, dot, rest = ast.unparse(node.func).partition(".")
            if dot and head in MODULES[side] and rest.replace(".", "").isidentifier():
                found[f"{MODULES[side][head]}.{rest}"] = None
    return list(found)
