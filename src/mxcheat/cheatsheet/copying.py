"""The copies of weights that a row's table stands for, so that a wrong table fails."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from mxcheat.cheatsheet.row import Weight
    from mxcheat.cheatsheet.sides import Side

# In what is done with a form this line stands for the copies, into the layer that it names.
LINE = re.compile(r"^copy_weights\((.+)\)$", re.MULTILINE)
_X = re.compile(r"(?<![\w.])x\b")


def with_copies(code: str, weights: Iterable[Weight], side: Side) -> str:
    """The code of a side, with the copies in place of the line that stands for them."""
    return LINE.sub(lambda line: "\n".join(_copies(line[1], weights, side)), code)


def _copies(layer: str, weights: Iterable[Weight], side: Side) -> Iterator[str]:
    given = [weight for weight in weights if weight.value]
    if side == "pytorch":
        yield from (_into(f"{layer}.{each.pytorch}", each.value) for each in given)
        return
    yield "with autograd.pause():"  # what is recorded then is the layer, not the copies
    for each in given:
        yield f"    {layer}.{each.gluon}.set_data({_as_gluon(each)})"


def _into(place: str, value: str) -> str:
    """The value put into a parameter of PyTorch, in its own dtype: one of another size raises."""
    return f"{place}.data = {value}.view_as({place})"


def _as_gluon(weight: Weight) -> str:
    """The value as Gluon has it: the rule, which calls PyTorch's value x, or that value itself."""
    return _X.sub(weight.value, weight.rule) if weight.rule else weight.value
