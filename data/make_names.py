"""Lists the public names of the installed frameworks, for data/names.txt.

    .venv/bin/python data/make_names.py [FILE]

Modules, classes, functions, methods and properties, spelled as the rows' `answers` are: one name
for whatever path a thing is reached by (`mxcheat.names.spelling`), members by the class that they
belong to. mxcheat/search/public.py says how the file is read. Not a sentence of documentation
is taken.
"""

from __future__ import annotations

import builtins
import importlib
import inspect
import operator
import re
import sys
import warnings
from collections import defaultdict
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Any

from mxcheat.live.worker import old_numpy, with_torchvision
from mxcheat.names.spelling import MODULES, standard, symbol_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

FILE = Path(__file__).with_name("names.txt")
# Machinery that no model's code calls, and what ends the process or opens files when imported.
_LEFT_OUT = re.compile(
    r"mxnet\.(?:kvstore_server|libinfo|(?:\w+\.)*(?:gen_\w+|fallback|numpy_dispatch_protocol|utils\.\w+))(?:\.|$)"
    r"|torch\.(?:ops|classes|return_types|utils\.cpp_extension|distributed\.elastic|jit\.annotations"
    r"|distributed\.argparse_util|overrides|types)(?:\.|$)"
    r"|torchvision\.(?:prototype|extension)(?:\.|$)"
)
# Modules that offer what was made elsewhere, and where that was.
_GATHERING = {
    "mxnet": "mxnet",
    "mxnet.numpy_extension": "mxnet",
    "mxnet.numpy": ("mxnet.numpy", "numpy", "mxnet._numpy_op_doc"),
}
# Packages by which classes of their modules are spelled, if they offer them.
_OFFERING = {"torch.distributions", "torchvision.datasets"}
# Classes by whose name the members of all that inherit from them are spelled.
_KINDS = """
    NDArray:mxnet.nd.NDArray NDArray:mxnet.np.ndarray Symbol:mxnet.sym.Symbol
    Block:mxnet.gluon.Block Parameter:mxnet.gluon.Parameter Trainer:mxnet.gluon.Trainer
    ParameterDict:mxnet.gluon.ParameterDict EvalMetric:mxnet.metric.EvalMetric
    DataIter:mxnet.io.DataIter KVStore:mxnet.kvstore.KVStoreBase KVStore:mxnet.kvstore.KVStore
    Module:mxnet.mod.BaseModule
    Executor:mxnet.executor.Executor RecordIO:mxnet.recordio.MXRecordIO
    Dataset:mxnet.gluon.data.Dataset Optimizer:mxnet.optimizer.Optimizer
    LRScheduler:mxnet.lr_scheduler.LRScheduler CustomOp:mxnet.operator.CustomOp
    Context:mxnet.context.Context Function:mxnet.autograd.Function DataBatch:mxnet.io.DataBatch
    Tensor:torch.Tensor Module:torch.nn.Module Optimizer:torch.optim.Optimizer
    LRScheduler:torch.optim.lr_scheduler.LRScheduler Function:torch.autograd.Function
    Dataset:torch.utils.data.Dataset
"""


def main(target: Path) -> None:
    """Write the list."""
    old_numpy.restore_removed_names()
    warnings.simplefilter("ignore")
    torch, mxnet = (importlib.import_module(name) for name in ("torch", "mxnet"))
    with_torchvision.declare_missing_operators(torch)
    torchvision = importlib.import_module("torchvision")
    kinds = _kinds()
    signatures = _tested_signatures(torch)
    lines = []
    for framework in (mxnet, torch, torchvision):
        lines.append(f"# {framework.__name__} {framework.__version__.partition('+')[0]}")
        names = Names(framework, kinds, signatures)
        lines += names.lines()
    target.write_text("\n".join(lines) + "\n", encoding="utf-8")


class Names:
    """The names of one framework: by the module or class that they belong to."""

    def __init__(self, framework: ModuleType, kinds: dict[type, str], tested: dict[Any, str]):
        self._root = framework.__name__
        self._kinds = kinds
        self._tested = tested
        self._found: dict[str, dict[str, str]] = defaultdict(dict)
        modules = _modules(framework)
        for module in modules:
            path = standard(module.__name__)
            if "." in path and not path.startswith("mxnet.sym."):
                self._add(path, "m")
        for symbol, thing in _shortest(modules):
            self._add_thing(symbol, thing)

    def lines(self) -> Iterator[str]:
        """A line for each owner, then one for each of its names: name, kind, parameters."""
        for owner in sorted(self._found):
            yield owner
            for name, said in sorted(self._found[owner].items()):
                yield f" {name} {said}"

    def _add(self, path: str, said: str) -> None:
        owner, _, name = path.rpartition(".")
        kept = self._found[owner].get(name, "")
        self._found[owner][name] = max(kept, said, key=len)

    def _add_thing(self, symbol: str, thing: Any) -> None:
        if inspect.isclass(thing):
            self._add(symbol, f"c {self._parameters(thing)}".rstrip())
            # torch.FloatTensor has what Tensor has, mxnet.np.float32 what NumPy says.
            if type(thing).__name__ != "tensortype" and thing.__module__ != "numpy":
                self._add_members(symbol, thing)
        elif callable(thing):
            self._add(symbol, f"f {self._parameters(thing)}".rstrip())
        elif not isinstance(thing, (dict, list, str)):
            self._add(symbol, "a")

    def _add_members(self, symbol: str, owner: type) -> None:
        kind = next((self._kinds[base] for base in owner.__mro__ if base in self._kinds), "")
        for name, member in _members(owner, self._root):
            if kind or not _is_inherited(owner, name, self._root):
                of_class = isinstance(member, (staticmethod, classmethod))
                path = f"{symbol if of_class else kind or symbol}.{name}"
                if callable(member) or of_class:
                    call = getattr(owner, name)
                    self._add(path, f"f {self._parameters(call)}".rstrip())
                else:
                    self._add(path, "p")

    def _parameters(self, thing: Any) -> str:
        tested = self._tested.get(thing) if thing.__hash__ else None
        try:
            signature = inspect.signature(thing)
        except (TypeError, ValueError):
            return tested or ""
        marks = {inspect.Parameter.VAR_POSITIONAL: "*", inspect.Parameter.VAR_KEYWORD: "**"}
        given = [
            marks.get(p.kind, "") + name
            for name, p in signature.parameters.items()
            if name not in ("self", "cls")
        ]
        return tested if tested and given == ["*args", "**kwargs"] else " ".join(given)


def _kinds() -> dict[type, str]:
    found = {}
    for pair in _KINDS.split():
        name, _, path = pair.partition(":")
        root, _, rest = path.partition(".")
        found[operator.attrgetter(rest)(sys.modules[root])] = name
    return found


def _tested_signatures(torch: ModuleType) -> dict[Any, str]:
    """What torch's builtin functions take: they have no signature, but torch's tests call them."""
    found = {}
    for thing, stand_in in torch.overrides.get_testing_overrides().items():
        names = [n for n in inspect.signature(stand_in).parameters if n != "self"]
        found[thing] = " ".join(names)
    return found


def _modules(root: ModuleType) -> list[ModuleType]:
    """The public modules of a framework: those that its names are spelled by, and all they hold."""
    found: dict[str, ModuleType] = {}
    waiting = [root, *_spelled(root)]
    while waiting:
        module = waiting.pop()
        if module.__name__ not in found and _is_public(module.__name__, root.__name__):
            found[module.__name__] = module
            waiting += [each for each in vars(module).values() if isinstance(each, ModuleType)]
    return [found[name] for name in sorted(found)]


def _spelled(root: ModuleType) -> Iterator[ModuleType]:
    for path in sorted(MODULES):
        if path.startswith(f"{root.__name__}."):
            try:
                yield importlib.import_module(path)
            except ImportError:
                continue  # one of another version, an alias, or what needs something more


def _is_public(name: str, root: str) -> bool:
    parts = name.split(".")
    private = any(part.startswith("_") for part in parts)
    return parts[0] == root and not private and not _LEFT_OUT.match(name)


def _shortest(modules: Iterable[ModuleType]) -> Iterator[tuple[str, Any]]:
    """What the modules offer; what several do is spelled by a module of `MODULES`, or shortest."""
    paths: dict[int, list[str]] = defaultdict(list)
    things: dict[str, Any] = {}
    for module in modules:
        for name in _public(module):
            symbol = symbol_of(f"{module.__name__}.{name}")
            thing = getattr(module, name, None)
            if symbol is None or not _is_there(symbol):
                continue
            if thing is not None and not isinstance(thing, ModuleType):
                things[symbol] = thing
                paths[id(thing)].append(symbol)
    for symbol, thing in things.items():
        owner, _, last = symbol.rpartition(".")
        alike = [each.count(".") for each in paths[id(thing)] if each.endswith(f".{last}")]
        if owner in MODULES or symbol.count(".") == min(alike):
            yield symbol, thing


def _is_there(symbol: str) -> bool:
    """Whether a package that is said to offer the classes of its modules offers this one."""
    owner, _, name = symbol.rpartition(".")
    return owner not in _OFFERING or hasattr(sys.modules[owner], name)


def _public(module: ModuleType) -> Iterable[str]:
    """The names that a module offers: those it says it does, and what is its own."""
    names = set(getattr(module, "__all__", ()))
    names.update(name for name, thing in vars(module).items() if _is_own(module, thing))
    return sorted(name for name in names if not name.startswith("_"))


def _is_own(module: ModuleType, thing: Any) -> bool:
    """Whether a thing was made in the module, below it, or in the compiled part of the package."""
    home = getattr(thing, "__module__", None)
    root = module.__name__.partition(".")[0]
    if module.__name__ in _GATHERING:
        return isinstance(home, str) and home.startswith(_GATHERING[module.__name__])
    if isinstance(thing, ModuleType):
        return False
    if inspect.isbuiltin(thing) and home in (None, root):
        return "." in module.__name__
    below = f"{home}.".startswith(f"{module.__name__}.")
    return (below and (home != root or inspect.isfunction(thing))) or (
        isinstance(home, str) and home.startswith(f"{root}._C._")
    )


def _members(owner: type, root: str) -> Iterator[tuple[str, Any]]:
    """The public members that the framework gives a class, itself or by those it inherits from."""
    for name in sorted(dir(owner)):
        if not name.startswith("_") and name.isidentifier():
            for base in owner.__mro__:
                if name in vars(base):
                    if base.__module__.partition(".")[0] == root:
                        yield name, vars(base)[name]
                    break


def _is_inherited(owner: type, name: str, root: str) -> bool:
    """Whether a public class of the framework above has the member: it is spelled by that."""
    homes = [base for base in owner.__mro__ if name in vars(base)]
    home = homes[0] if homes else owner
    public = not home.__name__.startswith("_") and home.__module__.startswith(root)
    return home is not owner and (public or hasattr(builtins, home.__name__))


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else FILE)
