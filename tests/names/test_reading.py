"""Places, arguments, exports, problems, pasted lines; any text at all."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mxcheat.names.pasted import read_line
from mxcheat.names.resolve import read
from mxcheat.names.spelling import symbol_of
from mxcheat.names.uses import Around

HEAD = "from mxnet import nd\n"


@pytest.mark.parametrize(
    ("source", "place"),
    [
        ("nd.ones(1)", (2, 1, 2, 11)),
        ("x = nd.ones(1)", (2, 5, 2, 15)),
        ("é = 'ü'; nd.ones(1)", (2, 10, 2, 20)),
        ("'漢字', nd.ones(1)", (2, 7, 2, 17)),
        ("\tif x: pass\n".strip() + "\n\tnd.ones(1)".replace("\t", ""), (3, 1, 3, 11)),
        ("f(\n  nd.ones(\n    1))", (3, 3, 4, 7)),
        ("'''\n'''; nd.ones(1)", (3, 6, 3, 16)),
        ("if x:\r\n    nd.ones(1)\r\n", (3, 5, 3, 15)),
    ],
)
def test_where_an_expression_begins_and_ends(source: str, place: tuple[int, ...]) -> None:
    (use,) = read(HEAD + source).uses
    assert (use.line, use.column, use.end_line, use.end_column) == place


@pytest.mark.parametrize(
    "line",
    [
        "print nd.ones(1); nd.ones(1)",
        "print'é', nd.ones(1), ; nd.ones(1)",
        "print>>f, nd.ones(1); nd.ones(1)",
        "print 'é',nd.ones(1) ;nd.ones(1) # x",
        "print`1`, \\\n  nd.ones(1); nd.ones(1)",
        "exec'1'in nd.ones(1);nd.ones(1)",
        "raise E,nd.ones(1);nd.ones(1)",
        "try: nd.ones(1)\nexcept E,e:nd.ones(1)",
        "try: nd.ones(1)\nexcept (D, E), e: nd.ones(1)",
        "try: nd.ones(1)\nexcept E, e.x[0] : nd.ones(1)",
        "if 1: print lambda (a, b): nd.ones(1); nd.ones(1)",
        'print """\n""", nd.ones(1); nd.ones(1)',
    ],
)
@pytest.mark.parametrize("rest", ["", "\ndef f(:\n"])
def test_what_only_python_2_reads_stands_where_it_is(line: str, rest: str) -> None:
    source = HEAD + line + rest
    lines = source.split("\n")
    uses = [use for use in read(source).uses if use.symbol]
    assert [lines[use.line - 1][use.column - 1 : use.end_column - 1] for use in uses] == [
        *("nd.ones(1)", "nd.ones(1)")
    ]


def test_what_an_old_handler_binds_is_bound() -> None:
    assert read("try: pass\nexcept (), e: e; f").free == {"f"}


def test_a_chain_begins_where_its_first_call_does_and_the_outer_use_comes_first() -> None:
    uses = read(HEAD + "y = (nd.ones(1)\n     .relu()\n     .sum())").uses
    assert [(use.symbol, use.line, use.column) for use in uses] == [
        *(("NDArray.sum", 2, 6), ("NDArray.relu", 2, 6), ("mxnet.nd.ones", 2, 6)),
    ]


@pytest.mark.parametrize(
    ("call", "keywords", "positional", "literals", "unpacks"),
    [
        ("nd.concat(a, b)", (), 2, {}, False),
        ("nd.concat(a, b, dim=0)", ("dim",), 2, {"dim": 0}, False),
        ("nd.array([1, 2], 'x')", (), 2, {0: [1, 2], 1: "x"}, False),
        ("nd.array(data=[1, -2.5])", ("data",), 0, {"data": [1, -2.5]}, False),
        ("nd.sum(x, axis=(0, 1), keepdims=True)", ("axis", "keepdims"), 1,
         {"axis": (0, 1), "keepdims": True}, False),
        ("nd.full((2, n), None)", (), 2, {1: None}, False),
        ("nd.stack(*xs, axis=1)", ("axis",), 1, {"axis": 1}, True),
        ("nd.stack(x, **options)", (), 1, {}, True),
        ("nd.ones(f'{x}')", (), 1, {}, False),
        ("nd.array([" + "1, " * 65 + "])", (), 1, {}, False),
    ],
)  # fmt: skip
def test_arguments(
    call: str, keywords: tuple[str, ...], positional: int, literals: object, unpacks: bool
) -> None:
    (use,) = read(HEAD + call).uses
    given = (use.is_call, use.keywords, use.positional, use.literals, use.unpacks)
    assert given == (True, keywords, positional, literals, unpacks)


def test_arguments_of_a_partial_are_those_of_its_calls() -> None:
    source = HEAD + "from functools import partial\npartial(nd.clip, a_min=0)(x, a_max=1)"
    use = read(source).uses[0]
    assert (use.keywords, use.literals) == (("a_min", "a_max"), {"a_min": 0, "a_max": 1})


@pytest.mark.parametrize(
    ("source", "reason"),
    [
        ("getattr(nd, name)(x)", "getattr of mxnet.nd with a computed name"),
        ("exec('nd')", "exec of a text"),
        ("import importlib\nimportlib.import_module(x)", "import of a computed name"),
        ("from mxnet.gluon.nn import *", "star import of mxnet.gluon.nn"),
        ("import torch\nF = nd.clip if x else torch.clamp\nF(x)", "mxnet.nd.clip or torch.clamp"),
    ],
)
def test_what_cannot_be_told_is_told_with_the_reason(source: str, reason: str) -> None:
    unknown = [use for use in read(HEAD + source).uses if use.certainty == "unknown"]
    assert [(use.symbol, use.reason) for use in unknown] == [(None, reason)]


@pytest.mark.parametrize(
    ("code", "names"),
    [
        ("y = x + 1\ny", {"x"}),
        ("[i * k for i in range(3)]", {"k"}),
        ("def f(a, b=c):\n    global d\n    d = a\n    return e\nf(d)", {"c", "e"}),
        ("class Net(nn.Module):\n    n = 1\n    def forward(self): return self.n + z", {"nn", "z"}),
        ("import os.path as p\np.join(q)", {"q"}),
        ("from math import *\nsin(x)", set()),
        ("with record() as r: r\ntry: pass\nexcept E as e: e", {"record", "E"}),
        ("(n := m) + n, lambda t: t + u, f'{v!r}'", {"m", "u", "v"}),
        ("[(k := j) for j in js]\nk", {"js"}),
        ("print(len(__name__))", set()),
        ("for w in ws: w += 1\ndel w", {"ws"}),
        ("match a:\n    case [b, *c]: b, c, d\n    case {'k': e, **f}: e, f", {"a", "d"}),
        ("def f():\n    yield g\n    await h\n    x: t = 1", {"g", "h", "t"}),
    ],
)
def test_names_that_nothing_binds(code: str, names: set[str]) -> None:
    assert read(code).free == names


@given(st.lists(st.sampled_from(["x", "y", "z", "len"]), min_size=1))
def test_what_is_free_is_just_what_raises_name_error(names: list[str]) -> None:
    *bound, name = names
    code = "".join(f"{each} = 1\n" for each in bound) + name
    try:
        exec(code, {})
    except NameError:
        assert read(code).free == {name}
    else:
        assert read(code).free == set()


def test_what_another_module_exports_is_known_by_the_name_of_its_import() -> None:
    blocks = read(
        "from mxnet import nd\nfrom mxnet.gluon import nn\n"
        "class Conv(nn.HybridBlock):\n    def __init__(self): self.norm = nn.BatchNorm()\n"
        "def make(): return nn.Dense(1)\n"
    )
    source = (
        "from .blocks import Conv, nd as F, make\nfrom . import blocks\n"
        "class Big(Conv): pass\nBig().norm.hybridize()\nF.relu(x)\nmake().cast('float16')\n"
        "blocks.Conv().collect_params()\n"
    )
    symbols = [
        use.symbol for use in read(source, around=Around({".blocks": blocks.exports}.get)).uses
    ]
    assert symbols == ["Block.hybridize", "mxnet.nd.relu", "Block.cast", "Block.collect_params"]
    assert [use.symbol for use in read(source).uses] == ["Block.hybridize", "Block.collect_params"]


def test_a_star_import_of_a_known_module_binds_its_names() -> None:
    known = {"common": read("from mxnet import nd\n_own = 1").exports}.get
    assert [
        use.symbol for use in read("from common import *\nnd.relu(x)", around=Around(known)).uses
    ] == ["mxnet.nd.relu"]


def test_imports_and_libraries_beside_the_frameworks() -> None:
    reading = read("import gluoncv.data as g, os.path\nfrom mxnet import nd\ng.COCO()\nnd")
    assert reading.imports == ("gluoncv.data", "os.path", "mxnet")
    assert "gluoncv.data.COCO" in reading.others
    assert reading.uses == ()


def test_what_a_snippet_is_given() -> None:
    given = {"nd": "mxnet.nd", "x": "NDArray", "n": "Block", "k": ""}
    uses = read("nd.relu(x).sum() + k.sum(); n.hybridize(); z.sum()", given).uses
    assert [use.symbol for use in uses] == ["NDArray.sum", "mxnet.nd.relu", "Block.hybridize"]
    (use,) = read("z.sum()", assumed="NDArray").uses
    assert (use.symbol, use.certainty) == ("NDArray.sum", "likely")


@pytest.mark.parametrize(
    ("source", "symbols", "problems"),
    [
        ("print nd.ones(1)\nprint nd.zeros(1)", ["mxnet.nd.ones", "mxnet.nd.zeros"], [2]),
        ("print >>f, nd.ones(1)\nprint x", ["mxnet.nd.ones"], [3]),
        ("try: pass\nexcept (A, B), e:\n    nd.ones(1)", ["mxnet.nd.ones"], [3]),
        ("raise E, nd.ones(1)", ["mxnet.nd.ones"], [2]),
        ("def f(:\n    pass\nnd.ones(1)", ["mxnet.nd.ones"], [2]),
        ("if x:\nnd.ones(1)", ["mxnet.nd.ones"], [3]),
        ("x = (1,\nnd.ones(1)", ["mxnet.nd.ones"], [2]),
        ("nd.ones(1)\0", ["mxnet.nd.ones"], [1]),
        ("x = " + "(" * 300 + ")" * 300 + "\nnd.ones(1)", ["mxnet.nd.ones"], [2]),
        ("x = " + "-" * 9000 + "1\nnd.ones(1)", ["mxnet.nd.ones"], [2]),
        ("x = " + "+".join("y" * 9000) + "\nnd.ones(1)", ["mxnet.nd.ones"], [2]),
        ("nd.ones(1)" + ".relu()" * 3000 + "\nnd.zeros(1)", ["mxnet.nd.zeros"], [2]),
    ],
)
def test_what_is_broken_is_named_and_the_rest_is_read(
    source: str, symbols: list[str], problems: list[int]
) -> None:
    reading = read(HEAD + source)
    assert [use.symbol for use in reading.uses] == symbols
    assert [line for line, _ in reading.problems] == problems


@pytest.mark.parametrize(
    ("text", "uses"),
    [
        (">>> mx.nd.clip(x, 0, 1)", ["mxnet.nd.clip 5"]),
        ("In [3]: x.asnumpy()", ["NDArray.asnumpy 9"]),
        ("with mx.gpu(0):", ["mxnet.gpu 6"]),
        ("  elif x.asnumpy() > 3:", ["NDArray.asnumpy 8"]),
        ("y = nd.dot(a, nd.relu(", ["mxnet.nd.dot 5", "mxnet.nd.relu 15"]),
        ("nd.concat(a, b, dim=", ["mxnet.nd.concat 1"]),
        ("torch.clamp(x).", ["torch.clamp 1"]),
        ("mx.sym.Variable('data'))", ["mxnet.sym.Variable 1"]),
        ("x = nd.array([1, 2", ["mxnet.nd.array 5"]),
        ("nd.load('params", ["mxnet.nd.load 1"]),
        ("    nd.ones(1)\n    nd.zeros(1)", ["mxnet.nd.ones 5", "mxnet.nd.zeros 5"]),
        (">>> for i in x:\n...     nd.ones(i)", ["mxnet.nd.ones 9"]),
        ("how do I use nd.clip with torch.clamp", ["mxnet.nd.clip 14", "torch.clamp 27"]),
        ("print nd.ones(1)", ["mxnet.nd.ones 7"]),
        ("return nd.ones(1)", ["mxnet.nd.ones 8"]),
        ("reset the gradient", []),
        ("", []),
    ],
)
def test_pasted_lines(text: str, uses: list[str]) -> None:
    found = read_line(text).uses
    assert [f"{use.symbol} {use.column}" for use in found] == uses


def test_an_ambiguous_name_is_of_the_side_that_is_asked_about() -> None:
    sides = ({"F": "mxnet.nd", "nn": "mxnet.gluon.nn"}, {"F": "torch.nn.functional"})
    assert [read_line("F.relu(", side).uses[0].symbol for side in sides] == [
        *("mxnet.nd.relu", "torch.nn.functional.relu"),
    ]
    assert read_line("x.view(-1)", assumed="Tensor").uses[0].symbol == "Tensor.view"


@pytest.mark.parametrize(
    ("path", "symbol"),
    [
        ("mxnet.symbol.contrib.box_nms", "mxnet.nd.contrib.box_nms"),
        ("mxnet.contrib.sym.Proposal", "mxnet.nd.contrib.Proposal"),
        ("mxnet.random.uniform", "mxnet.nd.random.uniform"),
        ("mxnet.random.seed", "mxnet.random.seed"),
        ("mxnet.gluon.HybridBlock.__init__", "mxnet.gluon.HybridBlock"),
        ("mxnet.gluon.metric.Accuracy", "mxnet.metric.Accuracy"),
        ("mxnet.gluon.nn.SymbolBlock", "mxnet.gluon.SymbolBlock"),
        ("mxnet.ndarray", None),
        ("torch.Tensor.view", "Tensor.view"),
        ("torch.utils.data.sampler.BatchSampler", "torch.utils.data.BatchSampler"),
    ],
)
def test_each_name_has_one_spelling(path: str, symbol: str | None) -> None:
    assert symbol_of(path) == symbol


def test_a_large_file_is_read_whole() -> None:
    source = HEAD + "".join(
        f"def f{n}(x):\n    return nd.relu(x) + f{n - 1}(x)\n" for n in range(2000)
    )
    assert len(read(source).uses) == 2000


WORDS = """nd . ( ) [ ] { } : , = ' " ''' # if for in def class lambda yield return import from as
    with net x mx * ** -> := @ await async 1 global nonlocal try except else elif print exec match
    case _ é \\ \0 f'{ super getattr partial self"""
PIECES = st.lists(st.sampled_from([*WORDS.split(), "\n", "\n  ", "\r"]), max_size=40).map(" ".join)


@given(st.text(max_size=120) | PIECES)
def test_any_text_is_read(text: str) -> None:
    for reading in (read(text), read_line(text, assumed="NDArray")):
        lines = text.count("\n") + text.count("\r") + 1
        assert all(1 <= use.line <= lines and use.column >= 1 for use in reading.uses)
        assert all((use.symbol is None) == (use.certainty == "unknown") for use in reading.uses)
        assert all(bool(use.reason) == (use.symbol is None) for use in reading.uses)


def test_the_texts_of_an_index_and_of_an_annotation_are_no_names_that_are_read() -> None:
    reading = read(
        "import os\nx = os.environ['HOME_OF']\ndef f(a: 'Later', b: list['Other']): pass"
    )
    assert not reading.free
