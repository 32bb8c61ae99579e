"""What a framework says of its own names: signature and documentation. Python 3.8 syntax."""

from __future__ import annotations

import importlib
import inspect
from typing import Any, Mapping, Sequence

DOC_LIMIT = 20_000


def describe(name: str, homes: Mapping[str, Sequence[str]]) -> dict[str, str]:
    """Signature and docstring of a public name; empty where there is none.

    `homes` says where the classes live whose methods are named without a module, as in
    `Tensor.view`: dotted names to try in order.
    """
    head, _, rest = name.partition(".")
    found = None
    for home in homes.get(head, [head]):
        found = resolve(home + "." + rest if rest else home)
        if found is not None:
            break
    doc = inspect.getdoc(found) or "" if found is not None else ""
    return {"name": name, "signature": _signature(found, name, doc), "doc": doc[:DOC_LIMIT]}


def resolve(dotted: str) -> Any:
    """The object of this dotted name, or None; a function before a module that is called alike."""
    found: Any = None
    path = ""
    for part in dotted.split("."):
        path = path + "." + part if path else part
        attribute = getattr(found, part, None)
        found = _module(path) if attribute is None else attribute
        if found is None:
            return None
    return found


def _module(path: str) -> Any:
    try:
        return importlib.import_module(path)
    except Exception:  # whatever importing it raises, there is nothing to describe
        return None


def _signature(found: Any, name: str, doc: str) -> str:
    """As Python knows it; of a compiled function, the docstring's first line if it is one."""
    last = name.rsplit(".", 1)[-1]
    try:
        return last + str(inspect.signature(found))
    except (TypeError, ValueError):
        first = doc.strip().split("\n", 1)[0]
        called, bracket, _ = first.partition("(")
        return first if bracket and called.rsplit(".", 1)[-1] == last else ""
