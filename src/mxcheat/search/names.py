"""Names as people type them: dotted, called, spelled with or without underscores."""

from __future__ import annotations

import builtins
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
MODULES = frozenset(_SIDES) | frozenset(_ALIASES) | frozenset(_OTHERS.split())

# What goes through something, or writes it down, says little of what is done.
CHORES = frozenset({"append", "extend", "items", "values", "keys", "join", "format"})

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
    def is_chore(self) -> bool:
        """Whether it says little of what is done, as items(), append() and len() do."""
        return self.tail in CHORES or (len(self.path) == 1 and hasattr(builtins, self.tail))

    @property
    def side(self) -> str:
        """The framework its first part belongs to, or "" where that is open."""
        return _SIDES.get(self.path[0].lower(), "") if len(self.path) > 1 else ""

    @property
    def in_module(self) -> bool:
        """Whether it is reached through a module, and hence spelled out: nn.Linear, torch.cat."""
        return len(self.path) > 1 and self.path[0].lower() in MODULES

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
