"""What a last statement binds, by the names it would leave."""

from __future__ import annotations

import ast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mxcheat.live.worker.snippet import bound_names


@pytest.mark.parametrize(
    ("code", "names"),
    [
        ("y = 1", ["y"]),
        ("*a, b = c", ["a", "b"]),
        ("a, *b = c", ["a", "b"]),
        ("(a, (b, *c)), [d] = e", ["a", "b", "c", "d"]),
        ("a = b = c", ["a", "b"]),
        ("y += 1", ["y"]),
        ("y: int = 3", ["y"]),
        ("y: int", []),
        ("x[0] = 1", ["x"]),
        ("x.a[0].b = 1", ["x"]),
        ("f(x)[0] = 1", []),
        ("x[(i := 0)], y = 1, 2", ["x", "i", "y"]),
        ("del y", []),
        ("del x[0], y", ["x"]),
        ("y = sum(i for i in x)", ["y"]),
        ("y = [i for i in x]", ["y"]),
        ("y = {i for i in x}", ["y"]),
        ("y = {i: j for i, j in x}", ["y"]),
        ("y = [(z := i) for i in x]", ["y", "z"]),
        ("y = [[(z := j) for j in i] for i in x]", ["y", "z"]),
        ("y = [lambda: (z := i) for i in x]", ["y"]),
        ("y = lambda i: (z := i)", ["y"]),
        ("y = lambda i=(z := 1): i", ["y", "z"]),
        ("y = (z := 1) + 1", ["y", "z"]),
        ("for i, (j, *k) in x: y = i", ["i", "j", "k", "y"]),
        ("with f() as a, g() as (b, c):\n    y = a", ["a", "b", "c", "y"]),
        ("if (n := 1): a = n\nelse: b = n", ["n", "a", "b"]),
        ("while a := f(): b = a", ["a", "b"]),
        ("try: y = 1\nexcept E as e: z = 2\nfinally: w = 3", ["y", "z", "w"]),
        ("def f(a, b=(z := 1)):\n    y = 1", ["z", "f"]),
        ("async def f():\n    y = 1", ["f"]),
        ("@(d := g)\nclass A(b := B, k=(m := 1)):\n    y = 1", ["d", "b", "m", "A"]),
        ("class A:\n    global g\n    g = h = 1", ["A", "g"]),
        ("global g", []),
        ("import a.b as c", []),
        ("from a import b", []),
        ("assert (y := 1)", ["y"]),
        ("pass", []),
    ],
)
def test_names_in_the_order_they_are_written(code: str, names: list[str]) -> None:
    assert bound_names(ast.parse(code).body[-1]) == names


def test_patterns_of_match() -> None:
    code = (
        "match x:\n"
        "    case [a, *b]: c = 1\n"
        "    case {'k': d, **e}: pass\n"
        "    case A(f=g) | B(h) as i: pass\n"
        "    case _: pass\n"
    )
    names = ["a", "b", "c", "d", "e", "g", "h", "i"]
    assert bound_names(ast.parse(code).body[-1]) == names


def test_no_statement_binds_nothing() -> None:
    assert bound_names(None) == []


targets = st.recursive(
    st.sampled_from(["a", "b", "c"]),
    lambda inner: st.lists(inner, min_size=1, max_size=3).map(lambda all_: f"[{', '.join(all_)}]"),
    max_leaves=6,
)


@given(targets)
def test_what_unpacking_binds_is_what_it_leaves(target: str) -> None:
    """Python itself is asked: every name is bound, and no other."""
    value = ast.literal_eval(target.translate(dict.fromkeys(map(ord, "abc"), "0")))
    namespace: dict[str, object] = {"value": value}
    exec(f"{target} = value", namespace)
    left = set(namespace) - {"__builtins__", "value"}
    assert set(bound_names(ast.parse(f"{target} = value").body[0])) == left
