"""Device names: every spelling of both frameworks, read into one."""

from __future__ import annotations

import re
from dataclasses import dataclass

from mxcheat.errors import MxcheatError, did_you_mean

_SPELLING = re.compile(r"(?:mx\.)?(cpu|gpu|cuda)(?:[:(]?(\d{0,3})\)?)", re.IGNORECASE)
_EXAMPLES = ("cpu", "cpu0", "cpu1", "gpu", "gpu0", "gpu1")


@dataclass(frozen=True)
class Device:
    """A device by kind ("cpu" or "gpu") and index; `str()` gives the short name, `gpu0`."""

    kind: str
    index: int = 0

    def __str__(self) -> str:
        return "cpu" if self == CPU else f"{self.kind}{self.index}"


CPU = Device("cpu")


def parse_device(text: str) -> Device:
    """Read `cpu`, `gpu1`, `gpu:0`, `mx.gpu(0)`, `cuda:0` and their like.

    Raises MxcheatError, naming the nearest spelling, for anything else.
    """
    match = _SPELLING.fullmatch(text.strip())
    if not match or ("(" in text) != (")" in text):
        hint = did_you_mean(text, _EXAMPLES)
        raise MxcheatError(f"no such device: {text!r}", hint=hint)
    kind = "cpu" if match[1].lower() == "cpu" else "gpu"
    return Device(kind, int(match[2] or 0))
