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
        found = _resolve(home + "." + rest if rest else home)
        if found is not None:
            break
    doc = inspect.getdoc(found) or "" if found is not None else ""
    return {"name": name, "signature": _signature(found, name, doc), "doc": doc[:DOC_LIMIT]}


def _resolve(dotted: str) -> Any:
    """The object of this name, or None: the longest part that imports, and attributes of it."""
    parts = dotted.split(".")
    for end in range(len(parts), 0, -1):
        try:
            found: Any = importlib.import_module(".".join(parts[:end]))
        except ImportError:
            continue
        for part in parts[end:]:
            found = getattr(found, part, None)
        return found
    return None


def _signature(found: Any, name: str, doc: str) -> str:
    """As Python knows it; of a compiled function, the docstring's first line if it is one."""
    last = name.rsplit(".", 1)[-1]
    try:
        return last + str(inspect.signature(found))
    except (TypeError, ValueError):
        first = doc.strip().split("\n", 1)[0]
        return first if first.startswith(last + "(") else ""
