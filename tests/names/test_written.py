"""Names as they are written: how they are spelled, called and nested."""

import pytest

from mxcheat.names.written import Name, names_in, squeeze


@pytest.mark.parametrize("text", ["is_available", "IsAvailable", "is available", "is-available"])
def test_squeezed_names_have_no_case_and_no_joints(text: str) -> None:
    assert squeeze(text) == "isavailable"


@pytest.mark.parametrize(
    ("code", "tails"),
    [
        ("mx.nd.clip", ["clip"]),
        ("x.addmm(", ["addmm"]),
        ("x.view(-1, 28*28)", ["view"]),
        ("with autograd.record():", ["record"]),
        ("param.grad.asnumpy().flatten()", ["grad", "asnumpy", "flatten"]),
        ("y = nd.relu(nd.dot(x, w))", ["relu", "dot"]),
        ("zeros(2).scatter_(1, idx)", ["zeros", "scatter_"]),
        ("x = 'torch.ones(1)'", []),
        ("class Net(nn.Module):", ["Module"]),
    ],
)
def test_names_of_a_line_of_code(code: str, tails: list[str]) -> None:
    assert [name.tail for name in names_in(code)[0]] == tails


def test_variables_and_other_strings_are_words() -> None:
    assert names_in("loss = step(data, '2 sgd')")[1] == ["loss", "data", "2 sgd"]


def test_a_string_that_could_be_a_name_is_one_inside_the_call() -> None:
    names, words = names_in("params.setattr('grad_req', 'add')")
    assert [(name.tail, name.depth) for name in names] == [
        *(("setattr", 0), ("grad_req", 2), ("add", 2)),
    ]
    assert words == []


def test_what_comes_before_a_dot_is_deeper_with_its_arguments() -> None:
    names = names_in("q.gather(1, i.unsqueeze(1)).squeeze(1)")[0]
    assert [name.depth for name in names] == [1, 2, 0]


@pytest.mark.parametrize(
    ("code", "depths"),
    [
        ("with autograd.record(): y = nd.dot(a, b)", [0, 1]),  # a context holds what is in it
        ("for p in net.collect_params().values(): p.zero_grad()", [0, 0, 0]),
        ("a.shape == b.shape", [0, 1]),
        ("f(num_workers=4)", [0, 1]),
        ("if a==b: f(x_1==2)", [1]),
    ],
)
def test_depth_in_statements(code: str, depths: list[int]) -> None:
    assert [name.depth for name in names_in(code)[0]] == depths


def test_depth_counts_parentheses() -> None:
    assert [name.depth for name in names_in("f(g(x), [h(y)])")[0]] == [0, 1, 2]


@pytest.mark.parametrize(
    ("typed", "api", "agrees"),
    [
        ("nd.clip", "mxnet.nd.clip", True),
        ("mx.sym.clip", "mxnet.nd.clip", True),
        ("F.relu", "torch.nn.functional.relu", True),
        ("F.relu", "mxnet.nd.relu", True),
        ("optimizer.step", "Optimizer.step", True),
        ("nn.Dropout", "mxnet.nd.Dropout", False),
        ("torch.split", "mxnet.nd.split", False),
        ("x.cuda", "x.cuda", False),
    ],
)
def test_dotted_paths_agree_by_their_ends(typed: str, api: str, agrees: bool) -> None:
    assert Name(tuple(typed.split("."))).agrees(tuple(api.split("."))) is agrees
