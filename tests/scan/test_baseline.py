"""Known findings: they survive that lines move, and what is new is told."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from mxcheat.errors import MxcheatError
from mxcheat.scan.baseline import Baseline, read_baseline
from mxcheat.scan.files import Found
from mxcheat.scan.findings import Told
from mxcheat.scan.found import Call


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    Path("src").mkdir()
    return tmp_path


def told(*codes: str, why: str = "", line: int = 1) -> Told:
    calls = [
        Call(line, 1, line, 9, code, f"mxnet.{code}", "sure", row="x") for code in codes
    ]  # fmt: skip
    return Told(tuple(calls), why)


NET = Found("src", "net.py", "src/net.py")


def kept(first: Told, found: Found = NET) -> Baseline:
    baseline = Baseline("known.json")
    baseline.add(first, found)
    baseline.write()
    return read_baseline("known.json")


def codes(told: Told) -> list[str]:
    return [call.code for call in told.calls]


def test_what_is_known_is_not_told_wherever_it_moves() -> None:
    known = kept(told("nd.a", "nd.b"))
    assert not known.new(told("nd.b", "nd.a", line=99), NET)
    assert known.left.total() == 0


def test_one_more_of_the_same_is_new() -> None:
    known = kept(told("nd.a", "nd.a"))
    assert codes(known.new(told("nd.a", "nd.c", "nd.a", "nd.a"), NET)) == ["nd.c", "nd.a"]


def test_what_has_gone_is_left() -> None:
    known = kept(told("nd.a", "nd.b"))
    Path("src/net.py").touch()
    assert known.gone() == 0, "the file was not scanned"
    assert not known.new(told("nd.a"), NET)
    assert known.gone() == 1
    Path("src/net.py").unlink()
    assert kept(told("nd.a")).gone() == 1


def test_a_file_that_is_a_finding_itself_is_known_too() -> None:
    known = kept(told(why="not read whole"))
    assert not known.new(told(why="not read whole"), NET)
    assert known.new(told(why="not read whole"), Found("src", "b.py", "src/b.py")).why


def test_a_file_is_the_same_however_it_is_reached(folder: Path) -> None:
    known = kept(told("nd.a"))
    elsewhere = Found(".", "net.py", str(folder / "src" / ".." / "src" / "net.py"))
    assert not known.new(told("nd.a"), elsewhere)
    assert codes(read_baseline("known.json").new(told("nd.a"), Found("-", "-", "-"))) == ["nd.a"]


def test_it_is_a_line_for_each_finding_in_an_order_of_its_own() -> None:
    kept(told("nd.b", "nd.a", "nd.b"))
    first = Path("known.json").read_text()
    assert first.count("\n") == 4
    assert json.loads(first)["known"] == [
        {"path": "src/net.py", "symbol": "mxnet.nd.a", "code": "nd.a", "count": 1},
        {"path": "src/net.py", "symbol": "mxnet.nd.b", "code": "nd.b", "count": 2},
    ]
    kept(told("nd.a", "nd.b", "nd.b"))
    assert Path("known.json").read_text() == first
    kept(told())
    assert json.loads(Path("known.json").read_text()) == {"schema": 1, "known": []}


@pytest.mark.parametrize(
    "text",
    ["", "[]", "3", '{"known": 3}', '{"known": [3]}', '{"known": [{"path": "a"}]}', "[" * 100_000,
     '{"known": [{"path": 1, "symbol": "", "code": "", "count": 1}]}',
     *('{"known": [{"path": "a", "symbol": "", "code": "", "count": N}]}'.replace("N", count)
       for count in ('"x"', "Infinity", "NaN", "0", "-1", "1.5", "true", '"1"'))],
)  # fmt: skip
def test_what_is_no_baseline_is_said(text: str) -> None:
    Path("known.json").write_text(text)
    with pytest.raises(MxcheatError, match=r"known\.json is no baseline of a scan"):
        read_baseline("known.json")
