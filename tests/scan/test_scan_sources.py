"""What is reported of a use and a file; which row answers; which file an import means."""

from __future__ import annotations

import gc

import pytest

from mxcheat.loading import load
from mxcheat.names.libraries import stands_on as framework_of_library
from mxcheat.scan.answers import Answers
from mxcheat.scan.findings import told_of
from mxcheat.scan.found import Bite, Call, File, Source
from mxcheat.scan.modules import Modules
from mxcheat.scan.order import imports, ordered
from mxcheat.scan.project import scan_sources

SHEET = load()


def scanned(text: str, **options: object) -> File:
    """One text, scanned."""
    (file,) = scan_sources([Source("a.py", text)], SHEET, **options)  # type: ignore[arg-type]
    return file


def test_a_call_has_its_place_code_and_row() -> None:
    file = scanned("from mxnet import nd\nif x:\n    y = nd.concat(a, b,  # both\n  dim=0)\n")
    assert file == File(
        "a.py",
        None,
        ("mxnet",),
        (Call(3, 9, 4, 9, "nd.concat(a, b, dim=0)", "mxnet.nd.concat", "sure", row="concat"),),
    )


def test_bites_are_asked_of_the_row_and_the_use() -> None:
    bite = Bite("it differs", "values", silent=True)
    file = scanned(
        "from mxnet import nd\nnd.concat(a, b)\nnd.nothing_of_the_kind(1)",
        bites=lambda row, use: (bite,) if (row.id, use.positional) == ("concat", 2) else (),
    )
    assert [(call.row, call.bites) for call in file.calls] == [("concat", (bite,)), (None, ())]


def test_a_use_in_a_notebook_has_its_cell_and_the_line_in_it() -> None:
    text = "from mxnet import nd\nx = 1\n\nnd.ones(\n1)\nprint 'x'"
    cells = [(0, 1), (0, 2), (2, 1), (2, 2), (2, 3), (4, 1)]
    (file,) = scan_sources([Source("a.ipynb", text, cells=cells)], SHEET)
    (call,) = file.calls
    assert (call.cell, call.line, call.end_line, call.code) == (2, 2, 3, "nd.ones(1)")
    assert file.problem == "cell 4, line 1: Python 2: print 'x'"


def test_a_problem_of_reading_the_file_comes_first() -> None:
    source = Source("a.py", "import mxnet\nmxnet.cpu())", problem="it is cut off")
    (file,) = scan_sources([source], SHEET)
    assert file.problem == "it is cut off"
    assert scanned("x = (\ny = )\nif\n").problem


@pytest.mark.parametrize(
    ("text", "uses"),
    [
        ("from d2l import mxnet as d2l", ("d2l.mxnet",)),
        ("from d2l import mxnet as m, torch as t", ("d2l.mxnet", "d2l.torch")),
        ("import horovod.torch as hvd", ("horovod.torch",)),
        ("from horovod.mxnet.mpi_ops import allreduce", ("horovod.mxnet",)),
        ("import gluoncv.data, torchvision.ops, mxnet.gluon", ("gluoncv", "mxnet", "torchvision")),
        ("import tensorflow.keras, numpy", ()),
    ],
)
def test_a_library_that_there_is_for_either_framework_says_which(
    text: str, uses: tuple[str, ...]
) -> None:
    assert scanned(text).uses == uses
    for framework in ("mxnet", "torch"):
        stands = {framework_of_library(name) for name in uses}
        assert bool(told_of(scanned(text, framework=framework), framework)) == (framework in stands)


@pytest.mark.parametrize(
    ("framework", "symbols"),
    [("mxnet", ["mxnet.nd.ones", "Trainer.step"]), ("torch", ["torch.ones", "Module.eval"])],
)
def test_only_what_is_asked_for_is_reported(framework: str, symbols: list[str]) -> None:
    text = (
        "import mxnet as mx, torch\nmx.nd.ones(1)\ntorch.ones(1)\n"
        "mx.gluon.Trainer(p, 'sgd').step(1)\ntorch.nn.Linear(1, 1).eval()\n"
    )
    found = [call.symbol for call in scanned(text, framework=framework).calls]
    assert [symbol for symbol in found if symbol in symbols] == symbols
    assert not [symbol for symbol in found if symbol and symbol.startswith(("mxnet", "torch"))
                and not symbol.startswith(framework)]  # fmt: skip


def test_files_come_in_their_order_whoever_imports_whom() -> None:
    texts = {"a.py": "import b, c", "b.py": "import c", "c.py": "import a", "d.md": "import a"}
    sources = [Source(path, text) for path, text in texts.items()]
    assert [file.path for file in scan_sources(sources, SHEET)] == [*texts]


def test_a_function_that_is_nested_too_deeply_for_what_it_is_given_is_a_problem() -> None:
    texts = {
        "lib.py": f"f = lambda x: x{'.abs()' * 400}\n",
        "use.py": "import mxnet as mx, lib\nlib.f(mx.nd.ones(1))\n",
    }
    lib, use = scan_sources([Source(path, text) for path, text in texts.items()], SHEET)
    assert lib.problem == "line 1: it is nested too deeply"
    assert [call.symbol for call in use.calls] == ["mxnet.nd.ones"]


def test_functions_of_one_line_are_told_apart_in_another_module() -> None:
    texts = {
        "lib.py": "f, g = lambda a: a.add(1), lambda b: b.sum()\n",
        "use.py": "import mxnet as mx, lib\nlib.f(mx.gluon.nn.Sequential())\nlib.g(mx.nd.ones(1))",
    }
    lib, _ = scan_sources([Source(path, text) for path, text in texts.items()], SHEET)
    assert [call.symbol for call in lib.calls] == ["Block.add", "NDArray.sum"]


def test_the_collector_is_left_as_it_was() -> None:
    scanned("import mxnet")
    assert gc.isenabled()
    gc.disable()
    try:
        scanned("import mxnet")
        assert not gc.isenabled()
    finally:
        gc.enable()


@pytest.mark.parametrize(
    ("symbol", "same"),
    [
        ("mxnet.nd.Reshape", "mxnet.nd.reshape"),
        ("mxnet.nd.random_normal", "mxnet.nd.random.normal"),
        ("Symbol.reshape", "NDArray.reshape"),
        ("NDArray.broadcast_axes", "mxnet.nd.broadcast_axes"),
        ("mxnet.gluon.nn.HybridSequential.add", "Block.add"),
        ("mxnet.gluon.nn.Dense.hybridize", "Block.hybridize"),
    ],
)
def test_a_symbol_is_answered_by_the_row_of_its_other_name(symbol: str, same: str) -> None:
    answers = Answers(SHEET.rows, "mxnet")
    assert answers.row(symbol) is answers.row(same) is not None


def test_what_no_row_answers() -> None:
    answers = Answers(SHEET.rows, "mxnet")
    assert answers.row("mxnet.nd.nothing_of_the_kind") is None
    assert answers.row("torch.cat") is None
    assert answers.row(None) is None


MODULES = Modules(
    [
        *("app.py", "lib/__init__.py", "lib/net.py", "lib/sub/__init__.py", "lib/sub/deep.py"),
        *("tools/io.py", "tools/run.py", "src/pkg/__init__.py", "src/pkg/core.py", "note.ipynb"),
    ]
)


@pytest.mark.parametrize(
    ("importer", "name", "place"),
    [
        ("app.py", "lib.net", "lib/net"),
        ("app.py", "lib", "lib"),
        ("lib/sub/deep.py", ".", "lib/sub"),
        ("lib/sub/deep.py", "..net", "lib/net"),
        ("lib/sub/deep.py", "....net", None),
        ("lib/net.py", ".sub.deep", "lib/sub/deep"),
        ("lib/net.py", "sub.deep", "lib/sub/deep"),
        ("tools/run.py", "io", "tools/io"),
        ("app.py", "io", None),
        ("tools/run.py", "pkg.core", "src/pkg/core"),
        ("note.ipynb", "lib.sub", "lib/sub"),
        ("app.py", "tools", "tools"),
        ("app.py", "mxnet", None),
        ("app.py", "nothing", None),
    ],
)
def test_which_module_an_import_means(importer: str, name: str, place: str | None) -> None:
    assert MODULES.place(importer, name) == place


def test_imports_are_found_without_parsing() -> None:
    text = (
        "import a.b as c, d\nfrom .e import (f,\n  g as h)\nif x: import i; import j\n"
        "from k import \\\n  l  # import m\nimport_module('n.o')\nimportant = 1\nfrom . import p"
    )
    assert {*imports(text)} == {
        *("a.b", "d", ".e", ".e.f", ".e.g", "i", "j", "k", "k.l", "n.o", ".", ".p"),
    }


def test_what_is_needed_comes_first_and_circles_together() -> None:
    needs = {0: [1, 4], 1: [2], 2: [3], 3: [1], 4: []}
    assert [sorted(group) for group in ordered(needs, needs.__getitem__)] == [
        *([1, 2, 3], [4], [0]),
    ]
    long = {n: [n + 1] for n in range(5000)} | {5000: []}
    assert len([*ordered(long, long.__getitem__)]) == 5001
