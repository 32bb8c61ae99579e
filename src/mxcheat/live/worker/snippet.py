"""Runs one snippet in the child that a worker has ready, and turns values into JSON.

Standard library only; Python 3.8 syntax.
"""

from __future__ import annotations

import ast
import base64
import contextlib
import linecache
import math
import os
import random
import statistics
import sys
import types
from functools import partial
from time import perf_counter  # a snippet may replace the module's
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from mxcheat.live.worker import document, encode
    from mxcheat.live.worker.adapter import Adapter, UnavailableError
    from mxcheat.live.worker.failure import describe_failure
    from mxcheat.live.worker.targets import bound_names
else:  # found by name beside the script that is run, serve.py
    import document
    import encode
    from adapter import Adapter, UnavailableError
    from failure import describe_failure
    from targets import bound_names

# A benchmark runs for this long, but at least and at most so often after the warm-up.
BENCH_SECONDS = 1.0
BENCH_WARM_UP = 3
BENCH_LEAST = 5
BENCH_MOST = 5000


def answer(adapter: Adapter, request: dict[str, Any]) -> dict[str, Any]:
    """Carry out one request; every way it can go wrong is a reply too."""
    try:
        if request["op"] == "devices":
            return {"status": "ok", "devices": adapter.devices()}
        if request["op"] == "describe":
            names = [document.describe(name, adapter.homes) for name in request["names"]]
            return {"status": "ok", "names": names}
        return run(adapter, request)
    except UnavailableError as error:
        failure = {"type": "unavailable", "message": str(error), "fix": error.fix}
        return {"status": "unavailable", "error": failure}
    except BaseException as error:
        return {"status": "error", "error": describe_failure(error, adapter.filename)}
    finally:
        for stream in (sys.stdout, sys.stderr):
            with contextlib.suppress(BaseException):  # the snippet may have replaced it
                stream.flush()


def run(adapter: Adapter, request: dict[str, Any]) -> dict[str, Any]:
    """Run the snippet; return its outputs and the milliseconds it took, waited for."""
    device = adapter.device(request["device"]["kind"], request["device"]["index"])
    module = types.ModuleType("__main__")
    namespace = module.__dict__
    namespace.update(adapter.namespace(device), math=math, np=_numpy())
    namespace["samples"] = request["samples"]
    sys.modules["__main__"] = module  # what a snippet defines can be pickled
    inputs = {name: _decode(adapter, spec, device) for name, spec in request["inputs"].items()}
    for name in request["gradient"]:
        inputs[name] = adapter.attach_gradient(inputs[name])
    namespace.update(inputs)
    random.seed(request["seed"])
    adapter.seed(request["seed"], device, request["code"] + request.get("hybridized", ""))
    snippet = Snippet(request["code"], adapter.filename)
    execute = snippet.execute
    if "hybridized" in request:
        exec(compile(request["hybridized"], adapter.filename, "exec"), namespace)
        execute = partial(adapter.hybridized, snippet)
    recording = adapter.recording() if request["gradient"] else contextlib.nullcontext()
    adapter.synchronize()
    with adapter.scope(device):
        began = perf_counter()
        with recording:
            outputs = execute(namespace)
        adapter.synchronize()
        elapsed = perf_counter() - began
        if request["gradient"]:
            adapter.backward(list(encode.arrays_in(adapter, outputs)))
            outputs += [(name + ".grad", inputs[name].grad) for name in request["gradient"]]
        reply = encode.encode_outputs(adapter, outputs, request["elements"])
        bench = measure(adapter, snippet, namespace) if request["bench"] else None
    return dict(reply, status="ok", elapsed_ms=elapsed * 1000, bench=bench)


def measure(adapter: Adapter, snippet: Snippet, namespace: dict[str, Any]) -> dict[str, Any]:
    """Median and interquartile range of repeated runs in milliseconds, each waited for.

    The snippet runs in the namespace it has already run in; what it prints is dropped.
    """
    times: list[float] = []
    with open(os.devnull, "w") as nowhere, contextlib.redirect_stdout(nowhere):
        began = perf_counter()
        while len(times) < BENCH_WARM_UP + BENCH_LEAST or (
            perf_counter() - began < BENCH_SECONDS and len(times) < BENCH_MOST
        ):
            start = perf_counter()
            snippet.execute(namespace)
            adapter.synchronize()
            times.append((perf_counter() - start) * 1000)
    measured = times[BENCH_WARM_UP:]
    first, median, third = statistics.quantiles(measured, n=4)
    return {"median_ms": median, "iqr_ms": third - first, "iterations": len(measured)}


class Snippet:
    """Code whose last statement says what its outputs are.

    An expression gives its value ("out", or the name it consists of; a tuple gives one
    output an element, those of a starred element one by one); any other statement gives
    the names it binds.
    """

    def __init__(self, code: str, filename: str) -> None:
        linecache.cache[filename] = (len(code), None, code.splitlines(True), filename)
        tree = ast.parse(code, filename)
        self.source = code
        self.bound: list[str] = []
        self.labels: list[tuple[str, bool]] | None = None
        self.label = ""
        self.expression = None
        last = tree.body[-1] if tree.body else None
        if isinstance(last, ast.Expr):
            tree.body.pop()
            self.expression = compile(self._expression(last.value), filename, "eval")
        else:
            self.bound = bound_names(last)
        self.statements = compile(tree, filename, "exec")

    def execute(self, namespace: dict[str, Any]) -> list[tuple[str, Any]]:
        """Run in `namespace`; return outputs under names of their own."""
        exec(self.statements, namespace)
        if self.expression is None:
            return [(name, namespace[name]) for name in self.bound if name in namespace]
        value = eval(self.expression, namespace)
        if self.labels is None:
            return [] if value is None else [(self.label, value)]
        outputs = []
        for (label, starred), item in zip(self.labels, value):
            if starred:
                outputs += [("%s[%d]" % (label, i), part) for i, part in enumerate(item)]
            else:
                outputs.append((label, item))
        return _told_apart(outputs)

    def _expression(self, node: ast.expr) -> ast.Expression:
        """What is to be evaluated of the last expression; notes the labels of its parts."""
        if not isinstance(node, ast.Tuple):
            simple = isinstance(node, (ast.Name, ast.Attribute, ast.NamedExpr))
            self.label = self._label(node) if simple else "out"
            return ast.Expression(node)
        parts: list[ast.expr] = []
        self.labels = []
        for part in node.elts:
            if isinstance(part, ast.Starred):  # all it unpacks to is one part of the value
                self.labels.append((self._label(part.value), True))
                parts.append(ast.copy_location(ast.Tuple([part], ast.Load()), part))
            else:
                self.labels.append((self._label(part), False))
                parts.append(part)
        return ast.Expression(ast.copy_location(ast.Tuple(parts, ast.Load()), node))

    def _label(self, node: ast.expr) -> str:
        named = node.target if isinstance(node, ast.NamedExpr) else node
        return ast.get_source_segment(self.source, named) or "out"


def _told_apart(outputs: list[tuple[str, Any]]) -> list[tuple[str, Any]]:
    """Outputs of one name are numbered from the second on."""
    seen: dict[str, int] = {}
    told = []
    for name, value in outputs:
        seen[name] = seen.get(name, 0) + 1
        told.append((name if seen[name] == 1 else "%s #%d" % (name, seen[name]), value))
    return told


def _decode(adapter: Adapter, spec: Any, device: Any) -> Any:
    if not isinstance(spec, dict):
        return spec
    data = base64.b64decode(spec["data"])
    return adapter.array(data, spec["shape"], spec["dtype"], device)


class _NoNumPy:
    """Stands where NumPy would, and says what is missing once it is used."""

    def __getattr__(self, name: str) -> Any:
        raise ModuleNotFoundError("No module named 'numpy'")


def _numpy() -> Any:
    try:
        return __import__("numpy")
    except ImportError:
        return _NoNumPy()
