"""A line that someone pasted: with prompts, cut short, out of its block, or in prose."""

from __future__ import annotations

import re
from textwrap import dedent
from typing import TYPE_CHECKING

from mxcheat.names.lines import closed, without_prompt
from mxcheat.names.resolve import read

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mxcheat.names.uses import Reading, Use

# What people import the frameworks' modules as. F, nn and np may be of either: a caller says which.
ROOTS = {
    **dict.fromkeys(("mxnet", "mx"), "mxnet"),
    **{name: f"mxnet.{name}" for name in ("nd", "gluon", "npx", "sym")},
    **dict.fromkeys(("torch", "th"), "torch"),
    "torchvision": "torchvision",
}
_LONGEST = 4000  # characters; nobody pastes a file as a query
_CLAUSE = re.compile(r"^(\s*)el(?=if\b)")
_CHAIN = re.compile(r"[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*(\()?", re.ASCII)


def read_line(text: str, ambient: Mapping[str, str] | None = None, assumed: str = "") -> Reading:
    """Read what was pasted; any text will do. The arguments are those of `read`.

    The usual names of the frameworks' modules are known besides `ambient`. If the text is not
    code, the names in it count as uses, which are only likely.
    """
    text = text[:_LONGEST]
    names = {**ROOTS, **(ambient or {})}
    lines, shifts = _bared(text)
    reading = read(closed("\n".join(lines)), names, assumed=assumed)
    uses = [_moved(use, shifts) for use in reading.uses]
    return reading._replace(uses=tuple(uses or _in_prose(text, names, assumed)))


def _bared(text: str) -> tuple[list[str], list[int]]:
    """The lines without prompts and common indentation, and how far each was moved."""
    given = text.split("\n")
    lines = [_CLAUSE.sub(r"\1", without_prompt(line)) for line in given]
    bare = dedent("\n".join(lines)).split("\n")
    if bare[0][:1].isspace():  # a piece that begins further in than it goes on
        bare[0] = bare[0].lstrip()
    return bare, [len(old) - len(new) for old, new in zip(given, bare, strict=True)]


def _moved(use: Use, shifts: list[int]) -> Use:
    """The use at its place in the text as it was pasted."""
    begin, end = shifts[use.line - 1], shifts[min(use.end_line, len(shifts)) - 1]
    return use._replace(column=use.column + begin, end_column=use.end_column + end)


def _in_prose(text: str, names: Mapping[str, str], assumed: str) -> list[Use]:
    """The names with a dot or a call, in a text that is not code."""
    found = []
    for number, line in enumerate(text.split("\n"), 1):
        for match in _CHAIN.finditer(line):
            chain = match[0] + ")" if match[1] else match[0]
            if "." not in chain and not match[1]:
                continue
            for use in read(chain, names, assumed=assumed).uses:
                column = use.column + match.start()
                end = use.end_column + match.start()
                found.append(
                    use._replace(
                        line=number,
                        end_line=number,
                        column=column,
                        end_column=end,
                        certainty="likely" if use.symbol else "unknown",
                    )
                )
    return found
