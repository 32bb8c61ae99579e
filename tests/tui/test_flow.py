"""Widgets whose lines depend on their width: what of them is drawn, and how."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from textual.color import Color
from textual.content import Content

from mxcheat.tui.contrast import ASIDE, contrast

from .driver import driven, settings

if TYPE_CHECKING:
    from textual.geometry import Region

    from .driver import Driver, FakeSession


@pytest.mark.parametrize(
    ("lines", "drawn"),
    [
        (["one", "two", "three"], []),
        (["one", "2", "3"], [(1, 2)]),
        (["1", "two", "3"], [(0, 1), (2, 1)]),
        (["one", "two"], None),
    ],
)
async def test_only_lines_that_change_are_drawn(
    quick: FakeSession,
    monkeypatch: pytest.MonkeyPatch,
    lines: list[str],
    drawn: list[tuple[int, int]] | None,
) -> None:
    async with driven(quick, "clamp") as it:
        flow = it.screen.row.detail.facts
        flow.flow(lambda _: [Content(line) for line in ("one", "two", "three")])
        await it.pilot.pause()
        asked: list[list[Region]] = []
        monkeypatch.setattr(flow, "refresh", lambda *regions, **_: asked.append(list(regions)))
        flow.flow(lambda _: [Content(line) for line in lines])
        places = [[(region.y, region.height) for region in regions] for regions in asked]
        assert places == ([[]] if drawn is None else [drawn] if drawn else [])


async def test_another_colour_is_a_change(
    quick: FakeSession, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with driven(quick, "clamp") as it:
        flow = it.screen.row.detail.facts
        flow.flow(lambda _: [Content("one")])
        await it.pilot.pause()
        asked: list[object] = []
        monkeypatch.setattr(flow, "refresh", lambda *regions, **_: asked.extend(regions))
        flow.flow(lambda _: [Content.styled("one", "bold")])
        assert len(asked) == 1


@pytest.mark.parametrize("theme", ["textual-dark", "textual-light", "nord", "dracula"])
async def test_what_is_stale_is_dimmed_and_can_be_read(quick: FakeSession, theme: str) -> None:
    async with driven(quick, "clamp", settings=settings(theme=theme)) as it:
        await it.press("enter")
        await it.until(lambda: "equal" in it.verdict)
        fresh = _colours(it)
        await it.press("f4", "end", "1")
        ground = it.screen.row.verdict.background_colors[1]
        stale = _colours(it)
        assert len(stale) == 1
        assert fresh > stale, "the sign and the word have lost their colour"
        assert all(contrast(colour, ground) >= ASIDE for colour in stale)


def _colours(it: Driver) -> set[Color]:
    """The colours of the first line of the verdict."""
    strip = it.screen.row.verdict.render_line(0)
    styles = [segment.style for segment in strip if segment.text.strip() and segment.style]
    return {Color.from_rich_color(style.color) for style in styles}


@pytest.mark.parametrize("pane", ["forms", "outputs"])
async def test_a_title_keeps_clear_of_its_border(quick: FakeSession, pane: str) -> None:
    async with driven(quick, "clamp", (140, 36)) as it:
        await it.press("enter")
        await it.until(lambda: "equal" in it.verdict)
        detail = it.screen.row.detail
        first = {"forms": detail.forms, "outputs": detail.outputs}[pane].left
        for _ in range(2):  # in a box, then under a rule, where there is less room
            y = first.region.y
            border = it.shown.splitlines()[y][first.region.x : first.region.right]
            assert border.lstrip("╭─━").startswith(" PyTorch")
            assert border.rstrip("╮─━").endswith(" ")
            await it.press("ctrl+l")
        assert bool(first.styles.border_left[0]) == (pane == "forms"), "values have no box"
