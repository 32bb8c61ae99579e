"""What a reader is shown in English or in Chinese: titles of rows, labels, sentences, messages.

English is what the code says; what the table in `render/chinese.json` lacks stays English. Its
groups called "Messages" are of reasons, errors and hints, which come here put together.
"""

from __future__ import annotations

LANGUAGES = ("en", "zh")

_words: dict[str, str] = {}
# Sentences of messages with what stands between their {parts}, those that say most first.
_sentences: list[tuple[str, list[str]]] = []
# A sentence of fewer letters besides its parts may seem to have made what others have.
_SURE = 9
# What a part of a sentence, by the start of its name, does not go beyond: all but why something is
# so, and errors, are of one sentence; names are followed by a colon.
_ENDS = (
    ("(?!why|error)", "; | · | → "),
    ("name|where|what|file|path|command|origin|setting|key", ": "),
)
# What stands between the sentences of a message.
_BETWEEN = ("; ", " · ", " → ")


def speak(language: str) -> None:
    """Say from now on what follows in "en" or "zh"; a process has one language at a time."""
    _words.clear()
    _sentences.clear()
    if language == "zh":
        for group, words in chinese().items():
            _words.update(words)
            if group.startswith("Messages"):
                _sentences.extend((each, _fixed(each)) for each in words if "{" in each)
        _sentences.sort(key=lambda sentence: -sum(map(len, sentence[1])))


def chinese() -> dict[str, dict[str, str]]:
    """The table, by group: what the code says, and the same in Chinese."""
    import json  # noqa: PLC0415 - only where it is spoken
    import os  # noqa: PLC0415

    path = os.path.join(os.path.dirname(__file__), "chinese.json")
    with open(path, encoding="utf-8") as file:
        groups: dict[str, dict[str, str]] = json.load(file)
    return groups


def language() -> str:
    """The language that is spoken."""
    return "zh" if _words else "en"


def label(text: str) -> str:
    """A label in the language that is spoken; `2 silent differences` by the words behind 2."""
    if text in _words or not _words:
        return _words.get(text, text)
    count, _, counted = text.partition(" ")
    known = _words.get(counted) if count.replace(",", "").isdecimal() else None
    return f"{count} {known}" if known else text


def said(sentence: str, /, **parts: object) -> str:
    """A sentence in the language that is spoken, its `{parts}` put in."""
    return label(sentence).format(**parts)


def told(message: str) -> str:
    """A reason, an error or a hint, as it is told in the language that is spoken.

    It is known by the sentences of the table that it may have been made of. What a framework says
    in it stays as it is, and so does what the table lacks.
    """
    if not _words or not message:
        return message
    if (known := label(message)) != message:
        return known
    surely = _as_sentence(message, _SURE)
    return surely or _in_pieces(message) or _as_sentence(message) or message


def title(english: str, chinese: str) -> str:
    """Of a row's two titles the one to be shown: Chinese where it is spoken and there is one."""
    return chinese if _words and chinese else english


def _fixed(sentence: str) -> list[str]:
    """What of a sentence stands between its {parts}."""
    first, *others = sentence.split("{")
    return [first, *(other.partition("}")[2] for other in others)]


def _as_sentence(message: str, least: int = 0) -> str:
    """A message that one sentence makes, of so many letters at least; "" if none does.

    A part called `why...` is told, too.
    """
    for sentence, fixed in _sentences:
        if sum(map(len, fixed)) < least:
            return ""
        if all(piece in message for piece in fixed) and (parts := _parts(sentence, message)):
            told_parts = {
                name: told(part) if name.startswith("why") else part for name, part in parts.items()
            }
            return _words[sentence].format(**told_parts)
    return ""


def _parts(sentence: str, message: str) -> dict[str, str]:
    """What stands in a message for the {parts} of a sentence; {} if it is not of that sentence."""
    import re  # noqa: PLC0415 - only where Chinese is spoken

    def part(match: re.Match[str]) -> str:
        name = match[1]
        ends = "|".join(end for named, end in _ENDS if re.match(named, name))
        return f"(?P<{name}>(?:(?!{ends}).)+?)" if ends else f"(?P<{name}>.+?)"

    pattern = re.sub(r"\\\{(\w+)\\\}", part, re.escape(sentence))
    match = re.fullmatch(pattern, message, re.DOTALL)
    return match.groupdict() if match else {}


def _in_pieces(message: str) -> str:
    """A message of several sentences, or of one behind a name and a colon; "" if of neither."""
    for between in _BETWEEN:
        if between in message:
            return between.join(map(told, message.split(between)))
    name, colon, rest = message.partition(": ")
    if colon and (known := told(rest)) != rest:
        return f"{label(name)}：{known}"
    return ""
