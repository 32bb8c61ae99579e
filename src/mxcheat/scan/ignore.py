"""Which files the lines of a .gitignore exclude, read as git reads them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable


class Rule(NamedTuple):
    """One line: what it matches, whether only folders, and whether it includes that again."""

    pattern: re.Pattern[str]
    folders_only: bool
    takes_back: bool


class Rules:
    """The lines that apply below one folder; the last one that matches a path decides."""

    def __init__(self, lines: Iterable[str], base: str = "") -> None:
        """`base` is the folder of the file with the lines: "" or "some/folder/"."""
        self.base = base
        self.rules = [rule for line in lines if (rule := rule_of(line))]

    def decide(self, path: str, *, folder: bool) -> bool | None:
        """Whether they exclude `path`; None if no line matches it."""
        if not path.startswith(self.base):
            return None
        below = path[len(self.base) :]
        for rule in reversed(self.rules):
            if (folder or not rule.folders_only) and rule.pattern.fullmatch(below):
                return not rule.takes_back
        return None


def rule_of(line: str) -> Rule | None:
    """Read one line; None for an empty line, a comment, and what can match nothing."""
    line = re.sub(r"(?<!\\)((?:\\\\)*) +$", r"\1", line.rstrip("\r\n"))
    if not line or line.startswith("#"):
        return None
    takes_back = line.startswith("!")
    line = line[takes_back:]
    folders_only = line.endswith("/")
    line = line.removesuffix("/")
    anywhere = "/" not in line
    try:
        pattern = re.compile(
            ("(?:.*/)?" if anywhere else "") + _regex(line.removeprefix("/")), re.DOTALL
        )
    except re.error:
        return None
    return Rule(pattern, folders_only, takes_back) if line else None


_PARTS = re.compile(
    r"(?P<all>^\*\*+$)|(?P<start>^\*\*/)|(?P<middle>/\*\*/)|(?P<end>/\*\*$)|(?P<star>\*+)|(?P<one>\?)"
    r"|(?P<set>\[[!^]?\]?(?:\\.|\[:\w+:\]|[^\]\\])*\])|\\(?P<escaped>.)|(?P<other>.)",
    re.DOTALL,
)
_PLAIN = {
    "all": ".+",
    "start": "(?:.*/)?",
    "middle": "/(?:.*/)?",
    "end": "/.+",
    "star": "[^/]*",
    "one": "[^/]",
}
_CLASSES = {
    "alnum": "a-zA-Z0-9",
    "alpha": "a-zA-Z",
    "digit": "0-9",
    "lower": "a-z",
    "space": " \t\n\r\f\v",
    "upper": "A-Z",
    "xdigit": "0-9a-fA-F",
}


def _regex(glob: str) -> str:
    return "".join(map(_part, _PARTS.finditer(glob)))


def _part(found: re.Match[str]) -> str:
    kind, text = found.lastgroup or "", found[found.lastgroup or 0]
    if kind in _PLAIN:
        return _PLAIN[kind]
    if kind == "other" and text in "[\\":
        raise re.error(f"{text} without what belongs to it")
    return _set(text[1:-1]) if kind == "set" else re.escape(text)


def _set(inside: str) -> str:
    """A set between [ and ] (characters, ranges, classes), which never matches a slash."""
    negated = inside[:1] in ("!", "^")
    inside = inside[negated:]
    known = re.sub(r"\[:(\w+):\]", lambda found: _CLASSES.get(found[1], ""), inside)
    escaped = re.sub(r"\\(.)|([\[\]&~|^\\])", lambda it: re.escape(it[1] or it[2]), known)
    return f"(?!/)[{'^' if negated else ''}{escaped}]"
