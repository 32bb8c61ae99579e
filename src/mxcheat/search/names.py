"""Names as people type them, and the names that occur in a line of code."""

from __future__ import annotations

import keyword
import re
from typing import NamedTuple

# Short names by which modules are imported, and what they stand for.
_ALIASES = {
    "f": {"functional", "nd", "npx"},
    "mx": {"mxnet"},
    "th": {"torch"},
    "sym": {"nd"},
    "symbol": {"nd"},
    "ndarray": {"nd", "ndarray"},
    "initializer": {"init"},
}
_SIDES = {
    **dict.fromkeys(("torch", "th", "torchvision", "optim", "tensor"), "pytorch"),
    **dict.fromkeys(("mx", "mxnet", "nd", "npx", "gluon", "sym", "symbol", "ndarray"), "gluon"),
}
# What a first part of a dotted name is when it is no variable.
_OTHERS = """
    nn autograd init np numpy scipy sklearn tf tensorflow keras jax jnp flax optax chainer theano
    math random
"""
_MODULES = frozenset(_SIDES) | frozenset(_ALIASES) | frozenset(_OTHERS.split())

_LEXEME = re.compile(
    r"""(?P<string>"[^"\n]*"|'[^'\n]*')"""
    r"|(?P<chain>\.?[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*)(?:(?P<bare>\(\s*\))|(?P<call>\())?"
    r"|(?P<open>[(\[{])|(?P<close>[)\]}])|(?P<compare>[=!<>]=)",
    re.ASCII,
)
_JOINTS = dict.fromkeys(map(ord, "_ .-()[]{},:;=+*/%<>!?@&|^~#$'\"`\\\t\r"))


class Name(NamedTuple):
    """A name in code: its dotted path, how it is called, how deep in parentheses.

    `called` is "()" or "(...)" where it is called without or with arguments. What comes before
    a dot only prepares what comes after it, as what stands in parentheses does: both are deeper.
    """

    path: tuple[str, ...]
    called: str = ""
    depth: int = 0

    @property
    def tail(self) -> str:
        """The last part, as it is spelled."""
        return self.path[-1]

    @property
    def makes(self) -> bool:
        """Whether it calls a class: more than a step on the way to what is done with the object."""
        return bool(self.called) and self.tail[0].isupper()

    @property
    def side(self) -> str:
        """The framework its first part belongs to, or "" where that is open."""
        return _SIDES.get(self.path[0].lower(), "") if len(self.path) > 1 else ""

    @property
    def in_module(self) -> bool:
        """Whether it is reached through a module, and hence spelled out: nn.Linear, torch.cat."""
        return len(self.path) > 1 and self.path[0].lower() in _MODULES

    @property
    def in_submodule(self) -> bool:
        """Whether the path says more than which framework: torch.cuda.device."""
        return len(self.path) > 2 and bool(self.side)

    def agrees(self, path: tuple[str, ...]) -> bool:
        """Whether one of two dotted paths, of two parts or more, ends in the other."""
        head = self.path[0]
        # Two variables called x have nothing in common.
        if min(len(self.path), len(path)) < 2 or (len(head) == 1 and head.islower()):
            return False
        pairs = zip(reversed(self.path), reversed(path), strict=False)
        return all(_same(mine.lower(), theirs.lower()) for mine, theirs in pairs)


def _same(part: str, other: str) -> bool:
    return part == other or other in _ALIASES.get(part, ()) or part in _ALIASES.get(other, ())


def squeeze(text: str) -> str:
    """Return what is left of names, one a line, without case, dots, underscores and spaces."""
    return (text if text.isalnum() else text.translate(_JOINTS)).lower()


def names_in(code: str) -> tuple[list[Name], list[str]]:
    """Return the names a line of code calls or reaches by a dot, and its other words.

    `x.grad.zero_()` gives grad and zero_; `mx.nd.clip(x)` gives mx.nd.clip, and x as a word;
    what `class` and `def` define is a word as well.
    """
    names: list[Name] = []
    words: list[str] = []
    depth = 0
    defined = False
    for match in _LEXEME.finditer(code):
        if match["compare"]:
            depth += 1  # the line is about what is compared, less about with what
        elif match["open"] or match["close"]:
            depth = max(0, depth + (1 if match["open"] else -1))
        elif match["string"]:
            text = match["string"][1:-1]
            if "_" in text and text.isidentifier():
                names.append(Name((text,), "", depth + 1))  # setattr('grad_req', 'add')
            else:
                words.append(text)
        else:
            chain, called = match["chain"], "(...)" if match["call"] else "()" * bool(match["bare"])
            if chain[0] == ".":
                _deepen_last(names, depth)
            if (called or "." in chain) and not defined:
                names += _of_chain(chain, called, depth)
            elif depth and "_" in chain and code[match.end() : match.end() + 1] == "=":
                names.append(Name((chain,), "", depth))
            elif not keyword.iskeyword(chain):
                words.append(chain)
            depth += bool(match["call"])
            defined = chain in ("class", "def")
    return names, words


def _deepen_last(names: list[Name], depth: int) -> None:
    for at in range(len(names) - 1, -1, -1):
        if names[at].depth == depth:
            if not names[at].makes:
                names[at] = names[at]._replace(depth=depth + 1)
            return


def _of_chain(chain: str, called: str, depth: int) -> list[Name]:
    parts = tuple(part for part in chain.split(".") if part)
    if len(parts) == 1 or parts[0].lower() in _MODULES or chain[0].isupper():
        return [Name(parts, called, depth)]
    # Of a variable's attributes each is a name; the variable's own name only qualifies.
    inner = [Name((part,), "", depth + 1) for part in parts[1:-1]]
    return [*inner, Name(parts[-2:] if len(parts) == 2 else parts[-1:], called, depth)]
