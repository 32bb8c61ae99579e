"""mxcheat lookup: the same answer whichever way it is found, and a card for every terminal."""

from __future__ import annotations

import json
import re
import sys
from typing import TYPE_CHECKING

import pytest

from mxcheat.cli import output
from mxcheat.cli.catalogue import SHOWN, catalogue_of, shipped
from mxcheat.cli.main import main
from mxcheat.loading import load
from mxcheat.search import Index, find
from mxcheat.tui.finder import Finder
from tests.e2e.terminal import Terminal
from tests.support import mxcheat

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from mxcheat.cheatsheet.row import Row

SHEET = load()
QUERIES = [
    "clamp",
    "mxnet.nd.clip",
    "addmm",
    "DataLoader",
    "x.clamp(",
    "clmap",
    "reset gradient",
    "保存模型",
    "qwertyuiop",
]
OPTIONS = [
    [],
    ["-n", "1"],
    ["-n", "30"],
    ["--json"],
    ["--plain"],
    ["--code", "gluon"],
    ["--color", "always"],
    ["--section", "tensor"],
    ["--availability", "differs", "--json"],
]


MADE: dict[tuple[bool, tuple[str, ...]], Index] = {}


def made_once(rows: Sequence[Row], calls: Mapping[str, int] | None = None) -> Index:
    """The index of some of the shipped rows, made and not read; it takes a while."""
    known = calls is not None, tuple(row.id for row in rows)
    if known not in MADE:
        MADE[known] = Index(rows, calls)
    return MADE[known]


@pytest.fixture
def without_cache(monkeypatch: pytest.MonkeyPatch) -> Iterator[pytest.MonkeyPatch]:
    """No folder in which anything could be kept; the sheet is not read each time for all that."""
    with monkeypatch.context() as patch:
        patch.setenv("XDG_CACHE_HOME", "/proc/none")
        for module in ("cli.sheet", "loading"):
            patch.setattr(f"mxcheat.{module}.load", lambda *_: SHEET)
        patch.setattr("mxcheat.search.Index", made_once)
        yield patch


def outcome(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    return (main(["lookup", *arguments]), *capsys.readouterr())


@pytest.mark.parametrize("options", OPTIONS, ids=" ".join)
def test_with_and_without_a_cache_the_answer_is_the_same(
    options: list[str],
    capsys: pytest.CaptureFixture[str],
    without_cache: pytest.MonkeyPatch,
) -> None:
    made = {query: outcome(capsys, query, *options) for query in QUERIES}
    without_cache.undo()
    for query in QUERIES:
        assert outcome(capsys, query, *options) == made[query]
        assert outcome(capsys, *options, "--", query) == made[query]


def test_answers_made_ahead_are_those_of_search() -> None:
    index, catalogue = Index(SHEET.rows, SHEET.calls), shipped()
    apis = {api for row in SHEET.rows for names in row.answers.values() for api in names}
    for name in {row.id for row in SHEET.rows} | apis | {api.split(".")[-1] for api in apis}:
        hits = find(index, name, SHOWN)
        assert catalogue.find(name) == [(hit.row.id, hit.score, hit.sure) for hit in hits]


def test_cards_made_ahead_are_those_of_the_rows() -> None:
    kept, made = shipped(), catalogue_of(SHEET.rows, SHEET.calls)
    for row in SHEET.rows:
        assert kept.card(row.id) == made.card(row.id)


def test_damaged_forms_are_made_anew(own_home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = outcome(capsys, "clamp"), outcome(capsys, "clmap")
    for form in (own_home / ".cache" / "mxcheat").iterdir():
        form.write_bytes(form.read_bytes()[:-9])
    assert (outcome(capsys, "clamp"), outcome(capsys, "clmap")) == before


def test_an_overlay_edited_to_the_same_size_is_seen(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = tmp_path / "mine.yaml"
    form = "section: tensor/operation, pytorch: a(x), gluon: b(x), availability: equivalent"
    for title in ("First title", "Other title"):
        rows.write_text(f"rows:\n- {{id: mine, function: {title}, {form}}}\n")
        assert outcome(capsys, "mine", "--data", str(rows))[1].startswith(title)


def test_what_looks_like_an_option_can_be_asked_for(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = tmp_path / "mine.yaml"
    form = "section: tensor/operation, pytorch: a(x), gluon: b(x), availability: equivalent"
    rows.write_text(f"rows:\n- {{id: mine, function: m, {form}, keywords: [--quiet]}}\n")
    code, out, _ = outcome(capsys, "--data", str(rows), "--", "--quiet")
    assert (code, out.splitlines()[0]) == (0, "m")


@pytest.mark.parametrize("columns", [60, 80, 200])
def test_a_terminal_gets_a_card_of_its_width_in_colour(columns: int) -> None:
    with Terminal("lookup", "DataLoader", columns=columns, lines=60) as terminal:
        assert terminal.wait_for_end() == 0
    assert b"\x1b[36mDataLoader\x1b[0m" in terminal.raw
    plain = re.sub(r"\x1b\[[\d;]*m", "", terminal.raw.decode()).replace("\r\n", "\n")
    assert max(map(len, plain.splitlines())) <= columns
    assert "see also\n" in plain


COLOURED = [
    ({}, "auto", True),
    ({"NO_COLOR": "1"}, "auto", False),
    ({"NO_COLOR": ""}, "auto", True),
    ({"TERM": "dumb"}, "auto", False),
    ({"TERM": "dumb", "FORCE_COLOR": "1"}, "auto", True),
    ({"NO_COLOR": "1", "FORCE_COLOR": "1"}, "auto", False),
    ({"NO_COLOR": "1"}, "always", True),
    ({"FORCE_COLOR": "1"}, "never", False),
]


@pytest.mark.parametrize(("variables", "asked", "coloured"), COLOURED)
def test_colour_on_a_terminal_is_as_asked(
    variables: dict[str, str], asked: str, coloured: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TERM", "xterm")
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    assert output.wants_colour(asked) == coloured


def test_a_plain_card_has_no_colour_even_if_asked(capsys: pytest.CaptureFixture[str]) -> None:
    _, plain, _ = outcome(capsys, "addmm", "--plain", "--color", "always")
    assert "\x1b" not in plain
    assert "● " not in plain
    assert "\nequivalent, 1 silent difference  addmm, tensor/operation\n" in plain


def test_in_a_hurry_both_forms_and_the_first_trap() -> None:
    done = mxcheat("lookup", "-q", "cumsum")
    assert (done.code, done.stdout) == (
        0,
        "PyTorch   y = torch.cumsum(x, dim=1)\n"
        "Gluon     y = nd.cumsum(x, axis=1)\n"
        "≠ values  int8 wraps round in nd (100 + 100 is -56); torch sums in int64.\n",
    )


def test_a_public_name_without_a_row_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    code = main(["lookup", "nd.hard_sigmoid", "--json"])
    out, err = capsys.readouterr()
    found = json.loads(out)
    assert code == 1
    assert found["results"] == []
    assert found["names"][0]["name"] == "mxnet.nd.hard_sigmoid"
    assert found["used_in"] == ["hardswish"]
    assert "mxnet.nd.hard_sigmoid is in MXNet 1.9.1; the sheet has no row for it" in err
    assert "hardswish" in err


@pytest.mark.parametrize("query", ["nd.hard_sigmoid", "eegihh", "qqzz"])
def test_nothing_found_is_said_alike_everywhere(
    query: str, capsys: pytest.CaptureFixture[str]
) -> None:
    said = []
    for command in ("lookup", "try", "verify"):
        assert main([command, query]) == 1
        said.append(capsys.readouterr().err.strip())
    assert said[0] == said[1] == said[2]
    in_app = Finder(SHEET).why_nothing(query)
    assert f"mxcheat: {in_app}".lower().rstrip(".") == said[0].lower()


def test_a_filter_does_not_make_a_name_unanswered(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["lookup", "nd.clip", "--section", "losses", "--json"]) == 1
    out, err = capsys.readouterr()
    assert "names" not in json.loads(out)
    assert "no row for it" not in err


def test_a_guess_is_said_to_be_one(capsys: pytest.CaptureFixture[str]) -> None:
    main(["lookup", "clmap"])
    out, err = capsys.readouterr()
    assert out.startswith("guess\n")
    assert "clamp is a guess" in err
    main(["lookup", "clamp"])
    out, err = capsys.readouterr()
    assert not out.startswith("guess\n")
    assert err == ""
