"""Taking away: forms, output, link, a page; and how the app says which way it went."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from mxcheat.cheatsheet.inputs import make_inputs
from mxcheat.cheatsheet.reader import read_file
from mxcheat.cheatsheet.sides import SIDES
from mxcheat.cheatsheet.writing import HEAD
from mxcheat.loading import load
from mxcheat.tui.drafts import Draft
from mxcheat.tui.shown import Shown
from mxcheat.tui.takeaway import new_file, own_row

from .driver import ROWS, SHEET, driven

if TYPE_CHECKING:
    from pathlib import Path

    from mxcheat.cheatsheet.row import Row

    from .driver import Driver, FakeSession

OUTPUT = """\
PyTorch, cpu, 1.25 ms
y  float32 (2,)
[1., 2.]

Gluon, cpu, 1.25 ms
y  float32 (2,)
[1., 2.]

✓ equal; every output is the same, bit for bit
"""


@pytest.fixture(autouse=True)
def copied(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What would have gone to the clipboard."""
    texts: list[str] = []

    def copy(text: str, write: object) -> str:
        texts.append(text)
        return "copied with a test"

    monkeypatch.setattr("mxcheat.tui.clipboard.copy", copy)
    return texts


async def run(it: Driver) -> None:
    await it.press("enter")
    await it.until(lambda: "equal" in it.verdict)


@pytest.mark.parametrize(
    ("digit", "what", "text"),
    [
        ("1", "PyTorch form", "torch.clamp(x, min=0.2)"),
        ("2", "Gluon form", "nd.clip(x, 0.2, 9)"),
        ("3", "Output", OUTPUT),
        ("4", "Command", "mxcheat lookup clamp"),
    ],
)
async def test_each_is_taken_by_a_digit_and_the_way_is_told(
    quick: FakeSession, copied: list[str], digit: str, what: str, text: str
) -> None:
    async with driven(quick, "clamp") as it:
        await run(it)
        await it.press("f9", digit)
        await it.until(lambda: it.told == f"{what} copied with a test")
        assert copied == [text]
        assert f"{what} copied with a test" in it.shown
        assert it.app.clipboard == text


async def test_only_what_there_is_is_offered(quick: FakeSession, copied: list[str]) -> None:
    async with driven(quick, "named axes") as it:
        await it.press("f9")
        assert "Copy the PyTorch form" in it.shown
        assert "Copy the Gluon form" not in it.shown
        assert "Copy the output" not in it.shown
        await it.press("9", "escape")
        assert copied == []
    async with driven(quick, "qqzz") as it:
        await it.press("f9")
        assert it.screen.is_active


async def test_what_has_been_edited_is_taken_as_it_is_now(
    quick: FakeSession, copied: list[str]
) -> None:
    async with driven(quick, "clamp") as it:
        await it.press("f4", "ctrl+end", *"+1", "f9", "1")
        await it.until(lambda: copied == ["torch.clamp(x, min=0.2)+1"])


async def test_a_selection_in_the_search_goes_the_same_way(
    quick: FakeSession, copied: list[str]
) -> None:
    async with driven(quick, "clamp") as it:
        await it.press("ctrl+shift+a", "ctrl+c")
        await it.until(lambda: it.told == "Selection copied with a test")
        assert copied == ["clamp"]


async def test_what_is_dragged_over_is_copied(quick: FakeSession, copied: list[str]) -> None:
    async with driven(quick, "clamp") as it:
        facts = it.screen.row.detail.facts
        await it.pilot.mouse_down(facts, offset=(10, 0))
        await it.pilot.hover(facts, offset=(20, 2))
        await it.pilot.mouse_up(facts, offset=(20, 2))
        await it.press("ctrl+c")
        lines = facts.text.split("\n")
        await it.until(lambda: bool(copied))
        assert copied == ["\n".join([lines[0][10:], lines[1], lines[2][:21]])]


async def test_ctrl_c_stops_a_run_or_says_how_to_quit(slow: FakeSession) -> None:
    slow.start.set()
    async with driven(slow, "clamp") as it:
        await it.press("ctrl+c")
        assert it.told == "^Q quits"
        await it.press("enter")
        await it.until(lambda: "running" in it.verdict)
        await it.press("ctrl+c")
        await it.until(lambda: "cancelled" in it.verdict)
        assert slow.cancelled.is_set()


async def test_a_page_is_saved_here_and_never_over_another(
    quick: FakeSession, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    async with driven(quick, "clamp") as it:
        await run(it)
        await it.press("f9", "7")
        await it.until(lambda: it.told == "Saved as clamp.md")
        await it.press("f9", "7")
        await it.until(lambda: "Saved as clamp-2.md" in it.told)
    page = (tmp_path / "clamp.md").read_text()
    assert page == (tmp_path / "clamp-2.md").read_text()
    for line in (
        "# Clamp values to bounds",
        "`clamp` · ● equivalent · `mxcheat lookup clamp`",
        "| PyTorch | Gluon |",
        "| `torch.clamp(x, min=0.2)` | `nd.clip(x, 0.2, 9)` |",
        "See x\\[0\\] and \\[/red\\] and \\[bold\\]this\\[/bold\\].",
        "> Erratum: The sheet prints one bound.",
        "## ✓ equal; every output is the same, bit for bit",
        "PyTorch, cpu, 1.25 ms:",
        "    [1., 2.]",
    ):
        assert line in page.splitlines()


def test_every_shipped_row_saved_as_ones_own_claims_what_it_claimed(tmp_path: Path) -> None:
    sheet = load()
    path = tmp_path / "own.yaml"
    path.write_text(
        "rows:\n"
        + "".join(
            own_row(Shown(sheet, str, row=row), row.id).removeprefix(HEAD) for row in sheet.rows
        )
    )
    reading = read_file(path, sheet)
    assert reading.problems == ()
    for row, read in zip(sheet.rows, reading.sheet.rows, strict=True):
        assert _claims(read) == _claims(row), row.id


def _claims(row: Row) -> list[object]:
    """What is run, on what, and how it is said to come out."""
    snippets = [row.snippet(side) for side in SIDES]
    code = [snippet and snippet.code.strip("\n") for snippet in snippets]
    return [code, row.inputs, row.availability, row.compare, row.reason, row.gradient]


@pytest.mark.parametrize(
    ("row", "sides", "availability"),
    [(0, ("y", "y"), "equivalent"), (1, ("", "y"), "gluon-only"), (2, ("y", "y"), "equivalent")],
)
def test_a_side_that_was_added_or_taken_away_is_in_what_is_claimed(
    tmp_path: Path, row: int, sides: tuple[str, str], availability: str
) -> None:
    shown = Shown(SHEET, str, row=ROWS[row], draft=Draft(*sides, "x: 2\ny: 'two'"))
    path = tmp_path / "own.yaml"
    path.write_text(own_row(shown, "own"))
    (read,) = read_file(path, SHEET).sheet.rows
    assert read.availability == availability
    assert [read.form(side) or "" for side in SIDES] == [*sides]
    assert make_inputs(read.inputs) == {"x": 2, "y": "two"}


async def test_a_folder_that_takes_no_file_is_said(
    quick: FakeSession, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "gone").mkdir()
    monkeypatch.chdir(tmp_path / "gone")
    (tmp_path / "gone").rmdir()
    async with driven(quick, "clamp") as it:
        await it.press("f9", "7")
        await it.until(
            lambda: it.told == "clamp.md cannot be written here (No such file or directory)"
        )


def test_names_run_out_at_last(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    names = [new_file("a", ".md", "x") for _ in range(99)]
    assert names[::98] == ["a.md", "a-99.md"]
    with pytest.raises(Exception, match=r"a\.md and 98 more are here already"):
        new_file("a", ".md", "x")
