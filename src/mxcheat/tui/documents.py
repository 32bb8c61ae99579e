"""Asks both frameworks what they say of a row's names; touches no widget."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from textual.message import Message

from mxcheat.cheatsheet.sides import SIDES
from mxcheat.errors import MxcheatError
from mxcheat.live.host.process import WorkerFailedError
from mxcheat.live.results import Failure

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from mxcheat.cheatsheet.row import Row
    from mxcheat.cheatsheet.sides import Side
    from mxcheat.live.results import Described
    from mxcheat.tui.engine import Engine


@dataclass
class Documented(Message):
    """What one side's framework says of the names of a row, or why it says nothing."""

    row: Row
    side: Side
    said: Mapping[str, Described] = field(default_factory=dict)
    problem: Failure | None = None


def look_up(row: Row, tell: Callable[[Documented], object], engine: Engine) -> None:
    """Tell what each side's framework says; a side without names is not asked. Blocks."""
    for side in SIDES:
        if row.answers.get(side):
            tell(_ask(engine, row, side))


def _ask(engine: Engine, row: Row, side: Side) -> Documented:
    try:
        return Documented(row, side, engine.describe(side, row.answers[side]))
    except WorkerFailedError as error:
        problem = error.failure
    except MxcheatError as error:
        problem = Failure("unavailable", error.message, fix=error.hint)
    except Exception as error:  # noqa: BLE001 - shown where the documentation would have been
        problem = Failure("mxcheat failed", f"{type(error).__name__}: {error}")
    return Documented(row, side, problem=problem)
