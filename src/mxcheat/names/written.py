"""Names as they are written, in any text: whole code, a piece of it, or prose.

Ranking needs these at every keystroke, so nothing is parsed: a text is read from left to right, by
its punctuation. What a name stands for is not asked: `resolve` tells that, for code.
"""

from __future__ import annotations

import builtins
import keyword
import re
from typing import NamedTuple

# What the first part of a dotted name may stand for, when it is no variable.
ROOTS = {
    **{name: (name,) for name in ("mxnet", "torch", "torchvision")},
    "mx": ("mxnet",),
    "th": ("torch",),
    **dict.fromkeys(("nd", "ndarray"), ("mxnet.nd",)),
    **dict.fromkeys(("sym", "symbol"), ("mxnet.sym", "mxnet.nd")),
    "gluon": ("mxnet.gluon",),
    "npx": ("mxnet.npx",),
    "np": ("numpy", "mxnet.np"),
    "F": ("mxnet.nd", "torch.nn.functional", "mxnet.npx", "torchvision.transforms.functional"),
    "T": ("torchvision.transforms", "mxnet.gluon.data.vision.transforms"),
    "nn": ("torch.nn", "mxnet.gluon.nn"),
    "rnn": ("mxnet.gluon.rnn", "mxnet.rnn"),
    "optim": ("torch.optim",),
    "dist": ("torch.distributed",),
    "tensor": ("torch.Tensor",),
    "autograd": ("mxnet.autograd", "torch.autograd"),
    **dict.fromkeys(("init", "initializer"), ("mxnet.init", "torch.nn.init")),
    **{
        name: (name,)
        for name in (
            *("numpy", "scipy", "sklearn", "tf", "tensorflow", "keras", "jax", "jnp", "flax"),
            *("optax", "chainer", "theano", "math", "random"),
        )
    },
}
_VARIABLES = {"rnn", "T", "dist"}  # these are variables as often
_SIDES = {"mxnet": "gluon", "torch": "pytorch", "torchvision": "pytorch"}
MODULES = frozenset(name.lower() for name in ROOTS.keys() - _VARIABLES)

# Methods that iterate or format say little about what a line is for.
CHORES = frozenset({"append", "extend", "items", "values", "keys", "join", "format"})

_JOINTS = dict.fromkeys(map(ord, "_ .-()[]{},:;=+*/%<>!?@&|^~#$'\"`\\\t\r"))

_LEXEME = re.compile(
    r"""(?P<string>"[^"\n]*"|'[^'\n]*')"""
    r"|(?P<chain>\.?[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*)(?:(?P<bare>\(\s*\))|(?P<call>\())?(?P<set>(?==(?!=)))?"
    r"|(?P<open>[(\[{])|(?P<close>[)\]}])|(?P<compare>[=!<>]=)",
    re.ASCII,
)
# What these define is the user's own: a word, not a framework's name.
_DEFINING = ("class", "def")


class Name(NamedTuple):
    """A name in code: its dotted path, how it is called, how deep in parentheses.

    `called` is "()" or "(...)" where it is called without or with arguments. What is before a dot
    only prepares what comes after it, and so does what is in parentheses: both are deeper.
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
    def is_chore(self) -> bool:
        """Whether it says little about what is done, as items(), append() and len() do."""
        return self.tail in CHORES or (len(self.path) == 1 and hasattr(builtins, self.tail))

    @property
    def side(self) -> str:
        """The framework its first part belongs to, or "" where that is open."""
        roots = stands_for(self.path[0]) if len(self.path) > 1 and self.in_module else ()
        sides = {_SIDES.get(root.partition(".")[0], "") for root in roots}
        return sides.pop() if len(sides) == 1 else ""

    @property
    def in_module(self) -> bool:
        """Whether it is reached through a module, as nn.Linear and torch.cat are."""
        return len(self.path) > 1 and self.path[0].lower() in MODULES

    def agrees(self, path: tuple[str, ...]) -> bool:
        """Whether one of two dotted paths, of two parts or more, ends in the other."""
        head = self.path[0]
        # Two variables called x have nothing in common.
        if min(len(self.path), len(path)) < 2 or (len(head) == 1 and head.islower()):
            return False
        pairs = zip(reversed(self.path), reversed(path), strict=False)
        return all(_same(mine.lower(), theirs.lower()) for mine, theirs in pairs)


def stands_for(first: str) -> tuple[str, ...]:
    """The modules that the first part of a name may stand for; () for what is none."""
    return ROOTS.get(first) or ROOTS.get(first.lower()) or ROOTS.get(first.upper(), ())


def _same(part: str, other: str) -> bool:
    return part == other or _is_short_for(part, other) or _is_short_for(other, part)


def _is_short_for(part: str, module: str) -> bool:
    return part in MODULES and any(root.rpartition(".")[2] == module for root in stands_for(part))


def squeeze(text: str) -> str:
    """Return what is left of names, one a line, without case, dots, underscores and spaces."""
    return (text if text.isalnum() else text.translate(_JOINTS)).lower()


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
    """A line read so far: its names and words, and how deep in parentheses its end is."""

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
        else:  # a line is more about what is compared than about what with
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
