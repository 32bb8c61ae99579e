"""Whether what is drawn can be read in every theme."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from rich.color import Color as RichColor
from textual.color import BLACK, WHITE, Color

from mxcheat.tui.app import MxcheatApp
from mxcheat.tui.contrast import LEAST, contrast, grounds

from .driver import SHEET, driven

if TYPE_CHECKING:
    from .driver import FakeSession

APP = MxcheatApp(SHEET)
THEMES = [name for name, theme in APP.available_themes.items() if not theme.ansi]


def test_the_ratio_is_that_of_the_standard() -> None:
    assert contrast(BLACK, WHITE) == 21
    assert contrast(WHITE, WHITE) == 1
    assert contrast(Color.parse("#777777"), WHITE) == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("theme", THEMES)
def test_text_can_be_read_on_all_it_stands_on(theme: str) -> None:
    APP.theme = theme
    variables = APP.get_css_variables()
    for name, least in LEAST.items():
        for ground in grounds(variables, name):
            assert contrast(Color.parse(variables[name]), ground) >= least, name


@pytest.mark.parametrize("theme", THEMES)
async def test_the_highlighted_row_and_its_matches_can_be_read(
    quick: FakeSession, theme: str
) -> None:
    async with driven(quick, "clamp") as it:
        it.app.theme = theme
        await it.pilot.pause()
        line = it.screen.results.render_line(0)
        styles = [segment.style for segment in line if segment.text.strip() and segment.style]
        pairs = [(style.color, style.bgcolor) for style in styles]
        ratios = [
            contrast(Color.from_rich_color(color), Color.from_rich_color(ground))
            for color, ground in pairs
        ]
        assert min(ratios) >= 4.5
        assert any(style.underline for style in styles)


@pytest.mark.parametrize(
    ("theme", "color", "ground"),
    [("ansi-dark", 0, 7), ("ansi-light", 15, 4)],
)
async def test_a_terminals_own_colours_are_taken_as_a_pair(
    quick: FakeSession, theme: str, color: int, ground: int
) -> None:
    async with driven(quick, "clamp") as it:
        it.app.theme = theme
        await it.pilot.pause()
        for segment in it.screen.results.render_line(0):
            assert segment.style is not None
            assert segment.style.color == RichColor.from_ansi(color)
            assert segment.style.bgcolor == RichColor.from_ansi(ground)
