"""A theme's colours, changed until text in them can be read on every background."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.color import BLACK, WHITE, Color

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

# Contrast ratios that WCAG asks for: of text, and of what is large or an aside.
TEXT = 4.5
ASIDE = 3.0
LEAST = {
    **dict.fromkeys(("foreground", "text-primary", "text-secondary", "text-accent"), TEXT),
    **dict.fromkeys(("text-success", "text-warning", "text-error"), TEXT),
    "foreground-muted": ASIDE,
}
_IN_LISTS = ("foreground", "foreground-muted", "text-primary")
_STEPS = 20


def legible(variables: Mapping[str, str]) -> dict[str, str]:
    """The variables of a theme, its colours for text lightened or darkened where need be.

    A theme of the terminal's own colours is left alone: its colours are not known.
    `quiet-line` comes in addition: the colour of borders and scrollbars.
    """
    if Color.parse(variables["background"]).ansi is not None:
        return {**variables, "quiet-line": "ansi_bright_black"}
    better = {
        name: _moved(Color.parse(variables[name]), grounds(variables, name), least).hex
        for name, least in LEAST.items()
    }
    return {**variables, **better, "quiet-line": f"{variables['foreground']} 20%"}


def grounds(variables: Mapping[str, str], name: str) -> list[Color]:
    """The backgrounds on which `style.tcss` puts text of a colour.

    The screen, the bar of the verdict, a list over the screen, and perhaps the line lit in one.
    """
    names = ("background", "surface", "foreground", "primary")
    screen, surface, foreground, primary = (Color.parse(variables[name]) for name in names)
    bar, lit = screen + foreground.with_alpha(0.06), surface + primary.with_alpha(0.2)
    return [screen, bar, surface, lit] if name in _IN_LISTS else [screen, bar, surface]


def contrast(one: Color, other: Color) -> float:
    """The ratio of two opaque colours, from 1 to 21."""
    low, high = sorted((_luminance(one), _luminance(other)))
    return (high + 0.05) / (low + 0.05)


def _moved(color: Color, on: Sequence[Color], least: float) -> Color:
    """The first colour on the way to black or white that can be read on all backgrounds."""
    color = on[0] + color
    pole = WHITE if _luminance(on[0]) < 0.18 else BLACK
    ways = (color.blend(pole, step / _STEPS) for step in range(_STEPS))
    return next((way for way in ways if all(contrast(way, each) >= least for each in on)), pole)


def _luminance(color: Color) -> float:
    red, green, blue = (
        part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4
        for part in color.normalized
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
