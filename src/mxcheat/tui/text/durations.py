"""How long something took, in the unit that reads best."""

from __future__ import annotations

_UNITS = ((1000.0, 1e-3, "s"), (1.0, 1.0, "ms"), (0.0, 1e3, "µs"))


def duration(milliseconds: float) -> str:
    """Three digits and a unit: `12.3 ms`, `0.95 µs`, `1,204 s`."""
    factor, unit = next((factor, unit) for least, factor, unit in _UNITS if milliseconds >= least)
    return f"{_three_digits(milliseconds * factor)} {unit}"


def _three_digits(number: float) -> str:
    digits = 2 if number < 9.995 else 1 if number < 99.95 else 0
    return f"{number:,.{digits}f}"
