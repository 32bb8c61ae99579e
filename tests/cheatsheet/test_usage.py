"""What real code calls, and how much of it the rows answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from benchmarks import coverage

from mxcheat.cheatsheet.usage import Used, read_usage
from mxcheat.loading import load
from mxcheat.paths import usage_file

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

CONCAT = Used("mxnet.nd.Concat", 65, 40, "mxnet.nd.concat", "gluon")


def test_a_line_holds_a_name_with_its_counts(tmp_path: Path) -> None:
    path = tmp_path / "usage.tsv"
    path.write_text("# what\nmxnet.nd.Concat\t65\t40\tmxnet.nd.concat\tgluon\n")
    assert read_usage(path) == [CONCAT]
    assert (CONCAT.side, CONCAT.module) == ("gluon", "mxnet.nd")
    assert read_usage(tmp_path / "none.tsv") == []


def test_a_name_is_answered_by_itself_or_by_what_it_is_another_spelling_of() -> None:
    assert coverage.is_answered(CONCAT, {"mxnet.nd.concat"})
    assert coverage.is_answered(CONCAT, {"mxnet.nd.Concat"})
    assert not coverage.is_answered(CONCAT, {"mxnet.nd.stack"})


def test_every_name_is_there_once_with_counts_that_can_be() -> None:
    used = read_usage(usage_file())
    assert len({each.name for each in used}) == len(used) > 1800
    assert all(each.files > 0 for each in used)
    assert load().calls["torch.cat"] > load().calls["torch.cumsum"]


def test_the_table_gives_shares_and_what_is_missing(capsys: pytest.CaptureFixture[str]) -> None:
    assert coverage.main(["mxnet.gluon.data"]) == 0
    (torch, *_), gluon = (block.splitlines() for block in capsys.readouterr().out.split("\n\n")[:2])
    assert torch.startswith("PyTorch")
    (module,) = [line for line in gluon if line.startswith("mxnet.gluon.data")]
    assert "of 14" in module
    assert "_MultiWorkerIter:3" in module
