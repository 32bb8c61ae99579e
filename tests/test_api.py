"""What `from mxcheat import ...` gives, and the page about it."""

from __future__ import annotations

import doctest
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import psutil
import pytest

import mxcheat
from mxcheat import DataFileError, MxcheatError, NothingFoundError, lookup, rows, scan, try_row
from tests.support import HARDTANH
from tests.support import mxcheat as command

if TYPE_CHECKING:
    from collections.abc import Callable

    from mxcheat import Session

PAGE = Path(__file__).parents[1] / "docs" / "python.md"


@pytest.fixture
def mine(tmp_path: Path) -> Path:
    """A file with a row that is not among the shipped ones."""
    path = tmp_path / "mine.yaml"
    path.write_text(HARDTANH)
    return path


def test_every_name_that_the_package_offers_is_there() -> None:
    assert set(mxcheat.__all__) <= set(dir(mxcheat))
    assert all(getattr(mxcheat, name) is not None for name in mxcheat.__all__)
    assert not hasattr(mxcheat, "loookup")


@pytest.mark.parametrize(
    ("options", "filters"),
    [
        ([], {}),
        (["--section", "tensor"], {"section": "tensor"}),
        (["--availability", "differs"], {"availability": "differs"}),
    ],
    ids=str,
)
def test_rows_are_those_of_the_command(options: list[str], filters: dict[str, Any]) -> None:
    listed = command("list", "--json", *options).json["rows"]
    assert [row.public_json() for row in rows(**filters)] == listed
    assert listed


@pytest.mark.parametrize(
    ("query", "options", "filters"),
    [
        ("clip", [], {}),
        ("x.view(-1, 28*28)", ["-n", "2"], {"n": 2}),
        ("matrix product", ["--section", "tensor"], {"section": "tensor"}),
        ("copy", ["--availability", "differs"], {"availability": "differs"}),
        ("qwertyuiop", [], {}),
    ],
)
def test_hits_are_those_of_the_command(
    query: str, options: list[str], filters: dict[str, Any]
) -> None:
    found = command("lookup", "--json", *options, query).json["results"]
    hits = lookup(query, **filters)
    judged = [{"score": hit.score, "sure": hit.sure} for hit in hits]
    rows_found = [hit.row.public_json() for hit in hits]
    assert [{**row, **each} for row, each in zip(rows_found, judged, strict=True)] == found


def test_files_of_rows_are_given_or_configured(mine: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shipped = rows()
    assert [row.id for row in rows(data=mine)] == [*(row.id for row in shipped), "hardtanh"]
    assert lookup("hardtanh", 1, data=[str(mine)])[0].row.gluon == "nd.clip(x, -1, 1)"
    assert lookup("hardtanh", 1)[0].row.id != "hardtanh"
    monkeypatch.setenv("MXCHEAT_DATA", str(mine))
    assert lookup("hardtanh", 1)[0].row.id == "hardtanh"


@pytest.mark.parametrize("call", [rows, lambda: lookup("clamp"), lambda: try_row("no such row")])
def test_a_warning_points_at_the_line_that_called(
    call: Callable[[], object], mine: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    mine.write_text(mine.read_text() + "- {id: 3}\n")
    monkeypatch.setenv("MXCHEAT_DATA", str(mine))
    warned = pytest.warns(UserWarning, match="its other rows are used")
    with warned as told, suppress(NothingFoundError):
        call()
    assert {each.filename for each in told} == {__file__}


MISTAKES: list[tuple[Callable[[], object], type[MxcheatError], str]] = [
    (lambda: try_row("clip"), NothingFoundError, "no row has the id 'clip'; did you mean clamp?"),
    (lambda: try_row("qwertyuiop"), NothingFoundError, "rows() gives every row"),
    (lambda: try_row("clamp", "gpo0"), MxcheatError, "did you mean gpu0?"),
    (lambda: try_row("clamp", timeout=0), MxcheatError, "timeout is 0; give seconds above 0"),
    (lambda: try_row("clamp", timeout=float("nan")), MxcheatError, "timeout is nan"),
    (lambda: rows("tensr"), MxcheatError, "no section 'tensr'; did you mean tensor?"),
    (lambda: lookup("clamp", availability="equal"), MxcheatError, "did you mean equivalent?"),
    (lambda: scan("no.py"), MxcheatError, "no.py: there is no such file or folder"),
    (lambda: scan(".", framework="troch"), MxcheatError, "did you mean torch?"),
    (lambda: rows(data="/no/such.yaml"), MxcheatError, "/no/such.yaml: cannot be read"),
]


@pytest.mark.parametrize(("call", "kind", "words"), MISTAKES)
def test_a_mistake_is_one_clear_line(
    call: Callable[[], object], kind: type[MxcheatError], words: str
) -> None:
    with pytest.raises(kind) as caught:
        call()
    assert words in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_broken_file_has_every_problem(mine: Path) -> None:
    mine.write_text(HARDTANH.replace("function:", "fucntion:").replace("workaround", "same"))
    with pytest.raises(DataFileError) as caught:
        lookup("hardtanh", data=mine)
    assert [problem.line for problem in caught.value.problems] == [4, 7]


def test_a_scan_finds_what_the_command_finds(tmp_path: Path) -> None:
    (tmp_path / "net.py").write_text("from mxnet import nd\nnd.concat(a, b)\nnd.no_such(a)\n")
    (tmp_path / "build").mkdir()
    found = command("scan", "--json", tmp_path).json
    report = scan(tmp_path)
    told = [(call.line, call.symbol, call.row) for file in report.files for call in file.calls]
    calls = [call for file in found["files"] for call in file["calls"]]
    assert told == [(call["line"], call["symbol"], call["row"]) for call in calls]
    assert told[0] == (2, "mxnet.nd.concat", "concat")
    assert report.skipped == {"build output": 1}
    assert mxcheat.scan is scan, "whatever of it was imported since"


def test_of_a_scan_one_pattern_is_a_text(tmp_path: Path) -> None:
    for name in ("net.py", "tests.py", "tests/net.py"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).touch()
    for pattern in ("tests/", ["tests/"]):
        assert [file.path for file in scan(tmp_path, exclude=pattern).files] == [
            *("net.py", "tests.py")
        ]
        assert [file.path for file in scan(tmp_path, include=pattern).files] == ["tests/net.py"]


@pytest.mark.live
def test_a_row_is_tried_by_itself_or_by_its_id(session: Session, mine: Path) -> None:
    (row,) = [row for row in rows(data=mine) if row.id == "hardtanh"]
    for result in (
        try_row(row, session=session),
        try_row("hardtanh", "mx.cpu(0)", session=session, data=mine),
    ):
        assert result.row == row
        assert (result.ctx, result.verdict.status) == ("cpu", "equal")
    assert try_row("acos", session=session, bench=True).gluon.bench is not None


@pytest.mark.live
def test_numpy_reads_the_arrays(session: Session) -> None:
    result = try_row("addmm", session=session)
    (pytorch, gluon) = (side.outputs[0].array for side in result.sides)
    left, right = np.asarray(pytorch), np.asarray(gluon)
    assert (left.dtype, left.shape) == (np.dtype("float32"), (2, 4))
    assert result.verdict.max_abs_diff is not None
    assert np.abs(left - right).max() <= result.verdict.max_abs_diff


@pytest.mark.live
def test_what_goes_wrong_on_a_side_is_a_value(session: Session, mine: Path) -> None:
    mine.write_text(HARDTANH.replace("F.hardtanh(x)", "'while True: pass'"))
    result = try_row("hardtanh", timeout=0.5, session=session, data=mine)
    assert (result.pytorch.status, result.gluon.status) == ("timeout", "ok")
    assert try_row("clamp", "gpu7", session=session).pytorch.status == "unavailable"


@pytest.mark.live
def test_a_try_without_a_session_leaves_no_process(session: Session) -> None:
    try_row("acos", session=session)
    before = set(psutil.Process().children())
    assert try_row("acos").verdict.status in ("equal", "close")
    assert set(psutil.Process().children()) == before


@pytest.mark.live
def test_a_session_keeps_its_workers(session: Session) -> None:
    try_row("acos", session=session)
    before = set(psutil.Process().children())
    try_row("addmm", session=session)
    assert set(psutil.Process().children()) == before


@pytest.mark.live
def test_the_examples_of_the_page_hold(mine: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(mine.parent)
    done = doctest.testfile(str(PAGE), module_relative=False)
    assert done.failed == 0
    assert done.attempted >= 20
