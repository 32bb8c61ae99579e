"""Notes on where a source text uses which public names, and with which arguments."""

from __future__ import annotations

import ast
import re
from typing import TYPE_CHECKING

from mxcheat.names.spelling import framework_of, symbol_of
from mxcheat.names.uses import Use
from mxcheat.names.values import Either, Member, Partial, Public, Value

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mxcheat.names.uses import Certainty

_MOST_MENTIONS = 4
_LONGEST = 64  # items of a list: a longer one is data, and decides nothing
_DEEPEST = 4
_NONE = object()
_LINE_END = re.compile(r"\r\n|\r|\n")


class Notes:
    """The uses found so far, with their places in the source."""

    def __init__(self, source: str) -> None:
        self.uses: list[Use] = []
        self.mentions: list[Use] = []
        # Python counts columns in bytes, which only other alphabets have more of than characters.
        self._lines = None if source.isascii() else _LINE_END.split(source)

    def use(self, node: ast.expr, target: Value, *, is_call: bool = False) -> None:
        """Note that an expression uses what it calls or refers to, if that is a public name."""
        keywords: tuple[str, ...] = ()
        literals: dict[int | str, object] = {}
        while isinstance(target, Partial):
            keywords += target.keywords
            literals.update(target.literals)
            target = target.target
        symbols = symbols_of(target)
        if not symbols:
            return
        if len(symbols) > 1:
            self.unknown(node, " or ".join(sorted(symbols)), _framework_of(target))
            return
        framework = _framework_of(target)
        ((symbol, sure),) = symbols.items()
        certainty: Certainty = "sure" if sure else "likely"
        if is_call and isinstance(node, ast.Call):
            keywords += tuple(word.arg for word in node.keywords if word.arg)
            literals.update(literals_of(node.args, node.keywords))
            doubled = any(word.arg is None for word in node.keywords)
            unpacks = doubled or any(isinstance(argument, ast.Starred) for argument in node.args)
            place = self._place(node)
            count = len(node.args)
            use = Use(symbol, *place, certainty, "", True, keywords, count, literals, unpacks)
            self.uses.append(use._replace(framework=framework, unpacks_names=doubled))
        else:
            self.uses.append(Use(symbol, *self._place(node), certainty, framework=framework))

    def forget(self, node: ast.expr) -> None:
        """Take back the note just made if it is that an expression refers to a name."""
        if self.uses and not self.uses[-1].is_call and self.uses[-1][1:5] == self._place(node):
            self.uses.pop()

    def unknown(self, node: ast.AST, reason: str, framework: str = "") -> None:
        """Note that something uses a framework, but not which name of it."""
        is_call = isinstance(node, ast.Call)
        use = Use(None, *self._place(node), "unknown", reason, is_call, framework=framework)
        self.uses.append(use)

    def mention(self, node: ast.AST, module: Public) -> None:
        """Note that a module of a framework is used as a value."""
        if len(self.mentions) < _MOST_MENTIONS:
            reason = f"{module.path} is handed on"
            use = Use(None, *self._place(node), "unknown", reason)
            self.mentions.append(use._replace(framework=framework_of(module.path)))

    def _place(self, node: ast.AST) -> tuple[int, int, int, int]:
        """Line and column where a node begins, and where it ends, from 1 and in characters."""
        line, column = node.lineno, node.col_offset  # type: ignore[attr-defined]
        end_line, end_column = node.end_lineno, node.end_col_offset  # type: ignore[attr-defined]
        if self._lines:
            column = len(self._lines[line - 1].encode()[:column].decode(errors="replace"))
            end_column = len(
                self._lines[end_line - 1].encode()[:end_column].decode(errors="replace")
            )
        return line, column + 1, end_line, end_column + 1


def _framework_of(target: Value) -> str:
    """The framework of a public name; "" where it may be one of several."""
    if isinstance(target, Public):
        return framework_of(target.path)
    if isinstance(target, Member):
        return target.framework
    if isinstance(target, Either):
        found = {_framework_of(each) for each in target.values if symbols_of(each)}
        return found.pop() if len(found) == 1 else ""
    return ""


def symbols_of(target: Value) -> dict[str, bool]:
    """The public names that a value may be, and whether that is sure."""
    if isinstance(target, Public):
        symbol = symbol_of(target.path)
        return {symbol: target.sure} if symbol else {}
    if isinstance(target, Member):
        return {target.symbol: target.sure} if target.symbol else {}
    if isinstance(target, Either):
        found = {symbol for each in target.values for symbol in symbols_of(each)}
        return dict.fromkeys(found, False)
    return {}


def literals_of(
    arguments: Sequence[ast.expr], keywords: Sequence[ast.keyword]
) -> dict[int | str, object]:
    """The value of each argument that is written out, by position or name.

    What follows a * has no position, and is left out.
    """
    found: dict[int | str, object] = {}
    for at, argument in enumerate(arguments):
        if isinstance(argument, ast.Starred):
            break
        value = _literal(argument)
        if value is not _NONE:
            found[at] = value
    for keyword in keywords:
        value = _literal(keyword.value)
        if keyword.arg and value is not _NONE:
            found[keyword.arg] = value
    return found


def _literal(node: ast.expr, depth: int = 0) -> object:
    """What an expression is, if it is a number, a text, a truth value or a short list of such."""
    if isinstance(node, ast.Constant):
        return node.value
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, (ast.USub, ast.UAdd)):
        value = _literal(node.operand, depth)
        is_number = isinstance(value, (int, float, complex)) and not isinstance(value, bool)
        if is_number:
            return -value if isinstance(node.op, ast.USub) else value  # type: ignore[operator]
    if isinstance(node, (ast.List, ast.Tuple)) and len(node.elts) <= _LONGEST and depth < _DEEPEST:
        items = [_literal(item, depth + 1) for item in node.elts]
        if _NONE not in items:
            return items if isinstance(node, ast.List) else tuple(items)
    return _NONE
