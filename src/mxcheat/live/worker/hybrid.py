"""A Gluon form run inside a hybridized block: its `nd` is F there, its arrays are Symbols.

Standard library only; Python 3.8 syntax.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Iterator

if TYPE_CHECKING:
    from mxcheat.live.worker import encode
    from mxcheat.live.worker.snippet import Snippet
else:  # found by name beside the script that is run, serve.py
    import encode


def run_hybridized(mx: Any, snippet: Snippet, namespace: dict[str, Any]) -> list[tuple[str, Any]]:
    """Named outputs of `snippet` as the whole of a hybridized block's `hybrid_forward`.

    Every array of `namespace` is an argument of the block, which needs one at least. What tracing
    raises comes out.
    """
    arrays = {name: value for name, value in namespace.items() if isinstance(value, mx.nd.NDArray)}
    arrays = arrays or {"_": mx.nd.zeros(1)}  # a graph without any input cannot be run
    symbolic: Any = _Symbolic(mx)
    traced: list[tuple[str, Any]] = []

    class Form(mx.gluon.HybridBlock):  # type: ignore[misc]
        def hybrid_forward(self, F: Any, *values: Any) -> list[Any]:  # noqa: N803 - Gluon's name
            inside = dict(namespace, nd=F, F=F)
            inside.update(zip(arrays, values))
            traced[:] = snippet.execute(inside)
            return [*encode.arrays_in(symbolic, traced), F.identity(values[0])]

    block = Form()
    block.hybridize()
    given = iter(block(*arrays.values()))
    return [(name, _filled(symbolic, value, given)) for name, value in traced]


def _filled(symbolic: Any, value: Any, given: Iterator[Any]) -> Any:
    """A traced value with the arrays that came of its Symbols, in the order of `arrays_in`."""
    if symbolic.is_array(value):
        return next(given)
    if isinstance(value, (list, tuple)):
        items = [_filled(symbolic, item, given) for item in value]
        return tuple(items) if isinstance(value, tuple) else items
    if isinstance(value, dict):
        return {key: _filled(symbolic, item, given) for key, item in value.items()}
    return value


class _Symbolic:
    """What finding arrays in containers needs to know, where the arrays are Symbols."""

    def __init__(self, mx: Any) -> None:
        self.kinds = (mx.nd.NDArray, mx.sym.Symbol)

    def is_array(self, value: Any) -> bool:
        return isinstance(value, self.kinds)
