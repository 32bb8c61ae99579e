"""Pairs that differ in one place, or in none, run with the real frameworks: the verdict sees it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from mxcheat.cli.main import main
from tests.support import pair

if TYPE_CHECKING:
    from mxcheat.live.results import Verdict
    from mxcheat.live.session import Session

pytestmark = pytest.mark.live


def verdict(session: Session, pytorch: str, gluon: str, compare: str = "values") -> Verdict:
    result = session.run(pair(pytorch, gluon, {"x": "uniform(2, 3)"}, compare=compare))
    assert result.pytorch.ok, result.pytorch.error
    assert result.gluon.ok, result.gluon.error
    return result.verdict


LONG = "list(range(20_000)) + [None, "
TREE = "[(i, i / 7) for i in range(60_000)]"
DATACLASS = "import dataclasses\n@dataclasses.dataclass\nclass P:\n    a: object\n    b: object\n"


@pytest.mark.parametrize(
    ("pytorch", "gluon", "status", "where"),
    [
        # Types, and the tolerance of floats, inside containers.
        ("[1.0]", "['1.0']", "different", "out[0]"),
        ("[1.0, 2]", "[1.0, '2']", "different", "out[1]"),
        ("[1]", "[True]", "different", "out"),
        ("[1]", "[1.0]", "different", "out"),
        ("[1, 'a']", "[1.0, 'a']", "different", "out[0]"),
        ("[None]", "['None']", "different", "out[0]"),
        ("[b'a']", "['a']", "different", "out[0]"),
        ("[0.1 + 0.2]", "[0.3]", "close", ""),
        ("[0.1 + 0.2, 'a']", "[0.3, 'a']", "close", ""),
        ("{'a': [1, {'b': 0.1 + 0.2}]}", "{'a': [1, {'b': 0.3}]}", "close", ""),
        ("{'a': [1, {'b': 0.1}]}", "{'a': [1, {'b': 0.2}]}", "different", "out['a'][1]['b']"),
        ("[1.0, 2.5]", "[1.0, 2.6]", "different", "out[1]"),
        ("[1.0, [2.5, None]]", "[1.0, [2.6, None]]", "different", "out[1][0]"),
        ("[float('nan')]", "[float('nan')]", "equal", ""),
        ("[float('nan'), None]", "[float('nan'), None]", "equal", ""),
        ("[float('nan'), None]", "[0.0, None]", "different", "out[0]"),
        ("[float('inf')]", "[-float('inf')]", "different", "out[0]"),
        ("2**70", "2**70", "equal", ""),
        ("2**70", "2**70 + 1", "different", "out"),
        ("[2**70, 1]", "[2**70 + 1, 1]", "different", "out[0]"),
        ("[2**63]", "[2**63]", "equal", ""),
        ("10**5000", "10**5000 + 1", "different", "out"),
        ("10**50000", "10**50000 + 10**10", "different", "out"),
        ("2**70", "float(2**70)", "different", "out"),
        ("1 + 2j", "1 + 2j", "equal", ""),
        ("[1 + 2j]", "[1 - 2j]", "different", "out[0]"),
        ("(1, 2),", "[1, 2],", "equal", ""),
        ("[[1, 2], [3]]", "[[1], [2, 3]]", "different", "out[0]"),
        ("[[]]", "[]", "different", "out"),
        ("[()]", "[[]]", "equal", ""),
        ("[{}]", "[[]]", "different", "out[0]"),
        ("{'a': 1, 'b': 2}", "{'b': 2, 'a': 1}", "equal", ""),
        ("{1: 'a'}", "{'1': 'a'}", "different", "out"),
        ("{1: 'a'}", "{True: 'a'}", "different", "out"),
        ("{(1, 2): 'a'}", "{(1, 2): 'a'}", "equal", ""),
        ("{1, 2, 'a'}", "{'a', 2, 1}", "equal", ""),
        ("{1, 2}", "{1, 3}", "different", "out[1]"),
        ("{0.1 + 0.2}", "{0.3}", "close", ""),
        ("{1, 2}", "[1, 2]", "different", "out"),
        ("range(3)", "range(0, 3, 1)", "equal", ""),
        ("range(3)", "range(4)", "different", "out"),
        ("b'ab'", "b'ac'", "different", "out"),
        ("[torch.float32]", "[np.float32]", "equal", ""),
        ("[torch.float32]", "[np.float64]", "different", "out[0]"),
        ("[x.device]", "[x.context]", "equal", ""),
        ("[x.device, 1]", "[mx.cpu(1), 1]", "different", "out[0]"),
        (DATACLASS + "P(1, 2.0)", DATACLASS + "P(1, 2.0)", "equal", ""),
        (DATACLASS + "P(1, 2.0)", DATACLASS + "P(1, 2.5)", "different", "out.b"),
        (DATACLASS + "P(1, x)", DATACLASS + "P(1, x + 1)", "different", "out.b[1, 0]"),
        # Objects are never equal.
        ("[1, object()]", "[1, object()]", "not-compared", ""),
        ("{'a': object()}", "{'a': object()}", "not-compared", ""),
        ("{object(): 1}", "{object(): 1}", "not-compared", ""),
        ("[2, object()]", "[1, object()]", "different", "out[0]"),
        # NumPy's and the frameworks' numbers beside Python's.
        ("[v.item() for v in x[0]]", "[v.asscalar() for v in x[0]]", "close", ""),
        ("[v.item() for v in x[0]]", "[v.asscalar() + 1 for v in x[0]]", "different", "out[0]"),
        ("[np.float64(1.5)]", "[1.5]", "close", ""),
        ("np.int64(3)", "3", "close", ""),
        ("[x, 1]", "[x, 1.0]", "different", "out[1]"),
        ("[x, [x, 1]]", "[x, [x, 1]]", "equal", ""),
        ("[[x, x], [x]]", "[[x], [x, x]]", "different", "out[0]"),
        ("[x]", "x", "different", "out"),
        ("{'a': x}", "{'b': x}", "different", "out"),
        ("{'a': x, 'b': 2 * x}", "{'b': 2 * x, 'a': x}", "equal", ""),
        ("{1: x}", "{'1': x}", "different", "out"),
        ("{'a': {'b': [x]}}", "{'a': {'b': [x * 2]}}", "different", "out['a']['b'][0][1, 0]"),
        ("x, 2 * x", "[x, 2 * x]", "equal", ""),
        ("x, 2 * x", "[x, 3 * x]", "different", "2 * x[1, 0]"),
        # Names.
        ("it = iter([x, 2 * x])\nnext(it), next(it)", "it = iter([x, 2 * x])\nnext(it), next(it)",
         "equal", ""),
        ("it = iter([x, 2 * x])\nnext(it), next(it)", "it = iter([2 * x, x])\nnext(it), next(it)",
         "different", "next(it)[1, 0]"),
        # Beyond what travels.
        (f"{LONG}1]", f"{LONG}1]", "equal", ""),
        (f"{LONG}1]", f"{LONG}2]", "different", "out"),
        ("[i / 7 for i in range(20_000)]", "[i * (1 / 7) for i in range(20_000)]", "close", ""),
        ("'a' * 20_000 + 'b'", "'a' * 20_000 + 'c'", "different", "out"),
        (TREE, TREE, "equal", ""),
        (TREE, TREE.replace("i / 7", "i / 8"), "different", "out[29][1]"),
        (TREE, TREE.replace("i / 7", "i * (1 / 7)"), "not-compared", ""),
        (TREE.replace("i / 7", "str(i)"), TREE.replace("i / 7", "str(i) if i < 59_999 else ''"),
         "different", "out"),
        ("torch.arange(300_000.)", "nd.concat(nd.arange(100_000), "
         "nd.arange(100_000, 300_000).flip(0), dim=0)", "different", "out[100000]"),
        ("torch.arange(300_000) / 7", "nd.arange(300_000) * (1 / 7)", "close", ""),
        # Dtypes.
        ("torch.ones(0, 3)", "np.ones((0, 3), 'float32')", "equal", ""),
        ("torch.ones(0, 3)", "np.ones((0, 4), 'float32')", "different", "out"),
        ("torch.ones(3).bool()", "mx.np.ones(3, dtype='bool')", "equal", ""),
        ("torch.ones(3).bool()", "nd.ones(3, dtype='uint8')", "different", "out"),
        ("torch.ones(3).bool()", "nd.ones(3)", "different", "out"),
        ("torch.ones(3).long()", "nd.ones(3, dtype='int32')", "close", ""),
        ("torch.ones(3).long()", "nd.ones(3)", "different", "out"),
        ("torch.ones(3).double()", "nd.ones(3)", "close", ""),
        ("torch.ones(3, dtype=torch.uint16)", "np.ones(3, dtype='uint16')", "equal", ""),
        ("torch.full((3,), 2**63, dtype=torch.uint64)", "np.full(3, 2**63, dtype='uint64')",
         "equal", ""),
        ("x.bfloat16()", "x.astype(np.dtype([('bfloat16', np.uint16)]))", "close", ""),
        ("(x / 3).bfloat16()", "(x / 3).astype(np.dtype([('bfloat16', np.uint16)])) ", "close", ""),
        ("torch.ones(3).to(torch.float8_e8m0fnu)", "nd.ones(3)", "close", ""),
        ("torch.quantize_per_tensor(torch.ones(3), 1, 0, torch.qint8)", "nd.ones(3)",
         "different", "out"),
        ("torch.eye(3).to_sparse()", "nd.array(np.eye(3)).tostype('csr')", "equal", ""),
        ("torch.eye(3).to_sparse()", "nd.array(2 * np.eye(3)).tostype('csr')", "different",
         "out[0, 0]"),
        ("torch.tensor(2.)", "nd.array([2.])", "close", ""),
        ("np.array([1, 2])", "np.array([1., 2.])", "different", "out"),
        ("np.array(['a'])", "np.array(['a'])", "not-compared", ""),
    ],
)  # fmt: skip
def test_what_differs_is_seen_and_nothing_else(
    session: Session, pytorch: str, gluon: str, status: str, where: str
) -> None:
    found = verdict(session, pytorch, gluon)
    assert found.status == status, found
    if status == "different":
        assert found.where == where, found
        assert where.split("[", maxsplit=1)[0] in found.reason
    if status in ("equal", "close"):
        assert found.partly is None, found


DRAWN = "np.random.RandomState({seed}).{draw}"


@pytest.mark.parametrize(
    ("pytorch", "gluon", "status"),
    [
        ("normal(size=2000)", "normal(size=2000)", "stochastic"),
        ("normal(size=2000)", "normal(1, size=2000)", "different"),
        ("normal(size=2000).tolist()", "normal(size=2000).tolist()", "stochastic"),
        ("normal(size=4000).view(complex)", "normal(size=4000).view(complex)", "stochastic"),
        ("normal(size=4000).view(complex)", "normal(2, size=4000).view(complex)", "different"),
        ("rand(2000) < 0.5", "rand(2000) < 0.5", "stochastic"),
        ("rand(2000) < 0.5", "rand(2000) < 0.9", "different"),
        ("rand(2000) / 0", "rand(2000) / 0", "stochastic"),
        ("rand(2000) * np.nan", "rand(2000)", "different"),
        ("randint(2**63, 2**64, 2000, 'uint64')", "randint(2**63, 2**64, 2000, 'uint64')",
         "stochastic"),
        ("rand(2000)", "normal(size=2000).view(complex)", "different"),
        ("rand(0)", "rand(0)", "equal"),
        ("rand(0, 3)", "rand(0, 4)", "different"),
        ("rand(50)", "rand(50)", "not-compared"),
        ("rand(2_000_000)", "rand(2_000_000)", "stochastic"),
        ("get_state()[0]", "get_state()[0]", "equal"),
        ("bytes(3)", "bytes(3)", "different"),
        ("rand() and 10**400", "rand() and 10**400", "equal"),
        ("rand() and [10**400, 1]", "rand() and [10**400, 2]", "different"),
    ],
)  # fmt: skip
def test_samples_of_every_kind_have_a_verdict(
    session: Session, pytorch: str, gluon: str, status: str
) -> None:
    codes = [DRAWN.format(seed=1, draw=pytorch), DRAWN.format(seed=2, draw=gluon)]
    found = verdict(session, codes[0], codes[1], compare="distribution")
    assert found.status == status, found
    assert bool(found.partly) == ("2_000_000" in pytorch), found


@pytest.mark.parametrize(
    ("pytorch", "gluon", "status", "partly"),
    [
        ("*parts, last = torch.ones(4, 1).split(1)\n*parts, last",
         "*parts, last = nd.ones((4, 1)).split(4, axis=0)\n*parts, last * 2", "different", False),
        ("i = 5; y = sum(i for i in [1, 2])", "i = 6; y = sum(i for i in [1, 2])", "equal", False),
        ("{'a': [1, {'b': 0.1 + 0.2}]}", "{'a': [1, {'b': 0.3}]}", "close", False),
        ("[1.0, object()]", "[1.0, object()]", "not-compared", True),
        ("torch.arange(2_000_000) / 7", "nd.arange(2_000_000) * (1 / 7)", "close", True),
    ],
)  # fmt: skip
def test_the_command_says_what_was_compared_in_part(
    capsys: pytest.CaptureFixture[str], pytorch: str, gluon: str, status: str, partly: bool
) -> None:
    main(["try", "--pytorch", pytorch, "--gluon", gluon, "--json"])
    found = json.loads(capsys.readouterr().out)["verdict"]
    assert (found["status"], found["partly"] is not None) == (status, partly), found
    assert ("partly" in found["reason"]) == partly
