"""mxcheat list: lines that other programs take apart, and cards as wide as they ask for."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from mxcheat.cli.list_rows import COLUMNS
from mxcheat.cli.main import main
from mxcheat.loading import load

if TYPE_CHECKING:
    from pathlib import Path

SHEET = load()


def test_plain_is_a_line_for_each_row_with_columns_between_tabs(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["list", "--plain"]) == 0
    lines = [line.split("\t") for line in capsys.readouterr().out.splitlines()]
    assert [line[0] for line in lines] == [row.id for row in SHEET.rows]
    assert {len(line) for line in lines} == {len(COLUMNS)}
    view = next(line for line in lines if line[0] == "clamp")
    assert view[1:] == [
        "tensor/operation",
        "equivalent",
        "Limit the values of a tensor to between a minimum and a maximum",
        "y = torch.clamp(x, low, high)",
        "y = nd.clip(x, low, high)",
    ]


def test_what_would_break_a_line_or_a_column_does_not(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "mine.yaml"
    path.write_text(
        'rows:\n- {id: mine, section: data, function: "a\\e[31m", pytorch: "a(x)\\nb(\\tx)",\n'
        "   availability: pytorch-only, notes: there is none}\n"
    )
    assert main(["list", "--plain", "--data", str(path)]) == 0
    last = capsys.readouterr().out.splitlines()[-1]
    columns = last.split("\t")
    assert columns[:4] == ["mine", "data", "pytorch-only", "a␛[31m"]
    assert columns[4].startswith("a(x)⏎b(")
    assert columns[5] == ""


def test_plain_and_json_exclude_each_other(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["list", "--plain", "--json"]) == 2
    assert "not allowed with argument" in capsys.readouterr().err


def test_nothing_that_passes_is_an_empty_list_and_a_no(capsys: pytest.CaptureFixture[str]) -> None:
    filters = ["--section", "data", "--availability", "gluon-only"]
    assert main(["list", "--plain", *filters]) == 1
    assert capsys.readouterr() == ("", "mxcheat: no row matches these filters\n")


@pytest.mark.parametrize("columns", ["38", "60"])
def test_a_pipe_is_as_wide_as_columns_says(
    columns: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("COLUMNS", columns)
    assert main(["lookup", "clamp", "-n", "1"]) == 0
    widest = max(map(len, capsys.readouterr().out.splitlines()))
    assert int(columns) - 20 < widest <= int(columns)
