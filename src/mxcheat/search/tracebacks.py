"""Tracebacks as people paste them, of Python and of C++: what they say, and of which name."""

from __future__ import annotations

import re
from typing import NamedTuple

from mxcheat.cheatsheet.messages import plain_message
from mxcheat.names.written import names_in

_CORE = 200  # of a message of which nothing is known
_CLAUSE = 3  # spaces in its first words, if they say something
_MESSAGES = 6  # of a traceback, from its end
_LONG = 2_000  # characters of a message: behind these stand lists
_QUOTED = 2_000  # of it, where the code that raised it is quoted

_SIGNS = re.compile(
    # What code raises or waits for is none yet.
    r"(?<!except )(?<!raise )(?<![\w.])[\w.]{0,80}"
    r"\w(?:Error|Exception|Warning|ForSymbol)\b\s*(?::|$)|Traceback \(most|Check failed"
    r"|has no attribute|unexpected keyword argument|required positional argument"
    r"|received an invalid combination|cannot import name|No module named|not implemented for"
    r"""|\A\s*\w{1,80}\(\): \w|File ["'“][^\n]{1,300}, line \d|\[bt\]"""
)
_TYPE = re.compile(r"(?:Error|Exception|Warning|ForSymbol)\s*:\s|(?<=[A-Za-z]): (?=Check failed)")
_NAME_OF_TYPE = re.compile(r"[\w.]{0,80}\Z")
# What follows a message, or stands before one.
_END = re.compile(
    r"Traceback \(most|Stack trace|During handling of|The above exception|\[bt\]|File \"|"
    r"\n>>> |\n\s*In \[|\n\$ "
)
_COLOUR = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]")
_QUOTE = "['\"`\u2018\u2019]?"
_NAME = rf"{_QUOTE}(?P<name>\w{{1,80}}){_QUOTE}"
_OWNER = rf"{_QUOTE}(?P<owner>[A-Za-z_][\w.]{{0,80}}){_QUOTE}"
_FUNCTION = r"(?P<function>[\w.]{1,80})"
_ARGUMENT = rf"{_QUOTE}(?P<argument>\w{{1,80}}){_QUOTE}"
_LACKING = (
    re.compile(rf"{_OWNER}(?: object)? has no attribute {_NAME}"),
    re.compile(rf"cannot import name {_NAME} from {_OWNER}"),
)
# Where MXNet says which operator it is: by its source, in its words, or by a node of a network.
_OPERATORS = re.compile(
    r"src/operator/[\w./]{0,80}?(\w+?)(?:-inl)?\.(?:h|cc)\b"
    r"|\b(?:in operator|Operator) (\w+)|(\w+) shape error"
)
_CALLS = (
    re.compile(rf"(?:{_FUNCTION}\(\) got an )?unexpected keyword argument {_ARGUMENT}"),
    re.compile(rf"{_ARGUMENT} is an invalid keyword argument for {_FUNCTION}"),
    re.compile(rf"Cannot find argument {_ARGUMENT}"),
    re.compile(rf"{_FUNCTION}\(\) (?:received an invalid|missing \d|takes |got multiple)"),
    re.compile(r"\A(?P<function>[\w.]{1,80}\(\)|linalg\.\w{1,40}): "),
)


class Lacking(NamedTuple):
    """A name that an object or a module lacks: `owner` is its class, or what it is called."""

    owner: str
    name: str


class Call(NamedTuple):
    """A call that was wrong: what was called, as far as it is said, and with which argument."""

    function: str
    argument: str


def is_error(text: str) -> bool:
    """Whether a text has a sign of an error."""
    return _SIGNS.search(text) is not None


def without_colours(text: str) -> str:
    """The text as it was before a terminal was told of colours."""
    return _COLOUR.sub("", text)


def first_clause(message: str) -> str:
    """What is said first, if that is a few words: the rest is advice, or values."""
    message = plain_message(message)
    first = re.split(r"[.,;:(](?:\s|$)", message, maxsplit=1)[0]
    return first if first.count(" ") >= _CLAUSE else message[:_CORE]


def messages_in(text: str) -> list[str]:
    """What a traceback says, the last thing first; without a type of error, its lines."""
    types = [*_TYPE.finditer(text)]
    if types:
        starts = [match.end() for match in types]
        ends = [match.start() for match in types[1:]]
        parts = [text[start:end] for start, end in zip(starts, [*ends, len(text)], strict=True)]
        parts = [*(_NAME_OF_TYPE.sub("", part) for part in parts[:-1]), parts[-1]]
    else:
        lines = [line for line in text.splitlines() if not line.lstrip().startswith("File ")]
        parts = [text, *lines] if len(lines) > 1 else [text]
    cut = (_END.split(part[:_LONG], maxsplit=1)[0].strip() for part in parts)
    return [part for part in reversed([*cut]) if part][:_MESSAGES]


def lacking(message: str) -> Lacking | None:
    """The name that something lacks, if that is what the message says."""
    found = (pattern.search(message) for pattern in _LACKING)
    return next((Lacking(match["owner"], match["name"]) for match in found if match), None)


def wrong_call(message: str) -> Call | None:
    """The call with too few arguments, or one of a wrong name, if that is what the message says."""
    for match in (pattern.search(message) for pattern in _CALLS):
        if match:
            said = match.groupdict()
            function = (said.get("function") or "").removesuffix("()")
            return Call(_of_class(function), said.get("argument") or "")
    return None


def quoted_names(text: str) -> list[str]:
    """The names in the code at the end of a traceback, the last first."""
    names = names_in(text[-_QUOTED:])[0]
    return [*dict.fromkeys(name.tail for name in reversed(names))]


def operators_in(message: str) -> list[str]:
    """The operators that a message names; a node of a network, net0_dense0_fwd, for its layers."""
    names = [name for match in _OPERATORS.findall(message) for name in match if name]
    layers = [part for name in names for part in re.findall(r"([a-z]+)\d+(?=_|$)", name)]
    return [*dict.fromkeys((*names, *layers))]


def _of_class(function: str) -> str:
    """The class of a method, as people know it: Linear of Linear.__init__, of ToTensor.forward."""
    head, _, tail = function.rpartition(".")
    name = head.rpartition(".")[2]
    return name if name[:1].isupper() or tail == "__init__" else function
