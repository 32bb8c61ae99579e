"""Several workers of one framework behind the methods of one: a run goes to whichever is free."""

from __future__ import annotations

import queue
from typing import TYPE_CHECKING, Any

from mxcheat.cheatsheet.sides import SIDES
from mxcheat.live.host.process import FrameworkMissingError
from mxcheat.live.host.supervisor import Worker
from mxcheat.live.host.watch import RunOutcome

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from mxcheat.cheatsheet.sides import Side
    from mxcheat.live.pythons.choose import EngineSettings

# A worker more costs the processor a second, and 50 MB: what many rows are worth.
_ROWS_A_WORKER = 40
_MOST = 4
ONE_EACH: Mapping[Side, int] = dict.fromkeys(SIDES, 1)
# A cancel is looked for this often while a run waits for a worker, in seconds.
_TICK = 0.02


def worker_counts(rows: int, cores: int) -> Mapping[Side, int]:
    """How many workers of each side keep `cores` busy while so many rows are run.

    MXNet, which takes longer, gets one for each core, PyTorch half as many.
    """
    most = max(1, min(cores, rows // _ROWS_A_WORKER, _MOST))
    return {"pytorch": max(1, most // 2), "gluon": most}


class WorkerPool(Worker):
    """A worker with helpers beside it, which are started when it is busy. For any thread."""

    def __init__(
        self, side: Side, settings: EngineSettings, count: int, *, once: bool = False
    ) -> None:
        """`count` workers in all; one that has run something is preferred to one still cold."""
        super().__init__(side, settings, once=once)
        self.helpers = [Worker(side, settings, once=once) for _ in range(count - 1)]
        self._free: queue.LifoQueue[Worker] = queue.LifoQueue()
        for worker in (*self.helpers, self):
            self._free.put(worker)

    def run(
        self,
        requests: Sequence[dict[str, Any]],
        timeout: float,
        on_start: Callable[[], None] | None = None,
        cancelled: Callable[[], bool] = lambda: False,
    ) -> list[RunOutcome]:
        """As `Worker.run`, by a worker that is free, as soon as there is one."""
        unwanted = self._unwanted(cancelled)
        while not unwanted():
            try:
                worker = self._free.get(timeout=_TICK)
            except queue.Empty:
                continue
            usable = True
            try:
                return Worker.run(worker, requests, timeout, on_start, cancelled)
            except FrameworkMissingError:
                usable = worker is self  # without a helper the others do its work
                if usable:
                    raise
            finally:
                if usable:
                    self._free.put(worker)
        return [RunOutcome("cancelled") for _ in requests]

    def begin_close(self) -> None:
        """As `Worker.begin_close`, of all."""
        super().begin_close()
        for helper in self.helpers:
            helper.begin_close()

    def close(self) -> None:
        """As `Worker.close`, of all."""
        super().close()
        for helper in self.helpers:
            helper.close()
