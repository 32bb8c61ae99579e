"""What IPython adds to Python is taken out, and the Python stays where it is."""

from __future__ import annotations

import ast

import pytest

from mxcheat.scan.magics import without_magics

BLANK = [
    "%matplotlib inline",
    "!pip install mxnet",
    "!!ls",
    "?nd.dot",
    "nd.dot?",
    "net.collect_params??",
    "%cd ..",
    "%%bash\nls $HOME\necho {x",
    "%%R -i df\nlibrary(mxnet)",
    "%%html\n<b>x</b>",
    "%%writefile notes.txt\nmx.nd.ones(3)",
    "!for i in 1 2; do \\\n  echo $i; \\\ndone",
    "/print 3",
    "pip install mxnet --upgrade",
]
KEPT = [
    ("%%time\nx = nd.ones(3)", "\nx = nd.ones(3)"),
    ("%%timeit -n 10\nnd.ones(3)", "\nnd.ones(3)"),
    ("%%writefile net.py\nnd.ones(3)", "\nnd.ones(3)"),
    ("%%tab mxnet\nnd.ones(3)", "\nnd.ones(3)"),
    ("%%own_magic of ours\nnd.ones(3)", "\nnd.ones(3)"),
    ("%timeit nd.dot(a, b)", "0;      nd.dot(a, b)"),
    ("%timeit -n 10 -r3 f(a)", "0;                f(a)"),
    ("%time y = net(x)", "0;    y = net(x)"),
    ("t = %timeit -o f(a)", f"t = {' ' * 11}f(a)"),
    ("files = !ls *.py", "files = 0"),
    ("a, b = %magic x", "a, b = 0"),
    ("for i in r:\n    %timeit f(i)", "for i in r:\n    0;      f(i)"),
    ("if x:\n    !ls\ny = 1", "if x:\n    pass\ny = 1"),
    ("x = (a\n  % b)", "x = (a\n  % b)"),
    ("x = '''\n!ls\n%cd\n'''\n!ls", "x = '''\n!ls\n%cd\n'''\n"),
    ("x = a \\\n  % b\n%cd", "x = a \\\n  % b\n"),
    ("x = 'it\\'s ('\n!ls", "x = 'it\\'s ('\n"),
    ("# why?\n# %cd", "# why?\n# %cd"),
    ("f(x)  # why?", "f(x)  # why?"),
    ("pip = 3\npip -pip", "pip = 3\npip -pip"),
    ("x = {  # (\n}\n!ls", "x = {  # (\n}\n"),
]


@pytest.mark.parametrize("cell", BLANK)
def test_what_is_not_python_is_blank(cell: str) -> None:
    assert without_magics(cell) == "\n" * cell.count("\n")


@pytest.mark.parametrize(("cell", "kept"), KEPT)
def test_python_stays_where_it_is(cell: str, kept: str) -> None:
    assert without_magics(cell) == kept
    ast.parse(kept)
