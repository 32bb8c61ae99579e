"""A snippet that goes wrong on purpose, and what is to come of it, both read from its file.

A file begins with comments: what goes wrong, then lines of the form `# key: value`.

    sides      both (where the line is missing), pytorch or gluon
    timeout    seconds the run is given; 4 where the line is missing
    status     of the side
    error      the type of its error
    message    a regular expression found in the error's message
    line       of the snippet that the error points at
    stdout     all of it, as a Python string
    printed    the length of stdout
    stderr     a regular expression found in it
    truncated  whether text was cut
    outputs    how many
    output     how one begins: name, kind, dtype, shape, text; a line each, in order
    names      no name of an output or of an error's type is longer than this
"""

from __future__ import annotations

import ast
import re
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from mxcheat.cheatsheet.sides import SIDES

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from mxcheat.cheatsheet.sides import Side
    from mxcheat.live.results import Output, SideResult

KEYS = frozenset(
    (
        *("sides", "timeout", "status", "error", "message", "line", "stdout", "printed"),
        *("stderr", "truncated", "outputs", "output", "names"),
    )
)


@dataclass(frozen=True)
class Fault:
    """One file: its code, and the values of each key it sets."""

    name: str
    code: str
    said: Mapping[str, list[str]]

    @property
    def sides(self) -> list[Side]:
        """The sides it runs on."""
        named = self.said.get("sides", ["both"])[0]
        return [side for side in SIDES if named in ("both", side)]

    @property
    def timeout(self) -> float:
        """Seconds the run is given."""
        return float(self.said.get("timeout", ["4"])[0])

    def check(self, side: SideResult) -> None:
        """Hold what became of the run against what the file says."""
        assert side.status == self.said["status"][0], side
        self._check_error(side)
        self._check_text(side)
        self._check_outputs(side)

    def _check_error(self, side: SideResult) -> None:
        error = side.error
        assert (error is None) == (side.status == "ok"), side
        if error is None:
            return
        [expected] = self.said["error"]
        assert error.type.startswith(expected), error
        for pattern in self.said.get("message", []):
            assert re.search(pattern, error.message), error
        for line in self.said.get("line", []):
            assert error.line == int(line), error
        for length in self.said.get("names", []):
            assert len(error.type) <= int(length)

    def _check_text(self, side: SideResult) -> None:
        for text in self.said.get("stdout", []):
            assert side.stdout == ast.literal_eval(text), side
        for length in self.said.get("printed", []):
            assert len(side.stdout) == int(length)
        for pattern in self.said.get("stderr", []):
            assert re.search(pattern, side.stderr), side
        truncated = self.said.get("truncated", ["False"])[0]
        assert truncated in (str(side.truncated), "either"), side

    def _check_outputs(self, side: SideResult) -> None:
        begins = self.said.get("output", [])
        for output, beginning in zip(side.outputs, begins, strict=False):
            assert _described(output).startswith(ast.literal_eval(f"'''{beginning}'''")), output
        assert len(side.outputs) >= len(begins), side
        for count in self.said.get("outputs", []):
            assert len(side.outputs) == int(count)
        for length in self.said.get("names", []):
            assert max((len(output.name) for output in side.outputs), default=0) <= int(length)


def read_fault(path: Path) -> Fault:
    """Read one file. Raises AssertionError for a key that does not exist."""
    code = path.read_text("utf-8")
    said = defaultdict(list)
    for line in code.splitlines():
        if not line.startswith("# "):
            break
        key, colon, value = line[2:].partition(": ")
        if colon and key.isalpha() and key.islower():
            assert key in KEYS, f"{path.name} says {key!r}"
            said[key].append(value)
    return Fault(path.stem, code, said)


def _described(output: Output) -> str:
    return f"{output.name} {output.kind} {output.dtype} {output.shape} {output.text}"
