"""From source text to the public names that it uses.

What is known: every form of import and alias; names rebound, shadowed and declared global or
nonlocal, as Python scopes them; defaults, decorators, comprehensions, lambdas; functools.partial
and getattr with a name that is written out; what a method is called on, by what the frameworks'
names give (`results`, `kinds`), through assignments, unpacking, loops, `with`, lists and
dictionaries, functions of the source and what they return, attributes that methods set, and the
classes that they inherit from; the F of hybrid_forward under any name; what a framework gives to
functions that it is handed (`functions`). Branches that disagree give both; what a parameter holds
comes from the first call that is met. What other modules export, and what they call the functions
of this one with, is known as far as `around` tells it.

What is not known: what depends on data, such as a computed name for getattr or a text for exec
(these are noted as unknown); what a decorator or a metaclass makes of what it is given; attributes
set by setattr. An object that nothing else is known of is recognized by a method that only its kind
has, such as asnumpy, or by its name, such as net or trainer: these uses are only likely.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from mxcheat.names.kinds import KINDS
from mxcheat.names.lookup import BUILTINS
from mxcheat.names.mending import mended
from mxcheat.names.spelling import is_framework, standard
from mxcheat.names.statements import Reader
from mxcheat.names.uses import ALONE, Around, Reading, Use
from mxcheat.names.values import PLAIN, UNKNOWN, Instance, Namespace, Public, Value

if TYPE_CHECKING:
    from collections.abc import Mapping


def read(
    source: str,
    ambient: Mapping[str, str] | None = None,
    assumed: str = "",
    around: Around = ALONE,
) -> Reading:
    """Read a module or a snippet; any text will do, and what is broken is named as a problem.

    `ambient` gives what the source finds without an import: for each name a path ("mxnet.nd"), a
    kind of object ("NDArray", "Tensor", "Block"), or "" for what belongs to no framework. `assumed`
    is the kind of object that an unbound name stands for, where a text is only a piece of code.
    `around` is what is known of other modules.
    """
    source = source.removeprefix("\ufeff")
    tree, problems = mended(source)
    values = {name: _ambient(given) for name, given in (ambient or {}).items()}
    unbound = Instance(assumed, sure=False) if assumed else UNKNOWN
    reader = Reader(source, values, unbound, around)
    reader.whole(tree)
    uses = sorted(reader.notes.uses, key=_in_order)
    bound = reader.module.bound
    free = frozenset() if reader.stars else frozenset(reader.read - bound - BUILTINS)
    reader.forget()
    exports = {name: reader.module.values.get(name, UNKNOWN) for name in bound}
    return Reading(
        tuple(uses),
        tuple(dict.fromkeys(reader.imports)),
        frozenset(reader.others),
        frozenset(reader.untold),
        frozenset(reader.read),
        free,
        Namespace(exports, tuple(reader.stars), reader.public),
        tuple(reader.handed),
        tuple(reader.notes.mentions),
        frozenset(reader.named),
        tuple(problems + reader.problems),
    )


def _ambient(given: str) -> Value:
    if given in KINDS:
        return Instance(given)
    return Public(standard(given)) if is_framework(given) else PLAIN


def _in_order(use: Use) -> tuple[int, int, int, int]:
    return use.line, use.column, -use.end_line, -use.end_column
