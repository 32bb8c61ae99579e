"""Docstrings made readable and signatures as tables: pure functions."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mxcheat.live.results import Described
from mxcheat.live.signatures import Parameter, parameters, with_stated
from mxcheat.tui.text.docstring import document
from mxcheat.tui.text.reference import blocks_of_names, table

# As torch documents: roles, a formula, and sections that end in a colon.
LIMIT = r"""
limit(input, low=None, *, out=None) -> Tensor

Brings each element of :attr:`input` into :math:`[low, \infty)`, as
:func:`~torch.limit_ <limit_in_place>` does in ``input`` itself, and
**never** reads **kwargs; see :ref:`Rounding<rounding>`.



.. math::
    y_i = \max(x_i, \text{low})

.. note::
    Without :attr:`low`\ , a copy.

Args:
    input (Tensor): what is to be limited
    low (Number, optional): the least value that any element
        may have

Example::

    >>> limit(torch.tensor([1., -1.]), low=0)
    tensor([1., 0.])
"""
# As MXNet documents: underlined headings, `name : type` entries, bullets.
CUT = r"""Cuts each element of `data`, so that the result \
is within bounds::

    cut([1, 9], 2) = [2, 9]

The storage of the result is:

- dense
  - for dense data, whatever
the bound

Parameters
----------
data : NDArray
    Source array.
a_min : float, required
    Lower bound
axis : int or None, optional, default='-1'
    Axis
keep : boolean, optional, default=0
    Whether to keep it
how : {'clip', 'wrap'},optional, default='clip'
    How
dtype : {None, 'float32'},optional, default='None'
    Type
shape : Shape(tuple), optional
    Shape

Returns
-------
out : NDArray
"""
CUT_SIGNATURE = (
    "cut(data=None, a_min=_Null, axis=_Null, keep=_Null, how=_Null, dtype=_Null, shape=_Null)"
)


def text(doc: str, width: int = 64) -> list[str]:
    return [line.plain for line in document(doc, width)]


def marked(doc: str, style: str) -> list[str]:
    return [
        line.plain[span.start : span.end]
        for line in document(doc, 200)
        for span in line.spans
        if style in str(span.style)
    ]


def test_marks_of_restructured_text_become_colours() -> None:
    lines = text(LIMIT)
    assert lines[2:5] == [
        "Brings each element of input into [low, \\infty), as torch.limit_",
        "does in input itself, and never reads **kwargs; see Rounding.",
        "",
    ]
    assert {"input", "[low, \\infty)", "torch.limit_", "Rounding"} <= set(marked(LIMIT, "second"))
    assert {"never", "Note:", "Args:"} <= set(marked(LIMIT, "bold"))


def test_paragraphs_flow_and_examples_stay() -> None:
    lines = text(LIMIT, 40)
    at = lines.index("Math:")
    assert lines[at : at + 2] == ["Math:", "    y_i = \\max(x_i, \\text{low})"]
    assert lines[-3:] == [
        "    >>> limit(torch.tensor([1., -1.]),",
        "        low=0)",
        "    tensor([1., 0.])",
    ]
    assert "    Without low, a copy." in lines


def test_what_goes_on_is_indented_under_what_begins() -> None:
    lines = text(LIMIT, 40)
    at = lines.index("    low (Number, optional): the least")
    assert lines[at + 1 : at + 3] == ["      value that any element", "        may have"]
    bullets = text(CUT, 24)
    at = bullets.index("- dense")
    assert bullets[at + 1 : at + 4] == ["  - for dense data,", "    whatever", "the bound"]
    assert "result is:" in bullets  # this begins nothing


def test_of_several_empty_lines_one_stays() -> None:
    assert not any(pair == ("", "") for pair in zip(text(LIMIT), text(LIMIT)[1:], strict=False))


def test_underlines_go_and_headings_are_bold() -> None:
    lines = text(CUT)
    assert not any(set(line) == {"-"} for line in lines)
    assert {"Parameters", "Returns"} <= set(marked(CUT, "bold"))
    assert lines[0] == "Cuts each element of data, so that the result is within bounds:"
    assert "    cut([1, 9], 2) = [2, 9]" in lines


def test_a_long_docstring_ends_in_how_much_there_is() -> None:
    lines = text("\n".join(f"- point {number}" for number in range(1150)))
    assert lines[149:] == ["- point 149", "… 1,000 more lines"]


def test_powers_are_no_bold_text() -> None:
    assert text("x**2 + y**2 and 2 ** 3 or f(**a)") == ["x**2 + y**2 and 2 ** 3 or f(**a)"]


@given(st.text(max_size=300), st.integers(1, 120))
def test_no_text_breaks_it_and_no_line_is_too_wide(doc: str, width: int) -> None:
    assert all(line.cell_length <= max(width, 8) for line in document(doc, width))


@given(st.text(max_size=200), st.integers(1, 120))
def test_no_signature_breaks_it(signature: str, width: int) -> None:
    found = parameters(f"f({signature})") or []
    assert all(line.cell_length <= width for line in table(found, found, width))


@pytest.mark.parametrize(
    ("signature", "expected"),
    [
        ("f()", []),
        ("f(a, *, b: int = 1) -> T", [("a", "", ""), ("*", "", ""), ("b", "1", "int")]),
        ("f(*size, **more)", [("*size", "", ""), ("**more", "", "")]),
        ("f(a=(1, 2), b=', )')", [("a", "(1, 2)", ""), ("b", "', )'", "")]),
        (
            "f(g: Callable[[int], str] | None = None)",
            [("g", "None", "Callable[[int], str] | None")],
        ),
        ("f(t=<class 'x'>)", [("t", "<class 'x'>", "")]),
    ],
)
def test_a_signature_is_read(signature: str, expected: list[tuple[str, str, str]]) -> None:
    assert parameters(signature) == [Parameter(*each) for each in expected]


@pytest.mark.parametrize("text", ["", "no signature", "f(never closed"])
def test_what_is_no_signature_is_said_to_be_none(text: str) -> None:
    assert parameters(text) is None


def test_defaults_stand_below_each_other_and_markers_are_explained() -> None:
    found = parameters("f(a, /, longer=1, *, b=None)") or []
    assert [line.plain for line in table(found, [], 40)] == [
        "  a",
        "  /  above: by place only",
        "  longer = 1",
        "  *  below: by name only",
        "  b      = None",
    ]


@pytest.mark.parametrize(
    ("one", "other", "differ"),
    [
        ("1e-5", "0.00001", False),
        ("'a'", '"a"', False),
        ("None", "0", True),
        ("0.2", "0.200000003", False),  # MXNet prints a float32
        ("0.2", "0.20001", True),
        ("-1", "1", True),
        ("torch.strided", "torch.strided", False),
        ("torch.strided", "None", True),
        ("_Null", "1", False),  # nothing is known of it
        ("", "1", False),  # it has to be given
    ],
)
def test_a_default_is_marked_where_it_is_another(one: str, other: str, *, differ: bool) -> None:
    pair = [Parameter("eps", one)], [Parameter("eps", other)]
    for own, others in (pair, pair[::-1]):
        assert ("≠" in table(own, others, 60)[0].plain) == differ


def test_defaults_that_only_the_documentation_states() -> None:
    found = with_stated(parameters(CUT_SIGNATURE) or [], CUT)
    assert {each.name: each.default for each in found} == {
        "data": "None",
        "a_min": "",  # required
        "axis": "-1",
        "keep": "False",
        "how": "'clip'",
        "dtype": "None",
        "shape": "_Null",  # nothing is stated
    }


def test_the_line_that_is_the_signature_is_not_shown_twice() -> None:
    signature = "limit(input, low=None, *, out=None) -> Tensor"
    said = Described("torch.limit", signature, LIMIT.strip())
    left, _ = blocks_of_names([said], [])
    lines = [line.plain for block in left for line in block(60)]
    assert lines[:3] == ["torch.limit", "  input", "  low   = None"]
    assert signature not in lines


def test_a_method_is_called_without_self() -> None:
    left, _ = blocks_of_names([Described("Block.add", "add(self, *blocks)", "")], [])
    assert [line.plain for line in left[0](60)] == ["Block.add", "  *blocks", ""]
    left, _ = blocks_of_names([Described("Block.clear", "clear(self)", "")], [])
    assert [line.plain for line in left[0](60)] == ["Block.clear", "  no parameters", ""]
