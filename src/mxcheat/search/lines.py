"""The names that occur in a line of code, and its other words."""

from __future__ import annotations

import keyword
import re

from mxcheat.search.names import CHORES, MODULES, Name

_LEXEME = re.compile(
    r"""(?P<string>"[^"\n]*"|'[^'\n]*')"""
    r"|(?P<chain>\.?[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*)(?:(?P<bare>\(\s*\))|(?P<call>\())?(?P<set>(?==(?!=)))?"
    r"|(?P<open>[(\[{])|(?P<close>[)\]}])|(?P<compare>[=!<>]=)",
    re.ASCII,
)
# What is named here is a word: it is no name of a framework yet.
_DEFINING = ("class", "def")


def names_in(code: str) -> tuple[list[Name], list[str]]:
    """Return the names a line of code calls or reaches by a dot, and its other words.

    `x.grad.zero_()` gives grad and zero_; `mx.nd.clip(x)` gives mx.nd.clip, and x as a word;
    a string that could be a name is one, and what `class` and `def` define is a word.
    """
    line = _Line()
    for match in _LEXEME.finditer(code):
        line.read(match)
    if code.startswith("with "):  # what it holds stands inside it
        line.deepen(1)
    return line.names, line.words


class _Line:
    """A line read so far: how deep in parentheses its end is, and what was there."""

    def __init__(self) -> None:
        self.names: list[Name] = []
        self.words: list[str] = []
        self._depth = 0
        self._defines = False

    def read(self, match: re.Match[str]) -> None:
        """Take in the next piece."""
        if match["chain"]:
            called = "(...)" if match["call"] else "()" if match["bare"] else ""
            self._read_chain(match["chain"], called, is_set=match["set"] is not None)
        elif match["string"]:
            self._read_string(match["string"][1:-1])
        elif match["close"]:
            self._depth = max(0, self._depth - 1)
        else:  # the line is less about with what it compares than about what is compared
            self._depth += 1

    def _read_string(self, text: str) -> None:
        if text.isidentifier():
            self.names.append(Name((text,), "", self._depth + 1))  # setattr('grad_req', 'add')
        else:
            self.words.append(text)

    def _read_chain(self, chain: str, called: str, *, is_set: bool) -> None:
        if chain[0] == "." and chain[1:] not in CHORES:
            self._deepen_last()
        if (called or "." in chain) and not self._defines:
            self.names += _of_chain(chain, called, self._depth)
        elif self._depth and "_" in chain and is_set:
            self.names.append(Name((chain,), "", self._depth))  # an argument's name
        elif not keyword.iskeyword(chain):
            self.words.append(chain)
        self._depth += called == "(...)"
        self._defines = chain in _DEFINING

    def _deepen_last(self) -> None:
        """What comes before a dot only prepares what comes after, unless it makes an object."""
        for at in range(len(self.names) - 1, -1, -1):
            if self.names[at].depth == self._depth:
                if not self.names[at].makes:
                    self.deepen(at)
                return

    def deepen(self, start: int) -> None:
        """Put the names from `start` on one parenthesis deeper."""
        later = [name._replace(depth=name.depth + 1) for name in self.names[start:]]
        self.names[start:] = later


def _of_chain(chain: str, called: str, depth: int) -> list[Name]:
    parts = tuple(part for part in chain.split(".") if part)
    of_class = chain[0].isupper() or (parts[-1][0].isupper() and len(parts[-1]) > 1)
    if len(parts) == 1 or parts[0].lower() in MODULES or of_class:
        return [Name(parts, called, depth)]
    # Of a variable's attributes each is a name; the variable's own name only qualifies.
    inner = [Name((part,), "", depth + 1) for part in parts[1:-1]]
    return [*inner, Name(parts[-2:] if len(parts) == 2 else parts[-1:], called, depth)]
