"""How often public code calls each name of both frameworks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from mxcheat.cheatsheet.sides import Side

_OF_TORCH = "torch"


@dataclass(frozen=True)
class Used:
    """A name in full, with the places and the files that call it.

    `alias_of` is the name it is another spelling of, or "". `kind` is "gluon", "legacy" (what came
    before Gluon), "infra" (tests and tools of MXNet itself) or "torch".
    """

    name: str
    sites: int
    files: int
    alias_of: str
    kind: str

    @property
    def side(self) -> Side:
        return "pytorch" if self.kind == _OF_TORCH else "gluon"

    @property
    def module(self) -> str:
        """What the name belongs to: `mxnet.nd` of `mxnet.nd.concat`."""
        return self.name.rpartition(".")[0]


def read_usage(path: Path) -> list[Used]:
    """Every name of a file with a line of tab-separated fields for each; [] without the file."""
    lines = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
    return [_read(line) for line in lines if not line.startswith("#")]


def _read(line: str) -> Used:
    name, sites, files, alias_of, kind = line.split("\t")
    return Used(name, int(sites), int(files), alias_of, kind)
