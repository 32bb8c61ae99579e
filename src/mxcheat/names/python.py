"""What calls of Python's own functions return, where that comes from their arguments."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mxcheat.names.functions import of_annotation
from mxcheat.names.members import combined
from mxcheat.names.values import (
    PLAIN,
    UNKNOWN,
    Class,
    Mapped,
    Object,
    Several,
    Value,
    any_of,
    listed,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from mxcheat.names.calls import Calls

    Given = Sequence[Value]
    Named = Mapping[str, Value]


def handed_on(path: str, caller: Calls, given: Given, named: Named) -> Value | None:
    """What calling a function of Python, given by its path, returns; None if it is not known."""
    make = _MAKERS.get(path)
    return make(caller, given, named) if make else None


def _first(given: Given) -> Value:
    return given[0] if given else UNKNOWN


def _same(caller: Calls, given: Given, named: Named) -> Value:
    """A list of what the first argument gives, or that list itself."""
    first = _first(given)
    if "key" in named:
        caller.result(named["key"], [caller.members.each(first)], {})
    return first if isinstance(first, Several) else Several(caller.members.each(first))


def _all_of(caller: Calls, given: Given, _named: Named) -> Value:
    return Several(any_of([caller.members.each(each) for each in given]))


def _map(caller: Calls, given: Given, _named: Named) -> Value:
    if not given:
        return UNKNOWN
    return Several(caller.result(given[0], [*map(caller.members.each, given[1:])], {}))


def _filter(caller: Calls, given: Given, _named: Named) -> Value:
    each = caller.members.each(given[1]) if len(given) > 1 else UNKNOWN
    caller.result(_first(given), [each], {})
    return Several(each)


def _reduce(caller: Calls, given: Given, _named: Named) -> Value:
    each = caller.members.each(given[1]) if len(given) > 1 else UNKNOWN
    return caller.result(_first(given), [each, each], {})


def _sum(caller: Calls, given: Given, _named: Named) -> Value:
    return combined(caller.members.each(_first(given)), PLAIN)


def _extreme(caller: Calls, given: Given, named: Named) -> Value:
    each = caller.members.each(given[0]) if len(given) == 1 else any_of(given)
    if "key" in named:
        caller.result(named["key"], [each], {})
    return each


def _dict(caller: Calls, given: Given, named: Named) -> Value:
    values = [value for name, value in named.items() if name != "**"]
    for each in given:
        if isinstance(each, Mapped):
            values.append(each.each)
        elif isinstance(each, Several):
            values.append(caller.members.item(each.each, 1))
    return Mapped(any_of(values))


def _type(_caller: Calls, given: Given, _named: Named) -> Value:
    first = _first(given)
    return first.cls if isinstance(first, Object) else UNKNOWN


def _cast(given: Given) -> Value:
    said = of_annotation(_first(given))
    return said if said is not UNKNOWN else [*given, UNKNOWN][1]


def _made_empty(caller: Calls, given: Given, _named: Named) -> Value:
    """A defaultdict: its values are what its factory returns."""
    first = _first(given)
    return Mapped(caller.result(first, [], {}) if isinstance(first, Class) else UNKNOWN)


_MAKERS: dict[str, Callable[[Calls, Given, Named], Value]] = {
    **dict.fromkeys(("list", "tuple", "set", "sorted", "reversed", "iter", "frozenset"), _same),
    **dict.fromkeys(("tqdm.tqdm", "tqdm.auto.tqdm", "tqdm.notebook.tqdm", "tqdm.trange"), _same),
    **dict.fromkeys(("itertools.cycle", "itertools.islice", "collections.deque"), _same),
    "itertools.chain": _all_of,
    "itertools.repeat": lambda _caller, given, _named: Several(_first(given)),
    **dict.fromkeys(("copy.copy", "copy.deepcopy"), lambda _caller, given, _named: _first(given)),
    "typing.cast": lambda _caller, given, _named: _cast(given),
    "abs": lambda _caller, given, _named: combined(_first(given), PLAIN),
    "next": lambda caller, given, _named: caller.members.each(_first(given)),
    "zip": lambda caller, given, _named: Several(listed([*map(caller.members.each, given)])),
    "enumerate": lambda caller, given, _named: Several(
        listed([PLAIN, caller.members.each(_first(given))])
    ),
    "map": _map,
    "filter": _filter,
    "functools.reduce": _reduce,
    "sum": _sum,
    "max": _extreme,
    "min": _extreme,
    "dict": _dict,
    "collections.OrderedDict": _dict,
    "collections.defaultdict": _made_empty,
    "type": _type,
}
