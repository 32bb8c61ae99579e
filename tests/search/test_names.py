"""Asked by name: the row that answers, or none, and never another as if it were the answer."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from benchmarks.names import ANOTHER, RIGHT, Names
from benchmarks.queries import queries

from mxcheat.cheatsheet.usage import read_usage
from mxcheat.loading import load
from mxcheat.names.written import Name, names_in
from mxcheat.paths import names_file, usage_file
from mxcheat.scan.answers import SIDES, Answers
from mxcheat.search import Index, find, unanswered
from mxcheat.search.public import asked_for, fit, public_names

SHEET = load()
INDEX = Index(SHEET.rows, SHEET.calls)
ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize(
    ("query", "row_id"),
    [
        ("p.data.copy_(q.data)", "copy"),
        ("z.backward(head)", "head-gradient"),
        ("z.backward()", "recording"),
        ("grad_req='add'", "grad-req-add"),
        ("nn.Conv2D(64, kernel_size=3)", "conv2d"),
        ("net.name_scope()", "hybrid-block"),
        ("mx.nd.norm", "norm"),
        ("Tensor.addcdiv_", "addcdiv"),
        ("torch.nn.modules.conv.Conv2d", "conv2d"),
        ("old_w = w.clone()", "clone"),
        ("if x.context == mx.cpu():", "device-of"),
        ("a.symeig(eigenvectors=True)", "eigh"),  # as it was printed
    ],
)
def test_a_name_and_a_line_built_on_it_get_the_row_that_answers(query: str, row_id: str) -> None:
    first = find(INDEX, query)[0]
    assert (first.row.id, first.sure) == (row_id, True)


@pytest.mark.parametrize(
    ("query", "name", "used_in"),
    [
        ("nd.hard_sigmoid", "mxnet.nd.hard_sigmoid", ["hardswish"]),
        ("y = mx.nd.hard_sigmoid(x, alpha=0.2)", "mxnet.nd.hard_sigmoid", ["hardswish"]),
        ("mx.nd.hard_sigmiod", "mxnet.nd.hard_sigmoid", ["hardswish"]),
        ("mx.contrib.onnx.get_model_metadata", "mxnet.contrib.onnx.get_model_metadata", []),
        ("torch.nn.Transfromer", "torch.nn.Transformer", []),
    ],
)
def test_a_public_name_without_a_row_gets_none(query: str, name: str, used_in: list[str]) -> None:
    assert find(INDEX, query) == []
    found = unanswered(INDEX, query)
    assert found is not None
    assert found.names[0].name == name
    assert [SHEET.rows[row].id for row in found.used_in] == used_in


@pytest.mark.parametrize(
    "query", ["clamp", "nd.clip", "clmap", "reset gradient", "torch.lstq", "np.clip", "nn.QConv2D"]
)
def test_what_a_row_has_and_what_is_no_public_name_is_not_unanswered(query: str) -> None:
    assert unanswered(INDEX, query) is None


@pytest.mark.parametrize("query", ["clmap", "cumporduct", "unsq"])
def test_what_is_not_surely_meant_is_a_guess(query: str) -> None:
    best, *_ = find(INDEX, query)
    assert not best.sure


def test_a_name_of_nobody_has_no_answer() -> None:
    assert find(INDEX, "nn.QConv2D") == []


@pytest.mark.parametrize(
    ("query", "row_id"),
    [
        ("cumporduct", "cumprod"),
        ("trainer-ste", "trainer-step-scale"),
        ("accumulate-or", "accumulate-or-overwrite"),
        ("nd.wait", "waitall"),
        ("nn.Con", "conv2d"),
        ("gluon.data", "dataloader"),
        ("with torch.no", "autograd-scopes"),
        ("hybr", "hybrid-block"),
    ],
)
def test_what_is_typed_halfway_or_misspelt(query: str, row_id: str) -> None:
    assert find(INDEX, query)[0].row.id == row_id


@pytest.mark.parametrize(
    ("line", "best", "others"),
    [
        ("nd.clip(x)", "mxnet.nd.clip", ("NDArray.clip", "torch.clip", "mxnet.np.clip")),
        ("F.relu(x)", "torch.nn.functional.relu", ("torch.relu", "Tensor.relu")),
        ("mx.sym.relu(x)", "mxnet.nd.relu", ("mxnet.npx.relu",)),
        ("net.add(x)", "Block.add", ("Tensor.add", "mxnet.nd.add")),
        ("x.add(y)", "Tensor.add", ("Block.add",)),
        ("NDArray.clip(x)", "NDArray.clip", ("Tensor.clip", "mxnet.nd.clip")),
    ],
)
def test_how_well_public_names_fit(line: str, best: str, others: tuple[str, ...]) -> None:
    (name, *_), _ = names_in(line)
    assert all(fit(name, best) > fit(name, other) for other in others)


def test_another_name_does_not_fit_at_all() -> None:
    assert fit(Name(("nd", "clip")), "mxnet.nd.concat") < 1
    assert fit(Name(("optim", "Adam")), "mxnet.optimizer.Adam") == 0


def test_the_list_tells_of_a_name_what_it_is_and_what_it_takes() -> None:
    (clip, _), *_ = asked_for(Name(("mx", "nd", "clip")))
    assert (clip.name, clip.kind, clip.where) == ("mxnet.nd.clip", "function", "MXNet 1.9.1")
    assert clip.parameters[:3] == ("data", "a_min", "a_max")
    kinds = {public.name: public.kind for public in public_names().spelled("shape")}
    assert kinds["NDArray.shape"] == "property"


def test_what_real_code_calls_finds_its_row_however_it_is_spelled() -> None:
    for way, counts in Names().counts().items():
        assert counts[RIGHT] >= 0.97 * counts.total(), (way, counts)
        assert counts[ANOTHER] <= 0.01 * counts.total(), (way, counts)


def test_sure_answers_are_right() -> None:
    """At least 96 of 100 first rows that are said to be sure; of guesses that cannot be said."""
    first = [(query, find(INDEX, query.text, 1)) for query in queries()]
    sure = [hits[0].row.id in query.rows for query, hits in first if hits and hits[0].sure]
    assert len(sure) > 0.5 * len(first)
    assert sum(sure) >= 0.96 * len(sure)


@pytest.mark.live
def test_the_list_is_that_of_the_installed_frameworks(tmp_path: Path) -> None:
    made = tmp_path / "names.txt"
    program = ROOT / "data" / "make_names.py"
    subprocess.run([sys.executable, program, made], check=True, capture_output=True, cwd=tmp_path)
    installed, shipped = (path.read_text("utf-8") for path in (made, names_file()))
    versions = [
        [line for line in text.splitlines() if line[0] == "#"] for text in (installed, shipped)
    ]
    pins = (ROOT / "constraints.txt").read_text("utf-8").splitlines()
    assert {line[2:].replace(" ", "==") for line in versions[1]} <= {*pins}, "run it anew"
    if versions[0] != versions[1]:
        pytest.skip(f"the list is of the pinned {versions[1]}, installed is {versions[0]}")
    assert installed == shipped


@pytest.mark.parametrize("query", ["x.h", "net.h", "gluon.loss.Exponential", "main.c"])
def test_a_part_of_another_name_is_no_sure_answer(query: str) -> None:
    found = find(INDEX, query)
    assert not any(hit.sure for hit in found), found


def test_search_and_scan_give_one_answer_to_a_name_that_is_spelled_out() -> None:
    """Where a scan has a row for what code calls, search is sure of that one, if of any."""
    others: dict[str, tuple[str, list[str]]] = {}
    for framework, side in SIDES.items():
        answers = Answers(SHEET.rows, framework)
        for used in read_usage(usage_file()):
            row = answers.row(used.name) if used.side == side else None
            hits = find(INDEX, used.name, 3) if row else []
            sure = [hit.row.id for hit in hits if hit.sure]
            if row and sure and row.id not in sure:  # Module is a class of both frameworks
                others[used.name] = (row.id, sure)
    assert others == {}
