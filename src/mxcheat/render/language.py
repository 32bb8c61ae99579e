"""What a reader is shown in English or in Chinese: titles of rows, labels, sentences of the app.

English is what the code says; what the table in `render/chinese.py` lacks stays English.
"""

from __future__ import annotations

LANGUAGES = ("en", "zh")

_words: dict[str, str] = {}


def speak(language: str) -> None:
    """Say from now on what follows in "en" or "zh"; a process has one language at a time."""
    _words.clear()
    if language == "zh":
        from mxcheat.render.chinese import CHINESE  # noqa: PLC0415 - only where it is spoken

        _words.update(CHINESE)


def language() -> str:
    """The language that is spoken."""
    return "zh" if _words else "en"


def label(text: str) -> str:
    """A label in the language that is spoken; `2 silent differences` by the words behind 2."""
    if text in _words or not _words:
        return _words.get(text, text)
    count, _, counted = text.partition(" ")
    known = _words.get(counted) if count.isdecimal() else None
    return f"{count} {known}" if known else text


def said(sentence: str, /, **parts: object) -> str:
    """A sentence in the language that is spoken, its `{parts}` put in."""
    return label(sentence).format(**parts)


def title(english: str, chinese: str) -> str:
    """Of a row's two titles the one to be shown: Chinese where it is spoken and there is one."""
    return chinese if _words and chinese else english
