"""The errors that a row's differences and misprints raise: what search finds the row by."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from mxcheat.cheatsheet.messages import plain_message

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mxcheat.live.results import TryResult


_LONGEST = 400  # behind this stand lists of what is possible


class Raised(NamedTuple):
    """An error that was raised: on which side, by what ("difference 2"), its type and message.

    The message is without what varies from run to run.
    """

    side: str
    by: str
    type: str
    message: str

    @property
    def text(self) -> str:
        """As the last line of a traceback has it."""
        return f"{self.type}: {self.message}" if self.message else self.type


def raised_in(by: str, result: TryResult) -> Iterator[Raised]:
    """The exceptions in a result; a process that died, or was too slow, has raised none."""
    for side in result.sides:
        if side.status == "error" and side.error is not None:
            message = plain_message(side.error.message)[:_LONGEST].rstrip()
            yield Raised(side.side, by, side.error.type, message)
