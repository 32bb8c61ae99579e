"""What the app asks of a live session."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from threading import Event

    from mxcheat.cheatsheet.sides import Side
    from mxcheat.live.device import Device
    from mxcheat.live.results import Described, Failure, SideResult, TryResult
    from mxcheat.live.trial import Trial


class Engine(Protocol):
    """A live session, as `mxcheat.live.session.Session` is one."""

    def warm_up(self) -> dict[Side, dict[str, Any] | Failure]:
        """Import both frameworks."""

    def devices(self, side: Side) -> list[str]:
        """Names of the devices a side has."""

    def describe(self, side: Side, names: Sequence[str]) -> dict[str, Described]:
        """Signatures and documentation of names. Raises WorkerFailedError, MxcheatError."""

    def run(  # noqa: PLR0913 - what a run needs
        self,
        trial: Trial,
        device: Device,
        timeout: float,
        *,
        on_start: Callable[[Side], None],
        on_end: Callable[[Side, SideResult], None],
        bench: bool,
        stop: Event,
    ) -> TryResult:
        """Run both sides and judge; `stop`, once set, cancels this run and no other."""

    def stop(self) -> None:
        """End what is running, and begin nothing any more."""

    def close(self) -> None:
        """End everything."""
